/** Importing, taking back and asking for exposure from the command line: flags, what is printed, and how it ends. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { KNOWN_CVE as CVE, FORMAT_FILES as FILES } from '../support/format-files';
import { type ServedStore, serveStore } from '../support/served-store';

interface Report {
  readonly totals: { readonly read: number; readonly created: number; readonly unchanged: number };
  readonly files: readonly {
    readonly file: string;
    readonly format: string;
    readonly read: number;
    readonly report: string;
  }[];
  readonly isDryRun: boolean;
}

let folder: string;
let data: string;
let store: CliStore;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atlas-import-'));
  data = join(folder, 'data');
  mkdirSync(data);
  for (const [name, , , content] of FILES) {
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(join(data, name), isRaw ? content : JSON.stringify(content));
  }
  writeFileSync(join(data, 'package.json'), '{"name":"no intelligence"}');
  store = cliOnEmptyStore();
});
afterAll(() => {
  store.remove();
  rmSync(folder, { recursive: true, force: true });
});

describe('atlas import', () => {
  const READ = FILES.reduce((sum, [, , read]) => sum + read, 0);

  it('reads a folder of every format, dry and then for good, for people and for programs', () => {
    const dry = store.run('import', data, '--dry-run', '--source', 'A feed', '--reliability', 'B');
    expect(dry).toMatchObject({ status: 0 });
    expect(dry.stderr).toBe(`Skipped ${join(data, 'package.json')}: NOT_STIX\n`);
    expect(dry.stdout).toMatch(/^Dry run: nothing was written\./);
    for (const [name, format] of FILES) {
      const row = dry.stdout.split('\n').find((line) => line.includes(`${name} `));
      expect(row).toMatch(new RegExp(`\\s${format}\\s`));
    }
    const objects = join(folder, 'objects.jsonl');
    const first = store.json('import', data, '--objects', objects, '--preview', '1') as Report;
    expect(first).toMatchObject({ isDryRun: false, totals: { read: READ, rejected: 0 } });
    const known = first.files.filter(({ format }) => format !== null);
    expect(known.map(({ file, format, read }) => [file, format, read])).toEqual(
      FILES.map(([name, format, read]) => [join(data, name), format, read]),
    );
    const lines = readFileSync(objects, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(READ);
    const second = store.json('import', data);
    expect(second).toMatchObject({ totals: { read: READ, unchanged: READ }, seq: null });
    expect(JSON.stringify(second)).toContain('ON_WARNINGLIST');
  }, 120_000);

  it('ends with a code and exit status 1 where a file that was named is no intelligence', () => {
    const named = store.run('import', join(data, 'package.json'), join(data, 'bom.json'));
    expect(named).toMatchObject({ status: 1 });
    expect(named.stderr).toMatch(/^NOT_STIX: /);
    expect(named.stdout).toContain('bom.json');
    expect(store.run('import', join(folder, 'none')).stderr).toMatch(/^FILE_NOT_FOUND: /);
    const refused = store.run('import', data, '--reliability', 'Z');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^BAD_INPUT: .*A B C D E F/);
  }, 60_000);
});

describe('atlas exposure', () => {
  it('takes package URLs and a bill in JSON or XML, for people and for programs', () => {
    const open = { openCount: 1, exposures: [{ cve: CVE, status: 'AFFECTED' }] };
    expect(store.json('exposure', 'pkg:npm/a@1.0.0')).toMatchObject(open);
    expect(store.json('exposure', join(data, 'bom.json'))).toMatchObject(open);
    expect(store.run('exposure', join(data, 'bom.json')).stdout).toContain(`1 products: 1 open exposures`);
    expect(store.json('exposure', join(data, 'bom.xml'))).toMatchObject({ softwareCount: 1, openCount: 0 });
  }, 60_000);

  it.each([
    ['a file that is not there', ['none.json'], 'FILE_NOT_FOUND'],
    ['several files', ['a.json', 'b.json'], 'BAD_INPUT'],
    ['software that is not there', ['software--none'], 'NODE_NOT_FOUND'],
  ])(
    'refuses %s',
    (_name, software, code) => {
      const { status, stdout, stderr } = store.run('exposure', ...software);
      expect([status, stdout, stderr.split(':')[0]]).toEqual([1, '', code]);
    },
    30_000,
  );
});

describe('atlas undo-import', () => {
  it('says what it would take back, takes it back, and knows no report twice', () => {
    const { files } = store.json('import', join(data, 'gang.json.gz')) as Report;
    const [{ report }] = files;
    const dry = store.run('undo-import', report, '--dry-run');
    expect(dry).toMatchObject({ status: 0 });
    expect(dry.stdout).toMatch(/^Dry run: nothing was written\.\ndeleted 4, restored 0/);
    expect(store.json('undo-import', report)).toMatchObject({ deleted: 4, restored: 0, isDryRun: false });
    const again = store.run('undo-import', report);
    expect(again).toMatchObject({ status: 1, stdout: '' });
    expect(again.stderr).toMatch(/^IMPORT_NOT_FOUND: /);
  }, 60_000);
});

describe('atlas import taxii', () => {
  let served: ServedStore;
  let copy: CliStore;
  beforeAll(async () => {
    copy = cliOnEmptyStore();
    served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
  }, 60_000);
  afterAll(async () => {
    await served?.stop();
    copy.remove();
  });

  it('reads a collection to its end, then what came since, and takes the flags of any import', () => {
    const url = `${served.url}/taxii2/`;
    const allowed = cliOnEmptyStore({
      ATLAS_TAXII_ALLOWED_HOSTS: served.url,
      ATLAS_TAXII_ALLOWED_NETWORKS: '127.0.0.0/8',
    });
    try {
      const ask = ['import', 'taxii', url, '--collection', 'Everything'];
      const dry = allowed.run(...ask, '--dry-run');
      expect(dry).toMatchObject({ status: 0 });
      expect(dry.stdout).toMatch(/^Dry run[\s\S]*Everything: \d+ pages, to its end\n$/);
      const flags = ['--source', 'Partner', '--reliability', 'C', '--marking', 'TLP:AMBER', '--no-identity'];
      const first = allowed.json(...ask, ...flags) as Report;
      expect(first).toMatchObject({ isComplete: true, identity: null });
      expect(first.totals.created).toBeGreaterThan(10);
      expect(allowed.json(...ask)).toMatchObject({ totals: { read: 0 }, isComplete: true });
      expect(allowed.json(...ask, '--from-start')).toMatchObject({
        totals: { read: first.totals.read, created: 0 },
      });
      const missing = allowed.run('import', 'taxii', url, '--collection', 'nothing');
      expect([missing.status, missing.stderr.split(':')[0]]).toEqual([1, 'COLLECTION_NOT_FOUND']);
      const refused = allowed.run(...ask, '--marking', 'secret');
      expect([refused.status, refused.stderr.split(':')[0]]).toEqual([1, 'BAD_INPUT']);
    } finally {
      allowed.remove();
    }
  }, 120_000);

  it('calls no host that nobody allowed', () => {
    const { status, stdout, stderr } = copy.run('import', 'taxii', served.url, '--collection', 'Everything');
    expect([status, stdout, stderr.split(':')[0]]).toEqual([1, '', 'HOST_NOT_ALLOWED']);
  }, 30_000);
});
