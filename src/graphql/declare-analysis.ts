/** Declares the mutation that starts a kind of analysis, and the type of its results. */
import { type ClassType, Float } from 'type-graphql';
import type { Projection } from '../analysis';
import { AppError } from '../errors';
import { sightOf } from '../model/viewer';
import type { AnalysisKind, AnalysisResult } from '../service/analysis-run/analysis-kind';
import type { RunCaller } from '../service/analysis-run/run-record';
import { contextAt, type GraphContext, type TimeArgs } from './context';
import {
  type ArgSpec,
  declared,
  declareInterface,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  required,
  TIME_ARGS,
} from './declare';
import { ExactnessEnum } from './enums';
import { SafeInt } from './scalars';

/** Home of the declared mutations. */
export class AnalysisMutations {}
const target: ClassType<object> = AnalysisMutations;

const RESULT_FIELDS: readonly FieldSpec[] = [
  required('method', () => String, 'How it was found'),
  required('exactness', () => ExactnessEnum, 'How far it can be trusted'),
  required('isStopped', () => Boolean, 'Whether the deadline ended it, and it shows what there was by then'),
  required('seconds', () => Float, 'Seconds it took on its thread'),
  required('graphVersion', () => SafeInt, 'Number of the last change of the graph that was analysed'),
];
const AnalysisResultType = declareInterface(
  'AnalysisResult',
  'What every result of an analysis says of itself',
  RESULT_FIELDS,
  ({ __typename }) => __typename,
);

const resultTypes = new Map<string, string>();
/** Name of the type of the results of a kind. */
export const resultTypeOf = (kind: string): string | undefined => resultTypes.get(kind);

/** Whose runs a request starts and sees. */
export const callerOf = ({ actor, viewer }: GraphContext): RunCaller => ({
  owner: actor,
  scope: sightOf(viewer),
});

const MAX_WAIT_SECONDS = 30;

/** How long to wait for a job. @throws AppError BAD_INPUT */
export function waiting(seconds: number | null | undefined): number {
  const asked = seconds ?? 0;
  if (asked >= 0 && asked <= MAX_WAIT_SECONDS) return asked;
  const expected = `a number from 0 to ${MAX_WAIT_SECONDS}`;
  throw new AppError('BAD_INPUT', { what: 'waitSeconds', expected, got: String(asked) });
}

export const WAIT_ARG: ArgSpec = {
  name: 'waitSeconds',
  type: () => Float,
  description: `Seconds to wait for its end, 0 to ${MAX_WAIT_SECONDS}; what is quick is then answered at once`,
  defaultValue: 0,
};
const SECONDS_ARG: ArgSpec = {
  name: 'seconds',
  type: () => Float,
  description: 'Deadline; the longest that the service allows if not given',
};

export interface AnalysisDeclaration<P, R extends AnalysisResult, A, X> {
  readonly kind: AnalysisKind<P, R, X>;
  /** Name of the mutation that starts a run. */
  readonly mutation: string;
  readonly description: string;
  readonly args: readonly ArgSpec[];
  /** Arguments as parameters, checked; whatever the result depends on must be in them. */
  readonly parameters: (args: A, context: GraphContext) => P | Promise<P>;
  /** Refuses what the graph cannot answer, where that is seen at once: a job would only fail by it. */
  readonly check?: (parameters: P, projection: Projection, extra: X) => void;
  /** The graph it looks at; what the view holds at the time that is asked for, if not given. */
  readonly projection?: (context: GraphContext) => Projection;
  /** What the run needs beside the projection, for kinds that do. */
  readonly extra?: (parameters: P, context: GraphContext) => X | Promise<X>;
  readonly result: {
    readonly name: string;
    readonly description: string;
    /** Fields beside those of every result. */
    readonly fields: readonly FieldSpec[];
  };
}

interface StartArgs extends TimeArgs {
  readonly seconds?: number | null;
  readonly waitSeconds?: number | null;
}

/** Adds a mutation and a result type to the API for a kind that `ANALYSIS_KINDS` lists. */
export function declareAnalysis<P, R extends AnalysisResult, A, X = undefined>(
  declaration: AnalysisDeclaration<P, R, A, X>,
): void {
  const { kind, mutation, description, args, result } = declaration;
  declareObject(result.name, result.description, [...RESULT_FIELDS, ...result.fields], [AnalysisResultType]);
  resultTypes.set(kind.name, result.name);
  const start: FieldResolver<unknown, A & StartArgs> = async (_root, given, now, info) => {
    const { seconds, waitSeconds, asOf = null, knownAt = null } = given;
    const wait = waiting(waitSeconds);
    const isNow = asOf === null && knownAt === null;
    const context = isNow ? now : await contextAt(now, { asOf, knownAt }, info);
    const { services } = context;
    const projection = declaration.projection?.(context) ?? context.projection;
    const parameters = await declaration.parameters(given, context);
    const extra = await declaration.extra?.(parameters, context);
    declaration.check?.(parameters, projection, extra as X);
    const caller = callerOf(context);
    const run = services.runs.start(kind, caller, {
      parameters,
      projection,
      time: { asOf, knownAt },
      presentVersion: now.projection.seq,
      seconds,
      extra,
    });
    return services.runs.settled(run.id, caller, wait);
  };
  declareRoot(target, 'Mutation', {
    name: mutation,
    role: 'ANALYST',
    type: () => declared('AnalysisRun'),
    isRequired: true,
    description: `${description}. Starts a job: follow it with analysisRun, or wait with waitSeconds`,
    args: [...args, ...TIME_ARGS, SECONDS_ARG, WAIT_ARG],
    resolve: start,
  });
}
