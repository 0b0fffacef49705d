/**
 * Best plan: the actions with the greatest effect within the limits, with a certificate.
 *
 * What: solves the plan programme, evaluates its answer by the effect kernel, and where the two differ adds cuts and
 *   solves again. What is reported is always what the kernel says of the plan; the bound is the programme's.
 * Formula: maximise f(x) subject to the limits; programme(x) >= f(x) for every x, so its bound is a bound on f.
 * Preconditions: those of PlanProblem; the clock does not run backwards.
 * Params: `seconds` of wall clock by `now` for all of it, leaving out what adds nothing included; relativeGap 0 asks for a proof.
 * Returns: status optimal (proved within 1e-6), feasible (a plan, with bound and gap), infeasible, or stopped (interrupted,
 *   with the best plan so far). Actions that add nothing are left out. Ties are the solver's, fixed by the seed.
 * Complexity: exponential in the worst case (NP-hard; it contains Densest-k-Subgraph).
 * Exact when optimal, for the model or for the sample as `of` says.
 * Reference: integer L-shaped method: Laporte, Louveaux, doi:10.1016/0167-6377(93)90002-X; HiGHS: Huangfu, Hall,
 *   doi:10.1007/s12532-017-0130-5.
 * Example: two suppliers of one need and a budget for both: both; for one: nothing, and the objective is 0.
 */
import { cutSetGreedy } from './cut-set-greedy';
import type { MilpControls, MilpOutcome, MilpSolver } from './milp-model';
import { brokenLimits } from './plan-limits';
import { type PlanProblem, type PlanScore, type PlanScorer, planCost, planScorer } from './plan-problem';
import { type PlanProgramme, planProgramme } from './plan-programme';
import { trimmed } from './plan-trimming';

export type PlanStatus = 'optimal' | 'feasible' | 'infeasible' | 'stopped';

export interface PlanOptions {
  readonly seconds: number;
  /** Seconds after which a bound within a tenth of the plan is enough; without one the search has all of `seconds`. */
  readonly enoughSeconds?: number;
  /** Seconds on any clock that only moves forward. */
  readonly now: () => number;
  readonly seed?: number;
  readonly relativeGap?: number;
  readonly interrupt?: () => boolean;
  readonly onProgress?: (progress: PlanProgress) => void;
  /** Told what is being done where that takes a while and has no figures to show. */
  readonly onPhase?: (phase: string) => void;
  /** Operations with at most so many relevant actions get subset columns; 0 leaves all to bounds and cuts. */
  readonly maxSubsetActions?: number;
  /** Told of the plan the search begins with, before anything is proved of it. */
  readonly onPlan?: (plan: BestPlan, problem: PlanProblem) => void;
  /** Actions times operations times scenarios from which no plan is sought by gains when there is one to start from. */
  readonly largeFrom?: number;
  /** Plans the caller has forbidden in the programme are refused as starts by this. */
  readonly isAllowed?: (actions: readonly number[]) => boolean;
}

export interface PlanProgress {
  readonly seconds: number;
  readonly objective: number;
  readonly bound: number;
  readonly rounds: number;
}

export interface BestPlan {
  readonly status: PlanStatus;
  readonly of: 'model' | 'sample';
  readonly actions: readonly number[];
  readonly cost: number;
  readonly objective: number;
  readonly bound: number;
  /** (bound - objective) / objective; 0 when both are 0, Infinity when only the objective is. */
  readonly gap: number;
  readonly score: PlanScore;
  /** How often the programme was solved. */
  readonly rounds: number;
  readonly seconds: number;
}

export const PROOF_TOLERANCE = 1e-6;
const MAX_ROUNDS = 5000;
/** Actions times operations times scenarios from which seeking a first plan by gains would take all the time. */
const LARGE = 1_000_000;
/** Largest gap of a bound that the search may end with before its time. */
const ENOUGH_GAP = 0.1;
/** Part of the time for the search; the rest is for leaving out what adds nothing. */
const SEARCH_SHARE = 0.95;

/** @param startFrom a plan to begin with */
export function bestPlan(
  problem: PlanProblem,
  solver: MilpSolver,
  options: PlanOptions,
  startFrom?: readonly number[],
): BestPlan {
  const began = options.now();
  options.onPhase?.('stating the programme');
  const programme = planProgramme(problem, options.maxSubsetActions);
  const scorer = planScorer(problem);
  const spent = options.now() - began;
  const enoughSeconds = options.enoughSeconds === undefined ? undefined : options.enoughSeconds - spent;
  const left = { ...options, seconds: options.seconds - spent, enoughSeconds };
  const plan = searchPlan(problem, programme, scorer, solver, left, startFrom);
  return { ...plan, seconds: plan.seconds + spent };
}

interface Search {
  bound: number;
  objective: number;
  actions: readonly number[];
  rounds: number;
  hasPlan: boolean;
}

/** The search on a programme the caller keeps, so that cuts serve the next question as well. */
export function searchPlan(
  problem: PlanProblem,
  programme: PlanProgramme,
  scorer: PlanScorer,
  solver: MilpSolver,
  options: PlanOptions,
  startFrom?: readonly number[],
): BestPlan {
  const began = options.now();
  const spent = () => options.now() - began;
  const left = () => SEARCH_SHARE * options.seconds - spent();
  const isStopped = () => options.interrupt?.() === true;
  const isEnough = (bound: number) =>
    bound - search.objective <= ENOUGH_GAP * search.objective &&
    spent() >= (options.enoughSeconds ?? Number.POSITIVE_INFINITY);
  const search: Search = {
    bound: Number.POSITIVE_INFINITY,
    objective: 0,
    actions: [],
    rounds: 0,
    hasPlan: false,
  };
  begin(problem, scorer, search, options, startFrom);
  const finish = (status: PlanStatus): BestPlan => {
    const isOver = () => isStopped() || spent() > options.seconds;
    search.actions = trimmed(problem, search.actions, search.objective, { ...options, isOver });
    return report(problem, scorer, search, status, spent());
  };
  if (search.hasPlan) options.onPlan?.(report(problem, scorer, search, 'stopped', spent()), problem);
  options.onPhase?.('solving the programme');
  while (search.rounds < MAX_ROUNDS) {
    if (isStopped()) return finish('stopped');
    if (left() <= 0 || isEnough(search.bound)) return finish(search.hasPlan ? 'feasible' : 'stopped');
    const interrupt = (bound: number) => isStopped() || isEnough(Math.min(bound, search.bound));
    const outcome = solveRound(programme, solver, { ...options, interrupt }, search, left(), began);
    search.rounds += 1;
    if (outcome.status === 'infeasible') return finish(search.hasPlan ? 'optimal' : 'infeasible');
    search.bound = Math.min(search.bound, Math.max(outcome.bound, search.objective));
    const hasValues = outcome.status === 'optimal' || outcome.status === 'feasible';
    const actions = hasValues ? programme.actionsOf(outcome.values) : [];
    if (hasValues) offer(problem, scorer, search, actions, options);
    if (isProved(search)) return finish('optimal');
    if (isStopped()) return finish('stopped');
    if (outcome.status !== 'optimal') return finish(search.hasPlan ? 'feasible' : 'stopped');
    if (search.bound - search.objective <= (options.relativeGap ?? 0) * search.objective)
      return finish('feasible');
    if (!tighten(programme, scorer, actions, outcome.values)) return finish('feasible');
  }
  return finish('feasible');
}

/** Offers the plan given and the one that gains find: the exact search begins with the better of them. */
function begin(
  problem: PlanProblem,
  scorer: PlanScorer,
  search: Search,
  options: PlanOptions,
  startFrom: readonly number[] | undefined,
): void {
  if (startFrom !== undefined) offer(problem, scorer, search, startFrom, options);
  const size =
    problem.actions.length * problem.scenarios.length * problem.scenarios[0].system.operations.length;
  if (search.objective > 0 && (options.seconds <= 0 || size >= (options.largeFrom ?? LARGE))) return;
  options.onPhase?.('seeking a first plan');
  const began = options.now();
  const isPast = (share: number) =>
    options.interrupt?.() === true || options.now() - began > share * options.seconds;
  // What there is to start from already is the plan of no time at all; without it the first one may take longer.
  const share = search.objective > 0 ? 1 / 8 : 1 / 2;
  const found = cutSetGreedy(problem, scorer, {
    interrupt: () => isPast(share),
    isEnough: () => isPast(1 / 8),
  });
  offer(problem, scorer, search, found, options);
}

function solveRound(
  programme: PlanProgramme,
  solver: MilpSolver,
  options: Omit<PlanOptions, 'interrupt'> & Pick<MilpControls, 'interrupt'>,
  search: Search,
  seconds: number,
  began: number,
): MilpOutcome {
  const columns = programme.columns;
  const values = new Float64Array(columns.length);
  for (const a of search.actions) values[a] = 1;
  return solver.solve(programme.builder.model(), {
    seconds,
    relativeGap: options.relativeGap ?? 0,
    seed: options.seed ?? 0,
    start: search.hasPlan ? { columns, values } : undefined,
    interrupt: options.interrupt,
    onProgress:
      options.onProgress &&
      ((progress) =>
        options.onProgress?.({
          seconds: options.now() - began,
          objective: search.objective,
          bound: Math.min(search.bound, progress.bound),
          rounds: search.rounds,
        })),
  });
}

function offer(
  problem: PlanProblem,
  scorer: PlanScorer,
  search: Search,
  actions: readonly number[],
  options: PlanOptions,
): void {
  if (brokenLimits(problem, actions).length > 0 || options.isAllowed?.(actions) === false) return;
  const objective = scorer.objective(actions);
  if (search.hasPlan && objective <= search.objective) return;
  search.hasPlan = true;
  search.objective = objective;
  search.actions = [...actions].sort((a, b) => a - b);
}

function isProved(search: Search): boolean {
  return search.hasPlan && search.bound - search.objective <= PROOF_TOLERANCE * Math.max(1, search.objective);
}

/** Cuts off every operation's bound that promises more than the kernel gives; false when there is none. */
function tighten(
  programme: PlanProgramme,
  scorer: PlanScorer,
  actions: readonly number[],
  values: Float64Array,
): boolean {
  const { byScenario } = scorer.score(actions);
  let hasCut = false;
  for (const bound of programme.bounds) {
    const effect = byScenario[bound.scenario][bound.operation];
    if (values[bound.column] <= effect + PROOF_TOLERANCE * Math.max(1, bound.top) * 0.1) continue;
    programme.cut(bound, actions, effect);
    hasCut = true;
  }
  return hasCut;
}

function report(
  problem: PlanProblem,
  scorer: PlanScorer,
  search: Search,
  status: PlanStatus,
  seconds: number,
): BestPlan {
  const score = scorer.score(search.actions);
  const bound = status === 'infeasible' ? Number.NaN : Math.max(search.bound, score.objective);
  const gap = bound - score.objective <= 0 ? 0 : (bound - score.objective) / score.objective;
  return {
    status,
    of: problem.of,
    actions: search.actions,
    cost: planCost(problem, search.actions),
    objective: score.objective,
    bound,
    gap,
    score,
    rounds: search.rounds,
    seconds,
  };
}
