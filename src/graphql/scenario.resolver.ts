/** Predictions of plans, and scenarios that are kept. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import type { DisruptionScope } from '../service/disruption/scope';
import { pageSize } from '../service/page.service';
import type { MadePrediction, PlanComparison } from '../service/plan/prediction.service';
import type { ScenarioDraft, ScenarioStanding } from '../service/plan/scenario.service';
import {
  type ArgSpec,
  DRY_RUN,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  optional,
  required,
  type TypeRef,
} from './declare';
import {
  changeOf,
  done,
  inputArg,
  planMutation,
  STEP_ARGS,
  type StepArgs,
  type WriteArgs,
} from './plan-fields';
import { given, type ScenarioArg, scenarioOf } from './planning-inputs';
import { SafeInt } from './scalars';

/** Home of the declared queries and mutations. */
export class ScenarioOperations {}
const target: ClassType<object> = ScenarioOperations;

const SIMULATION_ARGS: readonly ArgSpec[] = [
  { name: 'runs', type: () => Int, description: 'Runs of the simulation, 2,000 at most', defaultValue: 500 },
  { name: 'seed', type: () => Int, description: 'Fixes every random choice', defaultValue: 0 },
];
interface SimulationArgs {
  readonly runs: number;
  readonly seed: number;
}

const predict: FieldResolver<unknown, StepArgs & SimulationArgs> = (_root, args, context) => {
  const { id, expectedRevision, runs, seed, dryRun } = args;
  const step = { ...changeOf(args, context), id, expectedRevision };
  return done(context.services.predictions.predict(step, { runs, seed }), context, dryRun);
};
planMutation(
  target,
  'predictPlan',
  'Simulates the measures of a plan on the ecosystem as it is known, and keeps the prediction with the plan',
  [...STEP_ARGS, ...SIMULATION_ARGS],
  predict,
);

const summary =
  (name: 'objective' | 'low' | 'high' | 'ceiling'): FieldResolver<MadePrediction> =>
  ({ prediction }) =>
    prediction[name];
declareObject('PlanPrediction', 'What a plan was predicted to do', [
  required('graphVersion', () => SafeInt, 'Number of the last change of the graph that it was made on'),
  required('horizonDays', () => Float, 'Days over which the effect is counted'),
  {
    ...required('loss', () => Float, 'Severity times days that operations lose, mean of the simulation'),
    resolve: summary('objective'),
  },
  { name: 'lowLoss', type: () => Float, description: 'The same, 5 % quantile', resolve: summary('low') },
  { name: 'highLoss', type: () => Float, description: 'The same, 95 % quantile', resolve: summary('high') },
  {
    ...required('ceiling', () => Float, 'What losing everything would come to'),
    resolve: summary('ceiling'),
  },
  {
    ...required('warnings', () => [String] as TypeRef, 'What makes it doubtful'),
    resolve: (({ prediction }) => prediction.warnings) as FieldResolver<MadePrediction>,
  },
]);
const operation: FieldResolver<{ readonly id: string }> = ({ id }, _args, { loaders }) =>
  loaders.node.load(id);
declareObject('PlanOperationChange', 'An operation whose predicted loss has changed', [
  required('id', () => ID, 'Id of the operation'),
  {
    name: 'operation',
    type: () => declared('Node'),
    description: 'The operation; null where it is derived',
    resolve: operation,
  },
  required('before', () => Float, 'Severity lost as predicted then'),
  required('after', () => Float, 'Severity lost as predicted now'),
]);
const measure: FieldResolver<PlanComparison['impossible'][number]> = ({ measureId }, _args, { loaders }) =>
  loaders.node.load(measureId);
declareObject('ImpossibleMeasure', 'A measure that the ecosystem as known leaves no room for', [
  { name: 'measure', type: () => declared('Measure'), description: 'The measure', resolve: measure },
  required('reason', () => String, 'Why'),
]);
declareObject('PlanComparison', 'A plan as predicted then, against the graph as it is now', [
  {
    name: 'before',
    type: () => declared('PlanPrediction'),
    description: 'As predicted then; null where it never was',
  },
  required('after', () => declared('PlanPrediction'), 'As predicted now'),
  { name: 'change', type: () => Float, description: 'Loss predicted now less that predicted then' },
  required(
    'operations',
    () => [declared('PlanOperationChange')] as TypeRef,
    'Operations whose loss has changed, most first',
  ),
  required('impossible', () => [declared('ImpossibleMeasure')] as TypeRef, 'Measures that no longer count'),
]);
const compare: FieldResolver<unknown, SimulationArgs & { readonly id: string }> = (
  _root,
  { id, ...options },
  { services, view },
) => services.predictions.compare(view, id, options);
declareRoot(target, 'Query', {
  name: 'planComparison',
  role: 'ANALYST',
  type: () => declared('PlanComparison'),
  isRequired: true,
  description:
    'Predicts a plan again on the graph as it is now, without keeping it, and says what has changed',
  args: [{ name: 'id', type: () => ID, isRequired: true, description: 'Id of the plan' }, ...SIMULATION_ARGS],
  resolve: compare,
});

declareInput('ScenarioDraftInput', 'What a scenario is called, and whom it is for', [
  required('name', () => String, 'Name'),
  optional('description', () => String, 'What it is about'),
  optional('markings', () => [String] as TypeRef, 'Markings'),
  optional('sharedWith', () => [String] as TypeRef, 'People and groups it is for'),
]);
interface SaveArgs extends WriteArgs {
  readonly input: ScenarioDraft;
  readonly scenario: ScenarioArg;
}
const save: FieldResolver<unknown, SaveArgs> = (_root, args, context) => {
  const report = context.services.scenarios.save(
    args.input,
    scenarioOf(args.scenario),
    changeOf(args, context),
  );
  return done(report, context, args.dryRun);
};
planMutation(
  target,
  'saveScenario',
  'Keeps a scenario under a name, once it holds together on the graph',
  [
    inputArg('ScenarioDraftInput', 'What it is called'),
    {
      name: 'scenario',
      type: () => declared('PlanScenarioInput'),
      isRequired: true,
      description: 'What it supposes',
    },
    DRY_RUN,
  ],
  save,
);

const component: FieldResolver<{ readonly id: string }> = ({ id }, _args, { loaders }) =>
  loaders.node.load(id);
declareObject('ScenarioChokepoint', 'A chokepoint under a scenario', [
  required('id', () => ID, 'Id of the component'),
  required('name', () => String, 'Its name'),
  {
    name: 'component',
    type: () => declared('Component'),
    description: 'The component; null where it is supposed',
    resolve: component,
  },
  required('severityLost', () => Float, 'Severity a day of what stops without it'),
  required('operationsLost', () => SafeInt, 'Operations that stop without it'),
]);
const scenarioNode: FieldResolver<ScenarioStanding> = ({ scenarioId }, _args, { loaders }) =>
  scenarioId === null ? null : loaders.node.load(scenarioId);
declareObject('ScenarioStanding', 'How things are, or would be under a scenario', [
  {
    name: 'scenario',
    type: () => declared('SavedScenario'),
    description: 'The scenario; null for how things are',
    resolve: scenarioNode,
  },
  required('name', () => String, 'Its name'),
  required('operationsInScope', () => SafeInt, 'Operations that count'),
  required('severityInScope', () => Float, 'Their severity a day'),
  required('chokepointCount', () => SafeInt, 'Components that stop something'),
  required('chokepoints', () => [declared('ScenarioChokepoint')] as TypeRef, 'The first of them'),
]);
interface StandingArgs {
  readonly ids: readonly string[];
  readonly scope?: Record<string, unknown> | null;
  readonly first?: number | null;
}
const standings: FieldResolver<unknown, StandingArgs> = (
  _root,
  { ids, scope, first },
  { services, view, limits },
) =>
  services.scenarios.compare(
    view,
    ids,
    given(scope) as DisruptionScope,
    pageSize(first ?? 10, limits.pageSize),
  );
declareRoot(target, 'Query', {
  name: 'scenarioComparison',
  role: 'ANALYST',
  type: () => [declared('ScenarioStanding')] as TypeRef,
  isRequired: true,
  description: 'Chokepoints as things are, and as they would be under each of up to 10 scenarios',
  args: [
    { name: 'ids', type: () => [ID] as TypeRef, isRequired: true, description: 'Ids of the scenarios' },
    { name: 'scope', type: () => declared('DisruptionScope'), description: 'What to analyse' },
    { name: 'first', type: () => Int, description: 'Chokepoints to show of each; 10 if not given' },
  ],
  resolve: standings,
});
