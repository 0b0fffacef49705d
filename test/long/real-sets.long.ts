/**
 * Sets of real data that are too long for the gate, on every engine: all is read, again nothing changes, taking it back leaves
 * what was there, and the engines end with the same graph. `npx jest --testMatch '**\/real-sets.long.ts'`
 */
import { createHash } from 'node:crypto';
import { createServices } from '../../src/compose';
import { fileSource } from '../../src/ingest/byte-source';
import type { ImportOptions } from '../../src/service/import.service';
import type { Services } from '../../src/service/services';
import { describeContract } from '../support/contract';
import { graphState } from '../support/graph-state';
import { describeReal, realData } from '../support/real-data';

const MINUTES = 60_000;

// The folder is the one that ATLAS_DATA names.
describeReal('long real sets', () => {
  describeContract('long real sets', (contract) => {
    let atlas: Services;
    beforeAll(() => {
      atlas = createServices(contract().store.engine);
    });

    const importing = async (path: string, options: Partial<ImportOptions> = {}) =>
      (await atlas.importing.import([fileSource(path)], { actor: 'test', isUnlinked: true, ...options }))
        .files[0];
    const digests = async (): Promise<readonly string[]> => {
      const { nodes, relationships, claims } = await graphState(atlas);
      return [nodes, relationships, claims].map((list) =>
        createHash('sha256').update(JSON.stringify(list)).digest('hex'),
      );
    };

    it(
      'ATT&CK for mobile: the newer edition taken back leaves the older one as it was',
      async () => {
        const edition = (name: string) => realData('attack-mobile', `mobile-attack-${name}.json.gz`);
        expect(await importing(edition('17.1.stix21'))).toMatchObject({ read: 2148, rejected: 0 });
        const before = await digests();
        const newer = await importing(edition('18.1.stix20'));
        expect(newer).toMatchObject({ read: 2535, created: 556, rejected: 0, gone: { count: 169 } });
        contract().show(await digests());
        await atlas.undoing.undo(newer.report!, { actor: 'test' });
        const [nodes, relationships] = await digests();
        contract().show([nodes, relationships]);
        expect(relationships).toBe(before[1]);
      },
      10 * MINUTES,
    );

    it(
      'all 164,486 rows of trails, twice',
      async () => {
        const mapping = fileSource('docs/mappings/maltrail.yaml');
        const trails = realData('maltrail-static', 'trails.tsv.gz');
        const first = await importing(trails, { mapping });
        expect(first).toMatchObject({ read: 164_486, rejected: 0 });
        expect(await importing(trails, { mapping })).toMatchObject({ read: 164_486, unchanged: 164_486 });
        contract().show(first.created, first.unchanged, await digests());
      },
      60 * MINUTES,
    );
  });
});
