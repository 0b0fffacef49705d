import { digestOf } from '../model/digest';
import type { ClaimValue } from '../model/values';
import type { Reader, Transaction } from './engine';
import { inPieces } from './pieces';

const FIELDS = [
  'id',
  'factId',
  'reportId',
  'says',
  'confidence',
  'credibility',
  'derivation',
  'originKey',
] as const satisfies readonly (keyof ClaimValue)[];

const propertiesOf = (claim: ClaimValue): Record<string, string | number> =>
  Object.fromEntries(
    FIELDS.filter((field) => claim[field] !== undefined).map((field) => [field, claim[field]!]),
  );

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
    const { digest: _digest, changeId: _changeId, ...claim } = properties;
    const list = byFact.get(claim.factId as string) ?? [];
    list.push(claim as unknown as ClaimValue);
    byFact.set(claim.factId as string, list);
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
  const rows = await inPieces(ids, (piece) => reader.read('claim/find-ids', { ids: piece }));
  const digests = new Map(rows.map((row) => [row.id, row.digest]));
  return {
    created: claims.filter((claim) => !digests.has(claim.id)),
    replaced: claims.filter(
      (claim) => digests.has(claim.id) && digests.get(claim.id) !== digestOf(propertiesOf(claim)),
    ),
  };
}

export async function mergeClaims(
  transaction: Transaction,
  claims: { readonly created: readonly ClaimValue[]; readonly replaced: readonly ClaimValue[] },
  changeId: string,
): Promise<void> {
  const row = (claim: ClaimValue) => {
    const properties = propertiesOf(claim);
    return { id: claim.id, props: { ...properties, digest: digestOf(properties), changeId } };
  };
  await inPieces(claims.created.map(row), (piece) => transaction.run('claim/create', { rows: piece }));
  await inPieces(claims.replaced.map(row), (piece) => transaction.run('claim/replace', { rows: piece }));
}

export async function deleteClaims(transaction: Transaction, factIds: readonly string[]): Promise<void> {
  await inPieces(factIds, (piece) => transaction.run('claim/delete-by-facts', { factIds: piece }));
}
