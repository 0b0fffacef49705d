/** Random batches that the ontology accepts: any type, any property, any id, hostile texts. */
import fc from 'fast-check';
import { claimId } from '../../src/model/identity';
import { SETTING_TYPES } from '../../src/model/ontology/nodes';
import {
  isAllowed,
  nodeProperties,
  nodeTypes,
  type PropertySpec,
  relationshipProperties,
  relationshipTypes,
} from '../../src/model/ontology/ontology';
import type { Batch, Json, NodeValue, Properties, RelationshipValue } from '../../src/model/values';
import { VOCABULARIES } from '../../src/model/vocabulary';

const HOSTILE = [
  '',
  '=1+1',
  '@SUM(A1)',
  '-2+3|cmd',
  '+x',
  "'quoted",
  '"',
  '\\',
  '\\"',
  ']]>',
  '<b>&amp;</b>',
  'line\nbreak\r\n\ttab',
  '\u0000nul\u0007',
  '\ufffe\uffff',
  'ünïcödé 日本 🦊',
  '} ; DROP',
  '-->',
  '__proto__',
  'constructor',
  '\u202eright',
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

const KEYS = [
  'x_custom',
  'name',
  'type',
  'id',
  'spec_version',
  'extensions',
  'created',
  'confidence',
  'a',
  'CamelKey',
];
const key = fc.oneof(
  fc.constantFrom(...KEYS),
  fc.string({ maxLength: 6 }).filter((text) => text !== '__proto__'),
);
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    hostileText,
    fc.boolean(),
    fc.integer(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(key, tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;

const time = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .chain((date) =>
    fc.constantFrom(
      date.toISOString(),
      date.toISOString().replace('Z', '+02:00'),
      date.toISOString().replace(/\.\d+Z/, 'Z'),
    ),
  );

function valueFor(spec: PropertySpec): fc.Arbitrary<Json> {
  if (spec.vocabulary) {
    const term = fc.constantFrom<string>(...VOCABULARIES[spec.vocabulary]);
    return spec.kind === 'strings' ? fc.array(term, { maxLength: 2 }) : term;
  }
  if (spec.name === 'customProperties') {
    return fc.dictionary(key, json, { maxKeys: 4, noNullPrototype: true }) as fc.Arbitrary<Json>;
  }
  const [least, greatest] = spec.range ?? [-1e6, 1e6];
  switch (spec.kind) {
    case 'int':
      return fc.integer({ min: Math.max(least, -1e9), max: Math.min(greatest, 1e9) });
    case 'float':
      return fc
        .double({ min: least, max: greatest, noNaN: true })
        .map((value) => (Object.is(value, -0) ? 0 : value));
    case 'boolean':
      return fc.boolean();
    case 'datetime':
      return time;
    case 'strings':
      return fc.array(hostileText, { maxLength: 3 });
    case 'json':
      return json.filter((value) => value !== null);
    default:
      return spec.name === 'stixType'
        ? fc.constantFrom(
            'identity',
            'file',
            'Foo Bar',
            'x-foo',
            'malware',
            'uses',
            'attributed-to',
            'targets',
          )
        : hostileText;
  }
}

/** A few of the properties at a time. */
const propertiesOf = (specs: readonly PropertySpec[]): fc.Arbitrary<Properties> =>
  fc
    .subarray(
      specs.filter((spec) => spec.name !== 'stub' && !spec.isManaged),
      { maxLength: 6 },
    )
    .chain((some) =>
      fc.tuple(...some.map((spec) => valueFor(spec).map((value) => [spec.name, value] as const))),
    )
    .map((entries) => Object.fromEntries(entries));

/** A natural person is kept only with standing, basis and review date. */
const withBasis = (properties: Properties): Properties =>
  properties.kind === 'PERSON'
    ? {
        ...properties,
        standing: 'WITNESS',
        legalBasis: 'Public record',
        reviewAt: '2030-01-01T00:00:00.000Z',
      }
    : properties;

const nodeArbitrary = (index: number): fc.Arbitrary<NodeValue> =>
  fc.constantFrom(...nodeTypes().filter(({ name }) => !SETTING_TYPES.has(name))).chain((type) =>
    fc.record({
      id: fc.oneof(
        fc.uuid().map((uuid) => `${type.stixTypes[0] ?? 'x-foreign'}--${uuid}`),
        fc.constantFrom(...HOSTILE.filter((text) => text !== '')).map((text) => `${index}${text}`),
        fc.uuid().map((uuid) => `weird--${uuid}`),
      ),
      type: fc.constant(type.name),
      properties: propertiesOf(nodeProperties(type.name)).map(withBasis),
    }),
  );

function relationshipArbitrary(
  nodes: readonly NodeValue[],
  index: number,
): fc.Arbitrary<RelationshipValue | undefined> {
  return fc
    .tuple(fc.constantFrom(...nodes), fc.constantFrom(...nodes), fc.nat(100), fc.boolean())
    .chain(([from, to, pick, isStix]) => {
      const types = relationshipTypes().filter((type) => isAllowed(from.type, type.name, to.type));
      const type = types[pick % types.length].name;
      const id = isStix
        ? `relationship--00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
        : `link ${index}`;
      return propertiesOf(relationshipProperties(type)).map((properties) => ({
        id,
        type,
        from: from.id,
        to: to.id,
        properties,
      }));
    });
}

/** Nodes, relationships and claims of one report. */
export const batchArbitrary: fc.Arbitrary<Batch> = fc
  .tuple(...Array.from({ length: 6 }, (_, index) => nodeArbitrary(index)))
  .map((given) => [...new Map(given.map((node) => [node.id, node])).values()])
  .chain((nodes) =>
    fc.tuple(...Array.from({ length: 8 }, (_, index) => relationshipArbitrary(nodes, index))).map((links) => {
      const relationships = links.filter((link) => link !== undefined);
      const report: NodeValue = {
        id: 'report--00000000-0000-4000-8000-0000000000aa',
        type: 'Report',
        properties: { name: 'R' },
      };
      const claims = [...nodes, ...relationships].map(({ id }, index) => ({
        id: claimId(id, report.id),
        factId: id,
        reportId: report.id,
        derivation: 'REPORTED',
        ...(index % 2
          ? {
              confidence: index,
              says: '<"hostile">',
              values: { name: { deep: ['x'] } },
              validFrom: '2020-01-01T00:00:00Z',
              markings: ['TLP:RED'],
              edited: true,
              retractedAt: '2021-01-01T00:00:00Z',
              retractedBy: 'who',
              retractionReason: 'why',
            }
          : { originKey: 'key', about: ['name'] }),
      }));
      return { nodes: [...nodes, report], relationships, claims };
    }),
  );
