/** Analyses as jobs: one's runs, their progress and results. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import { ANALYSIS_KINDS } from '../service/analysis-run/analysis-kinds';
import { type AnalysisRun, RUN_STATUSES } from '../service/analysis-run/run-record';
import { pageSize } from '../service/page.service';
import { declareConnection, listCursor, readListCursor } from './connections';
import {
  type ArgSpec,
  declared,
  declareObject,
  declareRoot,
  declareSubscription,
  type FieldResolver,
  required,
} from './declare';
import { callerOf, resultTypeOf, WAIT_ARG, waiting } from './declare-analysis';
import { registerEnum } from './enums';
import { DateTime, JsonValue, SafeInt } from './scalars';

/** Home of the declared queries and mutations. */
export class AnalysisRunFields {}
/** Home of the declared subscription. */
export class AnalysisSubscriptions {}
const target: ClassType<object> = AnalysisRunFields;

const same = (names: readonly string[]) => names.map((name) => [name, name] as const);
const AnalysisStatus = registerEnum(
  'AnalysisStatus',
  'Where an analysis is; EXPIRED: it was done, but its result is no longer kept',
  same(RUN_STATUSES),
);
const AnalysisKindEnum = registerEnum(
  'AnalysisKind',
  'What is analysed',
  same(ANALYSIS_KINDS.map(({ name }) => name)),
);

const result: FieldResolver<AnalysisRun> = ({ id, kind, graphVersion }, _args, context) => {
  const found = context.services.runs.result(id, callerOf(context));
  return found && { ...found, graphVersion, __typename: resultTypeOf(kind) };
};

declareObject('AnalysisFault', 'Why an analysis failed', [
  required('code', () => String, 'Code of the fault, as of errors of the API'),
  required('message', () => String, 'What was expected, what came, and how to mend it'),
]);
declareObject('AnalysisRun', 'An analysis that runs, waits or has ended; only who started it can see it', [
  required('id', () => ID, 'Id of the run'),
  required('kind', () => AnalysisKindEnum, 'What is analysed'),
  required('status', () => AnalysisStatus, 'Where it is'),
  { name: 'progress', type: () => Float, description: 'Share done, from 0 to 1; null while it is not known' },
  required('phase', () => String, 'What it is doing'),
  required('secondsElapsed', () => Float, 'Seconds since it began; 0 while it waits'),
  { name: 'secondsLeft', type: () => Float, description: 'Estimate; null while there is none to make' },
  required('graphVersion', () => SafeInt, 'Number of the last change of the graph that is analysed'),
  required('parameters', () => JsonValue, 'What was asked'),
  { name: 'asOf', type: () => DateTime, description: 'Instant in the world that was asked for' },
  { name: 'knownAt', type: () => DateTime, description: 'Moment of recording that was asked for' },
  required('queuedAt', () => DateTime, 'When it was started'),
  { name: 'endedAt', type: () => DateTime, description: 'When it ended; null before that' },
  required('isFromCache', () => Boolean, 'Whether an earlier run had answered the same question'),
  { name: 'error', type: () => declared('AnalysisFault'), description: 'Why it failed, if it did' },
  {
    name: 'result',
    type: () => declared('AnalysisResult'),
    description: 'The result; null until it is done, and when it is no longer kept',
    resolve: result,
  },
]);

const ID_ARG: ArgSpec = { name: 'id', type: () => ID, isRequired: true, description: 'Id of the run' };

interface RunArgs {
  readonly id: string;
  readonly waitSeconds?: number | null;
}
const find: FieldResolver<unknown, RunArgs> = (_root, { id, waitSeconds }, context) =>
  context.services.runs.settled(id, callerOf(context), waiting(waitSeconds));
declareRoot(target, 'Query', {
  name: 'analysisRun',
  role: 'ANALYST',
  isTimeless: true,
  type: () => declared('AnalysisRun'),
  isRequired: true,
  description: 'One of your analyses',
  args: [ID_ARG, WAIT_ARG],
  resolve: find,
});

declareConnection('AnalysisRun', () => declared('AnalysisRun'), 'your analyses, the latest first');
interface RunsArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}
const list: FieldResolver<unknown, RunsArgs> = (_root, { first, after }, context) => {
  const size = pageSize(first, context.limits.pageSize);
  const page = context.services.runs.page(callerOf(context), size, readListCursor(after));
  const items = page.items.map((run) => ({ ...run, cursor: listCursor(run.id) }));
  return { page: { ...page, items }, load: (run: AnalysisRun) => run };
};
declareRoot(target, 'Query', {
  name: 'analysisRuns',
  role: 'ANALYST',
  isTimeless: true,
  type: () => declared('AnalysisRunConnection'),
  isRequired: true,
  description: 'Your analyses that are remembered, the latest first',
  args: [
    { name: 'first', type: () => Int, description: 'How many; 50 if not given' },
    { name: 'after', type: () => ID, description: 'Cursor after which the page starts' },
  ],
  resolve: list,
});

const cancel: FieldResolver<unknown, { readonly id: string }> = (_root, { id }, context) =>
  context.services.runs.cancel(id, callerOf(context));
declareRoot(target, 'Mutation', {
  name: 'cancelAnalysis',
  role: 'ANALYST',
  type: () => declared('AnalysisRun'),
  isRequired: true,
  description: 'Ends one of your analyses within a second; one that has ended stays as it is',
  args: [ID_ARG],
  resolve: cancel,
});

declareSubscription<AnalysisRun, { readonly id: string }>(AnalysisSubscriptions, {
  name: 'analysisProgress',
  role: 'ANALYST',
  type: () => declared('AnalysisRun'),
  isRequired: true,
  description:
    'How one of your analyses is now, and again whenever it has moved on; ends when it has ended. Who reads slowly gets the latest only',
  args: [ID_ARG],
  subscribe: ({ id }, context) => context.services.runs.follow(id, callerOf(context)),
});
