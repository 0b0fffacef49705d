/**
 * Long lists go to a statement in pieces: one engine ends a statement after 30 seconds, the other has a limit on the memory
 * of one. A transaction takes as many pieces as it needs.
 */
const PIECE = 5_000;

/** Runs a statement once for every piece of a list and gives all rows. */
export async function inPieces<V, R>(
  list: readonly V[],
  run: (piece: readonly V[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const rows: R[] = [];
  for (let from = 0; from < list.length; from += PIECE) {
    for (const row of await run(list.slice(from, from + PIECE))) rows.push(row);
  }
  return rows;
}

/** Values by type: statements that name a label or a type are one a type. */
export function byTypeOf<V extends { readonly value: { readonly type: string } }>(
  values: readonly V[],
): Map<string, V[]> {
  const groups = new Map<string, V[]>();
  for (const each of values) {
    const group = groups.get(each.value.type);
    if (group) group.push(each);
    else groups.set(each.value.type, [each]);
  }
  return groups;
}
