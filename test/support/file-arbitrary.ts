/** Files that speak of the same things: what one import leaves, the next one meets. */
import fc from 'fast-check';
import { bundleOf, stixId, stixRelationship } from './memory-atlas';

const TYPES = ['malware', 'tool', 'intrusion-set', 'identity'];
export const at = (month: number): string => `2024-0${month}-01T00:00:00.000Z`;

/** Few ids, so that files speak of the same; several versions; ends that nobody describes. */
const objectArbitrary = fc.oneof(
  {
    weight: 2,
    arbitrary: fc
      .record({
        type: fc.constantFrom(...TYPES),
        number: fc.integer({ min: 1, max: 4 }),
        month: fc.integer({ min: 1, max: 4 }),
        name: fc.constantFrom('Alpha', 'Beta', 'Gamma Spider', 'Delta'),
        revoked: fc.boolean(),
      })
      .map(({ type, number, month, name, revoked }) => ({
        type,
        spec_version: '2.1',
        id: stixId(type, number),
        created: at(1),
        modified: at(month),
        name: `${name} ${type}`,
        ...(revoked ? { revoked } : {}),
        ...(type === 'malware' ? { sample_refs: [stixId('file', number)] } : {}),
      })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        number: fc.integer({ min: 1, max: 5 }),
        name: fc.constantFrom('uses', 'related-to', 'attributed-to'),
        from: fc.integer({ min: 1, max: 4 }),
        to: fc.integer({ min: 1, max: 4 }),
        month: fc.integer({ min: 1, max: 4 }),
      })
      .map(({ number, name, from, to, month }) =>
        stixRelationship(number, name, stixId('intrusion-set', from), stixId('malware', to), {
          modified: at(month),
        }),
      ),
  },
);
const bundleArbitrary = fc
  .array(objectArbitrary, { minLength: 1, maxLength: 8 })
  .map((objects) => bundleOf(...objects));
const KEV = (cves: readonly string[]) => ({
  catalogVersion: cves.join(),
  vulnerabilities: cves.map((cveID) => ({
    cveID,
    vulnerabilityName: `n ${cves.length}`,
    dateAdded: `2024-01-0${cves.length}`,
  })),
});
export const fileArbitrary: fc.Arbitrary<object> = fc.oneof(
  { weight: 5, arbitrary: bundleArbitrary },
  {
    weight: 1,
    arbitrary: fc.subarray(['CVE-2024-1111', 'CVE-2024-2222', 'CVE-2024-3333'], { minLength: 1 }).map(KEV),
  },
);
