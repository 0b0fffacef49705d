import {
  admits,
  findNodeType,
  findRelationshipType,
  isAllowed,
  labelsOf,
  nodeProperties,
  nodeTypeOfStix,
  nodeTypes,
  type PropertySpec,
  relationshipProperties,
  relationshipTypes,
  stixNameOf,
} from '../../../src/model/ontology/ontology';
import { RELATIONS, RELATIONSHIP_COLUMNS } from '../../../src/model/ontology/relations';
import { VOCABULARIES, VOCABULARY_DESCRIPTIONS } from '../../../src/model/vocabulary';

const namesOf = (specs: readonly PropertySpec[]) => specs.map((spec) => spec.name);
const allSpecs = [
  ...nodeTypes().flatMap((type) => nodeProperties(type.name)),
  ...relationshipTypes().flatMap((type) => relationshipProperties(type.name)),
];

/** Kind of the projection's column that a property fills. */
const columnKind = (spec: PropertySpec) =>
  ({ int: 'number', float: 'number', datetime: 'number', boolean: 'flag' })[spec.kind as string] ?? 'string';

describe('the ontology', () => {
  it('names each type once, and each STIX type in one node type', () => {
    for (const types of [nodeTypes(), relationshipTypes()]) {
      expect(new Set(types.map((type) => type.name)).size).toBe(types.length);
    }
    const stix = nodeTypes().flatMap((type) => type.stixTypes);
    expect(new Set(stix).size).toBe(stix.length);
  });

  it('names each property of a type once, and none that a store keeps for itself', () => {
    for (const specs of [
      ...nodeTypes().map((type) => nodeProperties(type.name)),
      ...relationshipTypes().map((type) => relationshipProperties(type.name)),
    ]) {
      expect(new Set(namesOf(specs)).size).toBe(specs.length);
      for (const name of ['id', 'type', 'digest', 'changeId', 'from', 'to']) {
        expect(namesOf(specs)).not.toContain(name);
      }
    }
  });

  it('gives columns of one name one kind, since a projection has one column for them', () => {
    for (const family of [
      nodeTypes().flatMap((type) => nodeProperties(type.name)),
      relationshipTypes().flatMap((type) => relationshipProperties(type.name)),
    ]) {
      const kinds = new Map<string, string>();
      for (const spec of family.filter((each) => each.isColumn)) {
        expect(`${spec.name} ${kinds.get(spec.name) ?? columnKind(spec)}`).toBe(
          `${spec.name} ${columnKind(spec)}`,
        );
        kinds.set(spec.name, columnKind(spec));
      }
    }
  });

  it('describes every type and property, and uses vocabularies that exist', () => {
    for (const type of [...nodeTypes(), ...relationshipTypes()]) expect(type.description).not.toBe('');
    for (const spec of allSpecs) {
      expect(spec.description).not.toBe('');
      if (spec.vocabulary) expect(VOCABULARIES[spec.vocabulary].length).toBeGreaterThan(0);
    }
    expect(Object.keys(VOCABULARY_DESCRIPTIONS).sort()).toEqual(Object.keys(VOCABULARIES).sort());
  });

  it('repeats no term within a vocabulary', () => {
    for (const terms of Object.values(VOCABULARIES)) expect(new Set<string>(terms).size).toBe(terms.length);
  });

  it('lets ends be node types, any component, or anything', () => {
    for (const { from, to } of relationshipTypes()) {
      for (const end of [...from, ...to]) {
        expect(end === '*' || end === 'Component' || findNodeType(end) !== undefined).toBe(true);
      }
    }
    expect(admits(['Component'], 'Malware')).toBe(true);
    expect(admits(['Component'], 'Operation')).toBe(false);
    expect(admits(['*'], 'Thing')).toBe(true);
    expect(isAllowed('Operation', 'NEEDS', 'Requirement')).toBe(true);
    expect(isAllowed('Requirement', 'NEEDS', 'Operation')).toBe(false);
    expect(isAllowed('Operation', '__proto__', 'Requirement')).toBe(false);
  });

  it('finds types by name and by STIX type, and falls back to Thing', () => {
    expect(findNodeType('constructor')).toBeUndefined();
    expect(findRelationshipType('uses')).toBeUndefined();
    expect(nodeTypeOfStix('course-of-action').name).toBe('Mitigation');
    expect(nodeTypeOfStix('toString').name).toBe('Thing');
  });

  it('labels every node Entity and its type, components also Component', () => {
    expect(labelsOf(findNodeType('Malware')!)).toEqual(['Entity', 'Malware', 'Component']);
    expect(labelsOf(findNodeType('Sector')!)).toEqual(['Entity', 'Sector']);
  });

  it('maps properties to STIX names', () => {
    const stixOf = (type: string, name: string) =>
      stixNameOf(nodeProperties(type).find((spec) => spec.name === name)!);
    expect(stixOf('Malware', 'externalReferences')).toBe('external_references');
    expect(stixOf('Technique', 'isSubtechnique')).toBe('x_mitre_is_subtechnique');
    expect(stixOf('Operation', 'severity')).toBeNull();
  });

  it('gives every relation a name of its own, and columns of relationships of one name one kind', () => {
    const names = RELATIONS.map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    for (const type of relationshipTypes()) {
      for (const spec of relationshipProperties(type.name).filter((each) => each.isColumn)) {
        const shared = RELATIONSHIP_COLUMNS.find((each) => each.name === spec.name);
        if (shared)
          expect([type.name, spec.name, shared.kind, shared.vocabulary]).toEqual([
            type.name,
            spec.name,
            spec.kind,
            spec.vocabulary,
          ]);
      }
    }
  });
});
