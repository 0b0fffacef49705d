/** A second process on the embedded file: it is told who holds it, and asks the running service with --server. */
import { writeFileSync } from 'node:fs';
import { nodeId } from '../../src/model/identity';
import { type CliStore, cliOnEmptyStore, withoutSeconds } from '../support/cli';
import { type ServedStore, serveStore } from '../support/served-store';

const EXAMPLE = 'docs/analysis/example/ecosystem';
const OPERATION = nodeId('Operation', 'op-1');
const BUNDLE = {
  type: 'bundle',
  id: 'bundle--0f5a3c2e-1111-4111-8111-111111111111',
  objects: [
    {
      type: 'malware',
      spec_version: '2.1',
      id: 'malware--0f5a3c2e-2222-4222-8222-222222222222',
      name: 'M',
      is_family: true,
    },
  ],
};

const commands: [string, string[]][] = [
  ['chokepoints', ['chokepoints']],
  ['chokepoints of one operation', ['chokepoints', '--operation', OPERATION, '--limit', '2']],
  ['chokepoints with their confidence', ['chokepoints', '--limit', '2', '--confidence', '--seed', '4']],
  ['explain', ['explain', nodeId('Service', 'loader-a')]],
  ['cut-sets', ['cut-sets', '--operation', OPERATION]],
  [
    'disruption',
    ['disruption', nodeId('Service', 'loader-a'), nodeId('Service', 'loader-b'), nodeId('Tool', 'psexec')],
  ],
];

let store: CliStore;
let served: ServedStore;
const printed = new Map<string, unknown>();

beforeAll(async () => {
  store = cliOnEmptyStore();
  store.json('seed', '--folder', EXAMPLE);
  for (const [name, args] of commands) printed.set(name, withoutSeconds(store.json(...args)));
  served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
}, 60_000);
afterAll(async () => {
  await served?.stop();
  store.remove();
});

test('without --server the command names the process and the address that hold the file', () => {
  const { status, stdout, stderr } = store.run('chokepoints');
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('STORE_LOCKED');
  expect(stderr).toContain(String(served.pid));
  expect(stderr).toContain(`--server ${served.url}`);
});

test.each(commands)('%s prints the same through the service as on the store', (name, args) => {
  expect(withoutSeconds(store.json(...args, '--server', served.url))).toEqual(printed.get(name));
});

test('import goes through the service, and again changes nothing', () => {
  const file = `${store.path}.bundle.json`;
  writeFileSync(file, JSON.stringify(BUNDLE));
  const first = store.json('import', file, '--server', served.url);
  const second = store.json('import', file, '--server', served.url);
  expect(first).toMatchObject({
    totals: { read: 1, created: 1 },
    files: [{ file, format: 'stix', created: 1 }],
  });
  expect(second).toMatchObject({ totals: { read: 1, unchanged: 1 }, seq: null });
});

test('a file that the service cannot read is reported with its code', () => {
  const file = `${store.path}.bad.json`;
  writeFileSync(file, '{"type":"bundle","objects":[');
  const { status, stderr } = store.run('import', file, '--server', served.url);
  expect(status).toBe(1);
  expect(stderr).toContain('TRUNCATED');
});

test.each([
  ['an address nobody listens at', ['chokepoints', '--server', 'http://127.0.0.1:9'], 'SERVER_UNREACHABLE'],
  ['something that is no address', ['chokepoints', '--server', 'nonsense'], 'BAD_INPUT'],
])('%s is an error with a code', (_name, args, code) => {
  const { status, stderr } = store.run(...args);
  expect([status, stderr.split(':')[0]]).toEqual([1, code]);
});

test('what works on the store alone says so, and an error of the service keeps its code', () => {
  expect(store.run('seed', '--server', served.url).stderr).toContain('NOT_OVER_SERVER');
  expect(store.run('cut-sets', '--operation', 'campaign--none', '--server', served.url).stderr).toContain(
    'OPERATION_NOT_FOUND',
  );
});
