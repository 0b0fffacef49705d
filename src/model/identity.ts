/**
 * Identity: which id an object has. Adversary-side objects keep the STIX id of their source. Everything that the
 * service or a curated file makes gets a UUIDv5 over its type and natural key, so that writing it twice is writing it once.
 */
import { hashOf } from './hash';
import { toKebabCase } from './naming';
import { findNodeType, nodeTypeOfStix } from './ontology/ontology';

/** Namespace of the ids made here: a constant of this project, fixed for ever, since stores and files hold ids made in it. */
const NAMESPACE = Buffer.from('6f0f5d3c9a7b5c1e8d2a4b6c8e0f1a2b', 'hex');

const STIX_ID = /^([a-z0-9][a-z0-9-]*)--([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** UUIDv5 (RFC 9562, section 5.5) of a name in the namespace of the service. */
export function uuidV5(name: string): string {
  const hex = hashOf('sha1', Buffer.concat([NAMESPACE, Buffer.from(name, 'utf8')]), 'hex');
  const variant = ((Number.parseInt(hex[16], 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Id of a node known by a natural key: its STIX type, `--`, and a UUIDv5 over type and key. */
export function nodeId(type: string, ...naturalKey: readonly string[]): string {
  return `${findNodeType(type)?.stixTypes[0] ?? toKebabCase(type)}--${uuidV5([type, ...naturalKey].join('\u0000'))}`;
}

/** Id of a relationship: UUIDv5 over type, both ends, and what else tells it apart. */
export function relationshipId(
  type: string,
  from: string,
  to: string,
  ...discriminators: readonly string[]
): string {
  return `relationship--${uuidV5([type, from, to, ...discriminators].join('\u0000'))}`;
}

/** Id of a claim: by default one per fact and report. */
export function claimId(factId: string, reportId: string, discriminator = ''): string {
  return `claim--${uuidV5(`claim\u0000${factId}\u0000${reportId}\u0000${discriminator}`)}`;
}

/** Whether text is a STIX identifier, `type--UUID`. */
export const isStixId = (text: unknown): text is string => typeof text === 'string' && STIX_ID.test(text);

/** STIX type in front of an id, or undefined where there is none. */
export function stixTypeOfId(id: string): string | undefined {
  const at = id.indexOf('--');
  return at > 0 ? id.slice(0, at) : undefined;
}

/** Node type that an id points to by its prefix; `Thing` when the prefix says nothing. */
export function nodeTypeOfId(id: string): string {
  return nodeTypeOfStix(stixTypeOfId(id) ?? '').name;
}
