/** Evidence of a node or relationship: the claims, the reports that make them, and how many origins stand behind. */
import { Float, ID, Int } from 'type-graphql';
import type { ClaimValue } from '../model/values';
import { corroborationOf } from '../service/evidence.service';
import { type PageArgs, pageSize } from '../service/page.service';
import { type ConnectionSource, declareConnection, pageOfList, readListCursor } from './connections';
import { declared, declareObject, type FieldResolver, type FieldSpec, type TypeRef } from './declare';
import { vocabularyEnum } from './enums';
import type { NodeObject } from './objects';
import { PAGE_ARGS } from './relation-fields';

const report: FieldResolver<ClaimValue> = async ({ reportId }, _args, { loaders }) => {
  const node = await loaders.node.load(reportId);
  return node?.__typename === 'Report' ? node : null;
};

declareObject('Claim', 'What one report says about one fact', [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the claim' },
  {
    name: 'factId',
    type: () => ID,
    isRequired: true,
    description: 'Id of the node or relationship it is about',
  },
  { name: 'reportId', type: () => ID, isRequired: true, description: 'Id of the report that makes it' },
  {
    name: 'report',
    type: () => declared('Report'),
    description: 'The report that makes it',
    resolve: report,
  },
  {
    name: 'about',
    type: () => [String] as TypeRef,
    isRequired: true,
    description: 'Properties of the fact that it is about; none means the fact as a whole',
    resolve: (({ about }) => about ?? []) as FieldResolver<ClaimValue>,
  },
  { name: 'says', type: () => String, description: 'What the report says of the fact, in our own words' },
  { name: 'confidence', type: () => Float, description: 'Confidence, 0 to 100' },
  {
    name: 'credibility',
    type: () => Int,
    description: 'Admiralty credibility, 1 (confirmed) to 6 (cannot be judged)',
  },
  { name: 'derivation', type: () => vocabularyEnum('Derivation'), description: 'How the claim came about' },
  { name: 'originKey', type: () => String, description: 'Claims of one key repeat one origin' },
]);
declareConnection('Claim', () => declared('Claim'), 'claims about a fact');

const evidence: FieldResolver<NodeObject, PageArgs> = async ({ id }, args, { loaders, limits }) => {
  const first = pageSize(args.first, limits.pageSize);
  const claims = await loaders.claims.load(id);
  const page = pageOfList(claims, first, readListCursor(args.after));
  return { page, load: (claim: unknown) => claim } as unknown as ConnectionSource;
};

const corroboration: FieldResolver<NodeObject> = async ({ id }, _args, { loaders }) =>
  corroborationOf(await loaders.claims.load(id));

/** Fields of everything that can be claimed. */
export const EVIDENCE_FIELDS: readonly FieldSpec[] = [
  {
    name: 'evidence',
    type: () => declared('ClaimConnection'),
    isRequired: true,
    description: 'Who says so, in which report, and how sure',
    args: PAGE_ARGS,
    resolve: evidence,
  },
  {
    name: 'corroboration',
    type: () => Int,
    isRequired: true,
    description: 'Independent origins of it: reports that repeat one origin count once',
    resolve: corroboration,
  },
];
