import { type MilpSolver, milpBuilder } from '../../src/analysis/optimise/milp-model';
import { highsSolver } from '../../src/service/solver/highs.solver';

let solver: MilpSolver;
beforeAll(async () => {
  solver = await highsSolver();
});

const CONTROLS = { seconds: 20, relativeGap: 0, seed: 0 };
const FREE = Number.NEGATIVE_INFINITY;

/** A multi-dimensional knapsack that takes the solver many nodes. */
function knapsack(items: number, rows: number) {
  const builder = milpBuilder();
  let state = 7;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return 10 + (state % 90);
  };
  const columns = Array.from({ length: items }, () =>
    builder.addColumn({ cost: next(), lower: 0, upper: 1, isInteger: true }),
  );
  for (let r = 0; r < rows; r += 1) {
    const weights = columns.map(next);
    const half = Math.floor(weights.reduce((sum, each) => sum + each, 0) / 2);
    builder.addRow(FREE, half, columns, weights);
  }
  return builder.model();
}

describe('the HiGHS port', () => {
  it('solves to a proof, and relaxed gives a bound on it', () => {
    const builder = milpBuilder();
    const [x, y] = [3, 2].map((cost) => builder.addColumn({ cost, lower: 0, upper: 1, isInteger: true }));
    builder.addRow(FREE, 1.5, [x, y], [1, 1]);
    const exact = solver.solve(builder.model(), CONTROLS);
    expect(exact).toMatchObject({ status: 'optimal', objective: 3, bound: 3 });
    expect([...exact.values]).toEqual([1, 0]);
    expect(solver.solve(builder.model(), { ...CONTROLS, relax: true }).bound).toBeCloseTo(4, 9);
  });

  it('tells infeasible from empty', () => {
    const builder = milpBuilder();
    expect(solver.solve(builder.model(), CONTROLS).status).toBe('optimal');
    const x = builder.addColumn({ cost: 1, lower: 0, upper: 1, isInteger: true });
    builder.addRow(2, 3, [x], [1]);
    expect(solver.solve(builder.model(), CONTROLS).status).toBe('infeasible');
    const empty = milpBuilder();
    empty.addRow(1, 2, [], []);
    expect(solver.solve(empty.model(), CONTROLS).status).toBe('infeasible');
  });

  it('adds up a column named twice in a row', () => {
    const builder = milpBuilder();
    const x = builder.addColumn({ cost: 1, lower: 0, upper: 10, isInteger: false });
    builder.addRow(FREE, 6, [x, x], [1, 2]);
    expect(solver.solve(builder.model(), CONTROLS).objective).toBeCloseTo(2, 9);
  });

  it('stops when interrupted, and keeps a valid bound', () => {
    const model = knapsack(60, 8);
    let polls = 0;
    const stopped = solver.solve(model, { ...CONTROLS, interrupt: () => ++polls > 3 });
    expect(stopped.wasInterrupted).toBe(true);
    expect(stopped.status).not.toBe('optimal');
    if (stopped.values.length > 0) expect(stopped.bound).toBeGreaterThanOrEqual(stopped.objective);
  });

  it('reports progress and starts from the plan it is given', () => {
    const model = knapsack(30, 5);
    const best = solver.solve(model, CONTROLS);
    const columns = Int32Array.from(best.values.keys());
    const again = solver.solve(model, { ...CONTROLS, start: { columns, values: best.values } });
    expect(again.objective).toBeCloseTo(best.objective, 6);
    const seen: number[] = [];
    solver.solve(model, { ...CONTROLS, onProgress: (progress) => seen.push(progress.bound) });
    for (const bound of seen) expect(bound).toBeGreaterThanOrEqual(best.objective - 1e-6);
  });
});
