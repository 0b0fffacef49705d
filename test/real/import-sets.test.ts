/** Every set of real data on every engine: all is read, again nothing changes, and the engines end with the same graph. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createServices } from '../../src/compose';
import { type ByteSource, bytesSource, fileSource } from '../../src/ingest/byte-source';
import type { ImportOptions } from '../../src/service/import.service';
import type { ImportReport } from '../../src/service/import-report';
import type { Services } from '../../src/service/services';
import { describeContract } from '../support/contract';
import { graphState } from '../support/graph-state';
import { describeReal, realData } from '../support/real-data';

/** Data files below a folder of the set, but not what describes it. */
function filesOf(...path: readonly string[]): string[] {
  const names = readdirSync(realData(...path), { recursive: true, withFileTypes: true });
  return names
    .filter((each) => each.isFile() && /\.(json|ya?ml)(\.gz)?$/.test(each.name))
    .map((each) => `${each.parentPath}/${each.name}`)
    .sort();
}

const bytesOf = (path: string): Buffer => {
  const bytes = readFileSync(path);
  return path.endsWith('.gz') ? gunzipSync(bytes) : bytes;
};
const parsed = (path: string) => JSON.parse(bytesOf(path).toString('utf8'));
const count = (files: readonly string[], countOf: (document: never) => number): number =>
  files.reduce((sum, file) => sum + countOf(parsed(file) as never), 0);
const mapping = (name: string): ByteSource => fileSource(`docs/mappings/${name}.yaml`);
const MINUTES = 60_000;

describeReal('importing real sets', () => {
  describeContract('real sets', (contract) => {
    let atlas: Services;
    beforeAll(() => {
      // Links say when they were judged: on every engine at the same time.
      atlas = createServices(contract().store.engine, { now: () => new Date('2026-01-01T00:00:00.000Z') });
    });

    const importing = (
      files: readonly (string | ByteSource)[],
      options: Partial<ImportOptions> = {},
    ): Promise<ImportReport> =>
      atlas.importing.import(
        files.map((file) => (typeof file === 'string' ? fileSource(file) : file)),
        { actor: 'test', ...options },
      );

    /** Imports twice: all is read, what is invalid is rejected, and the second time nothing changes. */
    async function expectSet(
      files: readonly (string | ByteSource)[],
      read: number,
      rejected = 0,
      options: Partial<ImportOptions> = {},
    ): Promise<void> {
      const first = await importing(files, options);
      expect(first.files.flatMap(({ error }) => error ?? [])).toEqual([]);
      expect(first.totals).toMatchObject({ read, rejected });
      const { created, updated, unchanged, stubbed } = first.totals;
      expect(created + updated + unchanged + stubbed + rejected).toBe(read);
      const second = await importing(files, options);
      expect(second.totals).toEqual({
        read,
        created: 0,
        updated: 0,
        unchanged: read - rejected,
        stubbed: 0,
        rejected,
      });
      expect(second.seq).toBeNull();
      contract().show(first.totals);
    }

    it(
      'ATT&CK for mobile, from STIX 2.1 to STIX 2.0, with what is new and what is gone',
      async () => {
        const [, before, after] = filesOf('attack-mobile');
        expect((await importing([before])).totals).toMatchObject({ read: 2148, rejected: 0 });
        const { totals, files } = await importing([after]);
        expect(totals).toMatchObject({ read: 2535, created: 556, rejected: 0, stubbed: 0 });
        expect(files[0].gone?.count).toBe(169);
      },
      3 * MINUTES,
    );

    it(
      'ATT&CK for enterprise',
      async () => {
        const [file] = filesOf('attack-enterprise');
        expect(parsed(file).objects).toHaveLength(24_771);
        await expectSet([file], 24_771);
      },
      8 * MINUTES,
    );

    it(
      'ATT&CK PRE, of which most is deprecated',
      async () => {
        await expectSet(filesOf('attack-pre'), 268);
      },
      2 * MINUTES,
    );

    it(
      'sectors, places and companies',
      async () => {
        const files = filesOf('opencti-datasets');
        await expectSet(
          files,
          count(files, ({ objects }: { objects: unknown[] }) => objects.length),
        );
      },
      2 * MINUTES,
    );

    it(
      'MISP galaxies with every value and relation; two relations name no target',
      async () => {
        const { misp_galaxy: truth } = parsed(realData('truth-shared.json'));
        await expectSet(filesOf('misp-galaxy', 'clusters'), truth.values + truth.related, 2);
      },
      10 * MINUTES,
    );

    it(
      'MISP taxonomies and warninglists',
      async () => {
        type Taxonomy = { predicates: unknown[]; values?: { entry: unknown[] }[] };
        const taxonomies = filesOf('misp-taxonomies');
        const tags = count(
          taxonomies,
          ({ predicates, values = [] }: Taxonomy) =>
            predicates.length + values.reduce((sum, { entry }) => sum + entry.length, 0),
        );
        await expectSet(taxonomies, tags);
        await expectSet(filesOf('misp-warninglists'), 25_817);
      },
      8 * MINUTES,
    );

    it(
      'tags, actors and jurisdictions of wallets, and sanctioned addresses',
      async () => {
        await expectSet(filesOf('graphsense-tagpacks'), 18_143 + 3813 + 785);
        await expectSet(filesOf('ofac-crypto-addresses'), 654);
      },
      8 * MINUTES,
    );

    it(
      'vulnerabilities, software bills of materials and VEX',
      async () => {
        await expectSet(filesOf('cisa-kev'), 1404);
        await expectSet(filesOf('csaf-examples'), 28);
        await expectSet(filesOf('cyclonedx-examples'), 680 + 72 + 755);
        await expectSet(filesOf('openvex-example'), 1);
      },
      3 * MINUTES,
    );

    it(
      'negotiations of ransomware groups, and the first rows of trails, by mapping files',
      async () => {
        await expectSet(filesOf('ransomchats-index'), 27 + 259, 0, {
          mapping: mapping('ransom-negotiations'),
        });
        const lines = bytesOf(realData('maltrail-static', 'trails.tsv.gz')).toString('utf8').split('\n');
        const rows = bytesSource(lines.slice(0, 5001).join('\n'), 'trails.tsv');
        await expectSet([rows], 5000, 0, { mapping: mapping('maltrail') });
      },
      5 * MINUTES,
    );

    it(
      'all rows of trails, without writing them',
      async () => {
        const file = realData('maltrail-static', 'trails.tsv.gz');
        const { totals } = await importing([file], {
          mapping: mapping('maltrail'),
          isDryRun: true,
          isUnlinked: true,
        });
        expect(totals).toMatchObject({ read: 164_486, rejected: 0 });
      },
      10 * MINUTES,
    );

    it(
      'give one graph',
      async () => {
        const { nodes, relationships, claims } = await graphState(atlas);
        const digest = (list: readonly unknown[]): string =>
          createHash('sha256').update(JSON.stringify(list)).digest('hex');
        contract().show(
          [nodes.length, relationships.length, claims.length],
          [nodes, relationships, claims].map(digest),
        );
      },
      5 * MINUTES,
    );
  });
});
