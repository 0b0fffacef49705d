/** Mutations on claims: added, judged anew, taken back; many at once, with a status for each. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import type {
  ClaimChange,
  ClaimContent,
  ClaimItem,
  ClaimReport,
  GivenClaim,
  GivenReport,
} from '../service/claim.service';
import type { EditOptions } from '../service/edit.service';
import { type GraphContext, refresh } from './context';
import {
  type ArgSpec,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  type InputFieldSpec,
  markOneOf,
  type TypeRef,
} from './declare';
import { WriteStatusEnum } from './edit.resolver';
import { vocabularyEnum } from './enums';
import { DateTime, JsonValue, SafeInt } from './scalars';

/** Home of the declared mutations. */
export class ClaimMutations {}
const target: ClassType<object> = ClaimMutations;

const text = (name: string, description: string, isRequired = false): InputFieldSpec => ({
  name,
  type: () => String,
  description,
  isRequired,
});
const reliability: InputFieldSpec = {
  name: 'reliability',
  type: () => vocabularyEnum('Reliability'),
  description: 'Reliability by the Admiralty code',
};

declareInput('NewSourceInput', 'A source to create with a report, unless there is one of the name', [
  text('name', 'Name', true),
  reliability,
]);
declareInput('NewReportInput', 'A report to create with a claim, unless it is there', [
  text('name', 'Title', true),
  text('publisher', 'Who published it; the name of the source if not given'),
  text('url', 'Where it is published; tells it from others'),
  { name: 'published', type: () => DateTime, description: 'When it was published' },
  reliability,
  { name: 'source', type: () => declared('NewSourceInput'), description: 'Its source' },
]);
markOneOf(
  declareInput(
    'ReportInputOrId',
    'A report that is there, or one to create: give exactly one of the fields',
    [
      { name: 'id', type: () => ID, description: 'Id of a report that is there' },
      { name: 'create', type: () => declared('NewReportInput'), description: 'A report to create' },
    ],
  ),
);

const CONTENT: readonly InputFieldSpec[] = [
  {
    name: 'about',
    type: () => [String] as TypeRef,
    description: 'Properties of the fact that it is about; the fact as a whole if not given',
  },
  { name: 'values', type: () => JsonValue, description: 'What it says of properties: an object, by name' },
  text('says', 'What the report says of the fact, in your own words'),
  { name: 'confidence', type: () => Float, description: 'Confidence, 0 to 100' },
  {
    name: 'credibility',
    type: () => Int,
    description: 'Admiralty credibility, 1 (confirmed) to 6 (cannot be judged)',
  },
  { name: 'derivation', type: () => vocabularyEnum('Derivation'), description: 'How the claim came about' },
  text('originKey', 'Claims of one key come from one origin'),
  {
    name: 'repeats',
    type: () => [ID] as TypeRef,
    description: 'Reports that this one only repeats on the fact: it adds no origin to theirs',
  },
  { name: 'validFrom', type: () => DateTime, description: 'From when it holds, as the report says' },
  { name: 'validTo', type: () => DateTime, description: 'Until when it holds, as the report says' },
  {
    name: 'markings',
    type: () => [String] as TypeRef,
    description: 'Marking definitions of the claim itself',
  },
  {
    name: 'sharedWith',
    type: () => [String] as TypeRef,
    description: 'Recipients and sharing groups that the claim is for, and nobody else',
  },
];
declareInput('ClaimInput', 'What a report says of a fact', [
  { name: 'factId', type: () => ID, isRequired: true, description: 'Id of the node or relationship' },
  { name: 'report', type: () => declared('ReportInputOrId'), isRequired: true, description: 'Who says so' },
  ...CONTENT,
]);
declareInput(
  'ClaimChangeInput',
  'What to say otherwise in a claim: what is given is set, a null takes it away',
  [{ name: 'id', type: () => ID, isRequired: true, description: 'Id of the claim' }, ...CONTENT],
);

const claim: FieldResolver<ClaimItem> = async ({ id, factId }, _args, { loaders }) =>
  factId === null ? null : ((await loaders.claims.load(factId)).find((each) => each.id === id) ?? null);

declareObject('ClaimResult', 'What became of a claim', [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the claim' },
  { name: 'status', type: () => WriteStatusEnum, isRequired: true, description: 'What became of it' },
  { name: 'claim', type: () => declared('Claim'), description: 'The claim as it is now', resolve: claim },
  {
    name: 'problemCode',
    type: () => String,
    description: 'Why it was rejected, by a stable code',
    resolve: (({ problem }) => problem?.code) as FieldResolver<ClaimItem>,
  },
  {
    name: 'problem',
    type: () => String,
    description: 'Why it was rejected, in words',
    resolve: (({ problem }) => problem?.message) as FieldResolver<ClaimItem>,
  },
]);
declareObject('ClaimsResult', 'What became of claims', [
  {
    name: 'items',
    type: () => [declared('ClaimResult')] as TypeRef,
    isRequired: true,
    description: 'What became of each, in the order given',
  },
  { name: 'isDryRun', type: () => Boolean, isRequired: true, description: 'Whether nothing was written' },
  { name: 'seq', type: () => SafeInt, description: 'Number of the change; null when nothing changed' },
]);

interface DryRun {
  readonly dryRun: boolean;
}
const optionsOf = ({ dryRun }: DryRun, { view }: GraphContext): EditOptions => ({ view, isDryRun: dryRun });

async function done(report: ClaimReport, { dryRun }: DryRun, context: GraphContext) {
  await refresh(context);
  return { ...report, isDryRun: dryRun };
}

type Input<T> = { readonly [K in keyof T]: T[K] };

const add: FieldResolver<unknown, DryRun & { readonly claims: readonly Input<GivenClaim>[] }> = async (
  _root,
  args,
  context,
) => {
  const given = args.claims.map((each) => ({ ...each, report: { ...each.report } as GivenReport }));
  const { claims } = context.services;
  return done(await claims.add(given, optionsOf(args, context)), args, context);
};
const change: FieldResolver<
  unknown,
  DryRun & { readonly claims: readonly (ClaimContent & ClaimChange)[] }
> = async (_root, args, context) => {
  const given = args.claims.map((each) => ({ ...each }));
  const { claims } = context.services;
  return done(await claims.change(given, optionsOf(args, context)), args, context);
};
const retract: FieldResolver<
  unknown,
  DryRun & { readonly ids: readonly string[]; readonly reason: string }
> = async (_root, args, context) => {
  const { claims } = context.services;
  const options = optionsOf(args, context);
  return done(await claims.retract(args.ids, args.reason, options), args, context);
};

const DRY_RUN: ArgSpec = {
  name: 'dryRun',
  type: () => Boolean,
  description: 'Only say what would become of them',
  defaultValue: false,
};
const mutation = (
  name: string,
  description: string,
  args: readonly ArgSpec[],
  resolve: FieldResolver<never, never>,
): void =>
  declareRoot(target, 'Mutation', {
    name,
    type: () => declared('ClaimsResult'),
    isRequired: true,
    description,
    args: [...args, DRY_RUN],
    resolve,
    role: 'EDITOR',
  });

mutation(
  'addClaims',
  'Adds what reports say of facts, with reports and sources where they are new; at most 5,000. Of properties that they state, objects show the preferred value',
  [
    {
      name: 'claims',
      type: () => [declared('ClaimInput')] as TypeRef,
      isRequired: true,
      description: 'The claims: one for each report and fact',
    },
  ],
  add,
);
mutation(
  'changeClaims',
  'Says something else in claims that are there; reading their reports again leaves them so',
  [
    {
      name: 'claims',
      type: () => [declared('ClaimChangeInput')] as TypeRef,
      isRequired: true,
      description: 'What to say otherwise',
    },
  ],
  change,
);
mutation(
  'retractClaims',
  'Takes claims back: they are kept with their history and count no more',
  [
    { name: 'ids', type: () => [ID] as TypeRef, isRequired: true, description: 'Ids of the claims' },
    { name: 'reason', type: () => String, isRequired: true, description: 'Why; kept with the claims' },
  ],
  retract,
);
