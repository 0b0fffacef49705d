import {
  type ActionRecord,
  type ComponentRecord,
  type EffectRecords,
  effectSystem,
  type RequirementRecord,
  type SupplierRecord,
} from '../../src/analysis/effect/effect-system';
import { planEvaluator } from '../../src/analysis/effect/effect-timeline';
import {
  atLeastCover,
  discountedDays,
  intervalUnion,
  unionLength,
} from '../../src/analysis/effect/interval-union';

const NEVER = Number.POSITIVE_INFINITY;
const plain: ComponentRecord = { rebuildDays: NEVER, rebuiltWith: [], dependsOn: [], needs: [] };
const by = (component: number, extra: Partial<SupplierRecord> = {}): SupplierRecord => ({
  component,
  share: 1,
  latent: false,
  switchDays: 0,
  ...extra,
});
const needOf = (suppliers: SupplierRecord[], extra: Partial<RequirementRecord> = {}): RequirementRecord => ({
  mode: 'ANY',
  k: 1,
  criticality: 1,
  graceDays: 0,
  suppliers,
  ...extra,
});
const outage = (target: number, startDay: number, holdDays: number): ActionRecord => ({
  effects: [{ kind: 'OUTAGE', target, startDay, holdDays, strength: 1 }],
});

function lossOf(part: Partial<EffectRecords>, actions?: number[]): number {
  const records: EffectRecords = {
    horizonDays: 100,
    discountPerDay: 0,
    operations: [{ severity: 1, needs: [0], displacedShare: 0, displacedAfterDays: 0 }],
    requirements: [needOf([by(0)])],
    components: [plain, plain, plain, plain],
    actions: [],
    ...part,
  };
  return planEvaluator(effectSystem(records))(actions ?? [...records.actions.keys()]).objective;
}

describe('unions of intervals', () => {
  it('down on [0,5) and on [20,30) is 15 days, not 10', () => {
    expect(
      unionLength(
        [
          [0, 5],
          [20, 30],
        ],
        0,
      ),
    ).toBe(15);
    expect(lossOf({ actions: [outage(0, 0, 5), outage(0, 20, 10)] })).toBe(15);
  });

  it('two of three with outages of 10, 20 and 30 days is 20 days', () => {
    expect(unionLength(atLeastCover([[[0, 10]], [[0, 20]], [[0, 30]]], 2), 0)).toBe(20);
    const requirements = [needOf([by(0), by(1), by(2)], { mode: 'AT_LEAST', k: 2 })];
    expect(lossOf({ requirements, actions: [outage(0, 0, 10), outage(1, 0, 20), outage(2, 0, 30)] })).toBe(
      20,
    );
  });

  it('merges what touches, drops what is empty, discounts exactly', () => {
    expect(
      intervalUnion([
        [3, 3],
        [2, 4],
        [0, 2],
      ]),
    ).toEqual([[0, 4]]);
    expect(discountedDays(0, 10, 0.1)).toBeCloseTo((1 - Math.exp(-1)) / 0.1, 12);
  });
});

describe('supply over time', () => {
  it('two of three with one hit loses nothing', () => {
    const requirements = [needOf([by(0), by(1), by(2)], { mode: 'AT_LEAST', k: 2 })];
    expect(lossOf({ requirements, actions: [outage(0, 0, NEVER)] })).toBe(0);
  });

  it('two components that need each other are up without a hit and down with one', () => {
    const components = [{ ...plain, dependsOn: [1] }, { ...plain, dependsOn: [0] }, plain, plain];
    expect(lossOf({ components })).toBe(0);
    expect(lossOf({ components, actions: [outage(2, 0, NEVER)] })).toBe(0);
    expect(lossOf({ components, actions: [outage(1, 0, 7)] })).toBe(7);
  });

  it('an outage ends with the hold or the rebuild, whichever is first', () => {
    const components = [{ ...plain, rebuildDays: 12 }, plain, plain, plain];
    expect(lossOf({ components, actions: [outage(0, 0, NEVER)] })).toBe(12);
    expect(lossOf({ components, actions: [outage(0, 0, 5)] })).toBe(5);
  });

  it('the rebuild clock stands still while what it is rebuilt with is down', () => {
    const components = [{ ...plain, rebuildDays: 12, rebuiltWith: [1] }, plain, plain, plain];
    expect(lossOf({ components, actions: [outage(0, 0, NEVER), outage(1, 4, 10)] })).toBe(22);
  });

  it('a latent supplier takes over after its switch days of want', () => {
    const requirements = [needOf([by(0), by(1, { latent: true, switchDays: 6 })])];
    expect(lossOf({ requirements, actions: [outage(0, 10, 20)] })).toBe(6);
  });

  it('a shortage counts after the days of grace, and shares add up', () => {
    const requirements = [
      needOf([by(0, { share: 0.6 }), by(1, { share: 0.4 })], { graceDays: 3, criticality: 0.5 }),
    ];
    expect(lossOf({ requirements, actions: [outage(0, 0, 10)] })).toBeCloseTo(0.5 * 0.6 * 7, 12);
  });

  it('a share that nobody is named for stays up', () => {
    expect(
      lossOf({ requirements: [needOf([by(0, { share: 0.3 })])], actions: [outage(0, 0, NEVER)] }),
    ).toBeCloseTo(30);
  });

  it('demand and harm each take their share of what is left', () => {
    const actions: ActionRecord[] = [
      { effects: [{ kind: 'DEMAND', target: 0, startDay: 0, holdDays: NEVER, strength: 0.5 }] },
      { effects: [{ kind: 'HARM', target: 0, startDay: 50, holdDays: NEVER, strength: 0.2 }] },
    ];
    expect(lossOf({ actions })).toBeCloseTo(50 * 0.5 + 50 * 0.6, 9);
  });

  it('what re-homes elsewhere is not counted once it has', () => {
    const operations = [{ severity: 2, needs: [0], displacedShare: 0.5, displacedAfterDays: 10 }];
    expect(lossOf({ operations, actions: [outage(0, 0, 30)] })).toBeCloseTo(2 * (10 + 20 * 0.5), 9);
  });

  it('holding one market covertly before the other falls is worth more than seizing both at once', () => {
    // The larger market (0) carries 0.7, the smaller (1) 0.3 and, once trade moves, the rest of it.
    const requirements = [
      needOf([
        by(0, { share: 0.7 }),
        by(1, { share: 0.3 }),
        by(1, { share: 0.7, latent: true, switchDays: 2 }),
      ]),
    ];
    const components = [{ ...plain, rebuildDays: 20 }, { ...plain, rebuildDays: 20 }, plain, plain];
    const hold: ActionRecord = {
      effects: [
        { kind: 'INTERCEPT', target: 1, startDay: 0, holdDays: 40, strength: 0.9 },
        { kind: 'OUTAGE', target: 1, startDay: 40, holdDays: NEVER, strength: 1 },
      ],
    };
    const both = lossOf({ requirements, components, actions: [outage(0, 0, NEVER), outage(1, 0, NEVER)] });
    const inTurn = lossOf({ requirements, components, actions: [hold, outage(0, 10, NEVER)] });
    expect(both).toBeCloseTo(20, 9);
    expect(inTurn).toBeGreaterThan(both + 5);
  });
});
