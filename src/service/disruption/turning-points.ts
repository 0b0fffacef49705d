/** The instants at which anything in a projection begins or ceases to hold: between two of them nothing changes. */
import type { Projection } from '../../analysis';

const known = new WeakMap<Projection, Float64Array>();

/** Turning points of a projection, milliseconds, ascending, each once. */
function turningPoints(projection: Projection): Float64Array {
  let points = known.get(projection);
  if (points === undefined) {
    const distinct = new Set<number>();
    for (const table of [projection.vertices, projection.edges]) {
      for (const name of ['validFrom', 'validTo']) {
        const column = table.columns.get(name);
        if (column?.kind !== 'number') continue;
        for (const value of column.values) if (!Number.isNaN(value)) distinct.add(value);
      }
    }
    points = Float64Array.from(distinct).sort();
    known.set(projection, points);
  }
  return points;
}

/** The last turning point at or before an instant, or -Infinity: what holds then holds at the instant too. */
export function lastTurningPoint(projection: Projection, at: number): number {
  const points = turningPoints(projection);
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (points[middle] <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? Number.NEGATIVE_INFINITY : points[low - 1];
}
