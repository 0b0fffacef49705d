/**
 * Discrete-event simulation of a plan: actors notice, rebuild, switch, migrate, rebrand and learn; distributions come out.
 *
 * What: a second engine for the effect over time. Every clock is an event on a calendar that is scheduled when its
 *   condition begins and cancelled when it ends; the states between are found by plain iteration, not by the sweep.
 * Formula: as effect-timeline, plus behaviours it does not have: the n-th rebuild of a component takes learning^(n-1) of
 *   the first; `migratingShare` of what a supplier carried moves to those still up once it has been down `migrateDays`, for
 *   good; a DEMAND effect ends after `rebrandDays`.
 * Preconditions: those of EffectSystem; 0 < learning <= 1, 0 <= migratingShare <= 1.
 * Params: days; `scenarioOf(run)` gives the system of each run and which actions succeed in it.
 * Returns: mean, standard error and quantiles of the effect, means by operation. Runs are numbered, so that the same
 *   numbers come back whatever the order.
 * Complexity: O(runs * events * system).
 * Exact for each run; an estimate over runs. Without behaviours and without chance it equals the closed form.
 * Reference: Law, "Simulation Modeling and Analysis", 5th ed.
 * Example: one supplier hit for 5 days costs its operation 5 days in every run.
 */
import type { EffectSystem } from './effect-system';
import { type Behaviours, runPlanOnce } from './plan-run';

export const NO_BEHAVIOURS: Behaviours = {
  learning: 1,
  migrateDays: Number.POSITIVE_INFINITY,
  migratingShare: 0,
  rebrandDays: Number.POSITIVE_INFINITY,
};

export interface SimulatedScenario {
  readonly system: EffectSystem;
  readonly isLive: Uint8Array;
}

export interface SimulationOptions {
  readonly runs: number;
  readonly behaviours?: Behaviours;
  readonly interrupt?: () => boolean;
}

export interface PlanSimulation {
  readonly runs: number;
  readonly mean: number;
  readonly standardError: number;
  /** 5 %, 50 % and 95 % quantiles of the effect over the runs. */
  readonly quantiles: readonly [number, number, number];
  readonly severityLost: Float64Array;
}

export function simulatePlan(
  actions: readonly number[],
  scenarioOf: (run: number) => SimulatedScenario,
  options: SimulationOptions,
): PlanSimulation {
  const objectives: number[] = [];
  let severityLost = new Float64Array(0);
  for (let run = 0; run < options.runs && options.interrupt?.() !== true; run += 1) {
    const { system, isLive } = scenarioOf(run);
    const live = actions.filter((a) => isLive[a] === 1);
    const lost = runPlanOnce(system, live, options.behaviours ?? NO_BEHAVIOURS);
    if (severityLost.length === 0) severityLost = new Float64Array(lost.length);
    let objective = 0;
    lost.forEach((value, o) => {
      severityLost[o] += value;
      objective += value;
    });
    objectives.push(objective);
  }
  const runs = objectives.length;
  const mean = runs === 0 ? Number.NaN : objectives.reduce((sum, each) => sum + each, 0) / runs;
  const squares = objectives.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const sorted = [...objectives].sort((a, b) => a - b);
  const quantile = (p: number) => sorted[Math.min(runs - 1, Math.floor(p * runs))] ?? Number.NaN;
  return {
    runs,
    mean,
    standardError: runs > 1 ? Math.sqrt(squares / (runs - 1) / runs) : 0,
    quantiles: [quantile(0.05), quantile(0.5), quantile(0.95)],
    severityLost: severityLost.map((each) => each / Math.max(1, runs)),
  };
}
