/** `atlas export` on the store itself and through a running service gives the same file. */
import { readFileSync } from 'node:fs';
import { nodeId } from '../../src/model/identity';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { type ServedStore, serveStore } from '../support/served-store';

const OPERATION = nodeId('Operation', 'op-1');
const withoutBundleId = (text: string): string => text.replace(/bundle--[0-9a-f-]{36}/, '');

let store: CliStore;
let served: ServedStore;
const commands: string[][] = [
  ['export'],
  ['export', '--format', 'csv', '--type', 'Service', '--type', 'Operation'],
  ['export', '--format', 'gexf', '--id', OPERATION, '--hops', '2'],
  [
    'export',
    '--format',
    'dot',
    '--type',
    'Operation',
    '--where',
    '{"severity":{"gt":0}}',
    '--as-of',
    '2024-01-01T00:00:00Z',
  ],
  ['export', '--format', 'attack-flow', '--operation', OPERATION, '--no-claims'],
];
const printed: string[] = [];

beforeAll(async () => {
  store = cliOnEmptyStore();
  store.json('seed', '--folder', 'docs/analysis/example/ecosystem');
  for (const args of commands) printed.push(withoutBundleId(store.run(...args).stdout));
  served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
}, 60_000);
afterAll(async () => {
  await served?.stop();
  store.remove();
});

test.each(commands.map((args, index) => [args.join(' '), args, index] as const))(
  '%s',
  (_title, args, index) => {
    const { stdout, status } = store.run('--server', served.url, ...args);
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(200);
    expect(withoutBundleId(stdout)).toBe(printed[index]);
  },
);

test('--out writes a file', () => {
  const path = `${store.path}.json`;
  expect(store.run('--server', served.url, 'export', '--out', path)).toMatchObject({ status: 0, stdout: '' });
  expect(withoutBundleId(readFileSync(path, 'utf8'))).toBe(printed[0]);
});

test.each([
  ['export', '--out', 'nowhere/x'],
  ['export', '--out', '.'],
  ['backup', '--out', 'nowhere/x'],
  ['import', '--objects', 'nowhere/x', 'docs/analysis/example/ecosystem/ecosystem.json'],
])('a file that cannot be written is refused: %s %s %s', (...args) => {
  const { status, stderr } = store.run('--server', served.url, ...args);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^FILE_NOT_WRITABLE: /);
});

test('--hops without --id is refused', () => {
  const { status, stderr } = store.run('--server', served.url, 'export', '--hops', '2');
  expect([status, stderr]).toEqual([1, expect.stringContaining('BAD_INPUT')]);
});

test.each([
  ['export', '--format', 'csv'],
  ['chokepoints', '--json'],
])('a reader that has had enough is no failure: %s', (...args) => {
  expect(store.runUnread('--server', served.url, ...args)).toMatchObject({ status: 0, stderr: '' });
});

test('--version says which', () => {
  expect(store.run('--version').stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('faults have the code that the service gives them', () => {
  const { status, stderr } = store.run('--server', served.url, 'export', '--type', 'Nonsense');
  expect(status).toBe(1);
  expect(stderr).toContain('BAD_INPUT');
  expect(store.run('--server', 'http://127.0.0.1:9', 'export').stderr).toContain('SERVER_UNREACHABLE');
});
