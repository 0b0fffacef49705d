/** Finds the entries of MISP warninglists that an address, hash or other value is on. */
import { isIP } from 'node:net';
import { addressKindOf } from '../model/address';
import { type ListPatterns, listPatterns } from '../model/list-pattern';

/** A list as the graph has it. */
export interface Warninglist {
  readonly name: string;
  readonly description: string | null;
  /** What being on it means, as the list says: a false positive, or a known identifier. */
  readonly category: string | null;
  /** How its entries match: `string`, `substring`, `hostname`, `cidr`, `regex`. */
  readonly type: string;
  /** Types of MISP attributes that it is for; empty for any. */
  readonly attributes: readonly string[];
}

export interface Warning {
  readonly list: Warninglist;
  readonly entry: string;
}

/** Types of MISP attributes behind each kind of address. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  'ip-address': ['ip-src', 'ip-dst', 'ip-src|port', 'ip-dst|port', 'domain|ip'],
  'ip-range': ['ip-src', 'ip-dst'],
  'domain-name': ['domain', 'hostname', 'domain|ip', 'hostname|port'],
  url: ['url', 'uri', 'link'],
  path: ['uri'],
  'email-address': ['email', 'email-src', 'email-dst'],
  asn: ['AS'],
};

/** The same behind hashes, by how many digits they have. */
const HASHES: Readonly<Record<number, readonly string[]>> = {
  32: ['md5', 'filename|md5', 'malware-sample'],
  40: ['sha1', 'filename|sha1'],
  56: ['sha224', 'filename|sha224'],
  64: ['sha256', 'filename|sha256'],
  96: ['sha384', 'filename|sha384'],
  128: ['sha512', 'filename|sha512'],
};

/** A value that is looked for, with the types of MISP attributes that it is of where a source said so. */
export interface LookedFor {
  readonly value: string;
  readonly attributes?: readonly string[];
}

interface Prefixes {
  /** Numbers of entries by length of prefix, then by the prefix in binary. */
  readonly byLength: Map<number, Map<bigint, string>>;
}

interface Matcher {
  readonly list: Warninglist;
  readonly exact: ReadonlyMap<string, string>;
  /** Entries by their length, then by their text. */
  readonly substrings: ReadonlyMap<number, ReadonlyMap<string, string>>;
  readonly prefixes: Readonly<Record<4 | 6, Prefixes>>;
  readonly patterns: ListPatterns;
}

/** A value as the matchers ask of it. */
interface Asked {
  /** As it was written. */
  readonly raw: string;
  readonly text: string;
  readonly host: string;
}

export class WarninglistIndex {
  private readonly matchers: readonly Matcher[];

  constructor(lists: readonly { readonly list: Warninglist; readonly entries: readonly string[] }[]) {
    this.matchers = lists.map(({ list, entries }) => matcherOf(list, entries));
  }

  get isEmpty(): boolean {
    return this.matchers.length === 0;
  }

  /** Entries that a value is on, one of each list at the most, in order of the names of the lists. */
  find({ value, attributes }: LookedFor): readonly Warning[] {
    const raw = value.trim();
    const text = raw.toLowerCase();
    const kind = addressKindOf(text);
    const types = attributes ?? typesOf(text, kind);
    const host = kind === 'url' ? hostOf(text) : isIP(text) > 0 ? text : text.replace(/:\d{1,5}$/, '');
    return this.matchers.flatMap((matcher) => {
      const entry = isMeant(matcher.list, types) ? entryFor(matcher, { raw, text, host }) : undefined;
      return entry === undefined ? [] : [{ list: matcher.list, entry }];
    });
  }
}

function typesOf(text: string, kind: string | undefined): readonly string[] | undefined {
  if (kind !== undefined) return ATTRIBUTES[kind];
  return /^[0-9a-f]+$/.test(text) ? HASHES[text.length] : undefined;
}

/** Whether a list is for values of some types. What can be anything is not asked of expressions: they match parts of much. */
function isMeant({ type, attributes }: Warninglist, types: readonly string[] | undefined): boolean {
  if (attributes.length === 0 || attributes.includes('ALL')) return true;
  return types ? attributes.some((each) => types.includes(each)) : type !== 'regex';
}

function matcherOf(list: Warninglist, entries: readonly string[]): Matcher {
  const exact = new Map<string, string>();
  const prefixes: Matcher['prefixes'] = { 4: { byLength: new Map() }, 6: { byLength: new Map() } };
  const substrings = new Map<number, Map<string, string>>();
  for (const entry of entries) {
    const text = entry.trim().toLowerCase();
    if (list.type === 'cidr') addPrefix(prefixes, text, entry);
    else if (list.type === 'substring') addSubstring(substrings, text, entry);
    else if (list.type === 'hostname') exact.set(text.replace(/^\.|\.$/g, ''), entry);
    else if (list.type === 'string') exact.set(text, entry);
  }
  const patterns = listPatterns(list.type === 'regex' ? entries : []);
  return { list, exact, prefixes, substrings, patterns };
}

function entryFor(
  { list, exact, substrings, prefixes, patterns }: Matcher,
  { raw, text, host }: Asked,
): string | undefined {
  switch (list.type) {
    case 'cidr':
      return prefixFor(prefixes, host);
    case 'substring':
      return substringFor(substrings, text);
    case 'hostname':
      return domainFor(exact, host);
    case 'regex':
      return patterns.find(raw);
    default:
      return exact.get(text) ?? exact.get(host);
  }
}

function addSubstring(substrings: Map<number, Map<string, string>>, text: string, entry: string): void {
  const known = substrings.get(text.length) ?? new Map<string, string>();
  if (text !== '') substrings.set(text.length, known.set(text, entry));
}

/** The first entry that is a part of a text: the parts are looked up, as lists may be longer than texts have parts. */
function substringFor(substrings: Matcher['substrings'], text: string): string | undefined {
  for (let at = 0; at < text.length; at++) {
    for (const [length, known] of substrings) {
      const entry = at + length <= text.length ? known.get(text.slice(at, at + length)) : undefined;
      if (entry !== undefined) return entry;
    }
  }
  return undefined;
}

/** The entry that is a host or a domain above it. */
function domainFor(exact: ReadonlyMap<string, string>, host: string): string | undefined {
  for (let rest = host.replace(/\.$/, ''); rest !== ''; ) {
    const entry = exact.get(rest);
    if (entry !== undefined) return entry;
    const dot = rest.indexOf('.');
    if (dot < 0) return undefined;
    rest = rest.slice(dot + 1);
  }
  return undefined;
}

function hostOf(url: string): string {
  const full = url.includes('://') ? url : `http://${url}`;
  return URL.canParse(full) ? new URL(full).hostname.replace(/^\[|\]$/g, '') : '';
}

const WIDTH = { 4: 32, 6: 128 } as const;

function addPrefix(prefixes: Matcher['prefixes'], text: string, entry: string): void {
  const [address, length] = text.split('/');
  const version = isIP(address) as 0 | 4 | 6;
  if (version === 0) return;
  const bits = length === undefined ? WIDTH[version] : Number(length);
  if (!(Number.isInteger(bits) && bits >= 0 && bits <= WIDTH[version])) return;
  const { byLength } = prefixes[version];
  const known = byLength.get(bits) ?? new Map<bigint, string>();
  byLength.set(bits, known.set(numberOf(address, version) >> BigInt(WIDTH[version] - bits), entry));
}

function prefixFor(prefixes: Matcher['prefixes'], text: string): string | undefined {
  const [address, length] = text.split('/');
  const version = isIP(address) as 0 | 4 | 6;
  if (version === 0) return undefined;
  const number = numberOf(address, version);
  const longest = length === undefined ? WIDTH[version] : Number(length);
  for (const [bits, known] of prefixes[version].byLength) {
    const entry = bits <= longest ? known.get(number >> BigInt(WIDTH[version] - bits)) : undefined;
    if (entry !== undefined) return entry;
  }
  return undefined;
}

function numberOf(address: string, version: 4 | 6): bigint {
  if (version === 4) return address.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n);
  const plain = address
    .replace(/%.*$/, '')
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts: string[]) => {
      const [a, b, c, d] = parts.slice(0, 4).map(Number);
      return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
    });
  const [head, tail] = plain.split('::');
  const groups = (part: string | undefined): string[] => (part ? part.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const filled =
    tail === undefined
      ? before
      : [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return filled.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}
