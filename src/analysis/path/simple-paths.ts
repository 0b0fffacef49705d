/**
 * What: the simple paths between two vertices, shortest first, up to a length and a number.
 *
 * Formula: a path visits no vertex twice. Distances to the target by breadth-first search prune every branch that cannot
 * reach it within the length; lengths are tried from the distance upwards, so shorter paths come first.
 *
 * Preconditions: from and to are vertices.
 * Params: a projection, both ends, a test of edges, the way edges are followed, most edges of a path, most paths, most
 * edges looked at, and whether only shortest paths count.
 * Returns: paths as edge lists, in order of length, then of edge numbers; how many edges were looked at; status
 * `complete`, `truncated` (more paths than asked for) or `stopped` (too many edges looked at).
 * Complexity: O(n + m) for the distances, then output-sensitive: no branch without a path of the length but for revisits.
 * Exact within its limits.
 * Reference: iterative deepening, R. E. Korf, doi:10.1016/0004-3702(85)90084-0.
 * Example: `simplePaths(p, { from: 0, to: 1, direction: 'both', follows: () => true, maxLength: 4, maxPaths: 10, maxSteps: 1e6, isShortestOnly: false })`.
 */
import type { Projection } from '../projection/projection';

export interface PathRequest {
  readonly from: number;
  readonly to: number;
  readonly direction: 'out' | 'in' | 'both';
  readonly follows: (edge: number) => boolean;
  readonly maxLength: number;
  readonly maxPaths: number;
  readonly maxSteps: number;
  readonly isShortestOnly: boolean;
}

export interface PathList {
  readonly status: 'complete' | 'truncated' | 'stopped';
  /** Edges of each path, from the first vertex to the last. */
  readonly paths: readonly (readonly number[])[];
  /** Edges looked at. */
  readonly explored: number;
}

type Step = readonly [edge: number, vertex: number];

export function simplePaths(projection: Projection, request: PathRequest): PathList {
  return new PathSearch(projection, request).run();
}

class PathSearch {
  private readonly paths: number[][] = [];
  private readonly path: number[] = [];
  private readonly isOnPath: Uint8Array;
  private explored = 0;
  private status: PathList['status'] = 'complete';

  constructor(
    private readonly projection: Projection,
    private readonly request: PathRequest,
  ) {
    this.isOnPath = new Uint8Array(projection.vertices.ids.length);
  }

  run(): PathList {
    const { from, to, maxLength, isShortestOnly } = this.request;
    if (from === to) return { status: 'complete', paths: [[]], explored: 0 };
    const distance = this.distancesTo(to);
    if (distance[from] >= 0) {
      const longest = isShortestOnly ? distance[from] : maxLength;
      this.isOnPath[from] = 1;
      for (let length = distance[from]; length <= longest && this.status === 'complete'; length++) {
        this.extend(from, length, distance);
      }
    }
    return { status: this.status, paths: this.paths, explored: this.explored };
  }

  /** Edges to the target from every vertex within the length; -1 beyond. */
  private distancesTo(target: number): Int32Array {
    const distance = new Int32Array(this.projection.vertices.ids.length).fill(-1);
    distance[target] = 0;
    let frontier = [target];
    for (let depth = 1; frontier.length > 0 && depth <= this.request.maxLength; depth++) {
      const next: number[] = [];
      for (const vertex of frontier) {
        for (const [, neighbour] of this.steps(vertex, true)) {
          if (distance[neighbour] >= 0) continue;
          distance[neighbour] = depth;
          next.push(neighbour);
        }
      }
      frontier = next;
    }
    return distance;
  }

  /** Adds every path of exactly `left` more edges. */
  private extend(vertex: number, left: number, distance: Int32Array): void {
    if (vertex === this.request.to) {
      if (left > 0) return;
      if (this.paths.length === this.request.maxPaths) this.status = 'truncated';
      else this.paths.push([...this.path]);
      return;
    }
    for (const [edge, neighbour] of this.steps(vertex, false)) {
      if (this.status !== 'complete') return;
      if (++this.explored > this.request.maxSteps) {
        this.status = 'stopped';
        return;
      }
      const remaining = distance[neighbour];
      if (remaining < 0 || remaining > left - 1 || this.isOnPath[neighbour] === 1) continue;
      this.isOnPath[neighbour] = 1;
      this.path.push(edge);
      this.extend(neighbour, left - 1, distance);
      this.path.pop();
      this.isOnPath[neighbour] = 0;
    }
  }

  private *steps(vertex: number, isBackward: boolean): Generator<Step> {
    const { projection, request } = this;
    const sides = request.direction === 'both' ? (['out', 'in'] as const) : [request.direction];
    for (const side of sides) {
      const outward = (side === 'out') !== isBackward;
      const { offsets, edges } = outward ? projection.out : projection.in;
      const ends = outward ? projection.to : projection.from;
      for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
        if (request.follows(edges[at])) yield [edges[at], ends[edges[at]]];
      }
    }
  }
}
