/** CycloneDX in XML as the same document in JSON, so that one reader reads both. */
import type { Json } from '../model/values';
import type { XmlElement } from './xml-element';

/** Containers whose children are the elements of a list in JSON, by name; their attributes and order are nothing else. */
const LISTS: ReadonlySet<string> = new Set([
  'advisories',
  'affects',
  'annotations',
  'authors',
  'components',
  'compositions',
  'credits',
  'cwes',
  'data',
  'dependencies',
  'endpoints',
  'externalReferences',
  'hashes',
  'licenses',
  'lifecycles',
  'notes',
  'patches',
  'properties',
  'ratings',
  'references',
  'responses',
  'services',
  'versions',
  'vulnerabilities',
]);

/** Names that JSON writes otherwise. */
const RENAMED: Readonly<Record<string, string>> = { responses: 'response' };

/** `v:vulnerability` -> `vulnerability`: extensions of old versions have a prefix. */
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

export function isCyclonedxRoot({ name, attributes }: XmlElement): boolean {
  const isNamed = Object.entries(attributes).some(
    ([key, value]) => /^xmlns(:|$)/.test(key) && value.includes('cyclonedx.org/schema/bom'),
  );
  return localName(name) === 'bom' && isNamed;
}

/** The document in JSON. */
export function cyclonedxDocument(root: XmlElement): { readonly [name: string]: Json } {
  const value = objectOf(root);
  const version = /bom\/([\d.]+)/.exec(Object.values(root.attributes).join(' '))?.[1];
  return { ...value, bomFormat: 'CycloneDX', ...(version === undefined ? {} : { specVersion: version }) };
}

function jsonOf(element: XmlElement): Json {
  const name = localName(element.name);
  if (name === 'dependency') return dependencyOf(element);
  const isList = LISTS.has(name) && (element.children.length > 0 || isEmpty(element));
  if (isList) return element.children.map(name === 'licenses' ? licenseOf : jsonOf);
  if (element.children.length > 0) return objectOf(element);
  const attributes = attributesOf(element);
  if (Object.keys(attributes).length === 0) return element.text;
  return element.text === '' ? attributes : { ...attributes, ...contentOf(name, element.text) };
}

const isEmpty = ({ text, attributes }: XmlElement): boolean =>
  text === '' && Object.keys(attributes).length === 0;

/** A licence or an expression: JSON says which of them it is. */
const licenseOf = (element: XmlElement): Json => ({ [localName(element.name)]: jsonOf(element) });

/** Text of an element that has attributes too, under the name that JSON has for it. */
const contentOf = (name: string, text: string): { readonly [name: string]: Json } =>
  name === 'property' ? { value: text } : { content: text };

/** In XML a dependency holds what it depends on. */
function dependencyOf({ attributes, children }: XmlElement): Json {
  const dependsOn = children
    .filter((child) => localName(child.name) === 'dependency')
    .map((child) => child.attributes.ref ?? '');
  return {
    ...(attributes.ref === undefined ? {} : { ref: attributes.ref }),
    ...(dependsOn.length > 0 ? { dependsOn } : {}),
  };
}

function objectOf(element: XmlElement): { readonly [name: string]: Json } {
  const members = new Map<string, Json[]>();
  for (const [name, value] of Object.entries(attributesOf(element))) members.set(name, [value]);
  for (const child of element.children) {
    const own = localName(child.name);
    const name = Object.hasOwn(RENAMED, own) ? RENAMED[own] : own;
    const value = jsonOf(child);
    const before = members.get(name);
    if (before) before.push(value);
    else members.set(name, [value]);
  }
  // What stands once is itself, what is repeated is a list.
  return Object.fromEntries(
    [...members].map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}

function attributesOf({ name, attributes }: XmlElement): { readonly [name: string]: string } {
  const entries = Object.entries(attributes).filter(
    ([key]) => !/^xmlns(:|$)/.test(key) && !key.startsWith('xsi:'),
  );
  // The extension of version 1.3 ties a vulnerability to its component by `ref`.
  const isLink = localName(name) === 'vulnerability';
  return Object.fromEntries(
    entries.map(([key, value]) => [isLink && key === 'ref' ? 'component-ref' : key, value]),
  );
}
