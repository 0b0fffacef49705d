/** Measures of single vertices, by name. */
import { approxBetweenness } from '../../analysis/centrality/approx-betweenness';
import { betweenness } from '../../analysis/centrality/betweenness';
import { closeness } from '../../analysis/centrality/closeness';
import { degreeCentrality } from '../../analysis/centrality/degree';
import { kCore } from '../../analysis/centrality/k-core';
import { pageRank } from '../../analysis/centrality/page-rank';
import { separatedPairs } from '../../analysis/connectivity/separated-pairs';
import { type CsrGraph, simpleUndirected } from '../../analysis/graph/csr-graph';
import type { Interrupt, Report } from '../../analysis/graph/interrupt';
import { randomSource } from '../../analysis/graph/random-source';

export const CENTRALITY_MEASURES = [
  'degree',
  'betweenness',
  'closeness',
  'harmonic',
  'pagerank',
  'k-core',
  'separated-pairs',
] as const;
export type CentralityMeasure = (typeof CENTRALITY_MEASURES)[number];

export interface MeasureOptions {
  /** Sources of betweenness; all if absent. */
  readonly samples?: number;
  readonly seed: number;
  readonly interrupt?: Interrupt;
  readonly report?: Report;
}

export interface Measured {
  readonly values: ArrayLike<number>;
  readonly isExact: boolean;
  /** Interrupted: values are those of part of the work. */
  readonly isStopped: boolean;
}

/** The value of every vertex. */
export function measure(graph: CsrGraph, name: CentralityMeasure, options: MeasureOptions): Measured {
  const { samples, seed, interrupt, report } = options;
  const whole = (values: ArrayLike<number>): Measured => ({ values, isExact: true, isStopped: false });
  switch (name) {
    case 'degree':
      return whole(degreeCentrality(graph));
    case 'betweenness': {
      const isExact = samples === undefined || samples >= graph.vertexCount;
      const found = isExact
        ? betweenness(graph, { interrupt, report })
        : approxBetweenness(graph, { samples, random: randomSource(seed), interrupt, report });
      return { values: found.values, isExact, isStopped: found.status === 'stopped' };
    }
    case 'closeness':
    case 'harmonic': {
      const found = closeness(graph, { interrupt, report });
      return { values: found[name], isExact: true, isStopped: found.status === 'stopped' };
    }
    case 'pagerank': {
      const found = pageRank(graph, { interrupt });
      return { values: found.values, isExact: true, isStopped: interrupt?.() ?? false };
    }
    case 'k-core':
      return whole(kCore(simpleUndirected(graph)).coreOf);
    case 'separated-pairs':
      return whole(separatedPairs(simpleUndirected(graph)));
  }
}

/** Vertices by descending value. They are numbered by id, so equal values stand by id. */
export const byValue = (values: ArrayLike<number>): Int32Array =>
  Int32Array.from({ length: values.length }, (_, v) => v).sort((u, v) => values[v] - values[u] || u - v);
