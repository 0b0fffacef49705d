import {
  toKebabCase,
  toRelationshipType,
  toSnakeCase,
  toStixRelationship,
  toTypeName,
} from '../../../src/model/naming';
import { nodeTypes, relationshipTypes } from '../../../src/model/ontology/ontology';

describe('names of STIX 2.1, re-cased', () => {
  it('makes type names', () => {
    expect(toTypeName('threat-actor')).toBe('ThreatActor');
    expect(toTypeName('x-mitre-data_component')).toBe('XMitreDataComponent');
    expect(toTypeName('')).toBe('');
  });

  it('makes relationship types and leads back to the STIX name', () => {
    expect(toRelationshipType('attributed-to')).toBe('ATTRIBUTED_TO');
    for (const { name } of relationshipTypes())
      expect(toRelationshipType(toStixRelationship(name))).toBe(name);
  });

  it('makes property names', () => {
    expect(toSnakeCase('externalReferences')).toBe('external_references');
  });

  it('gives every type a file name of its own', () => {
    const names = [...nodeTypes(), ...relationshipTypes()].map((type) => toKebabCase(type.name));
    for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(new Set(names.slice(0, nodeTypes().length)).size).toBe(nodeTypes().length);
    expect(new Set(names.slice(nodeTypes().length)).size).toBe(relationshipTypes().length);
  });
});
