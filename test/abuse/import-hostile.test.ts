import fc from 'fast-check';
import { HOSTILE } from '../support/fuzz-documents';
import { anyFile, FuzzedAtlas } from '../support/import-fuzz';

describe('a file that means no good', () => {
  let atlas: FuzzedAtlas;
  beforeAll(async () => {
    atlas = await FuzzedAtlas.open();
  });
  afterAll(() => atlas.close());

  it.each(HOSTILE)(
    '%s: ends in a report or a stable error',
    async (_name, content) => {
      expect(await atlas.faultsOf(content)).toEqual([]);
    },
    60_000,
  );

  it('however it was changed: ends in a report or a stable error', async () => {
    await fc.assert(
      fc.asyncProperty(anyFile, async (content) => {
        expect(await atlas.faultsOf(content)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
