/** Ten thousand files that were changed, each ending in a report or a stable error. `npx jest --testMatch '**\/import-fuzz.long.ts'` */
import fc from 'fast-check';
import { anyFile, FuzzedAtlas } from '../support/import-fuzz';

describe('10,000 files', () => {
  it('end in a report or a stable error each', async () => {
    // A new store now and then, so that what one file left does not make the next ones slow.
    for (let round = 0; round < 20; round++) {
      const atlas = await FuzzedAtlas.open();
      await fc.assert(
        fc.asyncProperty(anyFile, async (content) => {
          expect(await atlas.faultsOf(content)).toEqual([]);
        }),
        { numRuns: 500 },
      );
      await atlas.close();
    }
  }, 3_600_000);
});
