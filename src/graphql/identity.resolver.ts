/** Who is who: proposals, groups and judgements, and the mutations by which people judge. */
import { type ClassType, ID } from 'type-graphql';
import { vertexOf } from '../analysis';
import type { AppError } from '../errors';
import { refuseUnset } from '../service/filter.service';
import type { JudgementReport, JudgementsReport } from '../service/identity/identity.service';
import type { IdentityProposal } from '../service/identity/identity-proposal';
import { judgementGraph } from '../service/identity/judgement-graph';
import type { GivenJudgement } from '../service/identity/judgement-plan';
import {
  isWanted,
  isWantedJudgement,
  type JudgementWhere,
  type ProposalFilter,
} from '../service/identity/proposal-filter';
import { type PageArgs, pageSize } from '../service/page.service';
import { type ConnectionSource, pageOfList, pageOfRanked, readListCursor } from './connections';
import { type GraphContext, refresh, separateContext } from './context';
import {
  DRY_RUN,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  type TypeRef,
} from './declare';
import { NodeTypeEnum, registerEnum, vocabularyEnum } from './enums';
import { EvidenceKindEnum, ProposalStatusEnum } from './identity-fields';
import { PAGE_ARGS } from './relation-fields';
import { SafeInt } from './scalars';

/** Home of the declared queries and mutations. */
export class IdentityQueries {}
const target: ClassType<object> = IdentityQueries;

const equality = (type: () => TypeRef, what: string) => [
  { name: 'eq', type, description: `Is this ${what}` },
  { name: 'in', type: () => [type()] as TypeRef, description: `Is one of these ${what}s` },
];
declareInput(
  'IdentityEvidenceKindFilter',
  'Condition on the kind of some piece of evidence',
  equality(() => EvidenceKindEnum, 'kind'),
);
declareInput(
  'ProposalStatusFilter',
  'Condition on the status of a proposal',
  equality(() => ProposalStatusEnum, 'status'),
);
declareInput('IdentityProposalWhere', 'Which proposals to take; all conditions given must hold', [
  { name: 'kind', type: () => declared('JudgementFilter'), description: 'Judgement proposed' },
  {
    name: 'status',
    type: () => declared('ProposalStatusFilter'),
    description: 'Whether the rule has joined them',
  },
  { name: 'score', type: () => declared('FloatFilter'), description: 'How likely they are one' },
  {
    name: 'ambiguous',
    type: () => declared('BooleanFilter'),
    description: 'Whether another node could be meant',
  },
  { name: 'node', type: () => declared('IdFilter'), description: 'Id of either node' },
  {
    name: 'evidence',
    type: () => declared('IdentityEvidenceKindFilter'),
    description: 'Kind of some evidence',
  },
]);
declareInput('IdentityJudgementWhere', 'Which judgements to take; all conditions given must hold', [
  { name: 'judgement', type: () => declared('JudgementFilter'), description: 'The judgement' },
  {
    name: 'automatic',
    type: () => declared('BooleanFilter'),
    description: 'Made by the rule, not by a person',
  },
  { name: 'withdrawn', type: () => declared('BooleanFilter'), description: 'Taken back' },
  { name: 'node', type: () => declared('IdFilter'), description: 'Id of either node' },
]);

/** Reads contents through the loaders of the request, and so as the request may see them. */
const loadContent =
  ({ loaders }: GraphContext) =>
  async (ids: readonly string[]) => {
    const nodes = await Promise.all(ids.map((id) => loaders.node.load(id)));
    return new Map(nodes.flatMap((node) => (node ? [[node.id, node] as const] : [])));
  };

interface ProposalArgs extends PageArgs {
  readonly types?: readonly string[] | null;
  readonly where?: ProposalFilter | null;
}
const identityProposals: FieldResolver<unknown, ProposalArgs> = async (_root, args, joined) => {
  refuseUnset('identityProposals', args.where);
  const context = separateContext(joined);
  const { services, projection, limits } = context;
  const size = pageSize(args.first, limits.pageSize);
  const all = await services.identity.proposals(projection, loadContent(context), args.types ?? undefined);
  const page = pageOfRanked(
    all.filter((each) => isWanted(each, args.where)),
    size,
    args.after,
  );
  return { page, load: (proposal: IdentityProposal) => proposal } as unknown as ConnectionSource;
};

interface JudgementArgs extends PageArgs {
  readonly where?: JudgementWhere | null;
}
const identityJudgements: FieldResolver<unknown, JudgementArgs> = (
  _root,
  { where, first, after },
  context,
) => {
  refuseUnset('identityJudgements', where);
  const { projection, limits, loaders } = separateContext(context);
  const { ids } = projection.vertices;
  const wanted = judgementGraph(projection)
    .judgements.map((judged) => ({ ...judged, from: ids[judged.from], to: ids[judged.to] }))
    .filter((judged) => isWantedJudgement({ ...judged, nodeIds: [judged.from, judged.to] }, where));
  const page = pageOfList(wanted, pageSize(first, limits.pageSize), readListCursor(after));
  const load = ({ id, from, to }: (typeof wanted)[number]) => loaders.relationship.load({ id, from, to });
  return { page, load } as unknown as ConnectionSource;
};

const identityGroup: FieldResolver<unknown, { readonly id: string }> = (_root, { id }, context) => {
  const { projection, services } = separateContext(context);
  return vertexOf(projection, id) < 0 ? null : services.identity.group(projection, id);
};

declareRoot(target, 'Query', {
  name: 'identityProposals',
  role: 'READER',
  type: () => declared('IdentityProposalConnection'),
  isRequired: true,
  description:
    'Pairs of nodes that may be one, the likeliest first; what a person has judged is not proposed again',
  args: [
    {
      name: 'types',
      type: () => [NodeTypeEnum] as TypeRef,
      description: 'Types of node to compare; threat actors and intrusion sets if not given',
    },
    { name: 'where', type: () => declared('IdentityProposalWhere'), description: 'Which proposals to take' },
    ...PAGE_ARGS,
  ],
  resolve: identityProposals,
});
declareRoot(target, 'Query', {
  name: 'identityJudgements',
  role: 'READER',
  type: () => declared('IdentityJudgementConnection'),
  isRequired: true,
  description: 'Judgements on who is who, those of the rule and those taken back too',
  args: [
    {
      name: 'where',
      type: () => declared('IdentityJudgementWhere'),
      description: 'Which judgements to take',
    },
    ...PAGE_ARGS,
  ],
  resolve: identityJudgements,
});
declareRoot(target, 'Query', {
  name: 'identityGroup',
  role: 'READER',
  type: () => declared('IdentityGroup'),
  description: 'What a node is judged to be one with; null where there is no such node',
  args: [{ name: 'id', type: () => ID, isRequired: true, description: 'Id of the node' }],
  resolve: identityGroup,
});

const JudgementStatusEnum = registerEnum(
  'JudgementStatus',
  'What became of a judgement',
  ['created', 'updated', 'unchanged', 'rejected'].map((name) => [name.toUpperCase(), name] as const),
);
const judgementOf: FieldResolver<JudgementReport> = ({ id }, _args, { loaders, services, projection }) => {
  const key = id === null ? undefined : services.relationships.keyOf(projection, id);
  return key ? loaders.relationship.load(key) : null;
};
const nodesOf: FieldResolver<JudgementReport> = async ({ nodeIds }, _args, { loaders }) =>
  (await Promise.all(nodeIds.map((id) => loaders.node.load(id)))).filter((node) => node !== null);
const chainOf: FieldResolver<JudgementReport> = async ({ error }, _args, { loaders }) => {
  const chain =
    error?.code === 'IDENTITY_CONTRADICTION' ? (error.data.chain as readonly string[]) : undefined;
  return chain ? Promise.all(chain.map((id) => loaders.node.load(id))) : null;
};
const problem =
  (read: (error: AppError) => string): FieldResolver<JudgementReport> =>
  ({ error }) =>
    error ? read(error) : null;

declareObject('JudgementResult', 'What became of one judgement', [
  { name: 'id', type: () => ID, description: 'Id of the judgement; null where it was refused' },
  { name: 'status', type: () => JudgementStatusEnum, isRequired: true, description: 'What became of it' },
  {
    name: 'judgement',
    type: () => declared('SameAsRelationship'),
    description: 'The judgement as it is now',
    resolve: judgementOf,
  },
  {
    name: 'nodes',
    type: () => [declared('Node')] as TypeRef,
    isRequired: true,
    description: 'The two',
    resolve: nodesOf,
  },
  {
    name: 'problemCode',
    type: () => String,
    description: 'Why it was refused, by a stable code',
    resolve: problem(({ code }) => code),
  },
  {
    name: 'problem',
    type: () => String,
    description: 'Why it was refused, in words',
    resolve: problem(({ message }) => message),
  },
  {
    name: 'chain',
    type: () => [declared('Node')] as TypeRef,
    hasNullItems: true,
    description: 'Of a contradiction: nodes that judgements in force make one, from one end to the other',
    resolve: chainOf,
  },
]);
declareObject('JudgementsResult', 'What became of judgements', [
  {
    name: 'items',
    type: () => [declared('JudgementResult')] as TypeRef,
    isRequired: true,
    description: 'What became of each, in the order given',
  },
  { name: 'isDryRun', type: () => Boolean, isRequired: true, description: 'Whether nothing was written' },
  { name: 'seq', type: () => SafeInt, description: 'Number of the change; null when nothing changed' },
]);
declareInput('JudgementInput', 'A judgement on two nodes', [
  { name: 'a', type: () => ID, isRequired: true, description: 'Id of the one; of PART, of the part' },
  { name: 'b', type: () => ID, isRequired: true, description: 'Id of the other; of PART, of the whole' },
  {
    name: 'judgement',
    type: () => vocabularyEnum('Judgement'),
    isRequired: true,
    description: 'The judgement',
  },
  { name: 'reason', type: () => String, isRequired: true, description: 'Why; kept with the judgement' },
]);

const see = (context: GraphContext) => async () => {
  await refresh(context);
  return context.view;
};
async function done(report: JudgementsReport, context: GraphContext, isDryRun: boolean) {
  await refresh(context);
  return { ...report, isDryRun };
}
interface JudgeArgs {
  readonly judgements: readonly GivenJudgement[];
  readonly dryRun: boolean;
}
const judgeIdentity: FieldResolver<unknown, JudgeArgs> = async (_root, { judgements, dryRun }, context) => {
  const options = { actor: context.actor, isDryRun: dryRun };
  return done(await context.services.identity.judge(judgements, options, see(context)), context, dryRun);
};
interface WithdrawArgs {
  readonly ids: readonly string[];
  readonly reason: string;
  readonly dryRun: boolean;
}
const withdrawJudgements: FieldResolver<unknown, WithdrawArgs> = async (
  _root,
  { ids, reason, dryRun },
  context,
) => {
  const options = { actor: context.actor, isDryRun: dryRun };
  return done(await context.services.identity.withdraw(ids, reason, options, see(context)), context, dryRun);
};

declareRoot(target, 'Mutation', {
  name: 'judgeIdentity',
  role: 'EDITOR',
  type: () => declared('JudgementsResult'),
  isRequired: true,
  description:
    'Judges pairs of nodes: SAME joins them, PART and OVERLAP relate them, DISTINCT keeps them apart for good; at most 500, one after the other. A pair that was judged before is judged anew',
  args: [
    {
      name: 'judgements',
      type: () => [declared('JudgementInput')] as TypeRef,
      isRequired: true,
      description: 'The judgements',
    },
    DRY_RUN,
  ],
  resolve: judgeIdentity,
});
declareRoot(target, 'Mutation', {
  name: 'withdrawJudgements',
  role: 'EDITOR',
  type: () => declared('JudgementsResult'),
  isRequired: true,
  description: 'Takes judgements back: all is read as before they were made, and they are kept as withdrawn',
  args: [
    { name: 'ids', type: () => [ID] as TypeRef, isRequired: true, description: 'Ids of the judgements' },
    { name: 'reason', type: () => String, isRequired: true, description: 'Why; kept with the judgements' },
    DRY_RUN,
  ],
  resolve: withdrawJudgements,
});
