import type { ReadItem } from '../../src/ingest/reader';
import { itemOf, stixReader } from '../../src/ingest/stix.reader';
import { nodeOf, relationshipTypeOf, retyped } from '../../src/ingest/stix-mapping';
import { isAllowed } from '../../src/model/ontology/ontology';
import type { Json } from '../../src/model/values';
import { stixId, stixObject, stixRelationship } from '../support/memory-atlas';

const read = (object: object): ReadItem => itemOf(object as Json, 7);
const readValue = (object: object) => {
  const item = read(object);
  if (item.kind === 'rejected' || item.kind === 'skipped') throw new Error(item.message);
  return item.value;
};

describe('reading a STIX object', () => {
  it('keeps every property: known ones under the names of the model, all others under their own', () => {
    const { type, properties } = readValue(
      stixObject('malware', 1, {
        is_family: true,
        malware_types: ['ransomware'],
        x_vendor_score: 7,
        extensions: { 'extension-definition--1': { a: 1 } },
        granular_markings: [{ marking_ref: 'marking-definition--1', selectors: ['name'] }],
        object_marking_refs: ['marking-definition--2'],
        first_seen: 'last winter',
        confidence: 80,
      }),
    );
    expect(type).toBe('Malware');
    expect(properties).toEqual({
      name: 'malware 1',
      created: '2024-01-01T00:00:00.000Z',
      modified: '2024-01-01T00:00:00.000Z',
      isFamily: true,
      malwareTypes: ['ransomware'],
      markings: ['marking-definition--2'],
      customProperties: {
        x_vendor_score: 7,
        extensions: { 'extension-definition--1': { a: 1 } },
        granular_markings: [{ marking_ref: 'marking-definition--1', selectors: ['name'] }],
        first_seen: 'last winter',
        confidence: 80,
      },
    });
  });

  it('keeps a value of the wrong kind under its STIX name instead of refusing the object', () => {
    const { properties } = readValue(
      stixObject('malware', 1, { name: 12, is_family: 'yes', aliases: 'x', revoked: null }),
    );
    expect(properties.customProperties).toEqual({ name: 12, is_family: 'yes', aliases: 'x', revoked: null });
    expect(properties.name).toBeUndefined();
  });

  it('keeps an unknown type whole, and a class of identities as a sector', () => {
    expect(readValue(stixObject('x-new-thing', 1))).toMatchObject({
      type: 'Thing',
      properties: { stixType: 'x-new-thing', name: 'x-new-thing 1' },
    });
    expect(readValue(stixObject('identity', 1, { identity_class: 'class' }))).toMatchObject({
      type: 'Sector',
      properties: { stixType: 'identity' },
    });
    expect(readValue(stixObject('identity', 1, { identity_class: 'organization' })).type).toBe(
      'Organization',
    );
  });

  it('takes identifiers of frameworks and vulnerabilities, and aliases that ATT&CK gives its own way', () => {
    const references = (source_name: string, external_id: string) => ({
      external_references: [{ source_name: 'a blog' }, null, { source_name, external_id }],
    });
    expect(
      readValue(stixObject('attack-pattern', 1, references('mitre-attack', 'T1105'))).properties,
    ).toMatchObject({
      framework: 'ATTACK',
      externalId: 'T1105',
    });
    expect(
      readValue(stixObject('attack-pattern', 1, references('capec', 'CAPEC-1'))).properties.framework,
    ).toBe('CAPEC');
    expect(
      readValue(stixObject('attack-pattern', 1, references('constructor', 'x'))).properties.framework,
    ).toBeUndefined();
    expect(readValue(stixObject('vulnerability', 1, references('cve', 'CVE-2024-1'))).properties.cve).toBe(
      'CVE-2024-1',
    );
    expect(readValue(stixObject('malware', 1, { x_mitre_aliases: ['a', 'b'] })).properties).toMatchObject({
      aliases: ['a', 'b'],
      customProperties: { x_mitre_aliases: ['a', 'b'] },
    });
  });

  it('never lets a key of the file reach a prototype', () => {
    const value = nodeOf(
      JSON.parse('{"type":"malware","__proto__":{"polluted":1},"constructor":{"x":2}}'),
      'malware--1',
    );
    expect(Object.keys(value.properties.customProperties as object)).toEqual(['__proto__', 'constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('says why an object cannot be kept', () => {
    const codeOf = (object: unknown): string => {
      const item = itemOf(object as Json, 0);
      return item.kind === 'rejected' ? item.code : item.kind;
    };
    expect(codeOf('text')).toBe('NOT_AN_OBJECT');
    expect(codeOf([])).toBe('NOT_AN_OBJECT');
    expect(codeOf(null)).toBe('NOT_AN_OBJECT');
    expect(codeOf({ type: 'malware' })).toBe('MISSING_ID');
    expect(codeOf({ type: 'malware', id: null })).toBe('MISSING_ID');
    expect(codeOf({ type: 'malware', id: 12 })).toBe('MISSING_ID');
    expect(codeOf({ type: 'malware', id: 'x'.repeat(600) })).toBe('MISSING_ID');
    expect(codeOf({ id: 'malware--1' })).toBe('MISSING_TYPE');
    expect(codeOf({ type: 'relationship', id: 'relationship--1', relationship_type: 'uses' })).toBe(
      'MISSING_END',
    );
    expect(
      codeOf({ type: 'relationship', id: 'relationship--1', source_ref: 'a--1', target_ref: 'b--1' }),
    ).toBe('MISSING_TYPE');
  });

  it('takes the word of the source on confidence and author to the claim', () => {
    const item = read(stixObject('malware', 1, { confidence: 80, created_by_ref: stixId('identity', 9) }));
    expect(item).toMatchObject({ evidence: { confidence: 80, originKey: stixId('identity', 9) } });
    expect(read(stixObject('malware', 1, { confidence: 800 }))).not.toHaveProperty('evidence.confidence');
  });
});

describe('the type of a STIX relationship', () => {
  const typeOf = (name: string, from: string, to: string, known: Record<string, string> = {}) =>
    relationshipTypeOf(name, `${from}--1`, `${to}--1`, (id) => known[id.split('--')[0]]);

  it.each([
    ['uses', 'intrusion-set', 'attack-pattern', 'USES_TECHNIQUE'],
    ['uses', 'malware', 'tool', 'USES'],
    ['detects', 'x-mitre-detection-strategy', 'attack-pattern', 'DETECTS'],
    ['mitigates', 'course-of-action', 'attack-pattern', 'MITIGATES'],
    ['subtechnique-of', 'attack-pattern', 'attack-pattern', 'SUBTECHNIQUE_OF'],
    ['attributed-to', 'campaign', 'intrusion-set', 'ATTRIBUTED_TO'],
    ['attributed-to', 'threat-actor', 'identity', 'RELATED_TO'],
    ['targets', 'intrusion-set', 'identity', 'TARGETS'],
    ['exploits', 'malware', 'vulnerability', 'EXPLOITS'],
    ['revoked-by', 'malware', 'tool', 'REVOKED_BY'],
    ['indicates', 'indicator', 'malware', 'INDICATES'],
    ['never-heard-of', 'malware', 'tool', 'RELATED_TO'],
    ['uses', 'x-unknown', 'tool', 'RELATED_TO'],
    ['constructor', 'malware', 'tool', 'RELATED_TO'],
  ])('%s from %s to %s is %s', (name, from, to, type) => {
    expect(typeOf(name, from, to)).toBe(type);
    if (type !== 'RELATED_TO') return;
    expect(readValue(stixRelationship(1, name, `${from}--1`, `${to}--1`)).properties.stixType).toBe(name);
  });

  it('depends on what an identity is only where the file says so', () => {
    expect(typeOf('hosted-at', 'infrastructure', 'identity')).toBe('RELATED_TO');
    expect(typeOf('hosted-at', 'infrastructure', 'identity', { identity: 'Organization' })).toBe('HOSTED_AT');
    expect(typeOf('hosted-at', 'infrastructure', 'identity', { identity: 'Sector' })).toBe('RELATED_TO');
    expect(isAllowed('Infrastructure', 'HOSTED_AT', 'Sector')).toBe(false);
  });

  it('sorts properties anew when the type turns out to be another', () => {
    const relationship = readValue(
      stixRelationship(1, 'depends-on', 'infrastructure--1', 'x-unknown--1', {
        reason: 'HOSTED_ON',
        x_more: 1,
      }),
    );
    if (!('from' in relationship)) throw new Error('expected a relationship');
    expect(relationship).toMatchObject({
      type: 'RELATED_TO',
      properties: { customProperties: { reason: 'HOSTED_ON', x_more: 1 } },
    });
    const settled = stixReader.settle!(relationship, () => 'Service');
    expect(settled).toMatchObject({
      type: 'DEPENDS_ON',
      properties: { stixType: 'depends-on', reason: 'HOSTED_ON', customProperties: { x_more: 1 } },
    });
    expect(retyped(settled, 'RELATED_TO')).toEqual(relationship);
  });
});
