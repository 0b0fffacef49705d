/**
 * Sample average approximation: the best plan under uncertainty, with a statistical gap beside the certificate.
 *
 * What: solves several independent samples, scores each candidate plan on one large fresh sample (common random numbers),
 *   keeps the best, and compares with the mean of the samples' own optima, which overestimates the true optimum.
 * Formula: gap = mean_i z_i - mean_w f_w(x); one-sided 95 % upper limit gap + 1.645 sqrt(var(z)/M + var(f)/N); selection
 *   frequency of a measure = share of the M samples whose plan takes it.
 * Preconditions: those of PlanningModel. Where the scenarios can be enumerated there is one solve and no statistics.
 * Params: scenarios a sample, replications M, test scenarios N, seed; seconds for all.
 * Returns: the plan judged on the test sample: its mean effect with 95 % half-width; `inSample` is the certificate of the
 *   sample it came from.
 * Complexity: M exact searches on problems `scenarios` times as large.
 * Exact for each sample where optimal; an estimate of the model, and it says so.
 * Reference: Mak, Morton, Wood, doi:10.1016/S0167-6377(98)00054-6; Kleywegt, Shapiro, Homem-de-Mello,
 *   doi:10.1137/S1052623499363220.
 * Example: a model without doubt: one replication, half-width 0, gap of the certificate.
 */
import { type ActionExpansion, expandActions } from './action-expansion';
import { type BestPlan, bestPlan, type PlanOptions } from './best-plan';
import { cutSetGreedy } from './cut-set-greedy';
import type { MilpSolver } from './milp-model';
import { type ModelInPlay, modelInPlay } from './model-in-play';
import { type PlanProblem, type PlanScore, planScorer } from './plan-problem';
import type { PlanningModel } from './planning-model';
import { scenarioProblem } from './scenario-sample';

export interface SampleOptions extends PlanOptions {
  readonly scenarios: number;
  readonly replications: number;
  readonly testScenarios: number;
  /** Actions times operations times scenarios from which the search begins with what is best as known. */
  readonly largeFrom?: number;
}

export interface SampleAveragePlan {
  readonly problem: PlanProblem;
  readonly plan: BestPlan;
  /** Mean effect of the plan on fresh scenarios, and the half-width of its 95 % interval. */
  readonly expected: number;
  readonly halfWidth: number;
  readonly score: PlanScore;
  readonly statisticalGap: number;
  readonly statisticalGapUpper: number;
  readonly selectionFrequency: Float64Array;
  readonly replications: number;
}

/** Part of the time for the samples; the rest is for testing what they find on fresh scenarios. */
const SEARCH_SHARE = 0.9;

export function sampleAveragePlan(
  model: PlanningModel,
  solver: MilpSolver,
  options: SampleOptions,
): SampleAveragePlan {
  const expansion = expandActions(model);
  const began = options.now();
  const seed = options.seed ?? 0;
  const drawn = (replication: number, count: number, play?: ModelInPlay): PlanProblem =>
    scenarioProblem(model, expansion, { kind: 'sample', count, seed: seed + replication * 7919 }, play);
  const start = startOf(model, expansion, options);
  const plans: { plan: BestPlan; problem: PlanProblem }[] = [];
  let most = Math.max(1, options.replications);
  const left = () => SEARCH_SHARE * options.seconds - (options.now() - began);
  for (let i = 0; i < most; i += 1) {
    const from = options.now();
    options.onPhase?.(`drawing sample ${i + 1} of ${most}`);
    const problem = drawn(i, options.scenarios);
    if (problem.of === 'model') most = 1;
    const seconds = left() / (most - i);
    const plan = bestPlan(problem, solver, { ...options, seconds }, start);
    plans.push({ plan, problem });
    // Where the time does not suffice for a bound, more samples would say nothing either.
    const isOver = !Number.isFinite(plan.bound) && plan.status === 'feasible';
    if (isOver || plan.status === 'infeasible' || plan.status === 'stopped') break;
    // Another sample would take as long as this one did.
    if (left() < (options.now() - from) / 2) break;
  }
  const isExact = plans[0].problem.of === 'model';
  const measures = plans.flatMap(({ plan, problem }) => plan.actions.map((a) => problem.actions[a].measure));
  if (!isExact) options.onPhase?.('testing on fresh scenarios');
  const test = isExact ? plans[0].problem : drawn(-1, options.testScenarios, modelInPlay(model, measures));
  const scorer = planScorer(test);
  const scored = plans.map((each) => ({ ...each, expected: scorer.objective(each.plan.actions) }));
  const best = scored.reduce((top, each) => (each.expected > top.expected ? each : top));
  const score = scorer.score(best.plan.actions);
  const effects = score.byScenario.map((own) => own.reduce((sum, value) => sum + value, 0));
  const noise = isExact ? 0 : variance(effects) / effects.length;
  const bounds = plans.map((each) => each.plan.bound);
  const gap = Math.max(0, mean(bounds) - best.expected);
  const spread = Number.isFinite(gap)
    ? Math.sqrt(noise + (isExact ? 0 : variance(bounds) / bounds.length))
    : 0;
  return {
    problem: best.problem,
    plan: best.plan,
    expected: best.expected,
    halfWidth: 1.96 * Math.sqrt(noise),
    score,
    statisticalGap: gap,
    statisticalGapUpper: gap + 1.645 * spread,
    selectionFrequency: frequency(model, plans),
    replications: plans.length,
  };
}

/** Actions times operations times scenarios from which seeking a first plan on the whole sample would take all the time. */
const LARGE = 1_000_000;

/** The plan that gains most when everything known is taken as true: on one scenario it is found fast. */
function startOf(
  model: PlanningModel,
  expansion: ActionExpansion,
  options: SampleOptions,
): readonly number[] | undefined {
  const size = expansion.actions.length * model.operations.length * options.scenarios;
  if (size < (options.largeFrom ?? LARGE)) return undefined;
  const known = scenarioProblem(model, expansion, { kind: 'asKnown' });
  const end = options.now() + options.seconds / 4;
  const interrupt = () => options.interrupt?.() === true || options.now() > end;
  return cutSetGreedy(known, planScorer(known), { interrupt });
}

function frequency(
  model: PlanningModel,
  plans: readonly { plan: BestPlan; problem: PlanProblem }[],
): Float64Array {
  const counts = new Float64Array(model.measures.length);
  for (const { plan, problem } of plans) {
    for (const a of plan.actions) counts[problem.actions[a].measure] += 1 / plans.length;
  }
  return counts;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length;
}

function variance(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  return values.reduce((sum, each) => sum + (each - centre) ** 2, 0) / (values.length - 1);
}
