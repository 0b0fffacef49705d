/**
 * Ten thousand files that were changed, and as many cut out of real ones where ATLAS_DATA names a folder: each ends in a report
 * or a stable error in time, and changes nothing when it is refused or comes again. `npx jest --testMatch '**\/import-fuzz.long.ts'`
 */
import fc from 'fast-check';
import { bytesSource } from '../../src/ingest/byte-source';
import { anyFile, FuzzedAtlas, mutated } from '../support/import-fuzz';
import { describeReal } from '../support/real-data';
import { realSamples } from '../support/real-samples';

const ROUNDS = 40;
const CASES = 10_000;

/** In several stores, so that what one file left does not make the next ones slow. */
async function fuzz(files: fc.Arbitrary<Buffer>, options = {}): Promise<void> {
  let slowest = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const atlas = await FuzzedAtlas.open();
    await fc.assert(
      fc.asyncProperty(files, async (content) => {
        expect(await atlas.faultsOf(content, options)).toEqual([]);
        expect(await atlas.faultsAgain(content, options)).toEqual([]);
      }),
      { numRuns: CASES / ROUNDS },
    );
    slowest = Math.max(slowest, atlas.slowest);
    await atlas.close();
  }
  process.stdout.write(`slowest file: ${slowest} ms\n`);
}

it('10,000 files made by hand, changed', () => fuzz(anyFile), 3_600_000);

describeReal('10,000 files cut out of real ones, changed', () => {
  it('end in a report or a stable error each', async () => {
    const samples = realSamples();
    expect(samples.size).toBeGreaterThan(80);
    await fuzz(mutated([...samples.values()]));
  }, 3_600_000);
});

it('10,000 tables and documents that a mapping reads, changed', async () => {
  const text = [
    'last_modified\tname\tkind',
    '2024-01-01\tGang "A"\tgroup',
    '\tCrew\t',
    '2024-13-41\tMob, the\tx',
  ].join('\n');
  const mapping = `mapping: 1
format: tsv
records:
  - nodes:
      - as: gang
        type: ThreatActor
        key: ["{name}"]
        when: { name: { isEmpty: false } }
        properties:
          name: "{name}"
          kind: GROUP
          modified: { from: "{last_modified}", format: YYYY-MM-DD }
`;
  await fuzz(mutated([text, '{"a":[1]}']), { mapping: bytesSource(mapping, 'mapping.yaml') });
}, 3_600_000);
