/** What was claimed by a change: claims as they stood then. */
import type { ClaimValue } from '../model/values';
import { findChanges } from '../store/change.store';
import { findClaims, type StoredClaim } from '../store/claim.store';
import type { Reader } from '../store/engine';
import { findVersions } from '../store/version.store';

/** Claims of some facts as they stood after a change, by fact, each list in order of claim id. */
export async function readClaimsAt(
  reader: Reader,
  factIds: readonly string[],
  seq: number,
): Promise<Map<string, StoredClaim[]>> {
  const found = await findClaims(reader, factIds);
  const claims = [...found.values()].flat();
  const changes = await findChanges(
    reader,
    claims.map((claim) => claim.changeId),
  );
  const isLater = (changeId: string): boolean => (changes.get(changeId)?.seq ?? 0) > seq;
  const later = claims.filter((claim) => isLater(claim.changeId));
  const before = await statesBefore(
    reader,
    later.map((claim) => claim.id),
    seq,
  );
  const past = new Map<string, StoredClaim[]>();
  for (const [factId, list] of found) {
    const stood = list.flatMap((claim) => (isLater(claim.changeId) ? (before.get(claim.id) ?? []) : [claim]));
    if (stood.length > 0) past.set(factId, stood);
  }
  return past;
}

/** What claims said after a change, of those that a later one wrote. */
async function statesBefore(
  reader: Reader,
  ids: readonly string[],
  seq: number,
): Promise<Map<string, StoredClaim>> {
  const versions = await findVersions(reader, ids);
  const changes = await findChanges(
    reader,
    versions.map((version) => version.changeId),
  );
  const latest = new Map<string, { readonly seq: number; readonly claim: StoredClaim }>();
  for (const { objectId, changeId, properties } of versions) {
    const began = changes.get(changeId)?.seq ?? 0;
    if (began > seq || began < (latest.get(objectId)?.seq ?? 0)) continue;
    latest.set(objectId, { seq: began, claim: { ...(properties as unknown as ClaimValue), changeId } });
  }
  return new Map([...latest].map(([id, { claim }]) => [id, claim]));
}
