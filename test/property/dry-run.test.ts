/** A dry run over several files says of each what the import of all of them would, and writes nothing. */
import fc from 'fast-check';
import type { FileReport } from '../../src/service/import-report';
import { viewerOf } from '../support/asking';
import { fileArbitrary } from '../support/file-arbitrary';
import { graphState } from '../support/graph-state';
import { bundleOf, openMemoryAtlas, stixId, stixObject, stixRelationship } from '../support/memory-atlas';

/** What may differ: a dry run has written no edition that the next file could be newer than. */
const told = (files: readonly FileReport[]) => files.map(({ gone: _, ...file }) => file);

describe('a dry run', () => {
  it.each([
    ['who sees everything', undefined],
    ['who does not', viewerOf('ann', { role: 'EDITOR', clearance: 'GREEN' })],
  ])(
    'says for one %s what becomes of every file',
    async (_who, viewer) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fileArbitrary, { minLength: 2, maxLength: 4 }),
          fc.option(fileArbitrary, { nil: undefined }),
          async (files, before) => {
            const atlas = await openMemoryAtlas();
            try {
              if (before) await atlas.importing([before], { viewer });
              const state = await graphState(atlas.services);
              const dry = await atlas.importing(files, { viewer, isDryRun: true });
              expect(await graphState(atlas.services)).toEqual(state);
              const wet = await atlas.importing(files, { viewer });
              expect(told(dry.files)).toEqual(told(wet.files));
              expect(dry.totals).toEqual(wet.totals);
            } finally {
              await atlas.engine.close();
            }
          },
        ),
        { numRuns: 25, endOnFailure: true },
      );
    },
    120_000,
  );

  it('of a file of several batches, by one who does not see everything, knows the ends that came before', async () => {
    const atlas = await openMemoryAtlas();
    const viewer = viewerOf('ann', { role: 'EDITOR', clearance: 'GREEN' });
    try {
      const actors = Array.from({ length: 2_500 }, (_, i) => stixObject('intrusion-set', i));
      const links = actors.map(({ id }, i) =>
        stixRelationship(i, 'related-to', id as string, stixId('intrusion-set', 0)),
      );
      const content = bundleOf(...actors, ...links);
      const [dry] = (await atlas.importing([content], { viewer, isDryRun: true, isUnlinked: true })).files;
      expect(dry).toMatchObject({ read: 5_000, created: 5_000, stubbed: 0 });
    } finally {
      await atlas.engine.close();
    }
  }, 60_000);
});
