import type { Command } from 'commander';
import type { ComponentReach } from '../service/planning/component-reach';
import type { Opener } from './answers';
import { formatTable, printJson } from './output';
import { collect } from './scope.options';

interface Options {
  readonly partner?: readonly string[];
  readonly offence?: readonly string[];
  readonly asOf?: string;
  readonly json?: boolean;
}

/** Partners shown of each measure. */
const PARTNERS_SHOWN = 3;

export function registerReach(program: Command, open: Opener): void {
  program
    .command('reach')
    .description('who can act on a component, by which measure, on what basis, how fast')
    .argument('<component>', 'id of the component')
    .option('--partner <name>', 'only this partner, by name or id (repeatable)', collect)
    .option(
      '--offence <name>',
      'the case is about this offence, which opens ways of cooperation (repeatable)',
      collect,
    )
    .option('--as-of <time>', 'what held then (RFC 3339); by default what holds now')
    .option('--json', 'print JSON')
    .action(async (component: string, { partner, offence, asOf, json }: Options) => {
      const given = { asOf, partners: partner, offences: offence };
      const reach = await open((answers) => answers.planning.reach(component, given));
      if (json) printJson(reach);
      else process.stdout.write(`${describe(reach)}\n`);
    });
}

function describe(reach: ComponentReach): string {
  const place =
    reach.jurisdictions.length === 0 ? 'nobody has placed it' : `under ${reach.jurisdictions.join(', ')}`;
  const head = `${reach.reach}: ${reach.reachReason}; ${place}.`;
  if (reach.reason !== null) return `${head}\nNobody can act: ${reach.reason}.`;
  const rows = reach.measures.flatMap((measure) =>
    measure.partners.slice(0, PARTNERS_SHOWN).map((partner) => ({ measure, partner })),
  );
  const table = formatTable(rows, [
    { title: 'measure', value: ({ measure }) => measure.measureType },
    { title: 'partner', value: ({ partner }) => partner.name, width: 40 },
    { title: 'where', value: ({ measure }) => measure.jurisdiction ?? '' },
    { title: 'days', value: ({ partner }) => partner.days },
    { title: 'chance', value: ({ partner }) => partner.pSuccess },
    { title: 'by', value: ({ partner }) => partner.instrument ?? '', width: 40 },
    { title: 'legal basis', value: ({ measure }) => measure.legalBasis ?? '', width: 60 },
  ]);
  const nobody = reach.measures
    .filter((measure) => measure.reason !== null)
    .map(({ measureType, jurisdiction, reason }) => `${measureType} ${jurisdiction ?? ''}: ${reason}`);
  return [head, table, ...nobody].join('\n\n');
}
