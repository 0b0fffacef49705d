/** Finds the entries of MISP warninglists that an address or hash is on. */
import { isIP } from 'node:net';
import { addressKindOf } from '../model/address';

/** A list as the graph has it. */
export interface Warninglist {
  readonly name: string;
  readonly description: string | null;
  /** What being on it means, as the list says: a false positive, or a known identifier. */
  readonly category: string | null;
  /** How its entries match: `string`, `substring`, `hostname`, `cidr`; others are not matched. */
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
  'ip-address': ['ip-src', 'ip-dst'],
  'ip-range': ['ip-src', 'ip-dst'],
  'domain-name': ['domain', 'hostname'],
  url: ['url', 'uri'],
  path: ['uri'],
  'email-address': ['email-src', 'email-dst'],
  asn: ['AS'],
};

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
  find(value: string): readonly Warning[] {
    const text = value.trim().toLowerCase();
    const kind = addressKindOf(text);
    const names = kind === undefined ? undefined : ATTRIBUTES[kind];
    const host = kind === 'url' ? hostOf(text) : isIP(text) > 0 ? text : text.replace(/:\d{1,5}$/, '');
    return this.matchers.flatMap((matcher) => {
      const { attributes } = matcher.list;
      const isMeant = !names || attributes.length === 0 || attributes.some((each) => names.includes(each));
      const entry = isMeant ? entryFor(matcher, text, host) : undefined;
      return entry === undefined ? [] : [{ list: matcher.list, entry }];
    });
  }
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
  return { list, exact, prefixes, substrings };
}

function entryFor(
  { list, exact, substrings, prefixes }: Matcher,
  text: string,
  host: string,
): string | undefined {
  switch (list.type) {
    case 'cidr':
      return prefixFor(prefixes, host);
    case 'substring':
      return substringFor(substrings, text);
    case 'hostname':
      return domainFor(exact, host);
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
