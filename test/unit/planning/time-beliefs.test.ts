import { durationPosterior, predictiveQuantile } from '../../../src/analysis';
import type { PastAction, PastOutcome } from '../../../src/service/planning/past-actions';
import { timesOfReturn, timesOfSwitch } from '../../../src/service/planning/past-times';
import { timeBeliefs } from '../../../src/service/planning/time-beliefs';

const DAY_MS = 86_400_000;
const NOTHING_SAID: Omit<PastOutcome, 'id'> = {
  metric: 'visits',
  unit: null,
  before: null,
  after: null,
  downtimeLowDays: null,
  downtimeDays: null,
  downtimeHighDays: null,
  switchDays: null,
  displacedShare: null,
  observedAt: null,
  regeneratedAt: null,
};
const action = (
  id: string,
  measureTypes: readonly string[],
  ...outcomes: Partial<PastOutcome>[]
): PastAction => ({
  id,
  name: id,
  startedAt: 0,
  measureTypes,
  targetKinds: [id.startsWith('m') ? 'mixer' : 'booter'],
  targetTypes: ['Service'],
  outcomes: outcomes.map((each, i) => ({ id: `${id} ${i}`, ...NOTHING_SAID, ...each })),
});

describe('times that the record tells', () => {
  it('are one a past action: the longest return, and whether it was one', () => {
    const past = [
      action('b', ['arrest'], { downtimeDays: 3 }, { downtimeDays: 9, regeneratedAt: 9 * DAY_MS }),
      action('a', ['arrest'], { observedAt: 40 * DAY_MS }),
      action('c', ['arrest'], { switchDays: 5 }),
    ];
    expect(timesOfReturn(past)).toMatchObject([
      { id: 'a', observation: { days: 40, isReturned: false } },
      { id: 'b', observation: { days: 9, isReturned: true } },
    ]);
  });

  it('are of a switch only where an outcome speaks of one; that none has moved is waiting, not silence', () => {
    const past = [
      action('a', ['arrest'], { switchDays: 0 }),
      action('b', ['arrest'], { displacedShare: 0, observedAt: 30 * DAY_MS }),
      action('c', ['arrest'], { displacedShare: 0.5, observedAt: 30 * DAY_MS }, { downtimeDays: 4 }),
    ];
    expect(timesOfSwitch(past).map(({ id, observation }) => [id, observation])).toEqual([
      ['a', { days: 0.5, isReturned: true }],
      ['b', { days: 30, isReturned: false }],
    ]);
  });
});

describe('beliefs of switching times', () => {
  const past = [
    ...[10, 12, 8].map((switchDays, i) => action(`b${i}`, ['seize-domain'], { switchDays })),
    ...[100, 140].map((switchDays, i) => action(`m${i}`, ['sanction'], { switchDays })),
    action('m9', ['sanction'], { displacedShare: 0, observedAt: 200 * DAY_MS }),
  ];

  it('equal the posterior of their own cases under a prior that all others have shown', async () => {
    const [belief] = (await timeBeliefs(past, 'SWITCH', 'MEASURE_TYPE')).filter(
      (each) => each.group === 'seize-domain',
    );
    const shown = durationPosterior(
      { never: 1, returned: 1, medianDays: 14, medianSpread: 2, sigma: 1.2, sigmaSpread: 0.5 },
      [
        { days: 100, isReturned: true },
        { days: 140, isReturned: true },
        { days: 200, isReturned: false },
      ],
    );
    const posterior = durationPosterior(
      {
        never: Math.max(0.5, 4 * shown.pNever),
        returned: Math.max(0.5, 4 * (1 - shown.pNever)),
        medianDays: shown.medianDays,
        medianSpread: 1,
        sigma: shown.sigma,
        sigmaSpread: 0.4,
      },
      [10, 12, 8].map((days) => ({ days, isReturned: true })),
    );
    expect(belief).toMatchObject({ observed: 3, ended: 3 });
    expect(belief.medianDays).toBeCloseTo(posterior.medianDays, 12);
    expect(belief.pNever).toBeCloseTo(posterior.pNever, 12);
    expect(belief.middleDays).toBeCloseTo(predictiveQuantile(posterior, 0.5), 12);
  });

  it('leave the cases of a group out of its own prior', async () => {
    const priorOf = async (own: readonly PastAction[]) => {
      const others = past.filter(({ measureTypes }) => !measureTypes.includes('seize-domain'));
      const beliefs = await timeBeliefs([...others, ...own], 'SWITCH', 'MEASURE_TYPE');
      return beliefs.find(({ group }) => group === 'seize-domain')!;
    };
    const none = await priorOf([]);
    const unseen = (await timeBeliefs(past, 'SWITCH', 'MEASURE_TYPE')).find(
      ({ group }) => group === 'arrest',
    )!;
    const moved = await priorOf([action('b0', ['seize-domain'], { switchDays: 1 })]);
    expect(none).toMatchObject({ observed: 0 });
    expect(moved.medianDays).toBeLessThan(none.medianDays);
    // What nobody has seen goes by all cases, those of seizures too; without these it would be what `none` is.
    expect(unseen.medianDays).toBeLessThan(none.medianDays);
  });

  it('are kept by kind of target as well, those seen most first', async () => {
    const beliefs = await timeBeliefs(past, 'SWITCH', 'TARGET_KIND');
    expect(beliefs.map(({ group, observed, ended }) => [group, observed, ended])).toEqual([
      ['booter', 3, 3],
      ['mixer', 3, 2],
    ]);
    expect(beliefs[0].medianDays).toBeLessThan(beliefs[1].medianDays);
    expect(beliefs[0].pNever).toBeLessThan(beliefs[1].pNever);
  });
});
