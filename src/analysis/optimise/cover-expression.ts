/**
 * Monotone expressions over actions, shared and turned into columns and rows of a mixed-integer programme.
 *
 * What: nodes OR, AND, AT_LEAST k and LACK (how much of a weighted supply is missing) over actions. Equal nodes are one
 *   node (hash-consing), so what two days, operations or scenarios have in common is stated once.
 * Formula: with the actions 0 or 1 and the objective pushing nodes up,
 *   OR: d <= sum of parts; AND: d <= each part; AT_LEAST k: binary b with k b <= sum of parts;
 *   LACK(w, x, slack): u <= sum w x - slack W, u <= (sum w - slack) W, W binary, which is max(0, sum w x - slack); without
 *   slack the first row is enough. Where only all parts together leave a lack it is SCALED: an AND times that lack.
 *   GATED(u, g): u' <= u, u' <= top(u) g.
 * Preconditions: weights positive; parts are earlier nodes, so the whole is acyclic. Node FALSE is never up, node TRUE is.
 * Params: none has a unit; a LACK is a share in 0..1.
 * Returns: node ids; `columnOf(id)` makes the column on first use. Upper bounds only: no row forces a node up.
 * Complexity: O(parts) a node.
 * Exact at integral actions for OR, AND, AT_LEAST; LACK likewise.
 * Reference: Vesely et al., NUREG-0492, doi:10.2172/5762464; Plaisted, Greenbaum, "A structure-preserving clause form
 *   translation", doi:10.1016/S0747-7171(86)80028-1 (one direction suffices under one polarity).
 * Example: or([x, y]) is the same node as or([y, x]); atLeast(1, p) is or(p); atLeast(p.length, p) is and(p).
 */
import type { MilpBuilder } from './milp-model';

export const FALSE = 0;
export const TRUE = 1;

type NodeKind = 'CONSTANT' | 'ACTION' | 'OR' | 'AND' | 'AT_LEAST' | 'SCALED' | 'GATED' | 'LACK';

interface CoverNode {
  readonly kind: NodeKind;
  readonly parts: readonly number[];
  readonly weights: readonly number[];
  readonly k: number;
  /** Largest value the node can take. */
  readonly top: number;
  column: number;
}

export interface CoverExpressions {
  action(column: number): number;
  or(parts: readonly number[]): number;
  and(parts: readonly number[]): number;
  atLeast(k: number, parts: readonly number[]): number;
  lack(weights: readonly number[], parts: readonly number[], slack: number): number;
  /** The node where the Boolean gate is up, else 0. */
  gated(node: number, gate: number): number;
  /** Is the node 0 or 1 whenever the actions are? A lack is not. */
  isBoolean(node: number): boolean;
  /** Is "some lack" of this node only bounded, not stated exactly, by `anyLack`? */
  isLoose(node: number): boolean;
  /** Node that is up wherever a LACK is positive; the node itself if it is Boolean. */
  anyLack(node: number): number;
  topOf(node: number): number;
  columnOf(node: number): number;
  size(): number;
}

const ROUNDING = 1e-9;

export function coverExpressions(builder: MilpBuilder): CoverExpressions {
  const nodes: CoverNode[] = [];
  const known = new Map<string, number>();
  const wantNode = new Map<number, number>();
  const add = (
    kind: NodeKind,
    parts: readonly number[],
    weights: readonly number[],
    k: number,
    top = 1,
  ): number => {
    const key = `${kind}${k}:${parts.join()}:${weights.join()}:${top}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    known.set(key, nodes.length);
    return nodes.push({ kind, parts, weights, k, top, column: -1 }) - 1;
  };
  add('CONSTANT', [], [], 0);
  add('CONSTANT', [], [], 1);
  const gate = (kind: 'OR' | 'AND', parts: readonly number[]): number => {
    const [absorbing, neutral] = kind === 'OR' ? [TRUE, FALSE] : [FALSE, TRUE];
    const flat = new Set<number>();
    for (const part of parts) {
      if (part === absorbing) return absorbing;
      if (part === neutral) continue;
      if (nodes[part].kind === kind) for (const each of nodes[part].parts) flat.add(each);
      else flat.add(part);
    }
    const list = absorbed(
      kind,
      [...flat].sort((a, b) => a - b),
      nodes,
    );
    if (list.length === 0) return neutral;
    return list.length === 1 ? list[0] : add(kind, list, [], 0);
  };
  const isBoolean = (node: number): boolean => !['LACK', 'SCALED', 'GATED'].includes(nodes[node].kind);
  const expressions: CoverExpressions = {
    action: (column) => {
      const node = add('ACTION', [], [], column);
      nodes[node].column = column;
      return node;
    },
    or: (parts) => gate('OR', parts),
    and: (parts) => gate('AND', parts),
    atLeast(k, parts) {
      const certain = parts.filter((each) => each === TRUE).length;
      const open = parts.filter((each) => each !== TRUE && each !== FALSE).sort((a, b) => a - b);
      const left = k - certain;
      if (left <= 0) return TRUE;
      if (left > open.length) return FALSE;
      if (left === 1) return gate('OR', open);
      return left === open.length ? gate('AND', open) : add('AT_LEAST', open, [], left);
    },
    lack: (weights, parts, slack) => lackNode(weights, parts, slack),
    gated: (node, gate) => gatedNode(node, gate),
    isBoolean,
    isLoose: (node) => nodes[node].kind === 'LACK' && nodes[node].k > ROUNDING,
    anyLack: (node) => wantNode.get(node) ?? node,
    topOf: (node) => (node === FALSE ? 0 : nodes[node].top),
    columnOf: (node) => columnOf(node),
    size: () => nodes.length,
  };

  function lackNode(weights: readonly number[], parts: readonly number[], slack: number): number {
    let left = slack;
    const open: [number, number][] = [];
    parts.forEach((part, i) => {
      if (part === FALSE) return;
      if (part === TRUE) left -= weights[i];
      else open.push([part, weights[i]]);
    });
    open.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const total = open.reduce((sum, each) => sum + each[1], 0);
    const top = Math.min(1, total - left);
    if (top <= ROUNDING) return FALSE;
    const smallest = Math.min(...open.map((each) => each[1]));
    const ids = open.map((each) => each[0]);
    const needsAll = ids.every(isBoolean) && total - left - smallest <= ROUNDING;
    if (needsAll) return scaled(gate('AND', ids), top);
    const weightsLeft = open.map((each) => each[1]);
    const node = add('LACK', ids, weightsLeft, left, top);
    wantNode.set(node, left > ROUNDING ? lackGate(open, left) : gate('OR', ids.map(expressions.anyLack)));
    return node;
  }

  function scaled(part: number, top: number): number {
    if (part === FALSE || top >= 1 - ROUNDING) return part;
    const node = add('SCALED', [part], [], 0, top);
    wantNode.set(node, part);
    return node;
  }

  function gatedNode(node: number, by: number): number {
    if (by === FALSE || node === FALSE) return FALSE;
    if (isBoolean(node)) return gate('AND', [node, by]);
    const want = gate('AND', [expressions.anyLack(node), by]);
    if (want === expressions.anyLack(node)) return node;
    if (nodes[node].kind === 'SCALED') return scaled(want, nodes[node].top);
    const made = add('GATED', [node, want], [], 0, nodes[node].top);
    wantNode.set(made, want);
    return made;
  }

  /** Weakest Boolean bound on "some lack": every part without which the others stay within the slack must be down. */
  function lackGate(open: readonly [number, number][], slack: number): number {
    const total = open.reduce((sum, each) => sum + each[1], 0);
    const vital = open.filter((each) => total - each[1] <= slack + ROUNDING).map((each) => each[0]);
    return gate('AND', [
      ...vital,
      gate(
        'OR',
        open.map((each) => each[0]),
      ),
    ]);
  }

  function columnOf(id: number): number {
    const node = nodes[id];
    if (node.column >= 0) return node.column;
    if (id === FALSE || id === TRUE) {
      node.column = builder.addColumn({ cost: 0, lower: node.k, upper: node.k, isInteger: false });
      return node.column;
    }
    const columns = node.parts.map(columnOf);
    const isInteger = node.kind === 'AT_LEAST';
    node.column = builder.addColumn({ cost: 0, lower: 0, upper: node.top, isInteger });
    if (node.kind === 'LACK') lackRows(node, columns, id);
    else if (node.kind === 'AND') for (const part of columns) below(node.column, part, 1);
    else if (node.kind === 'SCALED') below(node.column, columns[0], node.top);
    else if (node.kind === 'GATED') {
      below(node.column, columns[0], 1);
      below(node.column, columns[1], node.top);
    } else {
      const weight = node.kind === 'OR' ? 1 : node.k;
      const ones = columns.map(() => -1);
      builder.addRow(Number.NEGATIVE_INFINITY, 0, [node.column, ...columns], [weight, ...ones]);
      if (node.kind === 'AT_LEAST') subsetRows(node, columns);
    }
    return node.column;
  }

  /** Of every parts - k + 1 parts one must hold: the facets of "at least k" while there are few of them. */
  function subsetRows(node: CoverNode, columns: readonly number[]): void {
    if (columns.length > 5) return;
    const size = columns.length - node.k + 1;
    for (let mask = 0; mask < 1 << columns.length; mask += 1) {
      const picked = columns.filter((_, i) => ((mask >> i) & 1) === 1);
      if (picked.length !== size) continue;
      const subset = [...new Set(picked)];
      builder.addRow(Number.NEGATIVE_INFINITY, 0, [node.column, ...subset], [1, ...subset.map(() => -1)]);
    }
  }

  function lackRows(node: CoverNode, columns: readonly number[], id: number): void {
    const u = node.column;
    const want = wantNode.get(id) ?? TRUE;
    const minus = node.weights.map((weight) => -weight);
    if (node.k <= ROUNDING) {
      builder.addRow(Number.NEGATIVE_INFINITY, -node.k, [u, ...columns], [1, ...minus]);
      return;
    }
    const switched = builder.addColumn({ cost: 0, lower: 0, upper: 1, isInteger: true });
    builder.addRow(Number.NEGATIVE_INFINITY, 0, [u, switched, ...columns], [1, node.k, ...minus]);
    below(u, switched, node.top);
    if (want !== TRUE) below(switched, columnOf(want), 1);
  }

  function below(column: number, bound: number, times: number): void {
    builder.addRow(Number.NEGATIVE_INFINITY, 0, [column, bound], [1, -times]);
  }
  return expressions;
}

/** Drops parts that another part makes redundant: x AND (x OR y) is x, x OR (x AND y) is x. */
function absorbed(
  kind: 'OR' | 'AND',
  list: readonly number[],
  nodes: readonly CoverNode[],
): readonly number[] {
  const dual = kind === 'OR' ? 'AND' : 'OR';
  const present = new Set(list);
  const kept = list.filter(
    (each) => nodes[each].kind !== dual || !nodes[each].parts.some((part) => present.has(part)),
  );
  return kept.length === list.length ? list : kept;
}
