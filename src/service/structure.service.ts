/** Analysis of plain graphs read from edge lists: dismantling, critical nodes, centrality. */
import { type CsrGraph, csrGraph } from '../analysis/graph/csr-graph';
import { randomSource } from '../analysis/graph/random-source';
import { criticalNodes } from '../analysis/robustness/critical-nodes';
import { DISMANTLING_METHODS, type DismantlingMethod, dismantle } from '../analysis/robustness/dismantling';
import { AppError } from '../errors';
import { type ByteSource, fileSource } from '../ingest/byte-source';
import { type EdgeList, readEdgeList } from '../ingest/edge-list.reader';
import { byValue, CENTRALITY_MEASURES, type CentralityMeasure, measure } from './structure/measure';

/** An edge list: the path of a file, or bytes from elsewhere. */
export type GraphSource = string | ByteSource;

export type VertexId = string | number;

export interface DismantlingReport {
  readonly method: DismantlingMethod;
  readonly vertices: number;
  readonly edges: number;
  readonly target: number;
  readonly removed: readonly VertexId[];
  readonly removals: number;
  readonly curve: readonly number[];
  readonly area: number;
  readonly seconds: number;
}

export interface CriticalNodesReport {
  readonly k: number;
  readonly removed: readonly VertexId[];
  readonly pairwiseConnectivity: number;
  readonly status: 'optimal' | 'feasible';
  readonly bound: number;
  readonly seconds: number;
}

export interface CentralityReport {
  readonly measure: CentralityMeasure;
  readonly exact: boolean;
  readonly values: readonly (readonly [VertexId, number])[];
  readonly seconds: number;
}

export interface DismantlingRequest {
  readonly method: string;
  readonly target: number;
  readonly radius: number;
  readonly seed: number;
}

export interface CriticalNodesRequest {
  readonly k: number;
  readonly seed: number;
  readonly seconds?: number;
  readonly iterations?: number;
}

export interface CentralityRequest {
  readonly measure: string;
  readonly samples?: number;
  readonly seed: number;
  readonly directed: boolean;
}

export class StructureService {
  /** `clock` tells seconds from any start; only the field `seconds` and limits of time depend on it. */
  constructor(private readonly clock: () => number) {}

  async dismantle(source: GraphSource, request: DismantlingRequest): Promise<DismantlingReport> {
    const { target, radius, seed } = request;
    const method = named(DISMANTLING_METHODS, METHOD_ALIASES, request.method);
    if (method === undefined) {
      throw new AppError('DISMANTLING_METHOD', {
        got: request.method,
        known: DISMANTLING_METHODS.join(', '),
      });
    }
    if (!(target > 0 && target <= 1)) throw new AppError('DISMANTLING_TARGET', { got: shown(target) });
    requireCount('--radius', radius, 0);
    requireCount('--seed', seed, 0);
    const { ids, graph } = await this.read(source, false);
    const start = this.clock();
    const { removed, curve, area } = dismantle(graph, { method, target, radius, random: randomSource(seed) });
    return {
      method,
      vertices: graph.vertexCount,
      edges: graph.edgeCount,
      target,
      removed: Array.from(removed, (v) => ids[v]),
      removals: removed.length,
      curve: [...curve],
      area,
      seconds: this.clock() - start,
    };
  }

  async criticalNodes(source: GraphSource, request: CriticalNodesRequest): Promise<CriticalNodesReport> {
    const { k, seed, seconds, iterations } = request;
    requireCount('--seed', seed, 0);
    if (seconds !== undefined && !(seconds > 0 && Number.isFinite(seconds))) {
      throw new AppError('BAD_INPUT', {
        what: '--seconds',
        expected: 'a number above 0',
        got: shown(seconds),
      });
    }
    if (iterations !== undefined) requireCount('--iterations', iterations, 1);
    const start = this.clock();
    const { ids, graph } = await this.read(source, false);
    if (!(Number.isInteger(k) && k >= 0 && k <= graph.vertexCount)) {
      throw new AppError('REMOVAL_COUNT', { got: shown(k), vertices: graph.vertexCount });
    }
    const found = criticalNodes(graph, {
      k,
      random: randomSource(seed),
      iterations: iterations ?? (seconds === undefined ? undefined : Number.POSITIVE_INFINITY),
      interrupt: seconds === undefined ? undefined : () => this.clock() - start >= seconds,
    });
    return {
      k,
      removed: Array.from(found.removed, (v) => ids[v]),
      pairwiseConnectivity: found.value,
      status: found.status,
      bound: found.bound,
      seconds: this.clock() - start,
    };
  }

  async centrality(source: GraphSource, request: CentralityRequest): Promise<CentralityReport> {
    const { samples, seed, directed } = request;
    const name = named(CENTRALITY_MEASURES, MEASURE_ALIASES, request.measure);
    if (name === undefined) {
      const known = CENTRALITY_MEASURES.join(', ');
      throw new AppError('CENTRALITY_MEASURE', { got: request.measure, known });
    }
    requireCount('--seed', seed, 0);
    if (samples !== undefined) {
      requireCount('--samples', samples, 1);
      if (name !== 'betweenness') {
        throw new AppError('BAD_INPUT', {
          what: '--samples',
          expected: 'the measure betweenness, the only one that is sampled',
          got: name,
        });
      }
    }
    const { ids, graph } = await this.read(source, directed);
    const start = this.clock();
    const { values, isExact } = measure(graph, name, { samples, seed });
    return {
      measure: name,
      exact: isExact,
      values: Array.from(byValue(values), (v) => [ids[v], values[v]] as const),
      seconds: this.clock() - start,
    };
  }

  private async read(
    source: GraphSource,
    directed: boolean,
  ): Promise<{ ids: EdgeList['ids']; graph: CsrGraph }> {
    const bytes = typeof source === 'string' ? fileSource(source) : source;
    const { ids, sources, targets } = await readEdgeList(bytes);
    if (ids.length === 0) throw new AppError('GRAPH_EMPTY', { file: bytes.name });
    return {
      ids,
      graph: csrGraph({ vertexCount: ids.length, sources, targets }, { directed, simple: true }),
    };
  }
}

const METHOD_ALIASES: Readonly<Record<string, DismantlingMethod>> = {
  adaptivedegree: 'degree',
  hda: 'degree',
  adaptivebetweenness: 'betweenness',
  collectiveinfluence: 'ci',
  corehd: 'core-hd',
  gndr: 'gnd',
  minsum: 'min-sum',
};

const MEASURE_ALIASES: Readonly<Record<string, CentralityMeasure>> = {
  harmoniccloseness: 'harmonic',
  kcore: 'k-core',
  coreness: 'k-core',
};

/** A name as listed, in any case and with or without hyphens, or another name of the same thing. */
function named<N extends string>(
  names: readonly N[],
  aliases: Readonly<Record<string, N>>,
  got: string,
): N | undefined {
  const plain = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');
  const wanted = plain(got);
  return (
    names.find((name) => plain(name) === wanted) ??
    (Object.hasOwn(aliases, wanted) ? aliases[wanted] : undefined)
  );
}

function requireCount(what: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new AppError('BAD_INPUT', {
    what,
    expected: `a whole number of at least ${least}`,
    got: shown(value),
  });
}

/** NaN and infinities have no JSON. */
const shown = (value: number): string => String(value);
