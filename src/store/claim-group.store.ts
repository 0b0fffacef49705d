/**
 * Claims that an import makes alike. What they share stands once, in a group; of each of them the fact alone, and a part of its
 * id to find it by: a claim by itself, with three indexes, takes more memory than most facts. A fact has one such claim at most.
 * One that is changed or taken back is taken out of its group and stands by itself.
 */
import { randomUUID } from 'node:crypto';
import { claimId } from '../model/identity';
import type { ClaimValue } from '../model/values';
import { bucketOf, inBuckets } from './bucket';
import { isDefaultId, isOfMany, type StoredClaim, sharedOf, storedFrom } from './claim-record';
import type { Reader, Row, Transaction } from './engine';
import { inPieces } from './pieces';

type Member = Row<'grouped-claim/find-by-facts'>;
type Group = Readonly<Record<string, unknown>>;

/** Fewer claims than this stand by themselves: a group takes room too. */
const LEAST = 8;

/** More ids than this are looked up by reading every mark once: one engine compares each claim with each of them. */
const MARKS_COMPARED = 64;

const CLAIM_ID = /^claim--([0-9a-f]{8})-/;

/** The first 32 bits of the UUID of a claim; undefined where an id is not made as those of claims in groups are. */
function markOf(id: string): number | undefined {
  const [, digits] = CLAIM_ID.exec(id) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/**
 * Writes what of some new claims can lie in groups, and gives the others.
 *
 * @param isNewFact whether a fact is new with these claims, so that it has none yet
 */
export async function createGroupedClaims(
  transaction: Transaction,
  claims: readonly ClaimValue[],
  changeId: string,
  isNewFact: (factId: string) => boolean,
): Promise<ClaimValue[]> {
  const likes = likesOf(claims);
  if (likes.length === 0) return [...claims];
  const candidates = likes.flat().flatMap(({ factId }) => (isNewFact(factId) ? [] : [factId]));
  const taken = new Set((await findMembers(transaction, candidates)).map(({ factId }) => factId));
  const written = new Set<ClaimValue>();
  const groups: Record<string, unknown>[] = [];
  for (const like of likes) {
    const members = like.filter(({ factId }) => !taken.has(factId) && taken.add(factId));
    if (members.length < LEAST) {
      for (const { factId } of members) taken.delete(factId);
      continue;
    }
    const groupId = `claim-group--${randomUUID()}`;
    groups.push({ id: groupId, ...sharedOf(members[0]), changeId });
    const rows = members.map(({ id, factId }) => [factId, bucketOf(factId), markOf(id)]);
    await inPieces(rows, (piece) => transaction.run('grouped-claim/create', { rows: piece, groupId }));
    for (const member of members) written.add(member);
  }
  await inPieces(groups, (piece) => transaction.run('claim-group/create', { rows: piece }));
  return claims.filter((claim) => !written.has(claim));
}

/** Claims that share all but their facts, where they are enough. */
function likesOf(claims: readonly ClaimValue[]): ClaimValue[][] {
  const likes = new Map<string, ClaimValue[]>();
  for (const claim of claims) {
    if (!isOfMany(claim) || !isDefaultId(claim)) continue;
    const key = JSON.stringify(sharedOf(claim));
    const like = likes.get(key);
    if (like) like.push(claim);
    else likes.set(key, [claim]);
  }
  return [...likes.values()].filter((like) => like.length >= LEAST);
}

function findMembers(reader: Reader, factIds: readonly string[]): Promise<Member[]> {
  return inPieces(inBuckets([...new Set(factIds)]), (piece) =>
    reader.read('grouped-claim/find-by-facts', { facts: piece }),
  );
}

/** Claims in groups of some facts. */
export async function findGroupedClaims(reader: Reader, factIds: readonly string[]): Promise<StoredClaim[]> {
  return withShared(reader, await findMembers(reader, factIds));
}

/** Claims in groups that have some ids. */
export async function findGroupedClaimsById(reader: Reader, ids: readonly string[]): Promise<StoredClaim[]> {
  const wanted = new Set(ids);
  const marks = new Set(ids.map(markOf).filter((mark) => mark !== undefined));
  if (marks.size === 0) return [];
  const members =
    marks.size > MARKS_COMPARED
      ? (await reader.read('grouped-claim/load', {})).filter(({ mark }) => marks.has(mark))
      : await reader.read('grouped-claim/find-by-marks', { marks: [...marks] });
  return (await withShared(reader, members)).filter(({ id }) => wanted.has(id));
}

async function withShared(reader: Reader, members: readonly Member[]): Promise<StoredClaim[]> {
  const ids = [...new Set(members.map(({ groupId }) => groupId))];
  const rows = await inPieces(ids, (piece) => reader.read('claim-group/find', { ids: piece }));
  const groups = new Map<unknown, Group>(rows.map(({ properties }) => [properties.id, properties]));
  return members.flatMap(({ factId, groupId }) => {
    const group = groups.get(groupId);
    if (!group) return [];
    return [storedFrom({ ...group, id: claimId(factId, group.reportId as string), factId })];
  });
}

/** Ids of the facts that claims of a report in groups are about; with a derivation, of those so derived. */
export async function listGroupedFactsOf(
  reader: Reader,
  reportId: string,
  derivation?: string,
): Promise<string[]> {
  const groups = await reader.read('claim-group/list-by-report', { reportId });
  const wanted = groups.filter((group) => derivation === undefined || group.derivation === derivation);
  return (
    await listMembers(
      reader,
      wanted.map(({ id }) => id),
    )
  ).map(({ factId }) => factId);
}

/** Ids of the groups of some reports. */
export async function listGroupsOf(reader: Reader, reportIds: readonly string[]): Promise<string[]> {
  const rows = await Promise.all(
    reportIds.map((reportId) => reader.read('claim-group/list-by-report', { reportId })),
  );
  return rows.flat().map(({ id }) => id);
}

function listMembers(reader: Reader, groupIds: readonly string[]): Promise<Member[]> {
  return inPieces(groupIds, (piece) => reader.read('grouped-claim/list-by-groups', { groupIds: piece }));
}

/** Takes the claims of some facts out of their groups, and groups that are empty then with them; `ids` limits it to claims of these. */
export async function deleteGroupedClaims(
  transaction: Transaction,
  factIds: readonly string[],
  ids?: ReadonlySet<string>,
): Promise<void> {
  const members = await findMembers(transaction, factIds);
  if (members.length === 0) return;
  const claims = await withShared(transaction, members);
  const gone = new Set(claims.filter(({ id }) => !ids || ids.has(id)).map(({ factId }) => factId));
  await inPieces(inBuckets([...gone]), (piece) => transaction.run('grouped-claim/delete', { facts: piece }));
  const touched = new Set(members.filter(({ factId }) => gone.has(factId)).map(({ groupId }) => groupId));
  for (const { groupId } of await listMembers(transaction, [...touched])) touched.delete(groupId);
  await inPieces([...touched], (piece) => transaction.run('claim-group/delete', { ids: piece }));
}

/** What every claim in a group says of who may see it. */
export async function loadGroupedClaims(reader: Reader): Promise<
  {
    readonly id: string;
    readonly factId: string;
    readonly reportId: string;
    readonly markings: readonly string[] | null;
  }[]
> {
  const groups = new Map((await reader.read('claim-group/load', {})).map((group) => [group.id, group]));
  return (await reader.read('grouped-claim/load', {})).flatMap(({ factId, groupId }) => {
    const group = groups.get(groupId);
    if (!group) return [];
    const { reportId, markings } = group;
    return [{ id: claimId(factId, reportId), factId, reportId, markings }];
  });
}
