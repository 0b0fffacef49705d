/** Importing, taking back and asking for exposure from the command line: flags, what is printed, and how it ends. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { bundleOf, stixId, stixObject, stixRelationship } from '../support/memory-atlas';
import { type ServedStore, serveStore } from '../support/served-store';

const uuid = (number: number) => `5f0b2f6e-0000-4000-8000-${String(number).padStart(12, '0')}`;
const CVE = 'CVE-2024-0001';
const component = { type: 'library', 'bom-ref': 'a', name: 'a', version: '1.0.0', purl: 'pkg:npm/a@1.0.0' };
const BOM = { bomFormat: 'CycloneDX', specVersion: '1.5', components: [component] };
const GANG = bundleOf(
  stixObject('intrusion-set', 1),
  stixObject('malware', 2),
  stixRelationship(3, 'uses', stixId('intrusion-set', 1), stixId('malware', 2)),
);

/** One file of every format, by its name, with its format and how much there is to read. */
const FILES: readonly (readonly [string, string, number, string | Buffer | object])[] = [
  ['advisory.json', 'csaf', 1, { document: { csaf_version: '2.0' }, vulnerabilities: [{ cve: CVE }] }],
  ['bom.json', 'cyclonedx', 1, BOM],
  [
    'bom.xml',
    'cyclonedx-xml',
    1,
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.5"><components><component type="library"><name>b</name></component></components></bom>',
  ],
  [
    'event.json',
    'misp-event',
    2,
    {
      Event: {
        uuid: uuid(1),
        info: 'i',
        Attribute: [{ uuid: uuid(2), type: 'ip-dst', value: '198.51.100.7' }],
      },
    },
  ],
  ['galaxy.json', 'misp-galaxy', 1, { type: 'tool', values: [{ uuid: uuid(3), value: 'v' }] }],
  ['gang.json.gz', 'stix', 3, gzipSync(JSON.stringify(GANG))],
  ['kev.csv', 'cisa-kev-csv', 1, `cveID,vendorProject,product\n${CVE},A,B\n`],
  [
    'kev.json',
    'cisa-kev',
    1,
    {
      catalogVersion: '1',
      vulnerabilities: [{ cveID: CVE, vendorProject: 'A', product: 'B', notes: '', cwes: [] }],
    },
  ],
  ['lines.jsonl', 'stix', 1, JSON.stringify(stixObject('tool', 4))],
  ['pack.yaml', 'graphsense', 1, 'title: t\ncreator: c\ntags:\n - {address: a, label: l}\n'],
  ['sanctioned.json', 'sanctioned-addresses', 1, ['1BoatSLRHtKNngkdXEeobR76b53LETtpyT']],
  ['taxonomy.json', 'misp-taxonomy', 1, { namespace: 'n', predicates: [{ value: 'p' }] }],
  [
    'vex.json',
    'openvex',
    1,
    {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://example.org/1',
      statements: [
        { vulnerability: { name: CVE }, products: [{ '@id': 'pkg:npm/a@1.0.0' }], status: 'affected' },
      ],
    },
  ],
  ['warninglist.json', 'misp-warninglist', 1, { name: 'Shared', type: 'cidr', list: ['198.51.100.0/24'] }],
];

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
    expect(store.json('import', data)).toMatchObject({ totals: { read: READ, unchanged: READ }, seq: null });
    expect(JSON.stringify(first)).toContain('ON_WARNINGLIST');
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
