/** How nodes spread: over the values of a column, over what they are related to, and over time. */
import {
  type Interval,
  neighbourDistribution,
  type Predicate,
  type Projection,
  distributionOf as spreadOf,
  type TimePoint,
  timeSeriesOf,
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

/** Ids of the related nodes, each with the number of nodes that are related to it. */
export function distributionOver(
  projection: Projection,
  vertices: Uint32Array,
  relation: Relation,
  where: Predicate,
  first: number,
): Spread<string> {
  const far: Predicate = { kind: 'all', of: [ofTypes(typesNamed(relation.farName)), where] };
  const { buckets, missing } = neighbourDistribution(
    projection,
    vertices,
    relation.relationshipType,
    relation.direction,
    testOf(projection, far),
  );
  const named = buckets
    .slice(0, first)
    .map(({ value, count }) => ({ value: projection.vertices.ids[value], count }));
  return { total: vertices.length, missing, distinct: buckets.length, buckets: named };
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
