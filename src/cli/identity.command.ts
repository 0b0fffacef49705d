import { type Command, Option } from 'commander';
import { AppError } from '../errors';
import { type Term, VOCABULARIES } from '../model/vocabulary';
import type { Opener } from './answers';
import type { JudgedLine, ProposalLine } from './identity-answers';
import { formatTable, printJson } from './output';
import { parseWhole } from './positive.options';

interface Shown {
  readonly json?: boolean;
}
interface Proposing extends Shown {
  readonly limit: number;
  readonly open?: boolean;
  readonly ambiguous?: boolean;
}
interface Judging extends Shown {
  readonly reason: string;
  readonly dryRun?: boolean;
}

const DEFAULT_LIMIT = 20;

export function registerIdentity(program: Command, open: Opener): void {
  const group = program.command('identity').description('who is who: proposals, groups and judgements');
  registerProposals(group, open);
  registerGroup(group, open);
  registerJudge(group, open);
  registerWithdraw(group, open);
}

function registerProposals(group: Command, open: Opener): void {
  group
    .command('proposals')
    .description('pairs of actors that may be one, the likeliest first, with the evidence')
    .option('--limit <n>', 'how many to show', parseWhole, DEFAULT_LIMIT)
    .option('--open', 'only those that the rule has not joined')
    .option('--ambiguous', 'only those where another could be meant')
    .option('--json', 'print JSON')
    .action(async ({ limit, json, ...only }: Proposing) => {
      const query = { limit, isOpenOnly: only.open ?? false, isAmbiguousOnly: only.ambiguous ?? false };
      const list = await open((answers) => answers.identity.proposals(query));
      if (json) printJson(list);
      else process.stdout.write(`${list.totalCount} proposals\n\n${table(list.proposals)}\n`);
    });
}

const table = (proposals: readonly ProposalLine[]): string =>
  formatTable(proposals, [
    { title: 'kind', value: (row) => row.kind },
    { title: 'score', value: (row) => row.score },
    { title: 'the one', value: (row) => row.nodes[0]?.name ?? '', width: 24 },
    { title: 'the other', value: (row) => row.nodes[1]?.name ?? '', width: 24 },
    { title: 'status', value: (row) => (row.isAmbiguous ? 'AMBIGUOUS' : row.status) },
    { title: 'best evidence', value: (row) => row.evidence[0]?.says ?? '', width: 70 },
  ]);

function registerGroup(group: Command, open: Opener): void {
  group
    .command('group')
    .description('what a node is judged to be one with')
    .argument('<id>', 'id of the node')
    .option('--json', 'print JSON')
    .action(async (id: string, { json }: Shown) => {
      const found = await open((answers) => answers.identity.group(id));
      if (!found) throw new AppError('NODE_NOT_FOUND', { id });
      if (json) {
        printJson(found);
        return;
      }
      const lines = [
        ...found.members.map(
          (each) => `${each.id === found.representative ? '*' : ' '} ${each.name} (${each.id})`,
        ),
        ...found.judgements.map((each) => `  ${each.judgement} by ${each.by}: ${each.reason} (${each.id})`),
      ];
      process.stdout.write(`${lines.join('\n')}\n`);
    });
}

function registerJudge(group: Command, open: Opener): void {
  group
    .command('judge')
    .description('say of two nodes that they are the same, a part of one another, overlapping or distinct')
    .argument('<a>', 'id of the one; of PART, of the part')
    .argument('<b>', 'id of the other; of PART, of the whole')
    .addOption(
      new Option('--as <judgement>', 'the judgement')
        .choices([...VOCABULARIES.Judgement])
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'why; kept with the judgement')
    .option('--dry-run', 'only say what would become of it')
    .option('--json', 'print JSON')
    .action(async (a: string, b: string, options: Judging & { readonly as: Term<'Judgement'> }) => {
      const given = { a, b, judgement: options.as, reason: options.reason };
      show(await open((answers) => answers.identity.judge([given], options.dryRun ?? false)), options);
    });
}

function registerWithdraw(group: Command, open: Opener): void {
  group
    .command('withdraw')
    .description('take judgements back: all is read as before they were made')
    .argument('<id...>', 'ids of judgements')
    .requiredOption('--reason <text>', 'why; kept with the judgements')
    .option('--dry-run', 'only say what would become of them')
    .option('--json', 'print JSON')
    .action(async (ids: readonly string[], options: Judging) => {
      const { reason, dryRun } = options;
      show(await open((answers) => answers.identity.withdraw(ids, reason, dryRun ?? false)), options);
    });
}

function show(items: readonly JudgedLine[], { json }: Shown): void {
  if (json) printJson(items);
  else for (const each of items) process.stdout.write(`${each.status} ${each.id ?? ''}\n`);
  for (const { problem } of items) if (problem !== null) process.stderr.write(`${problem}\n`);
  if (items.some(({ status }) => status === 'REJECTED')) process.exitCode = 1;
}
