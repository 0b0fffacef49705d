import { type Command, Option } from 'commander';
import type { HitRate } from '../analysis';
import {
  CALIBRATED_QUANTITIES,
  type CalibratedQuantity,
  type CalibrationReport,
} from '../service/planning/calibration';
import type { Opener } from './answers';
import { formatTable, printJson } from './output';
import { round } from './plan.output';

interface Options {
  readonly quantity: CalibratedQuantity;
  readonly asOf?: string;
  readonly json?: boolean;
}

export function registerCalibrate(program: Command, open: Opener): void {
  program
    .command('calibrate')
    .description('predict each past outcome from the others, and compare with what was recorded')
    .addOption(
      new Option('--quantity <name>', 'what is predicted')
        .choices(CALIBRATED_QUANTITIES)
        .default('DOWNTIME_DAYS'),
    )
    .option('--as-of <time>', 'only what had begun by then (RFC 3339)')
    .option('--json', 'print JSON')
    .action(async ({ quantity, asOf, json }: Options) => {
      const report = await open((answers) => answers.planning.calibrate({ quantity, asOf }));
      if (json) printJson(report);
      else process.stdout.write(`${formatCalibration(report)}\n`);
    });
}

const percent = (value: number): string => `${Math.round(100 * value)} %`;

/** The report as a table for people; docs/analysis/calibration.md shows the same. */
export function formatCalibration(report: CalibrationReport): string {
  const { record, baseRate, level, skill, skillLow, skillHigh, beatsBaseRate, cases } = report;
  const rate = (name: string, { hits, cases: n, low, high, meanScore }: HitRate): string =>
    `${name}: ${hits} of ${n} within their ${percent(level)} intervals (95 %: ${percent(low)} to ${percent(high)}), mean interval score ${round(meanScore)}`;
  const table = formatTable(cases, [
    { title: '', value: (each) => (each.isHit ? '' : 'MISS') },
    { title: 'began', value: (each) => each.startedAt?.slice(0, 10) ?? '' },
    { title: 'action', value: (each) => each.name, width: 44 },
    { title: 'recorded', value: (each) => each.recorded },
    { title: 'low', value: (each) => each.predicted.low },
    { title: 'median', value: (each) => each.predicted.median },
    { title: 'high', value: (each) => each.predicted.high },
    { title: 'base low', value: (each) => each.baseRate.low },
    { title: 'base high', value: (each) => each.baseRate.high },
  ]);
  const misses = cases.filter((each) => !each.isHit).map((each) => each.name);
  const verdict = beatsBaseRate
    ? 'The record beats the base rate.'
    : 'The record does not beat the base rate beyond doubt.';
  return [
    `${report.quantity}, each outcome predicted from all other actions`,
    rate('record   ', record),
    rate('base rate', baseRate),
    `skill ${round(skill)} (95 %: ${round(skillLow)} to ${round(skillHigh)}). ${verdict}`,
    '',
    table,
    '',
    `Misses: ${misses.join('; ') || 'none'}.`,
  ].join('\n');
}
