/** Random ecosystems with markings, recipients, reports and claims: small, and full of what hides and what is hidden. */
import fc from 'fast-check';
import { claimId } from '../../src/model/identity';
import type { Batch, ClaimValue, Json, NodeValue, RelationshipValue } from '../../src/model/values';
import { node, relationship } from './values';

const marking = fc.constantFrom(
  'TLP:CLEAR',
  'tlp:green',
  'TLP:AMBER',
  'TLP:AMBER+STRICT',
  'TLP:RED',
  'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1',
  'PAP:RED',
  'house rule',
);
const name = fc.constantFrom('ann', 'desk', 'others');
/** Most things are open. */
const sharing = fc.oneof(
  { weight: 5, arbitrary: fc.constant({}) },
  { weight: 2, arbitrary: fc.record({ markings: fc.array(marking, { minLength: 1, maxLength: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      markings: fc.array(marking, { minLength: 1, maxLength: 2 }),
      sharedWith: fc.uniqueArray(name, { minLength: 1, maxLength: 2 }),
    }),
  },
);

const KINDS = ['Operation', 'Requirement', 'Service', 'Infrastructure', 'ThreatActor', 'Sector'] as const;
const COUNT = 4;
const ends: Readonly<Record<string, readonly [string, string]>> = {
  NEEDS: ['Operation', 'Requirement'],
  SATISFIED_BY: ['Requirement', 'Service'],
  DEPENDS_ON: ['Service', 'Infrastructure'],
  PROVIDED_BY: ['Service', 'ThreatActor'],
  TARGETS: ['Operation', 'Sector'],
  USES: ['Operation', 'Service'],
};

const nameOf = (kind: string, i: number): string => `${kind.toLowerCase()} ${i}`;

const described = fc.record({
  severity: fc.integer({ min: 1, max: 5 }),
  description: fc.constantFrom('raid in march', 'seen once', ''),
  alias: fc.constantFrom('the lot', 'raiders', ''),
});

const nodeOf = (kind: string, i: number) =>
  fc.tuple(sharing, described).map(([shared, { severity, description, alias }]): NodeValue => {
    const properties: Record<string, Json> = { ...shared, description, aliases: alias === '' ? [] : [alias] };
    if (kind === 'Operation') properties.severity = severity;
    if (kind === 'Requirement') Object.assign(properties, { criticality: 1, completeness: 'COMPLETE' });
    if (kind === 'Service') properties.price = severity;
    return node(kind, nameOf(kind, i), properties);
  });

const allNodes = fc
  .tuple(...KINDS.flatMap((kind) => Array.from({ length: COUNT }, (_, i) => nodeOf(kind, i))))
  .map((nodes) => nodes as NodeValue[]);

const link = fc.constantFrom(...Object.keys(ends)).chain((type) =>
  fc.tuple(fc.nat(COUNT - 1), fc.nat(COUNT - 1), sharing).map(([i, j, shared]): RelationshipValue => {
    const [from, to] = ends[type];
    return relationship(type, node(from, nameOf(from, i)), node(to, nameOf(to, j)), shared);
  }),
);

const report = (i: number) =>
  sharing.map((shared): NodeValue => node('Report', `report ${i}`, { ...shared, publisher: 'press' }));

const claimsOn = (facts: readonly string[], busy: readonly string[], reports: readonly string[]) =>
  fc
    .array(
      fc
        .record({
          // Some facts are much talked about: what only a hidden report says of them is masked.
          factId: fc.oneof(fc.constantFrom(...busy), fc.constantFrom(...facts)),
          reportId: fc.constantFrom(...reports),
          about: fc.constantFrom<readonly string[]>(
            [],
            [],
            ['severity'],
            ['description', 'price'],
            ['name'],
            ['aliases'],
          ),
          shared: sharing,
          originKey: fc.constantFrom(undefined, 'wire'),
        })
        .map(
          ({ factId, reportId, about, shared, originKey }): ClaimValue => ({
            id: claimId(factId, reportId, about.join()),
            factId,
            reportId,
            ...(about.length > 0 ? { about } : {}),
            ...(originKey ? { originKey } : {}),
            ...shared,
          }),
        ),
      { maxLength: 30 },
    )
    .map((claims) => [...new Map(claims.map((claim) => [claim.id, claim])).values()]);

/** A graph in two batches: the second adds relationships and claims to what is there. */
export const markedGraph: fc.Arbitrary<readonly Batch[]> = fc
  .tuple(
    allNodes,
    fc.tuple(report(0), report(1), report(2)),
    fc.uniqueArray(link, { selector: ({ id }) => id, minLength: 10, maxLength: 30 }),
  )
  .chain(([nodes, reports, links]) => {
    const facts = [...nodes, ...reports, ...links].map(({ id }) => id);
    const busy = ['Operation', 'Service'].flatMap((kind) =>
      [0, 1].map((i) => node(kind, nameOf(kind, i)).id),
    );
    return claimsOn(
      facts,
      busy,
      reports.map(({ id }) => id),
    ).map((claims): readonly Batch[] => [{ nodes: [...nodes, ...reports], relationships: links, claims }]);
  });
