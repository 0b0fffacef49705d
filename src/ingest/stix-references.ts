/**
 * Relations that STIX keeps inside objects, as members named `.._ref` and `.._refs`: they become relationships too, so that
 * a report leads to what it is about and a sighting to what was seen. The members stay as they came.
 */
import { relationshipId } from '../model/identity';
import { EXTENSION_AUTHOR } from '../model/stix-extension';
import { MAX_ID_LENGTH } from '../model/validate';
import type { Json } from '../model/values';
import type { ReadItem } from './reader';
import type { StixObject } from './stix-mapping';

/** Who made or changed an object, and under which marking: a property of the object and no relation. */
const NO_RELATION: ReadonlySet<string> = new Set([
  'created_by_ref',
  'object_marking_refs',
  'x_mitre_modified_by_ref',
]);

/** Members that say what an object is made of, or what it is a sighting of. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['report object_refs', 'CONTAINS'],
  ['grouping object_refs', 'CONTAINS'],
  ['observed-data object_refs', 'CONTAINS'],
  ['x-mitre-collection object_refs', 'CONTAINS'],
  ['x-mitre-matrix tactic_refs', 'CONTAINS'],
  ['directory contains_refs', 'CONTAINS'],
  ['file contains_refs', 'CONTAINS'],
  ['sighting sighting_of_ref', 'SIGHTED'],
]);

/** Whether a value names a node: a report may list relationships too, and those are none. */
const isId = (value: Json | undefined): value is string =>
  typeof value === 'string' &&
  value.includes('--') &&
  value.length <= MAX_ID_LENGTH &&
  !value.startsWith('relationship--') &&
  value !== EXTENSION_AUTHOR;

/** `x_capec_child_of_refs` -> `child-of`, `resolves_to_refs` -> `resolves-to`, `tactic_refs` -> `tactic`. */
const nameOf = (member: string): string =>
  member
    .replace(/_refs?$/, '')
    .replace(/^x_(mitre|capec)_/, '')
    .replace(/_/g, '-');

/** Objects that a member names; of a collection's contents, those that each entry names. */
function targetsOf(value: Json): readonly string[] {
  const list: readonly Json[] = Array.isArray(value) ? value : [value];
  return [...new Set(list.filter(isId))];
}

/** The relationships that an object implies by naming others. */
export function linksOf(object: StixObject, id: string): ReadItem[] {
  const links: ReadItem[] = [];
  for (const member of Object.keys(object)) {
    if (!/_refs?$/.test(member) || NO_RELATION.has(member)) continue;
    const name = nameOf(member);
    const type = TYPES.get(`${object.type} ${member}`) ?? 'RELATED_TO';
    for (const to of targetsOf(object[member])) {
      if (to === id) continue;
      links.push(linkOf(type, id, to, name));
    }
  }
  if (object.type === 'x-mitre-collection') {
    for (const entry of Array.isArray(object.x_mitre_contents) ? object.x_mitre_contents : []) {
      const to = (entry as { object_ref?: Json } | null)?.object_ref;
      if (isId(to)) links.push(linkOf('CONTAINS', id, to, 'contents'));
    }
  }
  return links;
}

export function linkOf(type: string, from: string, to: string, stixType: string): ReadItem {
  return {
    kind: 'relationship',
    value: { id: relationshipId(type, from, to, 'stix', stixType), type, from, to, properties: { stixType } },
    implied: true,
    isSettled: true,
  };
}
