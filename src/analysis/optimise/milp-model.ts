/**
 * Mixed-integer linear programme, and the port through which a solver is injected.
 *
 * What: maximise cost . x + offset, rowLower <= A x <= rowUpper, colLower <= x <= colUpper, some x integer; built row by
 *   row, handed over as compressed sparse rows.
 * Preconditions: finite coefficients; row bounds may be infinite. A column named twice in a row is added up.
 * Params: times in seconds of wall clock.
 * Returns: an outcome is data: `optimal` (values proved best within the gap asked), `feasible` (stopped by the limit with
 *   values), `infeasible`, `stopped` (limit reached or interrupted without values).
 * Complexity: building is O(non-zeros).
 * Exactness: `bound` is an upper bound on the optimum whatever the status.
 * Reference: Wolsey, "Integer Programming", 2nd ed., doi:10.1002/9781119606475.
 * Example: milpBuilder().addColumn({cost: 1, lower: 0, upper: 1, isInteger: true}) === 0
 */
export interface MilpModel {
  readonly columns: number;
  readonly rows: number;
  readonly offset: number;
  readonly cost: Float64Array;
  readonly colLower: Float64Array;
  readonly colUpper: Float64Array;
  readonly isInteger: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  readonly start: Int32Array;
  readonly index: Int32Array;
  readonly value: Float64Array;
}

export interface MilpProgress {
  readonly seconds: number;
  readonly incumbent: number;
  readonly bound: number;
  readonly nodes: number;
}

export interface MilpControls {
  readonly seconds: number;
  /** Stop once (bound - incumbent) / |incumbent| is below this; 0 asks for a proof. */
  readonly relativeGap: number;
  readonly seed: number;
  /** Values of some columns to start from; the solver completes them. */
  readonly start?: { readonly columns: Int32Array; readonly values: Float64Array };
  readonly relax?: boolean;
  /** Polled now and then, and told the bound proved so far, Infinity before there is one; true stops the solve. */
  readonly interrupt?: (bound: number) => boolean;
  readonly onProgress?: (progress: MilpProgress) => void;
}

export interface MilpOutcome {
  readonly status: 'optimal' | 'feasible' | 'infeasible' | 'stopped';
  readonly objective: number;
  readonly bound: number;
  /** Empty unless status is optimal or feasible. */
  readonly values: Float64Array;
  readonly nodes: number;
  readonly wasInterrupted: boolean;
}

export interface MilpSolver {
  readonly name: string;
  solve(model: MilpModel, controls: MilpControls): MilpOutcome;
}

export interface ColumnSpec {
  readonly cost: number;
  readonly lower: number;
  readonly upper: number;
  readonly isInteger: boolean;
}

export interface MilpBuilder {
  addColumn(column: ColumnSpec): number;
  addCost(column: number, cost: number): void;
  addRow(lower: number, upper: number, indices: readonly number[], values: readonly number[]): number;
  setRowBounds(row: number, lower: number, upper: number): void;
  columnCount(): number;
  rowCount(): number;
  nonZeroCount(): number;
  model(): MilpModel;
}

export function milpBuilder(): MilpBuilder {
  const cost: number[] = [];
  const colLower: number[] = [];
  const colUpper: number[] = [];
  const isInteger: number[] = [];
  const rowLower: number[] = [];
  const rowUpper: number[] = [];
  const start: number[] = [0];
  const index: number[] = [];
  const value: number[] = [];
  return {
    addColumn(column) {
      cost.push(column.cost);
      colLower.push(column.lower);
      colUpper.push(column.upper);
      return isInteger.push(column.isInteger ? 1 : 0) - 1;
    },
    addCost(column, extra) {
      cost[column] += extra;
    },
    addRow(lower, upper, indices, values) {
      const from = index.length;
      const isRepeating = new Set(indices).size < indices.length;
      for (let i = 0; i < indices.length; i += 1) {
        const at = isRepeating ? index.indexOf(indices[i], from) : -1;
        if (at >= 0) value[at] += values[i];
        else {
          index.push(indices[i]);
          value.push(values[i]);
        }
      }
      start.push(index.length);
      rowLower.push(lower);
      return rowUpper.push(upper) - 1;
    },
    setRowBounds(row, lower, upper) {
      rowLower[row] = lower;
      rowUpper[row] = upper;
    },
    columnCount: () => cost.length,
    rowCount: () => rowLower.length,
    nonZeroCount: () => index.length,
    model: () => ({
      columns: cost.length,
      rows: rowLower.length,
      offset: 0,
      cost: Float64Array.from(cost),
      colLower: Float64Array.from(colLower),
      colUpper: Float64Array.from(colUpper),
      isInteger: Uint8Array.from(isInteger),
      rowLower: Float64Array.from(rowLower),
      rowUpper: Float64Array.from(rowUpper),
      start: Int32Array.from(start),
      index: Int32Array.from(index),
      value: Float64Array.from(value),
    }),
  };
}
