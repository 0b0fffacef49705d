import type { Command } from 'commander';
import type { ExplanationView, TurningFactView } from '../service/disruption/certainty-views';
import type { FactView } from '../service/fact.service';
import type { Opener } from './answers';
import { formatTable, printJson } from './output';
import { addScopeOptions, parseNumber, type ScopeOptions, scopeOf } from './scope.options';

interface Options extends ScopeOptions {
  readonly limit?: number;
}

export function registerExplain(program: Command, open: Opener): void {
  const command = program
    .command('explain')
    .description(
      'why a component is a chokepoint: the fewest facts that make it one, and those that would change it',
    )
    .argument('<id>', 'id of the component')
    .option('--limit <n>', 'how many of each to show (default 10)', parseNumber);
  addScopeOptions(command).action(async (id: string, options: Options) => {
    const view = await open((answers) => answers.chokepoints.explain(id, scopeOf(options), options.limit));
    if (options.json) printJson(view);
    else process.stdout.write(`${formatExplanation(view)}\n`);
  });
}

const statementOf = ({ fromName, type, toName }: FactView): string => `${fromName} ${type} ${toName}`;

function formatExplanation(view: ExplanationView): string {
  const others = view.hits.filter((hit) => hit.id !== view.id).map((hit) => hit.name);
  const head = `${view.name} takes ${Math.round(view.severityLost * 100) / 100} of severity alone, place ${view.rank}.`;
  const together = others.length > 0 ? ` With ${others.join(' and ')} it stops:` : ' It stops:';
  const reasons = view.sufficient.map(({ operationName, facts, exactness }) => {
    const lines = facts.map((fact) => `  ${statementOf(fact)}`);
    return [`${operationName}, as long as (${exactness})`, ...lines].join('\n');
  });
  const table = formatTable(view.turningFacts, [
    { title: 'turned', value: (row) => row.kind },
    { title: 'what', value: whatOf, width: 70 },
    { title: 'holds', value: (row) => row.pHolds ?? '' },
    { title: 'severity', value: (row) => row.severityLost },
    { title: 'place', value: (row) => row.rank },
  ]);
  return [`${head}${together}`, ...reasons, '', table].join('\n');
}

const whatOf = ({ fact, at }: TurningFactView): string => (fact ? statementOf(fact) : (at?.name ?? ''));
