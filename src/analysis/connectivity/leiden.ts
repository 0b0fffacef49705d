import type { CsrGraph } from '../graph/csr-graph';
import { type Interrupt, neverInterrupt } from '../graph/interrupt';
import type { RandomSource } from '../graph/random-source';
import { aggregated, type WeightedGraph, weightedGraph } from './community-graph';

/**
 * Communities by the Leiden algorithm, maximising modularity.
 *
 * What: a partition of the vertices with many edges inside its classes; every class is connected.
 * Formula: Q = sum over classes c of [ e_c / m - gamma * (d_c / (2 m))^2 ], e_c edges inside, d_c sum of degrees. Rounds of
 * (1) fast local moving over a queue, (2) refinement inside each class by merging well-connected singletons, (3)
 * aggregation of the refined partition, started from the coarse one, until nothing moves.
 * Preconditions: undirected graph (a directed one is read without its directions); loops and parallel edges weigh as
 * in degree.
 * Params: graph; `random` (shuffles the queue); `resolution` gamma (1); `maxRounds` (20); `interrupt` between rounds.
 * Returns: `communityOf[v]`, classes numbered by their smallest vertex; `count`; `modularity`; `status` `feasible`, or
 * `stopped` when interrupted. Of equal gains the class met first in the adjacency wins; merging in the refinement is greedy
 * (the limit theta -> 0 of the paper), so a seed fixes the result.
 * Complexity: O(m) a round, few rounds in practice; O(n + m) memory.
 * Approximate: modularity is NP-hard to maximise; no factor is promised.
 * Reference: Traag, Waltman, van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", Scientific
 * Reports 9, 5233, 2019, doi:10.1038/s41598-019-41695-z.
 * Example: two triangles joined by one edge give communityOf [0, 0, 0, 1, 1, 1]
 */
export interface Communities {
  readonly status: 'feasible' | 'stopped';
  readonly communityOf: Int32Array;
  readonly count: number;
  readonly modularity: number;
}

export interface LeidenOptions {
  readonly random: RandomSource;
  readonly resolution?: number;
  readonly maxRounds?: number;
  readonly interrupt?: Interrupt;
}

export function leiden(graph: CsrGraph, options: LeidenOptions): Communities {
  const gamma = options.resolution ?? 1;
  const interrupt = options.interrupt ?? neverInterrupt;
  const whole = weightedGraph(graph);
  let stopped = false;
  // Rounds start again from the flat partition found, so that vertices can leave a class that others made worse.
  let flat: Int32Array = identity(graph.vertexCount);
  for (let round = 0; round < (options.maxRounds ?? 20); round += 1) {
    const before = flat.slice();
    let level = whole;
    let classOf: Int32Array = flat.slice();
    let vertexIn: Int32Array = identity(graph.vertexCount);
    for (;;) {
      stopped = interrupt();
      if (stopped) break;
      moveNodes(level, classOf, gamma, options.random);
      for (let v = 0; v < flat.length; v += 1) flat[v] = classOf[vertexIn[v]];
      const refined = refine(level, classOf, gamma);
      const next = aggregated(level, refined);
      if (next.graph.vertexCount === level.vertexCount) break;
      const nextClass = new Int32Array(next.graph.vertexCount);
      for (let v = 0; v < level.vertexCount; v += 1) nextClass[next.groupOf[v]] = classOf[v];
      vertexIn = vertexIn.map((v) => next.groupOf[v]);
      classOf = numbered(nextClass).classOf;
      level = next.graph;
    }
    flat = numbered(flat).classOf;
    if (stopped || flat.every((c, v) => c === before[v])) break;
  }
  const { classOf: communityOf, count } = numbered(flat);
  return {
    status: stopped ? 'stopped' : 'feasible',
    communityOf,
    count,
    modularity: modularity(whole, communityOf, gamma),
  };
}

function identity(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}

/** Classes renumbered in order of their smallest vertex. */
function numbered(classOf: Int32Array): { classOf: Int32Array; count: number } {
  const numberOf = new Map<number, number>();
  const renumbered = classOf.map((c) => {
    const known = numberOf.get(c);
    if (known !== undefined) return known;
    numberOf.set(c, numberOf.size);
    return numberOf.size - 1;
  });
  return { classOf: renumbered, count: numberOf.size };
}

/** Moves vertices to the best neighbouring class until no queued vertex gains; `classOf` values are below n. */
function moveNodes(graph: WeightedGraph, classOf: Int32Array, gamma: number, random: RandomSource): void {
  const { vertexCount: n, offsets, targets, weights, degree, total } = graph;
  if (total === 0) return;
  const degreeIn = new Float64Array(n);
  const sizeOf = new Int32Array(n);
  for (let v = 0; v < n; v += 1) {
    degreeIn[classOf[v]] += degree[v];
    sizeOf[classOf[v]] += 1;
  }
  const spare: number[] = [];
  for (let c = n - 1; c >= 0; c -= 1) if (sizeOf[c] === 0) spare.push(c);
  const queue = shuffled(n, random);
  const queued = new Uint8Array(n).fill(1);
  const linkTo = new Float64Array(n);
  let waiting = n;
  for (let head = 0; waiting > 0; head = head + 1 === n ? 0 : head + 1) {
    const v = queue[head];
    waiting -= 1;
    queued[v] = 0;
    const old = classOf[v];
    degreeIn[old] -= degree[v];
    sizeOf[old] -= 1;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      if (targets[a] !== v) linkTo[classOf[targets[a]]] += weights[a];
    }
    const factor = (gamma * degree[v]) / (2 * total);
    let best = old;
    let bestGain = linkTo[old] - factor * degreeIn[old];
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const c = classOf[targets[a]];
      const gain = linkTo[c] - factor * degreeIn[c];
      if (targets[a] !== v && gain > bestGain + 1e-12) {
        best = c;
        bestGain = gain;
      }
    }
    if (bestGain < -1e-12 && sizeOf[old] > 0) best = spare.pop() as number;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) linkTo[classOf[targets[a]]] = 0;
    if (best !== old && sizeOf[old] === 0) spare.push(old);
    classOf[v] = best;
    degreeIn[best] += degree[v];
    sizeOf[best] += 1;
    if (best === old) continue;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const w = targets[a];
      if (queued[w] === 1 || classOf[w] === best || w === v) continue;
      queued[w] = 1;
      queue[(head + 1 + waiting) % n] = w;
      waiting += 1;
    }
  }
}

function shuffled(n: number, random: RandomSource): Int32Array {
  const order = identity(n);
  for (let i = n - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    const t = order[i];
    order[i] = order[j];
    order[j] = t;
  }
  return order;
}

/** Splits each class into connected groups: singletons that are well linked to the class join the best linked group. */
function refine(graph: WeightedGraph, classOf: Int32Array, gamma: number): Int32Array {
  const { vertexCount: n, offsets, targets, weights, degree, total } = graph;
  const groupOf = identity(n);
  if (total === 0) return groupOf;
  const degreeInClass = new Float64Array(n);
  for (let v = 0; v < n; v += 1) degreeInClass[classOf[v]] += degree[v];
  const degreeInGroup = Float64Array.from(degree);
  const sizeOf = new Int32Array(n).fill(1);
  // Weight from a group to the rest of its class.
  const outward = new Float64Array(n);
  for (let v = 0; v < n; v += 1) {
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      if (targets[a] !== v && classOf[targets[a]] === classOf[v]) outward[v] += weights[a];
    }
  }
  const isWellLinked = (link: number, own: number, whole: number): boolean =>
    link >= (gamma * own * (whole - own)) / (2 * total) - 1e-12;
  const linkTo = new Float64Array(n);
  for (let v = 0; v < n; v += 1) {
    const whole = degreeInClass[classOf[v]];
    if (sizeOf[groupOf[v]] !== 1 || !isWellLinked(outward[v], degree[v], whole)) continue;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const w = targets[a];
      if (w !== v && classOf[w] === classOf[v]) linkTo[groupOf[w]] += weights[a];
    }
    let best = groupOf[v];
    let bestGain = 0;
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      const w = targets[a];
      const g = groupOf[w];
      if (w === v || linkTo[g] === 0 || !isWellLinked(outward[g], degreeInGroup[g], whole)) continue;
      const gain = linkTo[g] - (gamma * degree[v] * degreeInGroup[g]) / (2 * total);
      if (gain > bestGain + 1e-12) {
        best = g;
        bestGain = gain;
      }
    }
    if (best !== groupOf[v]) {
      outward[best] += outward[v] - 2 * linkTo[best];
      degreeInGroup[best] += degree[v];
      sizeOf[best] += 1;
      sizeOf[groupOf[v]] = 0;
      groupOf[v] = best;
    }
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) linkTo[groupOf[targets[a]]] = 0;
    linkTo[best] = 0;
  }
  return groupOf;
}

/** Modularity of a partition; 0 for a graph without edges. */
function modularity(graph: WeightedGraph, classOf: Int32Array, gamma: number): number {
  const { vertexCount: n, offsets, targets, weights, degree, total } = graph;
  if (total === 0) return 0;
  const degreeIn = new Float64Array(n);
  let inside = 0;
  for (let v = 0; v < n; v += 1) {
    degreeIn[classOf[v]] += degree[v];
    for (let a = offsets[v]; a < offsets[v + 1]; a += 1) {
      if (classOf[targets[a]] === classOf[v]) inside += weights[a];
    }
  }
  let expected = 0;
  for (let c = 0; c < n; c += 1) expected += (degreeIn[c] / (2 * total)) ** 2;
  return inside / (2 * total) - gamma * expected;
}
