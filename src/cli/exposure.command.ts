import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { AppError } from '../errors';
import type { ExposureReport } from '../service/exposure/exposure-views';
import type { ExposureQuery } from '../service/exposure.service';
import type { Opener } from './answers';
import { formatTable, printJson } from './output';
import { addScopeOptions, type ScopeOptions, scopeOf } from './scope.options';

export function registerExposure(program: Command, open: Opener): void {
  const command = program
    .command('exposure')
    .description(
      'which adversaries exploit what you run and have not fixed, and which patch stops most operations',
    )
    .argument('<software...>', 'a CycloneDX file (bom.json), or package URLs, CPEs and ids of software');
  addScopeOptions(command).action(async (software: readonly string[], options: ScopeOptions) => {
    const report = await open((answers) => answers.exposures.exposure(queryOf(software), scopeOf(options)));
    if (options.json) printJson(report);
    else process.stdout.write(describe(report));
  });
}

function queryOf(software: readonly string[]): ExposureQuery {
  if (software.every((each) => each.startsWith('software--'))) return { ids: software };
  if (software.every((each) => /^(pkg:|cpe:)/.test(each))) return { names: software };
  if (software.length > 1) {
    const expected = 'one file, or package URLs and CPEs only, or ids only';
    throw new AppError('BAD_INPUT', { what: 'software', expected, got: software });
  }
  const [path] = software;
  try {
    return { sbom: readFileSync(path) };
  } catch (error) {
    throw new AppError('FILE_NOT_FOUND', { path }, { cause: error });
  }
}

function describe(report: ExposureReport): string {
  const { softwareCount, openCount, closedCount, unmatchedCount, together } = report;
  const head =
    `${softwareCount} products: ${openCount} open exposures, ${closedCount} closed by statements; ` +
    `nothing is stated of ${unmatchedCount}. Closing all stops ${together.operationsLost} operations, severity ${together.severityLost}.`;
  const table = formatTable(report.exposures, [
    { title: 'vulnerability', value: (row) => row.cve ?? row.name, width: 24 },
    { title: 'software', value: (row) => row.software, width: 44 },
    { title: 'match', value: (row) => row.match },
    { title: 'status', value: (row) => row.status },
    {
      title: 'exploited',
      value: (row) => (row.isUsedByRansomware ? 'ransomware' : row.isKnownExploited ? 'yes' : ''),
    },
    { title: 'by', value: (row) => row.exploiters.map(({ name }) => name).join(', '), width: 40 },
  ]);
  const patches = report.patches
    .filter((patch) => patch.operationsLost > 0)
    .map(
      (patch) =>
        `${patch.action} ${patch.cve ?? patch.name}: stops ${patch.operationsLost}, severity ${patch.severityLost}`,
    );
  return `${[head, '', table, ...patches].join('\n')}\n`;
}
