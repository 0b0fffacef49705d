/**
 * Subset columns: the exact loss of one operation on which few actions bear, whatever its dynamics.
 *
 * What: a column for every subset of the relevant actions, chosen by the actions themselves; the effect kernel prices each.
 * Formula: loss = sum over S of F(S) l_S, sum over S of l_S = 1, for each relevant a: sum over S with a in S of l_S = x_a,
 *   l_S >= 0. At binary x exactly the column of the chosen subset is 1.
 * Preconditions: few relevant actions (2^n columns); F depends on no others.
 * Params: `weight` of the scenario; F in severity times days.
 * Returns: nothing; costs are put on the columns.
 * Complexity: 2^n evaluations and columns.
 * Exact: the relaxation is the concave envelope of F.
 * Reference: Sherali, Adams, "A hierarchy of relaxations ...", doi:10.1137/0403036 (its highest level).
 * Example: one relevant action: its own column carries its effect.
 */
import type { MilpBuilder } from './milp-model';

export const MAX_SUBSET_ACTIONS = 8;

export interface SubsetColumnOptions {
  /** Actions of one group exclude each other. */
  readonly groupOf: (action: number) => number;
  readonly maxActions: number;
}

export function addSubsetColumns(
  builder: MilpBuilder,
  columns: ArrayLike<number>,
  relevant: readonly number[],
  groupOf: (action: number) => number,
  weight: number,
  lossOf: (actions: readonly number[]) => number,
): void {
  const chosen: number[] = [];
  const containing: number[][] = relevant.map(() => []);
  for (let mask = 0; mask < 1 << relevant.length; mask += 1) {
    const subset = relevant.filter((_, i) => ((mask >> i) & 1) === 1);
    if (new Set(subset.map(groupOf)).size < subset.length) continue;
    const cost = weight * lossOf(subset);
    const column = builder.addColumn({ cost, lower: 0, upper: 1, isInteger: false });
    chosen.push(column);
    relevant.forEach((_, i) => {
      if (((mask >> i) & 1) === 1) containing[i].push(column);
    });
  }
  builder.addRow(
    1,
    1,
    chosen,
    chosen.map(() => 1),
  );
  relevant.forEach((a, i) => {
    const minus = containing[i].map(() => -1);
    builder.addRow(0, 0, [columns[a], ...containing[i]], [1, ...minus]);
  });
}
