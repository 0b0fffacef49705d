/** Inputs of plans: scope, limits, scenario, and how what the record doubts is taken. */
import { Float, ID, Int } from 'type-graphql';
import type { DependencyPolicy } from '../service/disruption/ecosystem';
import { nodeValue, relationshipValue } from '../service/edit.service';
import type { PlanLimitsQuery, PlanScope } from '../service/planning/plan-query';
import type { Scenario } from '../service/scenario/scenario';
import { type ArgSpec, declared, declareInput, type InputFieldSpec, type TypeRef } from './declare';
import { DependencyPolicyEnum } from './disruption-scope';
import { registerEnum, vocabularyEnum } from './enums';
import { readNode, readRelationship } from './object-inputs';
import { DateTime } from './scalars';

export const DoubtEnum = registerEnum(
  'Doubt',
  'How doubt is taken: EXPECTED averages over scenarios; AS_KNOWN takes every claim as true; GUARANTEED takes doubt against us',
  [
    ['EXPECTED', 'expected'],
    ['AS_KNOWN', 'asKnown'],
    ['GUARANTEED', 'guaranteed'],
  ],
);

const amount = (name: string, description: string): InputFieldSpec => ({
  name,
  type: () => Float,
  description,
});
const ids = (name: string, description: string): InputFieldSpec => ({
  name,
  type: () => [ID] as TypeRef,
  description,
});
const names = (name: string, description: string): InputFieldSpec => ({
  name,
  type: () => [String] as TypeRef,
  description,
});
const flag = (name: string, description: string): InputFieldSpec => ({
  name,
  type: () => Boolean,
  description,
});

declareInput(
  'PlanScopeInput',
  'Which operations a plan is to hurt, over what time; every field has a default',
  [
    ids('operationIds', 'Operations that count; all if not given'),
    ids('actorIds', 'Only operations attributed to one of these actors'),
    ids('sectorIds', 'Only operations that target one of these sectors'),
    ids('organizationIds', 'Only operations that target one of these organisations'),
    ids('jurisdictionIds', 'Only operations that target one of these jurisdictions'),
    flag('countsUntargeted', 'Let operations count whose targets are not on record; false if not given'),
    {
      name: 'severities',
      type: () => [declared('WeightInput')] as TypeRef,
      description: 'Severity a day of some operations, in place of what is on record',
    },
    {
      name: 'sectorWeights',
      type: () => [declared('WeightInput')] as TypeRef,
      description: 'Factors of severity: an operation counts with the greatest among its sectors',
    },
    amount('horizonDays', 'Days over which the effect is counted; 365 if not given'),
    {
      name: 'policy',
      type: () => DependencyPolicyEnum,
      description: 'How to read sources that only say who uses what',
    },
    { name: 'asOf', type: () => DateTime, description: 'Instant at which the plan begins; now if not given' },
    flag('isAllTime', 'Take everything on record, whenever it held'),
    {
      name: 'startDays',
      type: () => [Float] as TypeRef,
      description: 'Days on which work may begin; day 0 if not given',
    },
    amount('discountPerDay', 'Continuous rate a day at which later effect counts less; 0 if not given'),
    amount('displacedShare', 'Part of a loss that goes on elsewhere, once it has lasted; 0 if not given'),
    amount('displacedAfterDays', 'Days that a loss lasts before it goes on elsewhere'),
    flag('isWithoutMarket', 'Count on the known suppliers alone; false if not given'),
  ],
);
declareInput('PlanLimitsInput', 'Limits of a plan; what is not given does not limit', [
  amount('budget', 'What the measures may cost together'),
  { name: 'maxMeasures', type: () => Int, description: 'How many there may be' },
  amount('deadlineDays', 'Latest day on which an effect may begin'),
  names('jurisdictions', 'Codes, names or ids of the jurisdictions in which measures may be taken'),
  names('partners', 'Ids or names of the partners who act'),
  {
    name: 'measureTypes',
    type: () => [vocabularyEnum('MeasureType')] as TypeRef,
    description: 'Measures that may be taken',
  },
  names('offences', 'Offences of the case: opens ways of cooperation that are for one of these alone'),
  amount('maxExposure', 'How much the measures may give away together'),
  amount('maxCollateral', 'How much they may harm others together'),
  amount('maxCollateralPerMeasure', 'How much each may harm others'),
  ids('mustTake', 'Ids of measures that are part of every plan'),
  ids('exclude', 'Ids of measures that are part of none, or of components that are not to be touched'),
]);
declareInput(
  'PlanScenarioInput',
  'What is supposed to be there, and not to be there, for one question; nothing is written',
  [
    {
      name: 'addNodes',
      type: () => [declared('NodeInput')] as TypeRef,
      description: 'Nodes supposed to be there; one that is there is supposed to be as given',
    },
    {
      name: 'addRelationships',
      type: () => [declared('RelationshipInput')] as TypeRef,
      description: 'Relationships supposed to be there',
    },
    ids('remove', 'Ids of nodes and relationships supposed not to be there'),
  ],
);
declareInput('TakedownInput', 'Operations to stop, whatever that costs least', [
  { name: 'operationIds', type: () => [ID] as TypeRef, isRequired: true, description: 'All of these' },
  amount('minDowntimeDays', 'For at least so many days; 30 if not given'),
]);
declareInput('BehavioursInput', 'How actors react beyond the closed form', [
  amount('learning', 'Each rebuild takes this share of the one before; 1 if not given'),
  amount('migrateDays', 'Days after which customers of a supplier that stays down move; never if not given'),
  amount('migratingShare', 'Share of them that moves; 0 if not given'),
  amount(
    'rebrandDays',
    'Days after which a driven-off clientele comes back to a new brand; never if not given',
  ),
]);

type Given = { readonly [field: string]: unknown };

export interface ProblemArgs {
  readonly scope?: Given | null;
  readonly limits?: Given | null;
  readonly scenario?: ScenarioArg | null;
}

export interface ScenarioArg {
  readonly addNodes?: readonly Given[] | null;
  readonly addRelationships?: readonly Given[] | null;
  readonly remove?: readonly string[] | null;
}

export const PROBLEM_ARGS: readonly ArgSpec[] = [
  { name: 'scope', type: () => declared('PlanScopeInput'), description: 'Which operations, over what time' },
  {
    name: 'limits',
    type: () => declared('PlanLimitsInput'),
    description: 'Limits that the plan has to keep',
  },
  {
    name: 'scenario',
    type: () => declared('PlanScenarioInput'),
    description: 'What is supposed to be there, and not to be there',
  },
];

/** Without what is null or absent, so that equal questions are equal. */
export const given = (input: Given | null | undefined): Given =>
  Object.fromEntries(
    Object.entries(input ?? {}).filter(([, value]) => value !== null && value !== undefined),
  );

export function problemQueryOf({ scope, limits, scenario }: ProblemArgs): {
  readonly scope: PlanScope;
  readonly limits: PlanLimitsQuery;
  readonly scenario: Scenario;
} {
  return {
    scope: given(scope) as PlanScope & { readonly policy?: DependencyPolicy },
    limits: given(limits) as PlanLimitsQuery,
    scenario: scenarioOf(scenario ?? {}),
  };
}

export const scenarioOf = ({ addNodes, addRelationships, remove }: ScenarioArg): Scenario =>
  given({
    addNodes: addNodes?.map((each) => nodeValue(readNode(each))),
    addRelationships: addRelationships?.map((each) => relationshipValue(readRelationship(each))),
    remove: remove ?? undefined,
  }) as Scenario;
