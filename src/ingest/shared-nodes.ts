/**
 * Nodes that many sources speak of under one natural key: a wallet, a vulnerability, a product, a jurisdiction. Their own
 * properties follow from the key alone; what a source says beyond goes to a slot of its own, so that sources read in any
 * order, and read again, give the same node.
 */
import { createHash } from 'node:crypto';
import { nodeId, relationshipId } from '../model/identity';
import type { Json, Properties } from '../model/values';
import { compact } from './json-document';
import { type Evidence, isWritable, type ReadItem } from './reader';

export type NodeItem = Extract<ReadItem, { kind: 'node' }>;
export type LinkItem = Extract<ReadItem, { kind: 'relationship' }>;

/** What one source says of a shared node. */
export interface Saying {
  readonly slot: string;
  readonly says: { readonly [name: string]: Json | undefined };
  /** How new the source says that this is: RFC 3339. */
  readonly at?: string;
}

function shared(type: string, key: string, properties: Properties, saying?: Saying): NodeItem {
  const value = { id: nodeId(type, key), type, properties };
  if (!saying) return { kind: 'node', value, isShared: true, implied: true };
  const customProperties = { [saying.slot]: compact(saying.says) };
  const { slot, at } = saying;
  return {
    kind: 'node',
    value: { ...value, properties: { ...properties, customProperties } },
    isShared: true,
    ...(at === undefined ? {} : { edition: { slot, at } }),
  };
}

/** The same entry as knowledge that another entry carries along. */
export const implied = <I extends NodeItem | LinkItem>(item: I): I => ({ ...item, implied: true });

/** An entry of any kind as knowledge that another entry carries along. */
export const silent = (item: ReadItem): ReadItem => (isWritable(item) ? implied(item) : item);

const CVE = /^CVE-\d{4}-\d{4,}$/i;

export function vulnerabilityItem(name: string, saying?: Saying): NodeItem {
  const key = CVE.test(name) ? name.toUpperCase() : name;
  return shared('Vulnerability', key, compact({ name: key, cve: CVE.test(key) ? key : undefined }), saying);
}

/** Case does not tell Ethereum-like addresses apart, but does in all other chains. */
const addressKey = (address: string): string =>
  /^0x[0-9a-f]{40}$/i.test(address) ? address.toLowerCase() : address;

export function walletItem(address: string, saying?: Saying): NodeItem {
  const key = addressKey(address);
  const addressHash = createHash('sha256').update(key).digest('hex');
  return shared('FinancialChannel', key, { name: key, channelType: 'WALLET', addressHash }, saying);
}

export function jurisdictionItem(code: string): NodeItem {
  const key = code.toUpperCase();
  return shared('Jurisdiction', key, { name: key, iso3166: key });
}

export interface Product {
  readonly purl?: string;
  readonly cpe?: string;
  readonly name: string;
  readonly version?: string;
  readonly vendor?: string;
}

/** A software product by its package URL, else its CPE, else vendor, name and version. */
export function softwareItem(product: Product, saying?: Saying): NodeItem {
  const { purl, cpe, name, version, vendor } = product;
  const key = purl ?? cpe ?? [vendor ?? '', name, version ?? ''].join('\u0000');
  const own =
    purl || cpe
      ? compact({ name: purl ?? cpe, purl, cpe: purl ? undefined : cpe })
      : compact({ name, version, vendor });
  return shared('Software', key, own, saying);
}

export function linkItem(
  type: string,
  from: NodeItem | string,
  to: NodeItem | string,
  properties: { readonly [name: string]: Json | undefined } = {},
  more: { readonly discriminators?: readonly string[]; readonly evidence?: Evidence } = {},
): LinkItem {
  const ends = [from, to].map((end) => (typeof end === 'string' ? end : end.value.id));
  return {
    kind: 'relationship',
    value: {
      id: relationshipId(type, ends[0], ends[1], ...(more.discriminators ?? [])),
      type,
      from: ends[0],
      to: ends[1],
      properties: compact(properties),
    },
    ...(more.evidence ? { evidence: more.evidence } : {}),
  };
}
