/**
 * Sample average approximation: the best plan under uncertainty, with a statistical gap beside the certificate.
 *
 * What: solves several independent samples, scores each candidate plan on one large fresh sample (common random numbers),
 *   keeps the best, and compares with the mean of the samples' own optima, which overestimates the true optimum.
 * Formula: gap = mean_i z_i - mean_w f_w(x); one-sided 95 % upper limit gap + 1.645 sqrt(var(z)/M + var(f)/N); selection
 *   frequency of a measure = share of the M samples whose plan takes it.
 * Preconditions: those of PlanningModel. Where the scenarios can be enumerated there is one solve and no statistics.
 * Params: scenarios a sample, replications M, test scenarios N, seed; seconds for all: a replication has its share of them, and
 *   what is left as long as it has no bound to speak of; of the N those are drawn that there is time for.
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
import { modelInPlay } from './model-in-play';
import { type PlanProblem, planScorer } from './plan-problem';
import type { PlanningModel } from './planning-model';
import { drawnScenario, scenarioProblem } from './scenario-sample';

export interface SampleOptions extends PlanOptions {
  readonly scenarios: number;
  readonly replications: number;
  readonly testScenarios: number;
}

export interface SampleAveragePlan {
  readonly problem: PlanProblem;
  readonly plan: BestPlan;
  /** Mean effect of the plan on fresh scenarios, and the half-width of its 95 % interval. */
  readonly expected: number;
  readonly halfWidth: number;
  readonly statisticalGap: number;
  readonly statisticalGapUpper: number;
  readonly selectionFrequency: Float64Array;
  readonly replications: number;
}

/** Part of the time for the samples; the rest is for testing what they find on fresh scenarios. */
const SEARCH_SHARE = 0.9;
/** Between the seeds of two replications; the fresh scenarios are those of replication -1. */
const REPLICATION_STEP = 7919;

export function sampleAveragePlan(
  model: PlanningModel,
  solver: MilpSolver,
  options: SampleOptions,
): SampleAveragePlan {
  const expansion = expandActions(model);
  const began = options.now();
  const seed = options.seed ?? 0;
  const drawn = (replication: number): PlanProblem =>
    scenarioProblem(model, expansion, {
      kind: 'sample',
      count: options.scenarios,
      seed: seed + replication * REPLICATION_STEP,
    });
  const start = startOf(model, expansion, options);
  const plans: { plan: BestPlan; problem: PlanProblem }[] = [];
  let most = Math.max(1, options.replications);
  const left = () => SEARCH_SHARE * options.seconds - (options.now() - began);
  for (let i = 0; i < most; i += 1) {
    const from = options.now();
    options.onPhase?.(`drawing sample ${i + 1} of ${most}`);
    const problem = drawn(i);
    const ofSample = (phase: string) => options.onPhase?.(`sample ${i + 1} of ${most}: ${phase}`);
    const onPhase = problem.of === 'model' ? options.onPhase : ofSample;
    if (problem.of === 'model') most = 1;
    const spent = options.now() - from;
    const enoughSeconds = (left() + spent) / (most - i) - spent;
    const onPlan = i === 0 ? options.onPlan : undefined;
    const plan = bestPlan(
      problem,
      solver,
      { ...options, seconds: left(), enoughSeconds, onPlan, onPhase },
      start,
    );
    plans.push({ plan, problem });
    if (plan.status !== 'infeasible') onPlan?.(plan, problem);
    if (!Number.isFinite(plan.bound) || plan.status === 'infeasible' || plan.status === 'stopped') break;
    // Another sample would take as long as this one did.
    if (left() < (options.now() - from) / 2) break;
  }
  const isExact = plans[0].problem.of === 'model';
  if (!isExact) options.onPhase?.('testing on fresh scenarios');
  const isOver = () => options.interrupt?.() === true || options.now() - began >= options.seconds;
  const effects = isExact
    ? [[planScorer(plans[0].problem).objective(plans[0].plan.actions)]]
    : effectsOnFreshScenarios(model, expansion, plans, options, isOver);
  const scored = plans.map((each, i) => ({ ...each, expected: mean(effects[i]), effects: effects[i] }));
  const best = scored.reduce((top, each) => (each.expected > top.expected ? each : top));
  const noise = isExact ? 0 : variance(best.effects) / best.effects.length;
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
    statisticalGap: gap,
    statisticalGapUpper: gap + 1.645 * spread,
    selectionFrequency: frequency(model, plans),
    replications: plans.length,
  };
}

/** The plan that gains most when everything known is taken as true: on one scenario it is found fast, however many are drawn. */
function startOf(
  model: PlanningModel,
  expansion: ActionExpansion,
  options: SampleOptions,
): readonly number[] {
  options.onPhase?.('seeking the best as known');
  const known = scenarioProblem(model, expansion, { kind: 'asKnown' });
  const began = options.now();
  const isPast = (share: number) =>
    options.interrupt?.() === true || options.now() - began > share * options.seconds;
  return cutSetGreedy(known, planScorer(known), {
    interrupt: () => isPast(1 / 4),
    isEnough: () => isPast(1 / 8),
  });
}

/** Fewer scenarios than these say nothing of the noise: they are drawn whatever time it is. */
const LEAST_TEST = 10;

/** Effect of every plan in each of the same fresh scenarios, as many as there is time for. */
function effectsOnFreshScenarios(
  model: PlanningModel,
  expansion: ActionExpansion,
  plans: readonly { plan: BestPlan; problem: PlanProblem }[],
  { seed = 0, testScenarios }: SampleOptions,
  isOver: () => boolean,
): number[][] {
  const measures = plans.flatMap(({ plan, problem }) => plan.actions.map((a) => problem.actions[a].measure));
  const play = modelInPlay(model, measures);
  const effects: number[][] = plans.map(() => []);
  for (let s = 0; s < testScenarios && (s < LEAST_TEST || !isOver()); s += 1) {
    const scenario = drawnScenario(model, expansion, seed - REPLICATION_STEP, s, play);
    const scorer = planScorer({ ...plans[0].problem, scenarios: [scenario] });
    plans.forEach(({ plan }, i) => {
      effects[i].push(scorer.objective(plan.actions));
    });
  }
  return effects;
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
