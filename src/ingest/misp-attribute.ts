/** Attributes of MISP: what each becomes, and the node that others speak of under the same value. */
import type { Json } from '../model/values';
import { compact, type JsonObject, textOf, without } from './json-document';
import { evidenceOf, idOf, isDeleted, sharedWithOf, tagsOf, timestampOf } from './misp-frame';
import { meaningOfTags, type TagMeaning } from './misp-tags';
import { type NodeItem, vulnerabilityItem, walletItem } from './shared-nodes';

/** Kinds of infrastructure behind the types of attributes. */
const INFRASTRUCTURE: ReadonlyMap<string, string> = new Map([
  ['ip-src', 'ip-address'],
  ['ip-dst', 'ip-address'],
  ['ip-src|port', 'ip-address'],
  ['ip-dst|port', 'ip-address'],
  ['domain', 'domain-name'],
  ['hostname', 'domain-name'],
  ['hostname|port', 'domain-name'],
  ['domain|ip', 'domain-name'],
  ['url', 'url'],
  ['uri', 'url'],
  ['AS', 'asn'],
]);
const WALLETS: ReadonlySet<string> = new Set(['btc', 'xmr', 'dash']);
const PATTERNS: ReadonlySet<string> = new Set([
  'yara',
  'sigma',
  'snort',
  'pattern-in-file',
  'pattern-in-traffic',
]);

/** What surrounds an attribute: the tags of its event, and whom that is for. */
export type Surroundings = TagMeaning & { readonly sharedWith: readonly string[] };

/** The value as text; undefined where there is none. */
export const valueTextOf = (value: Json | undefined): string | undefined =>
  typeof value === 'boolean' ? String(value) : textOf(value);

/** @param around what the tags of its event say: its own tags say more */
export function attributeNode(
  attribute: JsonObject,
  uuid: string,
  value: string,
  around: Surroundings,
): NodeItem {
  const type = textOf(attribute.type) ?? '';
  const infrastructureType = INFRASTRUCTURE.get(type);
  const isPattern = PATTERNS.has(type);
  const tags = tagsOf(attribute);
  const own = meaningOfTags(tags);
  return {
    kind: 'node',
    evidence: { ...evidenceOf(around), ...evidenceOf(own) },
    value: {
      id: idOf('attribute', uuid),
      type: infrastructureType ? 'Infrastructure' : isPattern ? 'Indicator' : 'Thing',
      properties: compact({
        name: value.length > 200 ? `${value.slice(0, 199)}…` : value,
        description: textOf(attribute.comment),
        modified: timestampOf(attribute.timestamp),
        revoked: isDeleted(attribute),
        infrastructureType,
        // The first part of `198.51.100.7|443` or `example.org|198.51.100.7`; the whole stays as it came.
        address: infrastructureType && type.includes('|') ? value.split('|')[0] : infrastructureType && value,
        pattern: isPattern ? value : undefined,
        patternType: isPattern ? type : undefined,
        labels: tags,
        markings: own.markings.length > 0 ? own.markings : around.markings,
        sharedWith: sharedWithOf(attribute, around.sharedWith),
        stixType: 'x-misp-attribute',
        customProperties: without(attribute, ['uuid', 'timestamp', 'comment', 'Tag']),
      }),
    },
  };
}

/** The node that others speak of under the same value: a vulnerability or a wallet. */
export function naturalNode(attribute: JsonObject, value: string): NodeItem | undefined {
  const type = textOf(attribute.type) ?? '';
  if (type === 'vulnerability') return vulnerabilityItem(value);
  return WALLETS.has(type) ? walletItem(value) : undefined;
}
