/** Plans, frontiers and simulations as jobs; who can act on a component; how well the record predicts. */
import { type ClassType, ID, Int } from 'type-graphql';
import type { CalibrationArguments } from '../service/planning/ecosystem-planning.service';
import {
  frontierAnalysis,
  type PlanResult,
  planAnalysis,
  type SimulationAnalysisResult,
  simulationAnalysis,
} from '../service/planning/plan.analysis';
import {
  DEFAULT_SIMULATION_RUNS,
  type PlanQuery,
  type SimulationQuery,
} from '../service/planning/plan-query';
import { type PlanningSource, planningSourceOf } from '../service/planning/planning-source';
import { refuseUnknownMeasures } from '../service/planning/simulation-report';
import type { GraphContext } from './context';
import { type ArgSpec, declared, declareRoot, type FieldResolver, type TypeRef } from './declare';
import { declareAnalysis } from './declare-analysis';
import { DoubtEnum, given, PROBLEM_ARGS, type ProblemArgs, problemQueryOf } from './planning-inputs';
import { CalibratedQuantityEnum, PLAN_RESULT_FIELDS, SIMULATION_FIELDS } from './planning-types';

/** Home of the declared queries. */
export class PlanningQueries {}
const target: ClassType<object> = PlanningQueries;

const sourceOf = ({ view, services }: GraphContext): PlanningSource =>
  planningSourceOf(view, services.content);

const SEED: ArgSpec = {
  name: 'seed',
  type: () => Int,
  description: 'Fixes every random choice: the same seed gives the same result',
  defaultValue: 0,
};
const PLAN_ARGS: readonly ArgSpec[] = [
  ...PROBLEM_ARGS,
  { name: 'doubt', type: () => DoubtEnum, description: 'How doubt is taken', defaultValue: 'expected' },
  { name: 'scenarios', type: () => Int, description: 'Scenarios in a sample', defaultValue: 24 },
  { name: 'replications', type: () => Int, description: 'Independent samples', defaultValue: 3 },
  SEED,
];
const EXTRA_ARGS: readonly ArgSpec[] = [
  { name: 'alternatives', type: () => Int, description: 'How many further distinct plans to find' },
  { name: 'frontier', type: () => Boolean, description: 'Find the frontier as well', defaultValue: false },
  {
    name: 'marginal',
    type: () => Boolean,
    description: 'Find what each partner and jurisdiction adds',
    defaultValue: false,
  },
  {
    name: 'doubtfulEdges',
    type: () => Boolean,
    description: 'Find what collecting on each doubtful relationship is worth',
    defaultValue: false,
  },
  { name: 'simulationRuns', type: () => Int, description: 'Simulate the plan so many times' },
  {
    name: 'takedown',
    type: () => declared('TakedownInput'),
    description: 'Instead of the greatest effect: the least cost that stops these operations',
  },
];

/** Share of the deadline of a job that is left for everything but the search. */
const SEARCH_SHARE = 0.85;
const DEFAULT_SECONDS = 60;

interface PlanArgs extends ProblemArgs {
  readonly seconds?: number | null;
  readonly takedown?: {
    readonly operationIds: readonly string[];
    readonly minDowntimeDays?: number | null;
  } | null;
}

function planQueryOf({ scope, limits, scenario, seconds, takedown, ...rest }: PlanArgs): PlanQuery {
  const { waitSeconds: _wait, ...options } = given(rest as never) as Partial<PlanQuery> & {
    readonly waitSeconds?: number;
  };
  return {
    ...problemQueryOf({ scope, limits, scenario }),
    ...options,
    seconds: SEARCH_SHARE * (seconds ?? DEFAULT_SECONDS),
    ...(takedown
      ? {
          takedown: {
            operations: takedown.operationIds,
            minDowntimeDays: takedown.minDowntimeDays ?? undefined,
          },
        }
      : {}),
  };
}

const problemOf = (query: PlanQuery | SimulationQuery, context: GraphContext) =>
  context.services.planning.problem(sourceOf(context), query);

declareAnalysis<PlanQuery, PlanResult, PlanArgs, Awaited<ReturnType<typeof problemOf>>>({
  kind: planAnalysis,
  mutation: 'optimiseDisruption',
  description: 'The measures that cost operations most, within the limits, with a certificate',
  args: [...PLAN_ARGS, ...EXTRA_ARGS],
  parameters: planQueryOf,
  extra: problemOf,
  result: { name: 'PlanResult', description: 'A plan and what is proved of it', fields: PLAN_RESULT_FIELDS },
});

declareAnalysis<PlanQuery, PlanResult, PlanArgs, Awaited<ReturnType<typeof problemOf>>>({
  kind: frontierAnalysis,
  mutation: 'planFrontier',
  description: 'The Pareto frontier of cost against effect, up to the budget',
  args: PLAN_ARGS,
  parameters: planQueryOf,
  extra: problemOf,
  result: {
    name: 'PlanFrontierResult',
    description: 'The best plan at the whole budget, and the frontier below it',
    fields: PLAN_RESULT_FIELDS,
  },
});

interface SimulationArgs extends ProblemArgs {
  readonly measures: readonly string[];
  readonly runs: number;
  readonly seed: number;
  readonly behaviours?: { readonly [name: string]: unknown } | null;
}
declareAnalysis<
  SimulationQuery,
  SimulationAnalysisResult,
  SimulationArgs,
  Awaited<ReturnType<typeof problemOf>>
>({
  kind: simulationAnalysis,
  mutation: 'simulateDisruption',
  description:
    'Simulates measures: actors notice, rebuild, switch, migrate, rebrand and learn; a distribution comes out',
  args: [
    ...PROBLEM_ARGS,
    {
      name: 'measures',
      type: () => [ID] as TypeRef,
      isRequired: true,
      description: 'Ids of the measures that are taken, as plans and reach give them',
    },
    { name: 'runs', type: () => Int, description: 'How many runs', defaultValue: DEFAULT_SIMULATION_RUNS },
    SEED,
    { name: 'behaviours', type: () => declared('BehavioursInput'), description: 'How actors react' },
  ],
  parameters: ({ measures, runs, seed, behaviours, ...problem }) => ({
    ...problemQueryOf(problem),
    measures: [...new Set(measures)],
    runs,
    seed,
    behaviours: given(behaviours) as SimulationQuery['behaviours'],
  }),
  extra: problemOf,
  check: ({ measures }, _projection, { file }) => refuseUnknownMeasures(file, measures),
  result: {
    name: 'SimulationResult',
    description: 'What measures do over many runs',
    fields: SIMULATION_FIELDS,
  },
});

interface ReachArgs {
  readonly component: string;
  readonly partners?: readonly string[] | null;
  readonly offences?: readonly string[] | null;
}
const reach: FieldResolver<unknown, ReachArgs> = (_root, { component, partners, offences }, context) =>
  context.services.planning.reach(sourceOf(context), component, {
    asOf: context.view.asOf,
    partners: partners ?? undefined,
    offences: offences ?? undefined,
  });
declareRoot(target, 'Query', {
  name: 'reach',
  role: 'ANALYST',
  type: () => declared('ComponentReach'),
  isRequired: true,
  description: 'Who can act on a component, by which measure, on what basis, how fast; and why nobody can',
  args: [
    { name: 'component', type: () => ID, isRequired: true, description: 'Id of the component' },
    {
      name: 'partners',
      type: () => [String] as TypeRef,
      description: 'Ids or names of partners; all if not given',
    },
    {
      name: 'offences',
      type: () => [String] as TypeRef,
      description: 'Offences of the case: opens ways of cooperation that are for one of these alone',
    },
  ],
  resolve: reach,
});

const calibration: FieldResolver<unknown, CalibrationArguments> = (_root, { quantity }, context) =>
  context.services.planning.calibrate(sourceOf(context), {
    asOf: context.view.asOf,
    quantity: quantity ?? undefined,
  });
declareRoot(target, 'Query', {
  name: 'calibration',
  role: 'ANALYST',
  type: () => declared('CalibrationReport'),
  isRequired: true,
  description:
    'How well past actions predict one another, each left out of its own prediction, against the base rate',
  args: [
    {
      name: 'quantity',
      type: () => CalibratedQuantityEnum,
      description: 'What is predicted',
      defaultValue: 'DOWNTIME_DAYS',
    },
  ],
  resolve: calibration,
});
