/**
 * Loss of an operation on one piece of time as a linear form over columns.
 *
 * What: the worst of several requirement losses, then a chain of factors (DEMAND, HARM), stated by columns and rows.
 * Formula: z = max_r criticality_r u_r: z = sum criticality_r g_r, g_r <= u_r, sum g_r <= 1, with a binary choice of r
 *   where some u_r may be fractional. loss = 1 - (1 - z) prod (1 - s_f e_f) = z + sum s_f w_f with w_f <= e_f and
 *   w_f <= 1 - z - sum over earlier factors of s w: each takes its share of what the earlier ones left.
 * Preconditions: terms and factors in a fixed order; 0 < criticality, strength <= 1.
 * Params: none has a unit. `factor.column` is that of its action.
 * Returns: the linear form a unit of weight; equal pieces give the same form.
 * Complexity: O(terms + factors^2) non-zeros.
 * Exact at integral actions under maximisation.
 * Reference: Williams, "Model Building in Mathematical Programming", 5th ed., sections 9.2 and 9.3.
 * Example: one term with criticality 1 and no factor is its column.
 */
import type { CoverExpressions } from './cover-expression';
import type { MilpBuilder } from './milp-model';

export interface LossTerm {
  readonly node: number;
  readonly criticality: number;
}

export interface LossFactor {
  readonly column: number;
  readonly strength: number;
}

export interface LinearForm {
  readonly columns: readonly number[];
  readonly coefficients: readonly number[];
  /** Largest value of the form. */
  readonly top: number;
}

export type LossForms = (terms: readonly LossTerm[], factors: readonly LossFactor[]) => LinearForm;

export function lossForms(builder: MilpBuilder, expressions: CoverExpressions): LossForms {
  const known = new Map<string, LinearForm>();
  return (terms, factors) => {
    const merged = mergeTerms(expressions, terms);
    const key = `${merged.map((t) => `${t.node}*${t.criticality}`).join()}|${factors.map((f) => `${f.column}*${f.strength}`).join()}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const form = withFactors(builder, worstOf(builder, expressions, merged), factors);
    known.set(key, form);
    return form;
  };
}

/** Boolean terms of equal criticality are one term: the OR of their nodes. */
function mergeTerms(expressions: CoverExpressions, terms: readonly LossTerm[]): LossTerm[] {
  const byCriticality = new Map<number, number[]>();
  const merged: LossTerm[] = [];
  for (const term of terms) {
    if (!expressions.isBoolean(term.node)) {
      if (!merged.some((each) => each.node === term.node && each.criticality >= term.criticality))
        merged.push(term);
      continue;
    }
    const list = byCriticality.get(term.criticality);
    if (list === undefined) byCriticality.set(term.criticality, [term.node]);
    else list.push(term.node);
  }
  for (const [criticality, nodes] of byCriticality) merged.push({ node: expressions.or(nodes), criticality });
  return merged.sort((a, b) => a.node - b.node || a.criticality - b.criticality);
}

function worstOf(
  builder: MilpBuilder,
  expressions: CoverExpressions,
  terms: readonly LossTerm[],
): LinearForm {
  const columns = terms.map((each) => expressions.columnOf(each.node));
  const coefficients = terms.map((each) => each.criticality);
  const top = terms.reduce(
    (most, each) => Math.max(most, each.criticality * expressions.topOf(each.node)),
    0,
  );
  if (terms.length <= 1) return { columns, coefficients, top };
  const isMixed = terms.some((each) => !expressions.isBoolean(each.node));
  const chosen = terms.map((term, i) => {
    const g = builder.addColumn({ cost: 0, lower: 0, upper: expressions.topOf(term.node), isInteger: false });
    builder.addRow(Number.NEGATIVE_INFINITY, 0, [g, columns[i]], [1, -1]);
    if (!isMixed) return g;
    const y = builder.addColumn({ cost: 0, lower: 0, upper: 1, isInteger: true });
    builder.addRow(Number.NEGATIVE_INFINITY, 0, [g, y], [1, -expressions.topOf(term.node)]);
    return y;
  });
  builder.addRow(
    Number.NEGATIVE_INFINITY,
    1,
    chosen,
    chosen.map(() => 1),
  );
  const values = isMixed ? chosen.map((y) => y - 1) : chosen;
  return { columns: values, coefficients, top };
}

function withFactors(builder: MilpBuilder, worst: LinearForm, factors: readonly LossFactor[]): LinearForm {
  const columns = [...worst.columns];
  const coefficients = [...worst.coefficients];
  for (const factor of factors) {
    const w = builder.addColumn({ cost: 0, lower: 0, upper: 1, isInteger: false });
    builder.addRow(Number.NEGATIVE_INFINITY, 0, [w, factor.column], [1, -1]);
    if (columns.length > 0)
      builder.addRow(Number.NEGATIVE_INFINITY, 1, [w, ...columns], [1, ...coefficients]);
    columns.push(w);
    coefficients.push(factor.strength);
  }
  const left = factors.reduce((rest, each) => rest * (1 - each.strength), 1 - worst.top);
  return { columns, coefficients, top: 1 - left };
}
