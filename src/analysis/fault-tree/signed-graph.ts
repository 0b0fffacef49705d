/**
 * Signed graph: the acyclic Boolean function of a fault tree with negation on the arcs, shared and simplified as it is
 * made (structural hashing).
 *
 * What: every gate is AND, ATLEAST or XOR over literals; a literal is 2 * vertex + 1 when negated. OR is the negation of
 *   AND of negations, so duals meet in one gate. Vertex 0 is the constant true; 1 .. leafCount are the leaves (events and,
 *   later, modules); gates follow, children before parents.
 * Formula: the laws of identity, domination, idempotence and complement; ATLEAST 1 = OR, ATLEAST n = AND; XOR with signs
 *   and pairs taken out.
 * Complexity: linear in the arcs, expected, but for sorting the arguments of each gate.
 * Exact. Reference: A. Kuehlmann, F. Krohm, "Equivalence Checking Using Cuts and Heaps", doi:10.1145/266021.266090.
 * Example: or([a, or([a, b])]) and or([b, a]) become the same literal after `flattened`.
 */
export const TRUE_LITERAL = 0;
export const FALSE_LITERAL = 1;

export const SignedKind = { AND: 0, ATLEAST: 1, XOR: 2 } as const;
export type SignedKind = (typeof SignedKind)[keyof typeof SignedKind];

export class SignedGraph {
  readonly kinds: SignedKind[] = [];
  readonly thresholds: number[] = [];
  /** Ascending literals of each gate. */
  readonly args: (readonly number[])[] = [];
  private readonly known = new Map<string, number>();

  constructor(readonly leafCount: number) {}

  get firstGate(): number {
    return this.leafCount + 1;
  }

  get vertexCount(): number {
    return this.firstGate + this.args.length;
  }

  isGate(vertex: number): boolean {
    return vertex > this.leafCount;
  }

  argsOf(vertex: number): readonly number[] {
    return this.args[vertex - this.firstGate];
  }

  and(literals: readonly number[]): number {
    const sorted = [...literals].sort((x, y) => x - y);
    const kept: number[] = [];
    for (const literal of sorted) {
      if (literal === FALSE_LITERAL) return FALSE_LITERAL;
      const last = kept[kept.length - 1];
      if (literal === TRUE_LITERAL || literal === last) continue;
      if (last !== undefined && literal === (last ^ 1)) return FALSE_LITERAL;
      kept.push(literal);
    }
    if (kept.length === 0) return TRUE_LITERAL;
    return kept.length === 1 ? kept[0] : this.intern(SignedKind.AND, kept, 0);
  }

  or(literals: readonly number[]): number {
    return this.and(literals.map((literal) => literal ^ 1)) ^ 1;
  }

  /** True when at least k of the literals are; a literal may occur more than once and then counts as often. */
  atLeast(k: number, literals: readonly number[]): number {
    const args: number[] = [];
    let needed = k;
    for (const literal of literals) {
      if (literal === TRUE_LITERAL) needed -= 1;
      else if (literal !== FALSE_LITERAL) args.push(literal);
    }
    args.sort((x, y) => x - y);
    if (needed <= 0) return TRUE_LITERAL;
    if (needed > args.length) return FALSE_LITERAL;
    if (needed === args.length) return this.and(args);
    if (needed === 1) return this.or(args);
    if ((args[0] & 1) === 0) return this.intern(SignedKind.ATLEAST, args, needed);
    const flipped = args.map((literal) => literal ^ 1).sort((x, y) => x - y);
    return this.intern(SignedKind.ATLEAST, flipped, args.length - needed + 1) ^ 1;
  }

  /** True when an odd number of the literals is. */
  xor(literals: readonly number[]): number {
    let sign = 0;
    const vertices: number[] = [];
    for (const literal of [...literals].sort((x, y) => x - y)) {
      sign ^= literal & 1;
      const positive = literal & ~1;
      if (positive === TRUE_LITERAL) sign ^= 1;
      else if (vertices[vertices.length - 1] === positive) vertices.pop();
      else vertices.push(positive);
    }
    if (vertices.length === 0) return FALSE_LITERAL ^ sign;
    if (vertices.length === 1) return vertices[0] ^ sign;
    return this.intern(SignedKind.XOR, vertices, 0) ^ sign;
  }

  /** A gate of the same kind as `vertex` over other arguments. */
  like(kind: SignedKind, threshold: number, literals: readonly number[]): number {
    if (kind === SignedKind.AND) return this.and(literals);
    return kind === SignedKind.XOR ? this.xor(literals) : this.atLeast(threshold, literals);
  }

  private intern(kind: SignedKind, args: readonly number[], threshold: number): number {
    const key = `${kind},${threshold},${args.join(',')}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const literal = 2 * this.vertexCount;
    this.kinds.push(kind);
    this.thresholds.push(threshold);
    this.args.push(args);
    this.known.set(key, literal);
    return literal;
  }
}

/** How many gate arguments refer to each vertex below `root`; the root counts as one more. */
export function referenceCounts(graph: SignedGraph, root: number): Int32Array {
  const counts = new Int32Array(graph.vertexCount);
  counts[root >> 1] += 1;
  for (let vertex = graph.vertexCount - 1; vertex >= graph.firstGate; vertex -= 1) {
    if (counts[vertex] === 0) continue;
    for (const literal of graph.argsOf(vertex)) counts[literal >> 1] += 1;
  }
  return counts;
}

/**
 * The same function with a conjunction under a conjunction (and so a disjunction under a disjunction) taken into its
 * parent where nothing else refers to it, repeated until nothing changes. Linear in the arcs for each round.
 */
export function flattened(graph: SignedGraph, root: number): { graph: SignedGraph; root: number } {
  let current = { graph, root };
  for (let round = 0; round < 8; round += 1) {
    const before = current.graph.args.length;
    current = flattenOnce(current.graph, current.root);
    if (current.graph.args.length === before) break;
  }
  return current;
}

function flattenOnce(graph: SignedGraph, root: number): { graph: SignedGraph; root: number } {
  const counts = referenceCounts(graph, root);
  const isInlined = inlinable(graph, root, counts);
  const next = new SignedGraph(graph.leafCount);
  const mapped = new Int32Array(graph.vertexCount);
  for (let leaf = 0; leaf <= graph.leafCount; leaf += 1) mapped[leaf] = 2 * leaf;
  for (let vertex = graph.firstGate; vertex < graph.vertexCount; vertex += 1) {
    if (counts[vertex] === 0 || isInlined[vertex] === 1) continue;
    const literals: number[] = [];
    const open = [vertex];
    for (let each = open.pop(); each !== undefined; each = open.pop()) {
      for (const literal of graph.argsOf(each)) {
        if (isInlined[literal >> 1] === 1) open.push(literal >> 1);
        else literals.push(mapped[literal >> 1] ^ (literal & 1));
      }
    }
    const gate = vertex - graph.firstGate;
    mapped[vertex] = next.like(graph.kinds[gate], graph.thresholds[gate], literals);
  }
  return { graph: next, root: mapped[root >> 1] ^ (root & 1) };
}

/** Marks conjunctions whose only reference is a positive argument of another conjunction. */
function inlinable(graph: SignedGraph, root: number, counts: Int32Array): Uint8Array {
  const marks = new Uint8Array(graph.vertexCount);
  for (let vertex = graph.firstGate; vertex < graph.vertexCount; vertex += 1) {
    if (counts[vertex] === 0 || graph.kinds[vertex - graph.firstGate] !== SignedKind.AND) continue;
    for (const literal of graph.argsOf(vertex)) {
      const child = literal >> 1;
      if ((literal & 1) === 1 || !graph.isGate(child) || counts[child] !== 1 || child === root >> 1) continue;
      if (graph.kinds[child - graph.firstGate] === SignedKind.AND) marks[child] = 1;
    }
  }
  return marks;
}
