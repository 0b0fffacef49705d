/** Measurements for Prometheus: the process, requests, operations and the graph. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Services } from '../service/services';

export interface Metrics {
  readonly registry: Registry;
  readonly requestSeconds: Histogram<'route' | 'status'>;
  readonly operationErrors: Counter<'code'>;
}

export function createMetrics({ projections, runs }: Pick<Services, 'projections' | 'runs'>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requestSeconds = new Histogram({
    name: 'atlas_http_request_seconds',
    help: 'Seconds from request to answer',
    labelNames: ['route', 'status'] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  });
  const operationErrors = new Counter({
    name: 'atlas_graphql_errors_total',
    help: 'Errors in GraphQL answers, by code',
    labelNames: ['code'] as const,
    registers,
  });
  gauge(
    registry,
    'atlas_graph_nodes',
    'Nodes in the projection',
    () => projections.known.vertices.ids.length,
  );
  gauge(
    registry,
    'atlas_graph_relationships',
    'Relationships in the projection',
    () => projections.known.edges.ids.length,
  );
  gauge(
    registry,
    'atlas_graph_seq',
    'Number of the last change in the projection',
    () => projections.known.seq,
  );
  gauge(registry, 'atlas_analyses_running', 'Analyses that have a thread', () => runs.load.running);
  gauge(registry, 'atlas_analyses_queued', 'Analyses that wait', () => runs.load.queued);
  gauge(
    registry,
    'atlas_analysis_result_bytes',
    'Bytes of the results that are kept',
    () => runs.load.resultBytes,
  );
  return { registry, requestSeconds, operationErrors };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
