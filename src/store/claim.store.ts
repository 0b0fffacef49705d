import { canonicalJson } from '../model/digest';
import type { ClaimValue, Json } from '../model/values';
import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

const FIELDS = [
  'id',
  'factId',
  'reportId',
  'about',
  'says',
  'confidence',
  'credibility',
  'derivation',
  'originKey',
  'markings',
  'sharedWith',
] as const satisfies readonly (keyof ClaimValue)[];

/** What a claim may leave out. */
const OPTIONAL = [
  'about',
  'says',
  'confidence',
  'credibility',
  'originKey',
  'markings',
  'sharedWith',
] as const;

const propertiesOf = (claim: ClaimValue): Record<string, Json> =>
  Object.fromEntries(
    FIELDS.filter((field) => claim[field] !== undefined).map((field) => [field, claim[field]!]),
  );

const claimFrom = (stored: Readonly<Record<string, unknown>>): ClaimValue =>
  Object.fromEntries(
    FIELDS.flatMap((field) =>
      stored[field] === undefined || stored[field] === null ? [] : [[field, stored[field]]],
    ),
  ) as unknown as ClaimValue;

/** Claims of some facts, by fact, each list in order of claim id. */
export async function findClaims(
  reader: Reader,
  factIds: readonly string[],
): Promise<Map<string, ClaimValue[]>> {
  const byFact = new Map<string, ClaimValue[]>();
  const rows = await inPieces([...new Set(factIds)], (piece) =>
    reader.read('claim/find-by-facts', { factIds: piece }),
  );
  for (const { properties } of rows) {
    const claim = claimFrom(properties);
    const list = byFact.get(claim.factId) ?? [];
    list.push(claim);
    byFact.set(claim.factId, list);
  }
  for (const list of byFact.values()) list.sort((a, b) => (a.id < b.id ? -1 : 1));
  return byFact;
}

/** Which claims are new or say something else than before. */
export async function findChangedClaims(
  reader: Reader,
  claims: readonly ClaimValue[],
): Promise<{ readonly created: readonly ClaimValue[]; readonly replaced: readonly ClaimValue[] }> {
  const ids = claims.map((claim) => claim.id);
  const rows = await inPieces(ids, (piece) => reader.read('claim/find', { ids: piece }));
  const found = new Map(rows.map((row) => [row.properties.id as string, claimFrom(row.properties)]));
  return {
    created: claims.filter((claim) => !found.has(claim.id)),
    replaced: claims.filter((claim) => {
      const known = found.get(claim.id);
      return known && canonicalJson(propertiesOf(known)) !== canonicalJson(propertiesOf(claim));
    }),
  };
}

type ClaimRow = Omit<ClaimValue, 'reportId' | 'derivation'>;

/** The row of a new claim: what it leaves out stays out, since every value costs on its way to the store. */
function rowOf(claim: ClaimValue): ClaimRow {
  const row: Record<string, unknown> = { id: claim.id, factId: claim.factId };
  for (const field of OPTIONAL) if (claim[field] !== undefined) row[field] = claim[field];
  return row as unknown as ClaimRow;
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

export async function mergeClaims(
  transaction: Transaction,
  claims: { readonly created: readonly ClaimValue[]; readonly replaced: readonly ClaimValue[] },
  changeId: string,
): Promise<void> {
  for (const group of groupsOf(claims.created).values()) {
    const [{ reportId, derivation = null }] = group;
    const rows = group.map(rowOf);
    await inPieces(rows, (piece) =>
      transaction.run('claim/create', { rows: piece, reportId, derivation, changeId }),
    );
  }
  const rows = claims.replaced.map((claim) => ({
    id: claim.id,
    props: { ...propertiesOf(claim), changeId },
  }));
  await inPieces(rows, (piece) => transaction.run('claim/replace', { rows: piece }));
}

export async function deleteClaims(transaction: Transaction, factIds: readonly string[]): Promise<void> {
  await inPieces(factIds, (piece) => transaction.run('claim/delete-by-facts', { factIds: piece }));
}

/** What every claim says of who may see it: its fact, its report, what it is about, and its markings. */
export function loadClaims(reader: Reader): Promise<Row<'claim/load'>[]> {
  return reader.read('claim/load', {});
}
