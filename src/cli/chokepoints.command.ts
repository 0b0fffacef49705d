import type { Command } from 'commander';
import type { ChokepointRanking, ChokepointView } from '../service/disruption/views';
import type { Opener } from './answers';
import { formatTable, printJson } from './output';
import { addScopeOptions, collect, parseNumber, type ScopeOptions, scopeOf } from './scope.options';

interface Options extends ScopeOptions {
  readonly limit?: number;
  readonly operation?: readonly string[];
  readonly confidence?: boolean;
  readonly scenarios?: number;
  readonly seed?: number;
}

export function registerChokepoints(program: Command, open: Opener): void {
  const command = program
    .command('chokepoints')
    .description('rank components by what their loss stops, with the cheapest cut sets and the evidence')
    .option('--limit <n>', 'how many to show', parseNumber)
    .option('--confidence', 'say how sure losses and ranks are')
    .option('--scenarios <n>', 'scenarios to draw for it (default 1024)', parseNumber)
    .option('--seed <n>', 'seed of the scenarios (default 1)', parseNumber)
    .option('--operation <id>', 'count only this operation (repeatable)', collect);
  addScopeOptions(command).action(async (options: Options) => {
    const scope = { ...scopeOf(options), operationIds: options.operation };
    const { confidence, scenarios, seed } = options;
    const isAsked = confidence === true || scenarios !== undefined || seed !== undefined;
    const ranking = await open((answers) =>
      answers.chokepoints.chokepoints(scope, options.limit, isAsked ? { scenarios, seed } : undefined),
    );
    if (options.json) printJson(ranking.chokepoints);
    else process.stdout.write(`${formatRanking(ranking)}\n`);
  });
}

const number = (value: number): string => String(Math.round(value * 100) / 100);

/** The ranking as a table for people. */
export function formatRanking(ranking: ChokepointRanking): string {
  const table = formatTable(ranking.chokepoints, [
    { title: '#', value: (row) => row.rank },
    { title: 'chokepoint', value: (row) => row.name, width: 34 },
    { title: 'type', value: (row) => row.type },
    { title: 'stops', value: (row) => row.operationsLost },
    { title: 'severity', value: (row) => row.severityLost },
    { title: 'with market', value: (row) => row.withMarket.severityLost },
    { title: 'best set of 2-3', value: (row) => bestSet(row, ranking.names), width: 46 },
    { title: 'where', value: (row) => row.jurisdictions.join(' '), width: 14 },
    { title: 'reach', value: (row) => row.reach },
  ]);
  const head = `${ranking.operationsInScope} operations of total severity ${number(ranking.severityInScope)}; ${ranking.totalCount} components stop something, alone or with one or two others.`;
  const foot =
    ranking.status === 'complete' ? '' : `\nCut sets: ${ranking.status}, so some sets are not counted.`;
  return `${head}\n\n${table}${foot}`;
}

function bestSet(row: ChokepointView, names: Readonly<Record<string, string>>): string {
  const set = row.cheapestCutSets.find((each) => each.members.length > 1);
  if (!set) return '';
  const others = set.members.filter((id) => id !== row.id).map((id) => names[id]);
  return `with ${others.join(' + ')}: ${number(set.severityLost)}`;
}
