/** STIX 2.1 names, re-cased: the only place where `threat-actor` becomes `ThreatActor`. */

/** `threat-actor` -> `ThreatActor`. */
export function toTypeName(stixName: string): string {
  return stixName
    .split(/[-_]/)
    .filter((word) => word !== '')
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('');
}

/** `attributed-to` -> `ATTRIBUTED_TO`. */
export function toRelationshipType(stixName: string): string {
  return stixName
    .trim()
    .toUpperCase()
    .replace(/[-\s]+/g, '_');
}

/** `ATTRIBUTED_TO` -> `attributed-to`. */
export function toStixRelationship(type: string): string {
  return type.toLowerCase().replace(/_/g, '-');
}

/** `externalReferences` -> `external_references`. */
export function toSnakeCase(camel: string): string {
  return camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** `ThreatActor` -> `threat-actor`: file names and id prefixes of types. */
export function toKebabCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
}

/** `data-leak-site` -> `DATA_LEAK_SITE`: terms as values of enums. */
export const enumName = (term: string): string => term.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
