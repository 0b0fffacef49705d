/** Claims: each by itself, or in a group of those that an import makes alike. Who reads them does not see which. */
import { canonicalJson } from '../model/digest';
import type { ClaimValue } from '../model/values';
import {
  createGroupedClaims,
  deleteGroupedClaims,
  findGroupedClaims,
  findGroupedClaimsById,
  listGroupedFactsOf,
  loadGroupedClaims,
} from './claim-group.store';
import { encodeClaim, isDefaultId, isPlain, type StoredClaim, storedFrom } from './claim-record';
import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

export type { StoredClaim } from './claim-record';

/** What a plain claim may leave out, in the order of its row. */
const OPTIONAL = ['confidence', 'originKey', 'says', 'credibility', 'about'] as const;

/** Claims of some facts, by fact, each list in order of claim id; those taken back are among them. */
export async function findClaims(
  reader: Reader,
  factIds: readonly string[],
): Promise<Map<string, StoredClaim[]>> {
  const byFact = new Map<string, StoredClaim[]>();
  const rows = await inPieces([...new Set(factIds)], (piece) =>
    reader.read('claim/find-by-facts', { factIds: piece }),
  );
  const grouped = await findGroupedClaims(reader, factIds);
  for (const claim of [...rows.map(({ properties }) => storedFrom(properties)), ...grouped]) {
    const list = byFact.get(claim.factId) ?? [];
    list.push(claim);
    byFact.set(claim.factId, list);
  }
  for (const list of byFact.values()) list.sort((a, b) => (a.id < b.id ? -1 : 1));
  return byFact;
}

/** Claims by id; one that is not there has no entry. */
export async function findClaimsById(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, StoredClaim>> {
  const found = await findSingleClaims(reader, ids);
  const others = ids.filter((id) => !found.has(id));
  for (const claim of await findGroupedClaimsById(reader, others)) found.set(claim.id, claim);
  return found;
}

async function findSingleClaims(reader: Reader, ids: readonly string[]): Promise<Map<string, StoredClaim>> {
  const rows = await inPieces(ids, (piece) => reader.read('claim/find', { ids: piece }));
  return new Map(rows.map((row) => storedFrom(row.properties)).map((claim) => [claim.id, claim]));
}

/** The claims that have the ids of some: one in a group is found by its fact, unless its id is not the one that follows from that. */
async function findKnown(reader: Reader, claims: readonly ClaimValue[]): Promise<Map<string, StoredClaim>> {
  const found = await findSingleClaims(
    reader,
    claims.map(({ id }) => id),
  );
  const others = claims.filter(({ id }) => !found.has(id));
  const defaults = new Map(others.filter(isDefaultId).map(({ id, factId }) => [id, factId]));
  const grouped = await findGroupedClaims(reader, [...defaults.values()]);
  const odd = others.map(({ id }) => id).filter((id) => !defaults.has(id));
  const known = grouped.filter(({ id }) => defaults.has(id));
  for (const claim of [...known, ...(await findGroupedClaimsById(reader, odd))]) found.set(claim.id, claim);
  return found;
}

/** Ids of facts of which some claim states values of properties. */
export async function listValuedFacts(reader: Reader): Promise<string[]> {
  return (await reader.read('claim/list-valued-facts', {})).map((row) => row.factId);
}

/** Claims to write: new ones, and ones that say something else than those they supersede. */
export interface ChangedClaims {
  readonly created: readonly ClaimValue[];
  readonly replaced: readonly ClaimValue[];
  readonly superseded: readonly StoredClaim[];
}

/**
 * Which claims are new or say something else than before. A claim that an analyst has judged or taken back stays as it is,
 * unless analysts write.
 */
export async function findChangedClaims(
  reader: Reader,
  claims: readonly ClaimValue[],
  isEdit = false,
): Promise<ChangedClaims> {
  const found = await findKnown(reader, claims);
  const isJudged = (claim: StoredClaim) => claim.edited === true || claim.retractedAt !== undefined;
  const replaced = claims.filter((claim) => {
    const known = found.get(claim.id);
    if (!known || (!isEdit && isJudged(known))) return false;
    return canonicalJson(encodeClaim(known)) !== canonicalJson(encodeClaim(claim));
  });
  return {
    created: claims.filter((claim) => !found.has(claim.id)),
    replaced,
    superseded: replaced.map((claim) => found.get(claim.id) as StoredClaim),
  };
}

/** The row of a new claim, by places: what it leaves out at the end stays out, since every value costs on its way to the store. */
function rowOf(claim: ClaimValue): unknown[] {
  const row: unknown[] = [claim.id, claim.factId];
  let length = row.length;
  for (const field of OPTIONAL) {
    row.push(claim[field] ?? null);
    if (claim[field] !== undefined) length = row.length;
  }
  row.length = length;
  return row;
}

/** What the claims of one statement share travels once. */
function groupsOf(claims: readonly ClaimValue[]): Map<string, ClaimValue[]> {
  const groups = new Map<string, ClaimValue[]>();
  for (const claim of claims) {
    const key = `${claim.reportId}\u0000${claim.derivation ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(claim);
    else groups.set(key, [claim]);
  }
  return groups;
}

/** @param isNewFact whether a fact is new with these claims, so that it has none yet */
export async function mergeClaims(
  transaction: Transaction,
  claims: ChangedClaims,
  changeId: string,
  isNewFact: (factId: string) => boolean = () => false,
): Promise<void> {
  const singles = await createGroupedClaims(transaction, claims.created, changeId, isNewFact);
  for (const group of groupsOf(singles.filter(isPlain)).values()) {
    const [{ reportId, derivation = null }] = group;
    const rows = group.map(rowOf);
    await inPieces(rows, (piece) =>
      transaction.run('claim/create', { rows: piece, reportId, derivation, changeId }),
    );
  }
  const whole = (claim: ClaimValue) => ({ id: claim.id, props: { ...encodeClaim(claim), changeId } });
  await inPieces(singles.filter((claim) => !isPlain(claim)).map(whole), (piece) =>
    transaction.run('claim/create-full', { rows: piece }),
  );
  await removeFromGroups(transaction, claims.superseded);
  await inPieces(claims.replaced.map(whole), (piece) => transaction.run('claim/replace', { rows: piece }));
}

/** Ids of the nodes and relationships that a report claims; with a derivation, those so derived. */
export async function listFactsOf(reader: Reader, reportId: string, derivation?: string): Promise<string[]> {
  const rows = await reader.read('claim/list-facts-by-report', { reportId });
  const wanted = derivation === undefined ? rows : rows.filter((row) => row.derivation === derivation);
  const grouped = await listGroupedFactsOf(reader, reportId, derivation);
  return [...new Set([...wanted.map((row) => row.factId), ...grouped])].sort();
}

type ClaimKey = Pick<ClaimValue, 'id' | 'factId'>;

const removeFromGroups = (transaction: Transaction, claims: readonly ClaimKey[]): Promise<void> =>
  deleteGroupedClaims(
    transaction,
    claims.map(({ factId }) => factId),
    new Set(claims.map(({ id }) => id)),
  );

/** Deletes claims as they were found. */
export async function deleteFoundClaims(
  transaction: Transaction,
  claims: readonly ClaimKey[],
): Promise<void> {
  const ids = claims.map(({ id }) => id);
  await inPieces(ids, (piece) => transaction.run('claim/delete', { ids: piece }));
  await removeFromGroups(transaction, claims);
}

/** Deletes all claims of some facts. */
export async function deleteClaims(transaction: Transaction, factIds: readonly string[]): Promise<void> {
  await inPieces(factIds, (piece) => transaction.run('claim/delete-by-facts', { factIds: piece }));
  await deleteGroupedClaims(transaction, factIds);
}

/** What every claim says of who may see it: its fact, its report, what it is about, and its markings. */
export async function loadClaims(reader: Reader): Promise<Row<'claim/load'>[]> {
  const rows = await reader.read('claim/load', {});
  const nothing = { about: null, values: null, sharedWith: null, standsFor: null };
  for (const claim of await loadGroupedClaims(reader)) rows.push({ ...claim, ...nothing });
  return rows;
}
