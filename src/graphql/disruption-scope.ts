/** The input that says what a disruption query analyses. */
import { Float, ID, Int } from 'type-graphql';
import type { ConfidenceOptions } from '../service/disruption/component-confidence';
import type { DisruptionScope } from '../service/disruption/scope';
import { type ArgSpec, declared, declareInput, type InputFieldSpec, type TypeRef } from './declare';
import { DefenceKindEnum } from './disruption-types';
import { registerEnum } from './enums';
import { DateTime } from './scalars';

export const DependencyPolicyEnum = registerEnum(
  'DependencyPolicy',
  'How to read sources that only say who uses what',
  [
    ['STANDING_OPERATIONS', 'STANDING_OPERATIONS'],
    ['EXPLICIT_ONLY', 'EXPLICIT_ONLY'],
  ],
);
const Lever = registerEnum(
  'Lever',
  'What can be done: hit what crime depends on, defend those attacked, or both',
  [
    ['DISRUPT', 'DISRUPT'],
    ['DEFEND', 'DEFEND'],
    ['BOTH', 'BOTH'],
  ],
);

declareInput('WeightInput', 'A number for one object', [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the object' },
  { name: 'weight', type: () => Float, isRequired: true, description: 'The number, from 0' },
]);

const idList = (name: string, description: string): InputFieldSpec => ({
  name,
  type: () => [ID] as TypeRef,
  description,
});
const weights = (name: string, description: string): InputFieldSpec => ({
  name,
  type: () => [declared('WeightInput')] as TypeRef,
  description,
});

declareInput(
  'DisruptionScope',
  'What to analyse; every field has a default, and several together must all hold',
  [
    {
      name: 'minDowntimeDays',
      type: () => Float,
      description: 'Days an operation must be stopped for; 30 if not given',
    },
    {
      name: 'horizonDays',
      type: () => Float,
      description: 'What outlives its provider by so many days does not fall with it; 365 if not given',
    },
    {
      name: 'policy',
      type: () => DependencyPolicyEnum,
      description: 'How to read sources that only say who uses what; STANDING_OPERATIONS if not given',
    },
    {
      name: 'asOf',
      type: () => DateTime,
      description: 'Instant in the world at which things must hold; now if not given',
    },
    {
      name: 'isAllTime',
      type: () => Boolean,
      description: 'Take everything on record, whenever it held',
    },
    { name: 'lever', type: () => Lever, description: 'What can be done; DISRUPT if not given' },
    {
      name: 'defences',
      type: () => [DefenceKindEnum] as TypeRef,
      description: 'Kinds of defence that count where the lever is not DISRUPT; all if not given',
    },
    idList('operationIds', 'Operations that count; all if not given'),
    idList('actorIds', 'Only operations attributed to one of these actors'),
    idList('sectorIds', 'Only operations that target one of these sectors'),
    idList('organizationIds', 'Only operations that target one of these organisations'),
    idList('jurisdictionIds', 'Only operations that target one of these jurisdictions'),
    {
      name: 'countsUntargeted',
      type: () => Boolean,
      description: 'Let operations count whose targets are not on record; false if not given',
    },
    idList('hittableInIds', 'Only components under one of these jurisdictions can be hit'),
    weights('severities', 'Severity a day of some operations, in place of what is on record'),
    weights('sectorWeights', 'Factors of severity: an operation counts with the greatest among its sectors'),
    weights('costs', 'What hitting some components costs; 1 where not given'),
  ],
);

declareInput(
  'ConfidenceOptions',
  'How the confidence of a ranking is sampled; the same options draw the same scenarios',
  [
    { name: 'scenarios', type: () => Int, description: 'Scenarios to draw, up to 65,536; 1024 if not given' },
    { name: 'seed', type: () => Int, description: 'Seed of the scenarios; 1 if not given' },
  ],
);
type ConfidenceArg = { readonly confidence?: { readonly [option: string]: number | null } | null };
export const CONFIDENCE_ARG: ArgSpec = {
  name: 'confidence',
  type: () => declared('ConfidenceOptions'),
  description: 'Say how sure losses and ranks are; left out, it is not worked out',
};
export const confidenceOf = ({ confidence }: ConfidenceArg): ConfidenceOptions | undefined =>
  confidence ? withoutNulls(confidence) : undefined;

const withoutNulls = (given: { readonly [field: string]: unknown }): object =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));

export type Scoped = { readonly scope?: { readonly [field: string]: unknown } | null };
export const SCOPE_ARG: ArgSpec = {
  name: 'scope',
  type: () => declared('DisruptionScope'),
  description: 'What to analyse',
};
export const scopeOf = ({ scope }: Scoped): DisruptionScope => withoutNulls(scope ?? {});
