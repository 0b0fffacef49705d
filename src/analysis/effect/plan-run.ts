/**
 * One run of the plan simulation: the event loop and the states between events.
 *
 * What: see plan-simulation.ts. Conditions (want, lack of all supply, shortage, loss) carry timers; hits carry rebuild
 *   clocks that pause.
 * Preconditions, params: those of plan-simulation.
 * Returns: severity lost by operation.
 * Complexity: O(events * system).
 * Exact for the draw it is given.
 * Reference: Law, "Simulation Modeling and Analysis", 5th ed.
 * Example: see plan-simulation.ts.
 */
import { type EffectRecord, type EffectSystem, EPSILON } from './effect-system';
import { type EventCalendar, eventCalendar, type ScheduledEvent } from './event-calendar';
import { discountedDays } from './interval-union';

export interface Behaviours {
  readonly learning: number;
  readonly migrateDays: number;
  readonly migratingShare: number;
  readonly rebrandDays: number;
}

/** A condition with clocks that run while it holds; `isOver[i]` says clock i has run out. */
interface Condition {
  holds: boolean;
  readonly isOver: boolean[];
  timers: ScheduledEvent[];
}

interface Hit {
  readonly effect: EffectRecord;
  left: number;
  resumedAt: number;
  timer: ScheduledEvent | null;
  isActive: boolean;
}

interface Run {
  readonly system: EffectSystem;
  readonly calendar: EventCalendar;
  readonly behaviours: Behaviours;
  readonly hits: Hit[];
  readonly down: boolean[];
  readonly share: Float64Array;
  readonly rebuilt: Int32Array;
  readonly want: Condition[];
  readonly empty: Condition[];
  readonly short: Condition[];
  readonly loss: Condition[];
  readonly outOfService: Condition[];
  readonly requirementLoss: Float64Array;
  day: number;
}

const condition = (clocks: number): Condition => ({
  holds: false,
  isOver: new Array(clocks).fill(false),
  timers: [],
});

export function runPlanOnce(
  system: EffectSystem,
  actions: readonly number[],
  behaviours: Behaviours,
): Float64Array {
  const run = startRun(system, actions, behaviours);
  const { calendar } = run;
  const lost = new Float64Array(system.operations.length);
  while (run.day < system.horizonDays) {
    while (calendar.peek() <= run.day + EPSILON) calendar.next()?.run();
    settle(run);
    const losses = system.operations.map((_, o) => operationLoss(run, o));
    if (calendar.peek() <= run.day + EPSILON) continue;
    const next = Math.min(system.horizonDays, calendar.peek());
    const weight = discountedDays(run.day, next, system.discountPerDay);
    system.operations.forEach((operation, o) => {
      const isDisplaced = run.loss[o].isOver[0] || operation.displacedAfterDays <= EPSILON;
      lost[o] += operation.severity * losses[o] * (isDisplaced ? 1 - operation.displacedShare : 1) * weight;
    });
    run.day = next;
  }
  return lost;
}

function startRun(system: EffectSystem, actions: readonly number[], behaviours: Behaviours): Run {
  const run: Run = {
    system,
    calendar: eventCalendar(),
    behaviours,
    hits: [],
    down: system.components.map(() => false),
    share: Float64Array.from(system.supplierShare),
    rebuilt: new Int32Array(system.components.length),
    want: system.requirements.map((each) => condition(each.suppliers.length)),
    empty: system.requirements.map(() => condition(1)),
    short: system.requirements.map(() => condition(1)),
    loss: system.operations.map(() => condition(1)),
    outOfService: Array.from(system.supplierShare, () => condition(1)),
    requirementLoss: new Float64Array(system.requirements.length),
    day: 0,
  };
  for (const a of actions) for (const effect of system.actions[a].effects) scheduleEffect(run, effect);
  return run;
}

function scheduleEffect(run: Run, effect: EffectRecord): void {
  const hit: Hit = {
    effect,
    left: Number.POSITIVE_INFINITY,
    resumedAt: Number.NaN,
    timer: null,
    isActive: false,
  };
  run.hits.push(hit);
  const isBranded = effect.kind === 'DEMAND';
  const hold = isBranded ? Math.min(effect.holdDays, run.behaviours.rebrandDays) : effect.holdDays;
  run.calendar.schedule(effect.startDay, () => {
    if (effect.kind === 'OUTAGE') {
      const times = run.rebuilt[effect.target];
      hit.left = run.system.components[effect.target].rebuildDays * run.behaviours.learning ** times;
    }
    hit.isActive = hold > EPSILON && hit.left > EPSILON;
  });
  if (Number.isFinite(hold)) {
    run.calendar.schedule(effect.startDay + hold, () => {
      hit.isActive = false;
      if (hit.timer !== null) hit.timer.isCancelled = true;
    });
  }
}

/** Starts or stops the clocks of a condition; clock i runs for days[i]. */
function setCondition(run: Run, c: Condition, holds: boolean, days: readonly number[]): void {
  if (c.holds === holds) return;
  c.holds = holds;
  for (const timer of c.timers) timer.isCancelled = true;
  c.timers = [];
  days.forEach((length, i) => {
    c.isOver[i] = holds && length <= EPSILON;
    if (!holds || c.isOver[i] || !Number.isFinite(length)) return;
    const over = (): void => {
      c.isOver[i] = true;
    };
    c.timers.push(run.calendar.schedule(run.day + length, over));
  });
}

function settle(run: Run): void {
  const { system } = run;
  settleDown(run);
  for (const hit of run.hits) if (hit.effect.kind === 'OUTAGE') settleRebuild(run, hit);
  system.requirements.forEach((_, r) => {
    settleRequirement(run, r);
  });
}

function settleDown(run: Run): void {
  const { system, down } = run;
  down.fill(false);
  for (const hit of run.hits)
    if (hit.isActive && hit.effect.kind === 'OUTAGE') down[hit.effect.target] = true;
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    system.components.forEach((component, c) => {
      if (down[c]) return;
      const isUnmet = component.needs.some(
        (r) => isEmpty(run, r) && (run.empty[r].isOver[0] || system.requirements[r].graceDays <= EPSILON),
      );
      if (!isUnmet && !component.dependsOn.some((q) => down[q])) return;
      down[c] = true;
      hasChanged = true;
    });
  }
}

function maySwitchIn(run: Run, r: number, j: number): boolean {
  const supplier = run.system.requirements[r].suppliers[j];
  return !supplier.latent || supplier.switchDays <= EPSILON || run.want[r].isOver[j];
}

function isEmpty(run: Run, r: number): boolean {
  const { suppliers } = run.system.requirements[r];
  const serving = suppliers.filter((s, j) => !run.down[s.component] && maySwitchIn(run, r, j)).length;
  if (run.system.isShared[r] === 1) return serving === 0 && run.system.unseenShare[r] === 0;
  return serving < run.system.needed[r];
}

/** Pauses and resumes the rebuild clock of a hit. */
function settleRebuild(run: Run, hit: Hit): void {
  if (!hit.isActive || !Number.isFinite(hit.left)) return;
  const c = hit.effect.target;
  const isStalled = run.system.components[c].rebuiltWith.some((q) => run.down[q]);
  if (isStalled && hit.timer !== null) {
    hit.timer.isCancelled = true;
    hit.timer = null;
    hit.left -= run.day - hit.resumedAt;
  } else if (!isStalled && hit.timer === null) {
    hit.resumedAt = run.day;
    hit.timer = run.calendar.schedule(run.day + hit.left, () => {
      hit.isActive = false;
      run.rebuilt[c] += 1;
    });
  }
}

function settleRequirement(run: Run, r: number): void {
  const { system } = run;
  const { suppliers, graceDays, criticality } = system.requirements[r];
  const first = system.supplierStart[r];
  const isShared = system.isShared[r] === 1;
  migrate(run, r);
  const isUp = (j: number) => !run.down[suppliers[j].component];
  const all = [...suppliers.keys()];
  const primary = all.filter((j) => isUp(j) && !suppliers[j].latent);
  const sum = (list: readonly number[]) =>
    list.reduce((t, j) => t + run.share[first + j], system.unseenShare[r]);
  const wants = isShared ? sum(primary) < 1 - EPSILON : primary.length < system.needed[r];
  const days = suppliers.map((s) => (s.latent ? s.switchDays : Number.POSITIVE_INFINITY));
  setCondition(run, run.want[r], wants, days);
  const latent = all.filter((j) => wants && isUp(j) && suppliers[j].latent && maySwitchIn(run, r, j));
  const serving = [...primary, ...latent];
  const total = sum(serving);
  const supply = isShared ? Math.min(1, total) : serving.length >= system.needed[r] ? 1 : 0;
  const shortage = supply < 1 - EPSILON ? 1 - supply : 0;
  setCondition(run, run.short[r], shortage > 0, [graceDays]);
  setCondition(run, run.empty[r], isEmpty(run, r), [graceDays]);
  const watch = serving.map((j) => interception(run, suppliers[j].component));
  const seen = serving.reduce((t, j, i) => t + run.share[first + j] * watch[i], 0);
  const ours = isShared ? seen / Math.max(1, total) : supply * Math.max(0, ...watch);
  const counted = run.short[r].isOver[0] ? shortage : 0;
  run.requirementLoss[r] = criticality * Math.min(1, counted + ours);
}

/** Moves what suppliers that stayed down carried to those still up, by their first shares, for good. */
function migrate(run: Run, r: number): void {
  const { migrateDays, migratingShare } = run.behaviours;
  if (!Number.isFinite(migrateDays) || run.system.isShared[r] === 0) return;
  const first = run.system.supplierStart[r];
  run.system.requirements[r].suppliers.forEach((supplier, j) => {
    const gone = run.outOfService[first + j];
    const wasOver = gone.isOver[0];
    setCondition(run, gone, run.down[supplier.component], [migrateDays]);
    if (!wasOver || !gone.holds || supplier.latent) return;
    gone.isOver[0] = false;
    const moved = run.share[first + j] * migratingShare;
    const isHost = (s: { component: number; latent: boolean }) => !run.down[s.component] && !s.latent;
    const hosts = run.system.requirements[r].suppliers.flatMap((s, i) => (isHost(s) ? [first + i] : []));
    const room = hosts.reduce((sum, s) => sum + run.system.supplierShare[s], 0);
    if (room <= 0) return;
    for (const s of hosts) run.share[s] += (moved * run.system.supplierShare[s]) / room;
    run.share[first + j] -= moved;
  });
}

function interception(run: Run, component: number): number {
  let strongest = 0;
  for (const { effect, isActive } of run.hits) {
    if (isActive && effect.kind === 'INTERCEPT' && effect.target === component) {
      strongest = Math.max(strongest, effect.strength);
    }
  }
  return strongest;
}

function operationLoss(run: Run, o: number): number {
  const operation = run.system.operations[o];
  let worst = 0;
  for (const r of operation.needs) worst = Math.max(worst, run.requirementLoss[r]);
  let left = 1 - worst;
  for (const { effect, isActive } of run.hits) {
    const isOnIt = effect.kind === 'DEMAND' || effect.kind === 'HARM';
    if (isActive && isOnIt && effect.target === o) left *= 1 - effect.strength;
  }
  const loss = 1 - left;
  const counts = loss > EPSILON;
  setCondition(run, run.loss[o], counts, [operation.displacedAfterDays]);
  return counts ? loss : 0;
}
