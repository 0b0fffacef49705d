/**
 * Observables of STIX: what they are called, and the identifiers that STIX 2.1 (section 3.4) makes of their content, for those
 * that STIX 2.0 keeps inside observed data without any.
 */
import { canonicalJson } from '../model/digest';
import { hashOf } from '../model/hash';
import type { Json } from '../model/values';
import { isObject, type JsonObject, textOf } from './json-document';

/** Namespace of identifiers of observables, fixed by STIX 2.1. */
const NAMESPACE = Buffer.from('00abedb4aa42466c9c01fed23315a9b7', 'hex');

/** Members whose content makes the identifier, by type (STIX 2.1, section 6). */
const CONTRIBUTING: ReadonlyMap<string, readonly string[]> = new Map([
  ['artifact', ['hashes', 'payload_bin']],
  ['autonomous-system', ['number']],
  ['directory', ['path']],
  ['domain-name', ['value']],
  ['email-addr', ['value']],
  ['email-message', ['from_ref', 'subject', 'body']],
  ['file', ['hashes', 'name', 'parent_directory_ref', 'extensions']],
  ['ipv4-addr', ['value']],
  ['ipv6-addr', ['value']],
  ['mac-addr', ['value']],
  ['mutex', ['name']],
  [
    'network-traffic',
    ['start', 'end', 'src_ref', 'dst_ref', 'src_port', 'dst_port', 'protocols', 'extensions'],
  ],
  ['software', ['name', 'cpe', 'swid', 'vendor', 'version']],
  ['url', ['value']],
  ['user-account', ['account_type', 'user_id', 'account_login']],
  ['windows-registry-key', ['key', 'values']],
  ['x509-certificate', ['hashes', 'serial_number']],
]);

/** Of several hashes, the first of these makes the identifier. */
const HASHES = ['MD5', 'SHA-1', 'SHA-256', 'SHA-512'];

/** Identifier of an observable by its content; undefined where its type has none such (a process). */
export function observableId(object: JsonObject): string | undefined {
  const type = textOf(object.type) ?? '';
  const names = CONTRIBUTING.get(type);
  if (!names) return undefined;
  const content = names.flatMap((name): [string, Json][] => {
    const value = object[name];
    if (value === undefined || value === null) return [];
    return [[name, name === 'hashes' && isObject(value) ? firstHash(value) : value]];
  });
  if (content.length === 0) return undefined;
  const name = canonicalJson(Object.fromEntries(content));
  const hex = hashOf('sha1', Buffer.concat([NAMESPACE, Buffer.from(name, 'utf8')]), 'hex');
  const variant = ((Number.parseInt(hex[16], 16) & 0x3) | 0x8).toString(16);
  return `${type}--${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function firstHash(hashes: JsonObject): Json {
  const name = HASHES.find((each) => hashes[each] !== undefined) ?? Object.keys(hashes).sort()[0];
  return name === undefined ? {} : { [name]: hashes[name] };
}

/**
 * The observables inside observed data of STIX 2.0, keyed `0`, `1` .., as objects of their own with identifiers, their
 * references to each other made to these.
 */
export function embeddedObservables(observed: JsonObject, id: string): readonly JsonObject[] {
  if (!isObject(observed.objects)) return [];
  const objects = Object.entries(observed.objects).filter((entry): entry is [string, JsonObject] =>
    isObject(entry[1]),
  );
  const ids = new Map<string, string>();
  for (const [key, object] of objects) {
    const type = textOf(object.type);
    if (type === undefined) continue;
    // References make part of some identifiers, so what refers by key gets one of this observed data.
    const isPlain = !Object.keys(object).some(
      (name) => /_refs?$/.test(name) && CONTRIBUTING.get(type)?.includes(name),
    );
    ids.set(key, (isPlain ? observableId(object) : undefined) ?? `${type}--${nestedUuid(id, key)}`);
  }
  return objects.flatMap(([key, object]) => {
    const known = ids.get(key);
    return known === undefined ? [] : [{ ...resolved(object, ids), id: known }];
  });
}

function nestedUuid(id: string, key: string): string {
  const hex = hashOf('sha1', `${id}\u0000${key}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function resolved(object: JsonObject, ids: ReadonlyMap<string, string>): JsonObject {
  const reference = (value: Json): Json => (typeof value === 'string' ? (ids.get(value) ?? value) : value);
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => {
      if (/_ref$/.test(name)) return [name, reference(value)];
      return [name, /_refs$/.test(name) && Array.isArray(value) ? value.map(reference) : value];
    }),
  );
}

/** What an observable is called: STIX gives them values instead of names. */
export function observableName(object: JsonObject): string | undefined {
  const { value, name, path, key, subject, display_name: shown, account_login: login } = object;
  for (const each of [name, value, path, key, subject, shown, login, object.user_id, object.command_line]) {
    const text = typeof each === 'string' ? textOf(each) : undefined;
    if (text !== undefined) return text.length > 500 ? `${text.slice(0, 499)}…` : text;
  }
  if (typeof object.number === 'number') return `AS${object.number}`;
  if (isObject(object.hashes)) return textOf(Object.values(firstHash(object.hashes) as JsonObject)[0]);
  return textOf(object.serial_number);
}
