import { canonicalJson } from '../model/digest';
import type { ClaimValue, Json } from '../model/values';
import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

/** A claim as it was found, with the change that last wrote it. */
export type StoredClaim = ClaimValue & { readonly changeId: string };

/** What most claims have; they travel as rows of one statement a report and derivation. */
const PLAIN = [
  'id',
  'factId',
  'reportId',
  'about',
  'says',
  'confidence',
  'credibility',
  'derivation',
  'originKey',
] as const satisfies readonly (keyof ClaimValue)[];

/** What few claims have. */
const SPECIAL = [
  'values',
  'repeats',
  'validFrom',
  'validTo',
  'markings',
  'sharedWith',
  'standsFor',
  'edited',
  'statedIn',
  'retractedAt',
  'retractedBy',
  'retractionReason',
] as const satisfies readonly (keyof ClaimValue)[];

const FIELDS = [...PLAIN, ...SPECIAL] as const;

/** What a plain claim may leave out, in the order of its row. */
const OPTIONAL = ['confidence', 'originKey', 'says', 'credibility', 'about'] as const;

/** Everything a claim says, as the store and the versions keep it: values as JSON text. */
const encodeClaim = (claim: ClaimValue): Record<string, Json> =>
  Object.fromEntries(
    FIELDS.filter((field) => claim[field] !== undefined).map((field) => [
      field,
      field === 'values' ? JSON.stringify(claim.values) : (claim[field] as Json),
    ]),
  );

const decodeClaim = (stored: Readonly<Record<string, unknown>>): ClaimValue =>
  Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = stored[field];
      if (value === undefined || value === null) return [];
      return [[field, field === 'values' ? JSON.parse(value as string) : value]];
    }),
  ) as unknown as ClaimValue;

const storedFrom = (properties: Readonly<Record<string, unknown>>): StoredClaim => ({
  ...decodeClaim(properties),
  changeId: properties.changeId as string,
});

/** Claims of some facts, by fact, each list in order of claim id; those taken back are among them. */
export async function findClaims(
  reader: Reader,
  factIds: readonly string[],
): Promise<Map<string, StoredClaim[]>> {
  const byFact = new Map<string, StoredClaim[]>();
  const rows = await inPieces([...new Set(factIds)], (piece) =>
    reader.read('claim/find-by-facts', { factIds: piece }),
  );
  for (const { properties } of rows) {
    const claim = storedFrom(properties);
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
  const rows = await inPieces(ids, (piece) => reader.read('claim/find', { ids: piece }));
  return new Map(rows.map((row) => storedFrom(row.properties)).map((claim) => [claim.id, claim]));
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
  const found = await findClaimsById(
    reader,
    claims.map((claim) => claim.id),
  );
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

const isPlain = (claim: ClaimValue): boolean => SPECIAL.every((field) => claim[field] === undefined);

export async function mergeClaims(
  transaction: Transaction,
  claims: Pick<ChangedClaims, 'created' | 'replaced'>,
  changeId: string,
): Promise<void> {
  for (const group of groupsOf(claims.created.filter(isPlain)).values()) {
    const [{ reportId, derivation = null }] = group;
    const rows = group.map(rowOf);
    await inPieces(rows, (piece) =>
      transaction.run('claim/create', { rows: piece, reportId, derivation, changeId }),
    );
  }
  const whole = (claim: ClaimValue) => ({ id: claim.id, props: { ...encodeClaim(claim), changeId } });
  await inPieces(claims.created.filter((claim) => !isPlain(claim)).map(whole), (piece) =>
    transaction.run('claim/create-full', { rows: piece }),
  );
  await inPieces(claims.replaced.map(whole), (piece) => transaction.run('claim/replace', { rows: piece }));
}

/** Ids of the nodes and relationships that a report claims; with a derivation, those so derived. */
export async function listFactsOf(reader: Reader, reportId: string, derivation?: string): Promise<string[]> {
  const rows = await reader.read('claim/list-facts-by-report', { reportId });
  const wanted = derivation === undefined ? rows : rows.filter((row) => row.derivation === derivation);
  return [...new Set(wanted.map((row) => row.factId))].sort();
}

export async function deleteClaimsById(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await inPieces(ids, (piece) => transaction.run('claim/delete', { ids: piece }));
}

export async function deleteClaims(transaction: Transaction, factIds: readonly string[]): Promise<void> {
  await inPieces(factIds, (piece) => transaction.run('claim/delete-by-facts', { factIds: piece }));
}

/** What every claim says of who may see it: its fact, its report, what it is about, and its markings. */
export function loadClaims(reader: Reader): Promise<Row<'claim/load'>[]> {
  return reader.read('claim/load', {});
}
