/** How nodes spread: over the values of a column, over what they are related to, and over time. */
import {
  compileEdgePredicate,
  type Interval,
  type PathStep,
  type Predicate,
  type Projection,
  reachDistribution,
  sharedNeighbours,
  distributionOf as spreadOf,
  type TimePoint,
  timeSeriesOf,
  vertexCell,
} from '../analysis';
import { AppError } from '../errors';
import { type Relation, typesNamed } from '../model/ontology/relations';
import { ofTypes } from './filter.service';
import { testOf } from './page.service';

/** Points that a series may have. */
export const MAX_POINTS = 5000;

export interface Spread<T> {
  readonly total: number;
  readonly missing: number;
  /** Different values in all, of which the list holds the first. */
  readonly distinct: number;
  readonly buckets: readonly { readonly value: T; readonly count: number }[];
}

export function distributionBy(
  projection: Projection,
  vertices: Uint32Array,
  column: string,
  first: number,
): Spread<string | number | boolean> {
  const { buckets, missing } = spreadOf(projection, vertices, column);
  return { total: vertices.length, missing, distinct: buckets.length, buckets: buckets.slice(0, first) };
}

/** One step from a node to what it is related to. */
export interface RelationStep {
  readonly relation: Relation;
  /** What the nodes that it leads to must meet. */
  readonly where: Predicate;
  /** What the relationships must meet. */
  readonly over?: Predicate;
  /** Whether it stays where the relation leads nowhere. */
  readonly mayStay: boolean;
}

/** Ids of the nodes that some paths of relations lead to, each with the number of nodes that reach it. */
export function distributionAlong(
  projection: Projection,
  vertices: Uint32Array,
  paths: readonly (readonly RelationStep[])[],
  first: number,
): Spread<string> {
  const { buckets, missing } = reachDistribution(
    projection,
    vertices,
    paths.map((steps) => steps.map((step) => pathStep(projection, step))),
  );
  const order = knownOrder(projection);
  const ranked = [...buckets].sort((x, y) => y.count - x.count || order(x.value, y.value));
  return {
    total: vertices.length,
    missing,
    distinct: buckets.length,
    buckets: ranked
      .slice(0, first)
      .map(({ value, count }) => ({ value: projection.vertices.ids[value], count })),
  };
}

export interface SharedSpread {
  /** Pairs that share anything. */
  readonly total: number;
  readonly pairs: readonly { readonly nodeIds: readonly [string, string]; readonly count: number }[];
}

/** Pairs of a list that are compared at most. */
const MAX_SHARED_STEPS = 5_000_000;

/** Pairs of nodes by how many related nodes they share. @throws AppError BAD_INPUT where too many would be compared */
export function pairsSharing(
  projection: Projection,
  vertices: Uint32Array,
  step: Omit<RelationStep, 'mayStay'>,
  first: number,
): SharedSpread {
  const found = sharedNeighbours(
    projection,
    vertices,
    pathStep(projection, { ...step, mayStay: false }),
    MAX_SHARED_STEPS,
  );
  if (found.status === 'too-many') {
    const expected = 'a list and a relation in which less is shared: filter either';
    throw new AppError('BAD_INPUT', { what: 'relation', expected, got: `over ${MAX_SHARED_STEPS} pairs` });
  }
  const order = knownOrder(projection);
  const pairs = found.pairs
    .map(({ a, b, shared }) => ({ ends: [a, b].sort(order), shared }))
    .sort((x, y) => y.shared - x.shared || order(x.ends[0], y.ends[0]) || order(x.ends[1], y.ends[1]))
    .slice(0, first)
    .map(({ ends, shared }) => ({
      nodeIds: [projection.vertices.ids[ends[0]], projection.vertices.ids[ends[1]]] as const,
      count: shared,
    }));
  return { total: found.pairs.length, pairs };
}

function pathStep(projection: Projection, { relation, where, over, mayStay }: RelationStep): PathStep {
  const far: Predicate = { kind: 'all', of: [ofTypes(typesNamed(relation.farName)), where] };
  return {
    edgeType: relation.relationshipType,
    direction: relation.direction,
    acceptsEdge: compileEdgePredicate(projection, over),
    acceptsEnd: testOf(projection, far),
    mayStay,
  };
}

/** Order between equals as people expect it: by the identifier in the framework, then by name, then by id. */
function knownOrder(projection: Projection): (a: number, b: number) => number {
  const texts = ['externalId', 'name'].map(
    (column) => (vertex: number) => vertexCell(projection, column, vertex) as string | null,
  );
  return (a, b) => {
    for (const text of texts) {
      const [left, right] = [text(a), text(b)];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? 1 : -1;
      return left < right ? -1 : 1;
    }
    return a - b;
  };
}

export interface SeriesRequest {
  readonly column: string;
  readonly interval: Interval;
  readonly from?: string | null;
  readonly until?: string | null;
}

/** @throws AppError BAD_INPUT where the series would have too many points */
export function seriesOf(
  projection: Projection,
  vertices: Uint32Array,
  { column, interval, from, until }: SeriesRequest,
): { readonly points: readonly TimePoint[]; readonly missing: number } {
  const bounds = { from: milliseconds(from), until: milliseconds(until) };
  const series = timeSeriesOf(projection, vertices, column, interval, bounds, MAX_POINTS);
  if (series.status === 'too-many') {
    const expected = `an interval that gives at most ${MAX_POINTS} points`;
    throw new AppError('BAD_INPUT', { what: 'interval', expected, got: interval });
  }
  return series;
}

const milliseconds = (time: string | null | undefined): number | undefined =>
  time === null || time === undefined ? undefined : Date.parse(time);
