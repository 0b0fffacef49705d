/** What follows from the claims about one fact: how sure it is, and on what they disagree. */
import { Float } from 'type-graphql';
import {
  type ClaimWeight,
  CONFIDENCE_FORMULA,
  type Confidence,
  confidenceOf,
  type OriginWeight,
  percentOf,
} from '../service/evidence/confidence';
import { conflictsOf, type PropertyConflict } from '../service/evidence/conflicts';
import { originsOf } from '../service/evidence/origins';
import { reportRecords } from '../service/evidence/report-record';
import type { GraphContext } from './context';
import { declared, declareObject, type FieldResolver, type TypeRef } from './declare';
import { registerEnum, vocabularyEnum } from './enums';
import { JsonValue } from './scalars';

/** Independent origins of a fact. */
export async function factCorroboration(id: string, { loaders, projection }: GraphContext): Promise<number> {
  return originsOf(await loaders.claims.load(id), reportRecords(projection)).length;
}

export async function factConfidence(id: string, { loaders, projection }: GraphContext): Promise<Confidence> {
  return confidenceOf(await loaders.claims.load(id), reportRecords(projection));
}

/** Properties of an object on which its claims disagree. */
export async function factConflicts(id: string, context: GraphContext): Promise<PropertyConflict[]> {
  const { loaders, projection, services } = context;
  const claims = await loaders.claims.load(id);
  if (claims.length === 0) return [];
  const key = services.relationships.keyOf(projection, id);
  const states = await loaders.states.load({ id, key });
  const shown = states[states.length - 1];
  if (shown === undefined) return [];
  const stamps = await Promise.all(claims.map((claim) => loaders.change.load(claim.changeId)));
  const changes = new Map(stamps.flatMap((stamp) => (stamp ? [[stamp.id, stamp] as const] : [])));
  const object = { properties: shown.properties, claims, states, changes };
  return conflictsOf(object, reportRecords(projection));
}

declareObject('WeighedClaim', 'A claim with the weight it has', [
  {
    name: 'claim',
    type: () => declared('Claim'),
    isRequired: true,
    description: 'The claim',
  },
  {
    name: 'reliability',
    type: () => vocabularyEnum('Reliability'),
    description: 'Reliability of its report, or of the source of that',
  },
  {
    name: 'percent',
    type: () => Float,
    isRequired: true,
    description: 'Weight of the claim alone, 0 to 100',
    resolve: (({ probability }) => probability * 100) as FieldResolver<ClaimWeight>,
  },
]);
declareObject('Origin', 'A place that a fact was learnt from, independent of the others', [
  {
    name: 'key',
    type: () => String,
    isRequired: true,
    description: 'What it is told by: an origin key, a source or a report',
  },
  {
    name: 'percent',
    type: () => Float,
    isRequired: true,
    description: 'Weight of the origin, 0 to 100: the greatest of its claims',
    resolve: (({ probability }) => probability * 100) as FieldResolver<OriginWeight>,
  },
  {
    name: 'claims',
    type: () => [declared('WeighedClaim')] as TypeRef,
    isRequired: true,
    description: 'Claims by which it was learnt',
  },
  {
    name: 'repeatedBy',
    type: () => [declared('WeighedClaim')] as TypeRef,
    isRequired: true,
    description: 'Claims of reports that only repeat it',
  },
]);
declareObject('Confidence', 'How sure a fact is, derived from the claims about it', [
  {
    name: 'percent',
    type: () => Float,
    description: '0 to 100; null where nobody claims the fact',
    resolve: percentOf as FieldResolver<Confidence>,
  },
  {
    name: 'formula',
    type: () => String,
    isRequired: true,
    description: 'How it is derived',
    resolve: () => CONFIDENCE_FORMULA,
  },
  {
    name: 'origins',
    type: () => [declared('Origin')] as TypeRef,
    isRequired: true,
    description: 'Independent origins, with what each weighs',
  },
]);

const ShownByEnum = registerEnum(
  'ShownBy',
  'Why an object shows a value: its claim is more reliable, more credible or later than the others; it was written last; or somebody set it by hand',
  ['RELIABILITY', 'CREDIBILITY', 'RECENCY', 'LAST_WRITE', 'EDIT'].map((name) => [name, name] as const),
);
declareObject('StatedValue', 'A value of a property, with the claims that state it', [
  { name: 'value', type: () => JsonValue, isRequired: true, description: 'The value' },
  {
    name: 'claims',
    type: () => [declared('Claim')] as TypeRef,
    isRequired: true,
    description: 'Claims that state it, the preferred first; of one origin the latest',
  },
  { name: 'isShown', type: () => Boolean, isRequired: true, description: 'Whether the object shows it' },
]);
declareObject('PropertyConflict', 'A property on which claims disagree, or that shows what no claim states', [
  { name: 'property', type: () => String, isRequired: true, description: 'Name of the property' },
  {
    name: 'values',
    type: () => [declared('StatedValue')] as TypeRef,
    isRequired: true,
    description: 'Every value that claims state, the preferred first',
  },
  { name: 'shown', type: () => JsonValue, description: 'What the object shows' },
  { name: 'shownBy', type: () => ShownByEnum, isRequired: true, description: 'Why it shows that' },
  {
    name: 'preferred',
    type: () => JsonValue,
    isRequired: true,
    description: 'The value preferred by the claims',
  },
  {
    name: 'preferredBy',
    type: () => ShownByEnum,
    description: 'What decides for it; null where all claims agree',
  },
]);
