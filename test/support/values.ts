/** Values for tests: short to write, valid by the ontology, with the ids that their keys imply. */
import { digestOf } from '../../src/model/digest';
import { claimId, nodeId, relationshipId } from '../../src/model/identity';
import type { ClaimValue, Json, NodeValue, RelationshipValue } from '../../src/model/values';

type Given = { readonly [name: string]: Json };

export const node = (type: string, key: string, properties: Given = {}): NodeValue => ({
  id: nodeId(type, key),
  type,
  properties: { name: key, ...properties },
});

export const relationship = (
  type: string,
  from: { readonly id: string },
  to: { readonly id: string },
  properties: Given = {},
): RelationshipValue => ({
  id: relationshipId(type, from.id, to.id),
  type,
  from: from.id,
  to: to.id,
  properties,
});

export const claim = (
  fact: { readonly id: string },
  report: string,
  rest: Partial<ClaimValue> = {},
): ClaimValue => ({
  id: claimId(fact.id, report),
  factId: fact.id,
  reportId: report,
  ...rest,
});

/** A value as the store functions take it: with the digest of its content. */
export const digested = <V extends NodeValue | RelationshipValue>(
  value: V,
): { value: V; digest: string } => ({
  value,
  digest: digestOf({ type: value.type, properties: value.properties }),
});
