/**
 * Effect of a set of actions over time: what each operation loses, exactly, by sweeping over the days on which something
 * changes (breakpoints). Nothing is sampled and nothing is stepped day by day.
 *
 * What: OUTAGE effects take components down for min(hold, rebuild), the rebuild clock standing still while anything the
 *   component is rebuilt with is down; latent suppliers switch in after switchDays of unbroken want; a shortage counts
 *   after graceDays; INTERCEPT makes supply ours without anybody wanting; DEMAND and HARM take a share of what is left.
 * Formula: s_r(t) = min(1, unseen + shares of suppliers that serve) (ANY), 1 or 0 (counted);
 *   loss_r = criticality_r * min(1, shortage after grace + intercepted share);
 *   loss_o(t) = 1 - (1 - max over r of loss_r) * product over DEMAND, HARM in force of (1 - strength);
 *   f = sum over o of severity_o * integral over [0, H] of e^{-rate t} loss_o(t) (1 - displaced_o(t)) dt.
 *   intercepted share = sum of strength * share / max(1, total serving); for a counted requirement the largest strength
 *   among its suppliers up.
 * Preconditions: those of EffectSystem. An action is given once.
 * Params: days; actions by index, order irrelevant.
 * Returns: f; per operation touched the severity lost and the equivalent full days lost, by ascending index; per OUTAGE
 *   effect the day it ended (the horizon at most).
 * Complexity: O(breakpoints * arcs of the area the actions reach).
 * Exact: piecewise constant between breakpoints.
 * Reference: the model of docs/analysis/effect.md; breakpoint sweeps after Klee, doi:10.2307/2318871.
 * Example: one supplier hit for [0,5) and [20,30) costs its operation 15 days.
 */
import {
  type EffectArea,
  effectArea,
  elapsed,
  isEmpty,
  mayServe,
  type SweepState,
  settleDownState,
  sweepState,
} from './down-state';
import { type EffectKind, type EffectSystem, EPSILON } from './effect-system';
import { discountedDays } from './interval-union';

export interface PlanEffect {
  readonly objective: number;
  readonly operations: Int32Array;
  readonly severityLost: Float64Array;
  readonly lostDays: Float64Array;
  /** Per OUTAGE effect of the actions given, in order of action and effect: when it ended. */
  readonly outageEnds: readonly OutageEnd[];
}

export interface OutageEnd {
  readonly action: number;
  readonly effect: number;
  readonly day: number;
}

interface RunningEffect {
  readonly kind: EffectKind;
  readonly target: number;
  readonly start: number;
  readonly strength: number;
  readonly action: number;
  readonly effect: number;
  end: number;
  workLeft: number;
  endedAt: number;
}

export type PlanEvaluator = (actions: Iterable<number>) => PlanEffect;

/** Returns a function that evaluates sets of actions on one system; it reuses its scratch memory and keeps no result. */
export function planEvaluator(system: EffectSystem): PlanEvaluator {
  const state = sweepState(system);
  return (actions) => {
    const running = collectEffects(system, actions);
    const onComponents = running.filter((e) => e.kind === 'OUTAGE' || e.kind === 'INTERCEPT');
    const onOperations = running.filter((e) => e.kind === 'DEMAND' || e.kind === 'HARM');
    const area = effectArea(
      system,
      state,
      onComponents.map((e) => e.target),
      onOperations.map((e) => e.target),
    );
    const result = sweep(system, state, area, running);
    clear(state, area);
    return result;
  };
}

function collectEffects(system: EffectSystem, actions: Iterable<number>): RunningEffect[] {
  const running: RunningEffect[] = [];
  for (const action of [...actions].sort((a, b) => a - b)) {
    system.actions[action].effects.forEach((e, effect) => {
      const rebuild =
        e.kind === 'OUTAGE' ? system.components[e.target].rebuildDays : Number.POSITIVE_INFINITY;
      running.push({
        kind: e.kind,
        target: e.target,
        start: e.startDay,
        strength: e.strength,
        action,
        effect,
        end: e.startDay + e.holdDays,
        workLeft: rebuild,
        endedAt: Number.NaN,
      });
    });
  }
  return running;
}

function sweep(
  system: EffectSystem,
  state: SweepState,
  area: EffectArea,
  running: RunningEffect[],
): PlanEffect {
  const severityLost = new Float64Array(area.operations.length);
  const lostDays = new Float64Array(area.operations.length);
  const { horizonDays, discountPerDay } = system;
  let day = 0;
  while (day < horizonDays) {
    applyEffects(state, area, running, day);
    settleDownState(system, state, area, day);
    for (const r of area.requirements) settleRequirement(system, state, r, day);
    const lossAt = new Float64Array(area.operations.length);
    area.operations.forEach((o, i) => {
      lossAt[i] = operationLoss(system, state, o, day);
    });
    const next = Math.min(horizonDays, nextBreakpoint(system, state, area, running, day));
    const weight = discountedDays(day, next, discountPerDay);
    area.operations.forEach((o, i) => {
      if (lossAt[i] === 0) return;
      const operation = system.operations[o];
      const displaced = elapsed(state.lossSince[o], day) >= operation.displacedAfterDays - EPSILON;
      const kept = displaced ? 1 - operation.displacedShare : 1;
      severityLost[i] += operation.severity * lossAt[i] * kept * weight;
      lostDays[i] += lossAt[i] * (next - day);
    });
    advanceRebuilding(system, state, running, day, next);
    day = next;
  }
  let objective = 0;
  for (const value of severityLost) objective += value;
  const outageEnds = running
    .filter((e) => e.kind === 'OUTAGE')
    .map((e) => ({
      action: e.action,
      effect: e.effect,
      day: Number.isNaN(e.endedAt) ? horizonDays : e.endedAt,
    }));
  return { objective, operations: area.operations, severityLost, lostDays, outageEnds };
}

function isInForce(e: RunningEffect, day: number): boolean {
  return Number.isNaN(e.endedAt) && e.start <= day + EPSILON;
}

function applyEffects(state: SweepState, area: EffectArea, running: RunningEffect[], day: number): void {
  for (const c of area.components) {
    state.hits[c] = 0;
    state.intercepted[c] = 0;
  }
  for (const o of area.operations) state.participation[o] = 1;
  for (const e of running) {
    if (!isInForce(e, day)) continue;
    if (e.end <= day + EPSILON || e.workLeft <= EPSILON) {
      e.endedAt = day;
    } else if (e.kind === 'OUTAGE') state.hits[e.target] += 1;
    else if (e.kind === 'INTERCEPT') {
      state.intercepted[e.target] = Math.max(state.intercepted[e.target], e.strength);
    } else state.participation[e.target] *= 1 - e.strength;
  }
}

/** Runs one requirement's clocks on and sets its loss at this day. */
function settleRequirement(system: EffectSystem, state: SweepState, r: number, day: number): void {
  const requirement = system.requirements[r];
  const from = system.supplierStart[r];
  const to = system.supplierStart[r + 1];
  let shares = system.unseenShare[r];
  let count = 0;
  for (let s = from; s < to; s += 1) {
    if (system.supplierLatent[s] === 1 || state.down[system.supplierComponent[s]] === 1) continue;
    shares += system.supplierShare[s];
    count += 1;
  }
  const isShared = system.isShared[r] === 1;
  const wants = isShared ? shares < 1 - EPSILON : count < system.needed[r];
  state.wantSince[r] = runClock(state.wantSince[r], wants, day);
  let strongest = 0;
  let seen = 0;
  for (let s = from; s < to; s += 1) {
    const c = system.supplierComponent[s];
    if (state.down[c] === 1) continue;
    if (system.supplierLatent[s] === 1) {
      if (!wants || !mayServe(system, state, s, day)) continue;
      shares += system.supplierShare[s];
      count += 1;
    }
    strongest = Math.max(strongest, state.intercepted[c]);
    seen += state.intercepted[c] * system.supplierShare[s];
  }
  const supply = isShared ? Math.min(1, shares) : count >= system.needed[r] ? 1 : 0;
  const shortage = supply < 1 - EPSILON ? 1 - supply : 0;
  state.shortSince[r] = runClock(state.shortSince[r], shortage > 0, day);
  state.emptySince[r] = runClock(state.emptySince[r], isEmpty(system, state, r), day);
  const counts = shortage > 0 && elapsed(state.shortSince[r], day) >= requirement.graceDays - EPSILON;
  const ours = isShared ? seen / Math.max(1, shares) : supply * strongest;
  state.requirementLoss[r] = requirement.criticality * Math.min(1, (counts ? shortage : 0) + ours);
}

function runClock(since: number, isOn: boolean, day: number): number {
  if (!isOn) return Number.NaN;
  return Number.isNaN(since) ? day : since;
}

function operationLoss(system: EffectSystem, state: SweepState, o: number, day: number): number {
  let worst = 0;
  for (const r of system.operations[o].needs) worst = Math.max(worst, state.requirementLoss[r]);
  const loss = 1 - (1 - worst) * state.participation[o];
  state.lossSince[o] = runClock(state.lossSince[o], loss > EPSILON, day);
  return loss > EPSILON ? loss : 0;
}

function nextBreakpoint(
  system: EffectSystem,
  state: SweepState,
  area: EffectArea,
  running: readonly RunningEffect[],
  day: number,
): number {
  let next = Number.POSITIVE_INFINITY;
  const offer = (at: number): void => {
    if (at > day + EPSILON && at < next) next = at;
  };
  for (const e of running) {
    if (!Number.isNaN(e.endedAt)) continue;
    offer(e.start);
    if (e.start > day + EPSILON) continue;
    offer(e.end);
    if (e.kind === 'OUTAGE' && !isStalled(system, state, e.target)) offer(day + e.workLeft);
  }
  for (const r of area.requirements) {
    const grace = system.requirements[r].graceDays;
    if (!Number.isNaN(state.shortSince[r])) offer(state.shortSince[r] + grace);
    if (!Number.isNaN(state.emptySince[r])) offer(state.emptySince[r] + grace);
    if (Number.isNaN(state.wantSince[r])) continue;
    for (let s = system.supplierStart[r]; s < system.supplierStart[r + 1]; s += 1) {
      if (system.supplierLatent[s] === 1) offer(state.wantSince[r] + system.supplierSwitchDays[s]);
    }
  }
  for (const o of area.operations) {
    if (!Number.isNaN(state.lossSince[o]))
      offer(state.lossSince[o] + system.operations[o].displacedAfterDays);
  }
  return next;
}

function isStalled(system: EffectSystem, state: SweepState, c: number): boolean {
  return system.components[c].rebuiltWith.some((q) => state.down[q] === 1);
}

function advanceRebuilding(
  system: EffectSystem,
  state: SweepState,
  running: readonly RunningEffect[],
  day: number,
  next: number,
): void {
  for (const e of running) {
    if (e.kind !== 'OUTAGE' || !isInForce(e, day)) continue;
    if (!isStalled(system, state, e.target)) e.workLeft -= next - day;
  }
}

function clear(state: SweepState, area: EffectArea): void {
  for (const c of area.components) {
    state.hits[c] = 0;
    state.down[c] = 0;
    state.intercepted[c] = 0;
  }
  for (const r of area.requirements) {
    state.wantSince[r] = Number.NaN;
    state.emptySince[r] = Number.NaN;
    state.shortSince[r] = Number.NaN;
    state.requirementLoss[r] = 0;
  }
  for (const o of area.operations) {
    state.lossSince[o] = Number.NaN;
    state.participation[o] = 1;
  }
}
