/** `atlas backup` and `atlas restore`: on the store, through a running service, and onto the other engine. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { type ServedStore, serveStore } from '../support/served-store';

const folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-cli-'));
const FILE = join(folder, 'atlas.backup.gz');
let store: CliStore;
let other: CliStore;
beforeAll(() => {
  store = cliOnEmptyStore();
  other = cliOnEmptyStore();
  store.json('seed', '--folder', 'docs/analysis/example/ecosystem');
}, 60_000);
afterAll(() => {
  store.remove();
  other.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Report {
  readonly seq: number;
  readonly records: Record<string, number>;
}

test('a backup restored into an empty store answers the same', () => {
  const written = store.json('backup', '--out', FILE) as Report;
  expect(written.records.Entity).toBeGreaterThan(5);
  expect(existsSync(`${FILE}.part`)).toBe(false);
  const { records, seq } = other.json('restore', FILE) as Report;
  expect([records, seq]).toEqual([written.records, written.seq]);
  expect(other.json('chokepoints')).toEqual(store.json('chokepoints'));
}, 60_000);

test('a store that holds something is left alone, unless told', () => {
  const refused = other.run('restore', FILE);
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('STORE_NOT_EMPTY')]);
  expect(other.run('restore', FILE, '--replace').status).toBe(0);
}, 60_000);

test('a file that is cut off is refused by name, and nothing is written', () => {
  const cut = join(folder, 'cut.gz');
  writeFileSync(cut, readFileSync(FILE).subarray(0, 500));
  const before = other.json('chokepoints');
  const { status, stderr } = other.run('restore', cut, '--replace');
  expect([status, stderr]).toEqual([1, expect.stringContaining('BACKUP_INVALID')]);
  expect(other.json('chokepoints')).toEqual(before);
}, 60_000);

describe('while a service holds the store', () => {
  let served: ServedStore;
  beforeAll(async () => {
    served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
  }, 60_000);
  afterAll(() => served?.stop());

  test('backup says who holds it, and goes through the service with --server', () => {
    const direct = store.run('backup', '--out', join(folder, 'locked.gz'));
    expect([direct.status, direct.stderr]).toEqual([1, expect.stringContaining('STORE_LOCKED')]);
    const through = join(folder, 'served.gz');
    const report = store.json('backup', '--out', through, '--server', served.url) as Report;
    expect(report.records.Entity).toBeGreaterThan(5);
    expect(other.run('restore', through, '--replace').status).toBe(0);
    const refused = store.run('restore', through, '--server', served.url);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining('NOT_OVER_SERVER')]);
  }, 60_000);

  test('a page elsewhere cannot fetch one', async () => {
    const form = await fetch(`${served.url}/backup`, { method: 'POST', body: 'a=b' });
    expect(form.status).toBe(415);
    const foreign = await fetch(`${served.url}/backup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'http://evil.example' },
    });
    expect(foreign.status).toBe(403);
  });
});
