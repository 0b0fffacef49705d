import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fileSource } from '../../src/ingest/byte-source';
import { type MemoryAtlas, openMemoryAtlas } from '../support/memory-atlas';
import { describeReal, realData } from '../support/real-data';

/** Data files below a folder of the set, but not what describes it. */
function filesOf(...path: readonly string[]): string[] {
  const names = readdirSync(realData(...path), { recursive: true, withFileTypes: true });
  return names
    .filter((each) => each.isFile() && /\.(json|ya?ml)(\.gz)?$/.test(each.name))
    .map((each) => `${each.parentPath}/${each.name}`)
    .sort();
}

const parsed = (path: string) => {
  const bytes = readFileSync(path);
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
};

describeReal('importing real sets', () => {
  let atlas: MemoryAtlas;
  beforeEach(async () => {
    atlas = await openMemoryAtlas();
  });
  afterEach(() => atlas.engine.close());

  const importing = (files: readonly string[]) =>
    atlas.services.importing.import(
      files.map((file) => fileSource(file)),
      { actor: 'test' },
    );

  /** Imports twice: all is read, what is invalid is rejected, and the second time nothing changes. */
  async function expectSet(files: readonly string[], read: number, rejected = 0): Promise<void> {
    const first = await importing(files);
    expect(first.files.flatMap(({ error }) => error ?? [])).toEqual([]);
    expect(first.totals).toMatchObject({ read, rejected });
    const { created, updated, unchanged, stubbed } = first.totals;
    expect(created + updated + unchanged + stubbed + rejected).toBe(read);
    const second = await importing(files);
    expect(second.totals).toEqual({
      read,
      created: 0,
      updated: 0,
      unchanged: read - rejected,
      stubbed: 0,
      rejected,
    });
    expect(second.seq).toBeNull();
  }

  const count = (files: readonly string[], countOf: (document: never) => number): number =>
    files.reduce((sum, file) => sum + countOf(parsed(file) as never), 0);

  it('reads enterprise ATT&CK whole, the second time without a change', async () => {
    const [file] = filesOf('attack-enterprise');
    await expectSet([file], parsed(file).objects.length);
    const { totals } = await importing([file]);
    expect(totals.read).toBe(24_771);
  }, 180_000);

  it('reads ATT&CK PRE, of which most is deprecated', async () => {
    await expectSet(filesOf('attack-pre'), 268);
  }, 60_000);

  it('updates ATT&CK for mobile from STIX 2.1 to STIX 2.0', async () => {
    const [, before, after] = filesOf('attack-mobile');
    expect((await importing([before])).totals).toMatchObject({ read: 2148, created: 2148 });
    const { totals } = await importing([after]);
    expect(totals).toMatchObject({ read: 2535, created: 556, rejected: 0, stubbed: 0 });
  }, 60_000);

  it('reads sectors, places and companies', async () => {
    const files = filesOf('opencti-datasets');
    await expectSet(
      files,
      count(files, ({ objects }: { objects: unknown[] }) => objects.length),
    );
  }, 60_000);

  it('reads MISP galaxies with every value and relation; two relations name no target', async () => {
    const files = filesOf('misp-galaxy', 'clusters');
    const { misp_galaxy: truth } = parsed(realData('truth-shared.json'));
    await expectSet(files, truth.values + truth.related, 2);
  }, 180_000);

  it('reads MISP taxonomies and warninglists', async () => {
    type Taxonomy = { predicates: unknown[]; values?: { entry: unknown[] }[] };
    const taxonomies = filesOf('misp-taxonomies');
    const tags = count(
      taxonomies,
      ({ predicates, values = [] }: Taxonomy) =>
        predicates.length + values.reduce((sum, { entry }) => sum + entry.length, 0),
    );
    await expectSet(taxonomies, tags);
    await expectSet(filesOf('misp-warninglists'), 25_817);
  }, 180_000);

  it('reads tags, actors and jurisdictions of wallets, and sanctioned addresses', async () => {
    await expectSet(filesOf('graphsense-tagpacks'), 18_143 + 3813 + 785);
    await expectSet(filesOf('ofac-crypto-addresses'), 654);
  }, 180_000);

  it('reads vulnerabilities, software bills of materials and VEX', async () => {
    await expectSet(filesOf('cisa-kev'), 1404);
    await expectSet(filesOf('csaf-examples'), 28);
    await expectSet(filesOf('cyclonedx-examples'), 680 + 72 + 755);
    await expectSet(filesOf('openvex-example'), 1);
  }, 60_000);
});
