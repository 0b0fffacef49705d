/** Rows in one order: what a store gives without ORDER BY has none. */
type Identified = { readonly id?: unknown };

export function byId<V extends Identified>(rows: readonly V[] | ReadonlyMap<string, V>): V[] {
  return [...rows.values()].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
}
