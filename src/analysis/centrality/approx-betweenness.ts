import type { CsrGraph } from '../graph/csr-graph';
import type { Interrupt, Report } from '../graph/interrupt';
import { type RandomSource, sampleWithoutReplacement } from '../graph/random-source';
import { type Betweenness, betweenness } from './betweenness';

/**
 * Approximate betweenness from sampled sources.
 *
 * What: an unbiased estimate of betweenness from a few breadth-first searches.
 * Formula: (n / k) * sum over the k sampled sources of their dependencies.
 * Preconditions: 1 <= samples; more samples than vertices are cut to n, and the result is then exact.
 * Params: graph; `samples` k; `random` (seeded source); `interrupt`; `report`.
 * Returns: as betweenness; `sources` holds the sampled vertices, ascending, none twice.
 * Complexity: O(k m).
 * Approximate: by Hoeffding's inequality the error of each value exceeds e n (n - 2) with probability at most
 * 2 exp(-2 k e^2).
 * Reference: Brandes, Pich, "Centrality estimation in large networks", Int. J. Bifurcation and Chaos 17(7), 2007,
 * doi:10.1142/S0218127407018403.
 * Example: approxBetweenness(graph, { samples: n, random }).values equals betweenness(graph).values
 */
export interface ApproxBetweenness extends Betweenness {
  readonly sources: Int32Array;
}

export interface ApproxBetweennessOptions {
  readonly samples: number;
  readonly random: RandomSource;
  readonly interrupt?: Interrupt;
  readonly report?: Report;
}

export function approxBetweenness(graph: CsrGraph, options: ApproxBetweennessOptions): ApproxBetweenness {
  const n = graph.vertexCount;
  const k = Math.min(options.samples, n);
  const sources = sampleWithoutReplacement(n, k, options.random);
  const result = betweenness(graph, {
    sources,
    scale: n / k,
    interrupt: options.interrupt,
    report: options.report,
  });
  return { ...result, sources };
}
