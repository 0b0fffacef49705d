/** Random batches over few ids, so that repetitions, updates, older versions and stubs filled later all happen. */
import fc from 'fast-check';
import type { Batch, ClaimValue, Json, NodeValue, RelationshipValue } from '../../src/model/values';
import { claim } from './values';

const NODE_TYPES = ['Malware', 'Tool', 'Service', 'Operation'] as const;

const PREFIXES = { Malware: 'malware', Tool: 'tool', Service: 'x-atlas-service', Operation: 'campaign' };

/** Stands in ids for the space that `inSpace` gives them. */
const SPACE = '@@';

/** Ids of a type; some look like what they are not. */
const idsOf = (type: (typeof NODE_TYPES)[number]): string[] =>
  ['1', '2', '__proto__', 'constructor', 'ünï 😀', "'}) //"].map(
    (key) => `${PREFIXES[type]}--${SPACE}-${key}`,
  );

const awkwardText = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', '$x', "'}) DETACH DELETE n //", '😀 e\u0301 \u0000 \u2028'),
  fc.string({ maxLength: 8, unit: 'grapheme' }),
);

const time = fc.constantFrom(
  '2024-01-01T00:00:00Z',
  '2024-01-01T00:00:00.000Z',
  '2024-06-01T12:00:00.5+02:00',
  '2025-01-01T00:00:00Z',
);

const json: fc.Arbitrary<Json> = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;

const shared = {
  name: awkwardText,
  aliases: fc.array(awkwardText, { maxLength: 2 }),
  description: awkwardText,
  modified: time,
  validFrom: time,
  revoked: fc.boolean(),
  customProperties: json,
};

const own: Record<(typeof NODE_TYPES)[number], Record<string, fc.Arbitrary<Json>>> = {
  Malware: { family: awkwardText, availability: fc.constantFrom('SOLD', 'OPEN') },
  Tool: { toolVersion: awkwardText },
  Service: { price: fc.double({ min: 0, max: 1e12, noNaN: true }), brandDependent: fc.boolean() },
  Operation: {
    victimsLow: fc.nat(),
    ended: fc.boolean(),
    severity: fc.double({ min: 0, max: 1e9, noNaN: true }),
  },
};

type Given = { [name: string]: Json };

/** Any subset of the properties; now and then one that the ontology refuses. */
const properties = (model: Record<string, fc.Arbitrary<Json>>): fc.Arbitrary<Given> =>
  fc.oneof(
    { weight: 19, arbitrary: fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Given> },
    { weight: 1, arbitrary: fc.constantFrom<Given>({ nonsense: 1 }, { revoked: 'yes' }) },
  );

const anyId = fc.constantFrom(...NODE_TYPES.flatMap(idsOf));

const nodeValue: fc.Arbitrary<NodeValue> = fc.constantFrom(...NODE_TYPES).chain((type) =>
  fc.record({
    id: fc.oneof({ weight: 29, arbitrary: fc.constantFrom(...idsOf(type)) }, { weight: 1, arbitrary: anyId }),
    type: fc.constant(type),
    properties: properties({ ...shared, ...own[type] }),
  }),
);

const linkValue: fc.Arbitrary<RelationshipValue> = fc
  .record({
    number: fc.constantFrom('1', '2', '__proto__'),
    type: fc.constantFrom('USES', 'RELATED_TO', 'DEPENDS_ON'),
    from: anyId,
    to: anyId,
    properties: properties({ description: awkwardText, modified: time, inferred: fc.boolean() }),
  })
  .map(({ number, ...rest }) => ({
    ...rest,
    // One id leads between one pair of ends; the ends are part of it.
    id: `relationship--${rest.from}--${rest.to}--${number}`,
  }));

const claimValue: fc.Arbitrary<ClaimValue> = fc
  .record({
    fact: anyId,
    report: fc.constantFrom('report--1', 'report--2'),
    rest: fc.record(
      { says: awkwardText, confidence: fc.integer({ min: 0, max: 100 }) },
      { requiredKeys: [] },
    ),
  })
  .map(({ fact, report, rest }) => claim({ id: fact }, report, rest));

/** Batches to write one after the other; give them a space of ids before writing. */
export const batches = (maxLength = 8): fc.Arbitrary<Batch[]> =>
  fc.array(
    fc.record({
      nodes: fc.array(nodeValue, { maxLength: 6 }),
      relationships: fc.array(linkValue, { maxLength: 6 }),
      claims: fc.array(claimValue, { maxLength: 3 }),
    }),
    { minLength: 1, maxLength },
  );

/** The same batches over ids that no other space has, so that many runs share one store. */
export function inSpace(given: readonly Batch[], space: string): Batch[] {
  const placed = (id: string) => id.replaceAll(SPACE, space);
  return given.map(({ nodes, relationships, claims }) => ({
    nodes: nodes.map((value) => ({ ...value, id: placed(value.id) })),
    relationships: relationships.map((value) => ({
      ...value,
      id: placed(value.id),
      from: placed(value.from),
      to: placed(value.to),
    })),
    claims: claims.map(({ id: _id, factId, reportId, ...rest }) =>
      claim({ id: placed(factId) }, reportId, rest),
    ),
  }));
}

/** Every node id that batches of a space may mention. */
export const nodeIdsIn = (space: string): string[] =>
  NODE_TYPES.flatMap(idsOf).map((id) => id.replaceAll(SPACE, space));
