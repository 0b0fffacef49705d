import { counterRandom } from '../../src/analysis/effect/counter-random';
import {
  type DurationDistribution,
  durationMean,
  durationQuantile,
  normalQuantile,
} from '../../src/analysis/effect/duration-distribution';
import { type ActionRecord, type EffectRecords, effectSystem } from '../../src/analysis/effect/effect-system';
import { eventCalendar } from '../../src/analysis/effect/event-calendar';
import type { Behaviours } from '../../src/analysis/effect/plan-run';
import { NO_BEHAVIOURS, simulatePlan } from '../../src/analysis/effect/plan-simulation';

const NEVER = Number.POSITIVE_INFINITY;
const outage = (target: number, startDay: number): ActionRecord => ({
  effects: [{ kind: 'OUTAGE', target, startDay, holdDays: NEVER, strength: 1 }],
});

function meanOf(behaviours: Partial<Behaviours>, part: Partial<EffectRecords>): number {
  const component = { rebuildDays: 10, rebuiltWith: [], dependsOn: [], needs: [] };
  const primary = (c: number, share: number) => ({ component: c, share, latent: false, switchDays: 0 });
  const records: EffectRecords = {
    horizonDays: 100,
    discountPerDay: 0,
    operations: [{ severity: 1, needs: [0], displacedShare: 0, displacedAfterDays: 0 }],
    requirements: [
      { mode: 'ANY', k: 1, criticality: 1, graceDays: 0, suppliers: [primary(0, 0.5), primary(1, 0.5)] },
    ],
    components: [component, component],
    actions: [outage(0, 0)],
    ...part,
  };
  const system = effectSystem(records);
  const isLive = new Uint8Array(records.actions.length).fill(1);
  const actions = [...records.actions.keys()];
  return simulatePlan(actions, () => ({ system, isLive }), {
    runs: 1,
    behaviours: { ...NO_BEHAVIOURS, ...behaviours },
  }).mean;
}

describe('behaviours of the simulation', () => {
  it('who has rebuilt once rebuilds faster', () => {
    const actions = [outage(0, 0), outage(0, 50)];
    expect(meanOf({}, { actions })).toBeCloseTo(0.5 * 20, 9);
    expect(meanOf({ learning: 0.5 }, { actions })).toBeCloseTo(0.5 * (10 + 5), 9);
  });

  it('customers who migrate are served elsewhere, and stay there', () => {
    expect(meanOf({ migrateDays: 4, migratingShare: 1 }, {})).toBeCloseTo(0.5 * 4, 9);
    expect(meanOf({ migrateDays: 4, migratingShare: 0.5 }, {})).toBeCloseTo(0.5 * 4 + 0.25 * 6, 9);
    const later = [outage(0, 0), outage(1, 50)];
    expect(meanOf({ migrateDays: 4, migratingShare: 1 }, { actions: later })).toBeCloseTo(0.5 * 4 + 4, 9);
  });

  it('a new brand ends the loss of trust', () => {
    const demand: ActionRecord = {
      effects: [{ kind: 'DEMAND', target: 0, startDay: 0, holdDays: NEVER, strength: 0.4 }],
    };
    expect(meanOf({}, { actions: [demand] })).toBeCloseTo(40, 9);
    expect(meanOf({ rebrandDays: 30 }, { actions: [demand] })).toBeCloseTo(12, 9);
  });
});

describe('durations', () => {
  const distributions: DurationDistribution[] = [
    { distribution: 'uniform', low: 10, high: 20 },
    { distribution: 'triangular', low: 0, mode: 3, high: 12 },
    { distribution: 'exponential', mean: 7 },
    { distribution: 'lognormal', median: 5, sigma: 0.5 },
  ];

  it.each(distributions)('quantiles of $distribution ascend and average to its mean', (each) => {
    const draws = Array.from({ length: 20000 }, (_, i) => durationQuantile(each, (i + 0.5) / 20000));
    expect(draws.every((value, i) => i === 0 || value >= draws[i - 1])).toBe(true);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    expect(Math.abs(mean / durationMean(each) - 1)).toBeLessThan(0.002);
  });

  it('the normal quantile agrees with tables', () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 8);
    expect(durationQuantile({ distribution: 'uniform', low: 10, high: 20 }, 0.5)).toBe(15);
  });
});

describe('counter-based random numbers', () => {
  it('are a function of their counters, spread evenly, and different in each of them', () => {
    expect(counterRandom(7, 1, 2)).toBe(counterRandom(7, 1, 2));
    const bins = new Int32Array(20);
    for (let i = 0; i < 20000; i += 1) bins[Math.floor(counterRandom(3, i % 100, i) * 20)] += 1;
    for (const count of bins) expect(Math.abs(count - 1000)).toBeLessThan(160);
    const drawn = new Set([counterRandom(1, 2, 3), counterRandom(2, 1, 3), counterRandom(1, 2, 3 + 2 ** 44)]);
    expect(drawn.size).toBe(3);
  });
});

describe('the event calendar', () => {
  it('gives events by day, then in order of scheduling, and skips what was cancelled', () => {
    const calendar = eventCalendar();
    const seen: string[] = [];
    for (const [day, name] of [
      [3, 'c'],
      [1, 'a'],
      [2, 'x'],
      [1, 'b'],
    ] as const) {
      const event = calendar.schedule(day, () => seen.push(name));
      event.isCancelled = name === 'x';
    }
    while (calendar.peek() < NEVER) calendar.next()?.run();
    expect(seen).toEqual(['a', 'b', 'c']);
    expect(calendar.next()).toBeUndefined();
  });
});
