/** The worked example of docs/analysis/chokepoints.md: what the page shows is what the commands print. */
import { readFileSync } from 'node:fs';
import { nodeId } from '../../src/model/identity';
import { type CliStore, cliOnEmptyStore } from '../support/cli';

const FOLDER = 'docs/analysis/example';
const expected = (name: string): unknown =>
  JSON.parse(readFileSync(`${FOLDER}/expected/${name}.json`, 'utf8'));

/** What was printed, with the time it took set to 0. */
const withoutSeconds = (printed: unknown): unknown =>
  JSON.parse(JSON.stringify(printed), (key, value) => (key === 'seconds' ? 0 : value));

let store: CliStore;
beforeAll(() => {
  store = cliOnEmptyStore();
  store.json('seed', '--folder', `${FOLDER}/ecosystem`);
});
afterAll(() => store.remove());

const operation = (key: string) => nodeId('Operation', key);
const service = (key: string) => nodeId('Service', key);

test.each([
  ['chokepoints', ['chokepoints']],
  ['chokepoints-of-ransomware-two', ['chokepoints', '--operation', operation('op-2')]],
  ['chokepoints-for-60-days', ['chokepoints', '--min-downtime-days', '60']],
  ['cut-sets', ['cut-sets', '--operation', operation('op-1')]],
  ['disruption', ['disruption', service('loader-a'), service('loader-b'), nodeId('Tool', 'psexec')]],
])('%s prints the JSON that the page shows', (name, args) => {
  const printed = store.json(...args);
  expect(withoutSeconds(printed)).toEqual(expected(name));
});

describe('defence', () => {
  let defended: CliStore;
  beforeAll(() => {
    defended = cliOnEmptyStore();
    defended.json('seed', '--folder', `${FOLDER}/defence`);
  });
  afterAll(() => defended.remove());

  test('the ranking of docs/analysis/defend.md is what the command prints', () => {
    const args = ['chokepoints', '--lever', 'DEFEND', '--sector', nodeId('Sector', 'sector-health')];
    expect(defended.json(...args)).toEqual(expected('defences'));
    const table = defended
      .run(...args)
      .stdout.split('\n')
      .slice(2, 9);
    const page = readFileSync('docs/analysis/defend.md', 'utf8');
    expect(page).toContain(table.join('\n'));
    expect(page).toContain('expected/defences.json');
  });
});

test('the page names every file of expected output', () => {
  const page = readFileSync('docs/analysis/chokepoints.md', 'utf8');
  for (const name of [
    'chokepoints',
    'chokepoints-of-ransomware-two',
    'chokepoints-for-60-days',
    'cut-sets',
    'disruption',
  ]) {
    expect(page).toContain(`expected/${name}.json`);
  }
});
