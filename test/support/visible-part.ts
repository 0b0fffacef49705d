/**
 * What of a batch a viewer sees, worked out from the rules in docs/decisions/0011 alone, over plain values and by repetition:
 * a second implementation to hold the views against.
 */
import { type MarkingMeaning, meaningOf } from '../../src/model/marking';
import type { Batch, ClaimValue, NodeValue, Properties, RelationshipValue } from '../../src/model/values';
import type { Viewer } from '../../src/model/viewer';

const ORDER: readonly MarkingMeaning[] = ['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'];

function isFor(viewer: Viewer, of: { readonly markings?: unknown; readonly sharedWith?: unknown }): boolean {
  const markings = (of.markings ?? []) as readonly string[];
  const recipients = (of.sharedWith ?? []) as readonly string[];
  const names = [viewer.id, ...viewer.groups];
  if (recipients.length > 0 && !recipients.some((name) => names.includes(name))) return false;
  for (const marking of markings) {
    const meaning = meaningOf(marking);
    if (meaning === 'NOTHING') continue;
    if (meaning === 'UNKNOWN') {
      if (!names.includes(marking)) return false;
      continue;
    }
    if (ORDER.indexOf(meaning) > ORDER.indexOf(viewer.clearance)) return false;
    if ((meaning === 'RED' || meaning === 'AMBER_STRICT') && recipients.length === 0) return false;
  }
  return true;
}

/** The batch that a database would have got that never held what the viewer may not see. */
export function visiblePart(batch: Batch, viewer: Viewer): Batch {
  let nodes = batch.nodes.filter((node) => isFor(viewer, node.properties));
  let relationships = batch.relationships.filter((link) => isFor(viewer, link.properties));
  let claims = batch.claims.filter((claim) => isFor(viewer, claim));
  const described = new Set(batch.nodes.map(({ id }) => id));
  for (;;) {
    const ids = new Set(nodes.map(({ id }) => id));
    const isThere = (id: string) => ids.has(id) || !described.has(id);
    claims = claims.filter((claim) => isThere(claim.reportId));
    const claimed = new Set(batch.claims.map((claim) => claim.factId));
    const supported = new Set(claims.map((claim) => claim.factId));
    const isHeld = ({ id }: { readonly id: string }) => !claimed.has(id) || supported.has(id);
    const [before, linksBefore] = [nodes.length, relationships.length];
    nodes = nodes.filter(isHeld);
    relationships = relationships.filter((link) => isHeld(link) && isThere(link.from) && isThere(link.to));
    if (nodes.length === before && relationships.length === linksBefore) break;
  }
  const kept = new Set([...nodes, ...relationships].map(({ id }) => id));
  claims = claims.filter((claim) => kept.has(claim.factId));
  return {
    nodes: nodes.map((node) => unmasked(node, batch.claims, claims)),
    relationships: relationships.map((link) => unmasked(link, batch.claims, claims)),
    claims,
  };
}

/** Without the properties that only claims speak of which are not there. */
function unmasked<V extends NodeValue | RelationshipValue>(
  value: V,
  all: readonly ClaimValue[],
  seen: readonly ClaimValue[],
): V {
  const about = (claims: readonly ClaimValue[]) =>
    new Set(claims.filter((claim) => claim.factId === value.id).flatMap((claim) => claim.about ?? []));
  const [spoken, open] = [about(all), about(seen)];
  const masked = new Set([...spoken].filter((name) => !open.has(name)));
  if (masked.size > 0) masked.add('modified');
  const properties = Object.fromEntries(
    Object.entries(value.properties).filter(([name]) => !masked.has(name)),
  ) as Properties;
  return { ...value, properties };
}
