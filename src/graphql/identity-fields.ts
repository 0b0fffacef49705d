/** Types in which who is who is told: groups, proposals with their evidence, and what an import linked. */
import { Float, ID, Int } from 'type-graphql';
import { vertexOf } from '../analysis';
import type { IdentityGroup } from '../service/identity/identity.service';
import { EVIDENCE_KINDS, type IdentityEvidence } from '../service/identity/identity-evidence';
import type { LinkExample, LinkedView } from '../service/identity/identity-linking';
import type { IdentityProposal } from '../service/identity/identity-proposal';
import { namesOf, reporterOf } from '../service/identity/identity-view';
import { declareConnection } from './connections';
import { type GraphContext, separateContext } from './context';
import {
  declared,
  declareField,
  declareObject,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { registerEnum, vocabularyEnum } from './enums';
import type { NodeObject } from './objects';
import './ontology-types';
import { SafeInt } from './scalars';

export const EvidenceKindEnum = registerEnum(
  'IdentityEvidenceKind',
  'What a piece of evidence on identity rests on: an identifier, a name, what a source says, what both use, or what tells them apart',
  EVIDENCE_KINDS.map((kind) => [kind, kind] as const),
);
export const ProposalStatusEnum = registerEnum(
  'ProposalStatus',
  'OPEN: nobody has joined the two. LINKED: the rule of the service has, and a person may confirm or reject it',
  ['OPEN', 'LINKED'].map((status) => [status, status] as const),
);
const RuleEnum = registerEnum(
  'IdentityRule',
  'Rule by which views are linked without asking: an identifier or a name that only the two can mean, or a link of a source that a name confirms',
  ['UNIQUE_IDENTIFIER', 'UNIQUE_NAME', 'CONFIRMED_LINK'].map((rule) => [rule, rule] as const),
);

const loadNodes = async (ids: readonly string[], context: GraphContext): Promise<NodeObject[]> => {
  const { loaders } = separateContext(context);
  return (await Promise.all(ids.map((id) => loaders.node.load(id)))).filter((node) => node !== null);
};

const loadRelationships = async (ids: readonly string[], context: GraphContext) => {
  const { loaders, services, projection } = separateContext(context);
  const keys = ids.flatMap((id) => services.relationships.keyOf(projection, id) ?? []);
  return (await Promise.all(keys.map((key) => loaders.relationship.load(key)))).filter(
    (each) => each !== null,
  );
};

const text = (name: string, description: string, isRequired = true): FieldSpec => ({
  name,
  type: () => String,
  description,
  isRequired,
});
const whole = (name: string, description: string): FieldSpec => ({
  name,
  type: () => SafeInt,
  isRequired: true,
  description,
});
const listOf = (
  name: string,
  type: string,
  description: string,
  resolve?: FieldResolver<never, never>,
): FieldSpec => ({ name, type: () => [declared(type)] as TypeRef, isRequired: true, description, resolve });

declareObject('IdentityEvidence', 'A piece of evidence for or against two nodes being one', [
  { name: 'kind', type: () => EvidenceKindEnum, isRequired: true, description: 'What it rests on' },
  {
    name: 'weight',
    type: () => Float,
    isRequired: true,
    description:
      'Bits: log2 of how much more often it is seen between nodes that are one; negative speaks against',
  },
  text('says', 'What it is, in words'),
  listOf('nodes', 'Node', 'Nodes that it rests on beside the two', ((
    { nodeIds }: IdentityEvidence,
    _args,
    context,
  ) => loadNodes(nodeIds, context)) as FieldResolver<IdentityEvidence>),
  listOf('relationships', 'Relationship', 'Relationships that it rests on', ((
    { relationshipIds }: IdentityEvidence,
    _args,
    context,
  ) => loadRelationships(relationshipIds, context)) as FieldResolver<IdentityEvidence>),
]);

declareObject('IdentityProposal', 'Two nodes that may be one: for a person to judge', [
  {
    name: 'id',
    type: () => ID,
    isRequired: true,
    description: 'Id of the proposal, the same for the same two',
  },
  listOf('nodes', 'Node', 'The two', (({ nodeIds }: IdentityProposal, _args, context) =>
    loadNodes(nodeIds, context)) as FieldResolver<IdentityProposal>),
  {
    name: 'kind',
    type: () => vocabularyEnum('Judgement'),
    isRequired: true,
    description: 'Judgement proposed: SAME or OVERLAP',
  },
  {
    name: 'score',
    type: () => Float,
    isRequired: true,
    description: 'How likely the two are one, 0 to 1, by the evidence and a prior of -4 bits',
  },
  listOf('evidence', 'IdentityEvidence', 'All that speaks for and against'),
  {
    name: 'isAmbiguous',
    type: () => Boolean,
    isRequired: true,
    description: 'Whether another node could be meant as well: nothing joins such a pair but a person',
  },
  listOf('rivals', 'Node', 'Nodes that could be meant instead of either', ((
    { rivalIds }: IdentityProposal,
    _args,
    context,
  ) => loadNodes(rivalIds, context)) as FieldResolver<IdentityProposal>),
  {
    name: 'status',
    type: () => ProposalStatusEnum,
    isRequired: true,
    description: 'Whether the rule has joined them',
  },
  {
    name: 'automatic',
    type: () => vocabularyEnum('Judgement'),
    description: 'Judgement of the rule that is in force',
  },
]);
declareConnection('IdentityProposal', () => declared('IdentityProposal'), 'proposals, the likeliest first');
declareConnection('IdentityJudgement', () => declared('SameAsRelationship'), 'judgements, in order of id');

/** A group as fields read it. */
type GroupSource = IdentityGroup;
const groupNodes: FieldResolver<GroupSource> = ({ memberIds }, _args, context) =>
  loadNodes(memberIds, context);
const representative: FieldResolver<GroupSource> = ({ representativeId }, _args, { loaders }) =>
  loaders.node.load(representativeId);
const judgements: FieldResolver<GroupSource> = (group, _args, context) =>
  loadRelationships(
    group.judgements.map(({ id }) => id),
    context,
  );

declareObject('IdentityName', 'A name of a group, and who uses it', [
  text('name', 'The name'),
  {
    name: 'usedBy',
    type: () => [String] as TypeRef,
    isRequired: true,
    description: 'Who uses it, where that is known',
  },
]);
const names: FieldResolver<GroupSource> = async ({ memberIds }, _args, context) => {
  const users = new Map<string, Set<string>>();
  for (const member of await loadNodes(memberIds, context)) {
    const { reporterName } = reporterOf(separateContext(context).projection, member);
    for (const { text: name, usedBy } of namesOf(member)) {
      const known = users.get(name) ?? new Set<string>();
      for (const user of [...usedBy, ...(reporterName === undefined ? [] : [reporterName])]) known.add(user);
      users.set(name, known);
    }
  }
  return [...users].map(([name, known]) => ({ name, usedBy: [...known].sort() }));
};

declareObject('IdentityContradiction', 'A judgement that says that members of one group are not the same', [
  {
    name: 'judgement',
    type: () => declared('SameAsRelationship'),
    description: 'The judgement',
    resolve: (async ({ id }: { readonly id: string }, _args, context) =>
      (await loadRelationships([id], context))[0] ?? null) as FieldResolver<{ readonly id: string }>,
  },
  listOf('chain', 'Node', 'Members from one end of it to the other, each judged the same as the next', ((
    { chain }: { readonly chain: readonly string[] },
    _args,
    context,
  ) => loadNodes(chain, context)) as FieldResolver<{
    readonly chain: readonly string[];
  }>),
]);
declareObject(
  'IdentityGroup',
  'Nodes that are judged to be one; a node that nobody judged is a group of its own',
  [
    {
      name: 'representative',
      type: () => declared('Node'),
      description:
        'Member that stands for all: a threat actor before views, then the one with the most relations',
      resolve: representative,
    },
    listOf('members', 'Node', 'All members, in order of id', groupNodes),
    {
      name: 'size',
      type: () => Int,
      isRequired: true,
      description: 'How many members',
      resolve: (({ memberIds }) => memberIds.length) as FieldResolver<GroupSource>,
    },
    listOf('names', 'IdentityName', 'Every name of a member, and who uses it', names),
    listOf('judgements', 'SameAsRelationship', 'Judgements in force with a member at either end', judgements),
    listOf(
      'contradictions',
      'IdentityContradiction',
      'Judgements that contradict the group; while there are any, its members are not read as one',
    ),
  ],
);

declareField(declared('Node'), {
  name: 'identity',
  type: () => declared('IdentityGroup'),
  description: 'What it is judged to be one with; null only when it was deleted while the query ran',
  resolve: (({ id }, _args, context) => {
    const { projection, services } = separateContext(context);
    return vertexOf(projection, id) < 0 ? null : services.identity.group(projection, id);
  }) as FieldResolver<NodeObject>,
});

const linkedNode: FieldResolver<LinkedView> = ({ id }, _args, { loaders }) => loaders.node.load(id);
declareObject('LinkedView', 'One of two views of an import', [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the node' },
  text('name', 'Its name'),
  text('reporter', 'Who reports it', false),
  {
    name: 'node',
    type: () => declared('Node'),
    description: 'The node; null after a dry run of a new one',
    resolve: linkedNode,
  },
]);
const endOf =
  (end: 'a' | 'b'): FieldResolver<LinkExample> =>
  (example) =>
    example[end];
declareObject('LinkExample', 'A pair that an import linked, or left to a person', [
  {
    name: 'a',
    type: () => declared('LinkedView'),
    isRequired: true,
    description: 'The one',
    resolve: endOf('a'),
  },
  {
    name: 'b',
    type: () => declared('LinkedView'),
    isRequired: true,
    description: 'The other',
    resolve: endOf('b'),
  },
  {
    name: 'judgement',
    type: () => vocabularyEnum('Judgement'),
    description: 'What the rule judged; null where it is left to a person',
  },
  { name: 'rule', type: () => RuleEnum, description: 'The rule; null where it is left to a person' },
  text('reason', 'Why'),
]);
declareObject('IdentityReport', 'Whom an import linked, and whom it left to a person', [
  whole('linked', 'Pairs that the rule joined now (SAME)'),
  whole('overlapping', 'Pairs that the rule linked now without joining them (OVERLAP)'),
  whole('unchanged', 'Links of the rule in the graph that stand as they were'),
  whole('withdrawn', 'Links of the rule that it would not make any more, and took back'),
  whole('ambiguous', 'Pairs that match by a name but could mean others: proposals for a person'),
  whole('proposed', 'Pairs that a source links although no name confirms it: proposals too'),
  listOf('examples', 'LinkExample', 'Up to ten of each'),
]);
