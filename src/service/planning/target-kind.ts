/** The kind of a component beyond its type: what profiles of measures and assumptions on recovery are keyed by. */
import type { EcosystemBuilder } from '../disruption/ecosystem';

const KIND_COLUMNS = ['category', 'infrastructureType', 'channelType', 'venueType'] as const;

/** Kind and type of a vertex, the narrower first. */
export function kindsOf(builder: EcosystemBuilder, vertex: number): readonly string[] {
  const kinds = KIND_COLUMNS.map((column) => builder.text(column, vertex)).filter((each) => each !== null);
  return [...kinds, builder.typeOf(vertex)];
}
