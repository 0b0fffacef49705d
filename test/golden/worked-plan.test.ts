/** The worked example of docs/analysis/measures.md, optimisation.md and effect.md: the pages show what the commands print. */
import { readFileSync } from 'node:fs';
import { nodeId } from '../../src/model/identity';
import { type CliStore, cliOnEmptyStore } from '../support/cli';

const FOLDER = 'docs/analysis/example';
/** The searches end by themselves; a busy machine may take its time. */
const AT = ['--as-of', '2026-06-01T00:00:00Z', '--horizon-days', '180', '--seconds', '600'];
const page = (name: string): string => readFileSync(`docs/analysis/${name}.md`, 'utf8');
const expected = (name: string): unknown =>
  JSON.parse(readFileSync(`${FOLDER}/expected/${name}.json`, 'utf8'));

let store: CliStore;
beforeAll(() => {
  store = cliOnEmptyStore();
  store.json('seed', '--folder', `${FOLDER}/plan`);
}, 240_000);
afterAll(() => store.remove());

/** Figures that the machine decides. */
const withoutTime = (printed: unknown): unknown =>
  JSON.parse(JSON.stringify(printed), (key, value) => (key === 'seconds' ? 0 : value));

test.each([
  ['measures', ['reach', nodeId('Service', 'booter-big')]],
  ['measures', ['reach', nodeId('Service', 'host')]],
  ['effect', ['plan', ...AT, '--doubt', 'asKnown', '--budget', '6']],
  ['effect', ['plan', ...AT, '--doubt', 'asKnown', '--budget', '18']],
  ['optimisation', ['plan', ...AT, '--budget', '19', '--frontier', '--marginal', '--simulate', '500']],
])(
  '%s.md shows what %s prints',
  (name, args) => {
    const { stdout, stderr, status } = store.run(...args);
    expect([status, stderr.includes('Error')]).toEqual([0, false]);
    expect(page(name)).toContain(stdout.trimEnd());
  },
  240_000,
);

test('plan prints the JSON that the pages name', () => {
  const plan = store.json('plan', ...AT, '--doubt', 'asKnown', '--budget', '18');
  expect(withoutTime(plan)).toEqual(expected('plan'));
  expect(page('optimisation')).toContain('expected/plan.json');
}, 240_000);
