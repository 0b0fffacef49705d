/** Whatever a graph holds comes back from its STIX export, into an empty store and into its own. */
import fc from 'fast-check';
import { batchArbitrary } from '../support/graph-arbitrary';
import { exported, graphState } from '../support/graph-state';
import { openMemoryAtlas } from '../support/memory-atlas';

/** A failing case takes longer to shrink than a suite may. */
const RUNS = { numRuns: 30, endOnFailure: true };
/** Who is who is judged anew after an import, by a rule that a random graph need not keep. */
const UNLINKED = { isUnlinked: true };

describe('an export in STIX', () => {
  it('gives the same graph in an empty store, and changes nothing in its own', async () => {
    await fc.assert(
      fc.asyncProperty(batchArbitrary, async (batch) => {
        const [origin, copy] = [await openMemoryAtlas(), await openMemoryAtlas()];
        try {
          const { items } = await origin.services.writes.write(batch, { kind: 'test', actor: 'test' });
          expect(items.filter((item) => item.status === 'rejected')).toEqual([]);
          const before = await graphState(origin.services);
          const text = await exported(origin.services, { format: 'stix' });
          const report = await copy.importOne(text, UNLINKED);
          expect(report).toMatchObject({ rejected: 0, stubbed: 0 });
          // Values at random contradict themselves and stand where STIX wants others; they are read as they were written.
          const isOfValues = ({ code }: { code: string }) =>
            code === 'CONTRADICTION' || code === 'KEPT_AS_SAID';
          expect(report.reasons.filter((reason) => !isOfValues(reason))).toEqual([]);
          expect(await graphState(copy.services, new Set([report.report!]))).toEqual(before);
          const again = await origin.importOne(text, UNLINKED);
          expect(again).toMatchObject({ created: 0, updated: 0, stubbed: 0, rejected: 0 });
          expect(await graphState(origin.services, new Set([again.report!]))).toEqual(before);
        } finally {
          await origin.engine.close();
          await copy.engine.close();
        }
      }),
      RUNS,
    );
  }, 300_000);
});
