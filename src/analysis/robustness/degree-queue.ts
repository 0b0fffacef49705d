import { type CsrGraph, degreeOf } from '../graph/csr-graph';

/**
 * Vertices by remaining degree, highest first, with removals and decrements in constant time.
 *
 * What: the bucket queue behind adaptive degree and CoreHD.
 * Formula: vertices stand sorted by degree in one array; a decrement swaps a vertex with the first of its bucket.
 * Preconditions: simple undirected graph. Params: graph, `floor`: vertices below this degree are not offered.
 * Returns: `takeHighest` the vertex at the end of the highest bucket (or -1), which leaves the queue; `lower` the
 * degree that a vertex still in the queue now has, -1 for one that was taken before.
 * Complexity: O(1) an operation, O(n) to set up. Exact; the order inside a bucket follows from the graph alone.
 * Reference: Batagelj, Zaversnik 2003, arXiv:cs/0310049 (the same bucket array).
 * Example: on a star, takeHighest() is its centre
 */
export class DegreeQueue {
  private readonly degree: Int32Array;
  private readonly order: Int32Array;
  private readonly positionOf: Int32Array;
  private readonly bucketStart: Int32Array;
  private end: number;

  constructor(
    graph: CsrGraph,
    private readonly floor: number,
  ) {
    const n = graph.vertexCount;
    this.degree = new Int32Array(n);
    let maxDegree = 0;
    for (let v = 0; v < n; v += 1) {
      this.degree[v] = degreeOf(graph, v);
      maxDegree = Math.max(maxDegree, this.degree[v]);
    }
    this.bucketStart = new Int32Array(maxDegree + 2);
    for (let v = 0; v < n; v += 1) this.bucketStart[this.degree[v] + 1] += 1;
    for (let d = 0; d <= maxDegree; d += 1) this.bucketStart[d + 1] += this.bucketStart[d];
    const next = this.bucketStart.slice();
    this.order = new Int32Array(n);
    this.positionOf = new Int32Array(n);
    for (let v = 0; v < n; v += 1) {
      this.positionOf[v] = next[this.degree[v]]++;
      this.order[this.positionOf[v]] = v;
    }
    this.end = n;
  }

  takeHighest(): number {
    if (this.end === 0) return -1;
    const v = this.order[this.end - 1];
    if (this.degree[v] < this.floor) return -1;
    this.end -= 1;
    this.degree[v] = -1;
    return v;
  }

  lower(v: number): number {
    const d = this.degree[v];
    if (d <= 0) return -1;
    // Buckets above the highest degree left may start beyond the end; the vertex's own never does.
    const first = this.bucketStart[d]++;
    const position = this.positionOf[v];
    const u = this.order[first];
    this.order[first] = v;
    this.order[position] = u;
    this.positionOf[v] = first;
    this.positionOf[u] = position;
    this.degree[v] = d - 1;
    return d - 1;
  }
}
