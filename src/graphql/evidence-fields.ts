/** Evidence of a node or relationship: the claims, the reports that make them, and how many origins stand behind. */
import { Float, ID, Int } from 'type-graphql';
import { isStanding } from '../service/evidence/origins';
import type { StoredClaim } from '../service/evidence.service';
import type { PageArgs } from '../service/page.service';
import { declareConnection } from './connections';
import { declared, declareObject, type FieldResolver, type FieldSpec, type TypeRef } from './declare';
import { vocabularyEnum } from './enums';
import { factConfidence, factConflicts, factCorroboration } from './fact-evidence';
import { listOf } from './fact-ref';
import type { NodeObject } from './objects';
import { PAGE_ARGS } from './relation-fields';
import { DateTime, JsonValue } from './scalars';

const report: FieldResolver<StoredClaim> = async ({ reportId }, _args, { loaders }) => {
  const node = await loaders.node.load(reportId);
  return node?.__typename === 'Report' ? node : null;
};

const recorded =
  (field: 'at' | 'actor'): FieldResolver<StoredClaim> =>
  async ({ changeId }, _args, { loaders }) =>
    (await loaders.change.load(changeId))?.[field] ?? null;

const listed = (name: 'repeats' | 'markings' | 'sharedWith', description: string): FieldSpec => ({
  name,
  type: () => [name === 'repeats' ? ID : String] as TypeRef,
  isRequired: true,
  description,
  resolve: ((claim) => claim[name] ?? []) as FieldResolver<StoredClaim>,
});

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
    resolve: (({ about }) => about ?? []) as FieldResolver<StoredClaim>,
  },
  { name: 'says', type: () => String, description: 'What the report says of the fact, in our own words' },
  { name: 'confidence', type: () => Float, description: 'Confidence, 0 to 100' },
  {
    name: 'credibility',
    type: () => Int,
    description: 'Admiralty credibility, 1 (confirmed) to 6 (cannot be judged)',
  },
  { name: 'derivation', type: () => vocabularyEnum('Derivation'), description: 'How the claim came about' },
  { name: 'originKey', type: () => String, description: 'Claims of one key come from one origin' },
  { name: 'values', type: () => JsonValue, description: 'What it says of properties, by name' },
  listed('repeats', 'Reports that its report only repeats on the fact: it adds no origin to theirs'),
  listed('markings', 'Marking definitions of the claim itself'),
  listed('sharedWith', 'Recipients and sharing groups that the claim is for, and nobody else'),
  { name: 'validFrom', type: () => DateTime, description: 'From when it holds, as the report says' },
  { name: 'validTo', type: () => DateTime, description: 'Until when it holds, as the report says' },
  {
    name: 'recordedAt',
    type: () => DateTime,
    description: 'When it was recorded as it is now',
    resolve: recorded('at'),
  },
  {
    name: 'recordedBy',
    type: () => String,
    description: 'Who recorded it as it is now',
    resolve: recorded('actor'),
  },
  {
    name: 'isRetracted',
    type: () => Boolean,
    isRequired: true,
    description: 'Whether it was taken back: kept, and counted no more',
    resolve: ((claim) => !isStanding(claim)) as FieldResolver<StoredClaim>,
  },
  { name: 'retractedAt', type: () => DateTime, description: 'When it was taken back' },
  { name: 'retractedBy', type: () => String, description: 'Who took it back' },
  { name: 'retractionReason', type: () => String, description: 'Why it was taken back' },
]);
declareConnection('Claim', () => declared('Claim'), 'claims about a fact');

interface EvidenceArgs extends PageArgs {
  readonly retracted: boolean;
}
const evidence: FieldResolver<NodeObject, EvidenceArgs> = async ({ id }, args, context) => {
  const claims = await context.loaders.claims.load(id);
  return listOf(args.retracted ? claims : claims.filter(isStanding), args, context);
};

const corroboration: FieldResolver<NodeObject> = ({ id }, _args, context) => factCorroboration(id, context);
const confidence: FieldResolver<NodeObject> = ({ id }, _args, context) => factConfidence(id, context);
const conflicts: FieldResolver<NodeObject> = ({ id }, _args, context) => factConflicts(id, context);

/** Fields of everything that can be claimed. */
export const EVIDENCE_FIELDS: readonly FieldSpec[] = [
  {
    name: 'evidence',
    type: () => declared('ClaimConnection'),
    isRequired: true,
    description: 'Who says so, in which report, and how sure',
    args: [
      ...PAGE_ARGS,
      {
        name: 'retracted',
        type: () => Boolean,
        description: 'Also claims that were taken back',
        defaultValue: false,
      },
    ],
    resolve: evidence,
  },
  {
    name: 'corroboration',
    type: () => Int,
    isRequired: true,
    description: 'Independent origins of it: reports that repeat one origin count once',
    resolve: corroboration,
  },
  {
    name: 'confidence',
    type: () => declared('Confidence'),
    isRequired: true,
    description: 'How sure it is, derived from the claims about it',
    resolve: confidence,
  },
  {
    name: 'conflicts',
    type: () => [declared('PropertyConflict')] as TypeRef,
    isRequired: true,
    description: 'Properties on which its claims disagree, every value side by side',
    resolve: conflicts,
  },
];
