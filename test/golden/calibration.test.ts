/** docs/analysis/calibration.md shows what the command prints on the curated record. */
import { readFileSync } from 'node:fs';
import { type CliStore, cliOnEmptyStore } from '../support/cli';

const page = readFileSync('docs/analysis/calibration.md', 'utf8');

let store: CliStore;
beforeAll(() => {
  store = cliOnEmptyStore();
  store.json('seed');
}, 240_000);
afterAll(() => store.remove());

test.each(['DOWNTIME_DAYS', 'SHARE_LOST', 'SWITCH_DAYS'])(
  'the page on calibration shows what the command prints of %s',
  (quantity) => {
    const { stdout } = store.run('calibrate', '--quantity', quantity);
    expect(page).toContain(stdout.trimEnd());
  },
  240_000,
);
