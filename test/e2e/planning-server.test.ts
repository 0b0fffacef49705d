/** Plans, reach and calibration through a running service are what they are on the store itself. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { nodeId } from '../../src/model/identity';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { type ServedStore, serveStore } from '../support/served-store';

const AT = ['--as-of', '2026-06-01T00:00:00Z', '--horizon-days', '180', '--doubt', 'asKnown'];
const OPERATION = nodeId('Operation', 'op-attacks');
const BIG = nodeId('Service', 'booter-big');

let store: CliStore;
let served: ServedStore;
const printed = new Map<string, unknown>();
const scenario = (): string => `${store.path}.scenario.json`;

const commands: [string, () => string[]][] = [
  [
    'a plan',
    () => [
      'plan',
      ...AT,
      '--budget',
      '19',
      '--frontier',
      '--alternatives',
      '1',
      '--marginal',
      '--simulate',
      '20',
    ],
  ],
  [
    'a plan within limits',
    () => ['plan', ...AT, '--jurisdiction', 'NL', '--measure-type', 'arrest', '--max-measures', '1'],
  ],
  ['a takedown', () => ['plan', ...AT, '--takedown', OPERATION, '--min-downtime-days', '2']],
  ['a plan of a scenario', () => ['plan', ...AT, '--budget', '6', '--scenario', scenario()]],
  ['reach', () => ['reach', BIG, '--partner', 'Police NL']],
  ['calibration', () => ['calibrate']],
];

/** Five past actions, so that there is something to calibrate by. */
const record = {
  interventions: [1, 4, 9, 30, 200].map((mid, i) => ({
    key: `iv-${i}`,
    name: `Action ${i}`,
    measureTypes: i % 2 === 0 ? ['seize-domain'] : ['host-takedown', 'arrest'],
    startedAt: `2020-0${i + 1}-01`,
    partners: [],
    targets: ['iv-target'],
    lesson: 'None.',
    verdict: 'MIXED',
    claims: [claim()],
    outcomes: [
      { metric: 'days until the target was back', after: mid, downtimeDays: { mid }, claims: [claim()] },
    ],
  })),
  nodes: [
    { key: 'iv-target', type: 'Service', name: 'Target', category: 'ddos-for-hire', claims: [claim()] },
  ],
  reports: [{ key: 'iv-report', publisher: 'P', title: 'T', published: '2021-01-01' }],
};
function claim() {
  return { report: 'iv-report', says: 'So.', confidence: 90, credibility: 2, derivation: 'REPORTED' };
}

beforeAll(async () => {
  store = cliOnEmptyStore();
  store.json('seed', '--folder', 'docs/analysis/example/plan');
  const folder = `${store.path}-record`;
  mkdirSync(folder);
  writeFileSync(`${folder}/record.json`, JSON.stringify(record));
  store.json('seed', '--folder', folder);
  const added = {
    addNodes: [{ type: 'Measure', properties: { name: 'cheap', measureType: 'host-takedown', cost: 1 } }],
    addRelationships: [{ type: 'AGAINST', from: nodeId('Measure', 'cheap'), to: BIG, properties: {} }],
  };
  writeFileSync(scenario(), JSON.stringify(added));
  for (const [name, args] of commands) printed.set(name, store.json(...args()));
  served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
}, 120_000);
afterAll(async () => {
  await served?.stop();
  store.remove();
});

/** What differs from run to run: the time it took. */
const withoutTime = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, each) => (key === 'seconds' ? 0 : each));

test.each(commands)(
  '%s is the same through the service as on the store',
  (name, args) => {
    const answered = withoutTime(store.json(...args(), '--server', served.url));
    expect(answered).toEqual(withoutTime(printed.get(name)));
  },
  60_000,
);

test('a plan that cannot be has the same code on both ways, and says what to relax', () => {
  const args = ['plan', ...AT, '--budget', '0'];
  const through = store.run(...args, '--server', served.url);
  expect([through.status, through.stdout]).toEqual([1, '']);
  expect(through.stderr).toContain('PLAN_NO_MEASURE');
  expect(through.stderr).toContain('budget');
});

test('a plan that is asked for wrongly is refused with a code, in one process as over a service', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['BAD_INPUT', ['--budget', '-3']],
    ['BAD_INPUT', ['--max-measures', 'half']],
    ['BAD_INPUT', ['--seconds', '0']],
    ['PARTNER_NOT_FOUND', ['--partner', 'nobody']],
    ['JURISDICTION_NOT_FOUND', ['--jurisdiction', 'XX']],
    ['MEASURE_NOT_FOUND', ['--must-take', 'nothing']],
    ['PLAN_NO_MEASURE', ['--deadline-days', '0']],
  ];
  for (const [code, given] of cases) {
    const { status, stdout, stderr } = store.run('plan', ...AT, ...given, '--server', served.url);
    expect([code, status, stdout]).toEqual([code, 1, '']);
    expect(stderr).toContain(`${code}: `);
  }
});

test('what a scenario file gets wrong is refused with a code', () => {
  const cheap = { type: 'Measure', properties: { name: 'x', measureType: 'arrest', cost: -3 } };
  writeFileSync(scenario(), JSON.stringify({ addNodes: [cheap] }));
  const negative = store.run('plan', ...AT, '--scenario', scenario(), '--server', served.url);
  expect(negative.stderr).toContain('cost must lie in 0 to');
  writeFileSync(scenario(), '{"remove": ["nothing"]}');
  const { status, stderr } = store.run('plan', ...AT, '--scenario', scenario(), '--server', served.url);
  expect(status).toBe(1);
  expect(stderr).toContain('SCENARIO_INVALID');
  for (const text of ['{', '[]', 'null']) {
    writeFileSync(scenario(), text);
    const { stderr } = store.run('plan', '--scenario', scenario(), '--server', served.url);
    expect(stderr).toContain('SCENARIO_INVALID');
  }
});
