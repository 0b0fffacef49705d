/** Where a component is, in law: its own jurisdictions, else those of what holds it, else those of who provides it. */
import { compareIds, type Projection, vertexCell } from '../../analysis';
import { TYPE_COLUMN } from '../projection.service';
import type { EcosystemBuilder } from './ecosystem';

const HOLDERS = ['HOSTED_AT', 'HELD_BY', 'REGISTERED_WITH', 'LEASES_FROM'] as const;

/** ISO 3166 code of a jurisdiction, else its name, else its id. */
export function jurisdictionOf(projection: Projection, vertex: number): string {
  const code = vertexCell(projection, 'iso3166', vertex) ?? vertexCell(projection, 'name', vertex);
  return code === null ? projection.vertices.ids[vertex] : String(code);
}

/** Vertices of the jurisdictions in which a component can be reached, in order of id; none where nobody has placed it. */
export function placesOf(builder: EcosystemBuilder, vertex: number): number[] {
  const own = placesAt(builder, [vertex]);
  if (own.length > 0) return own;
  const holders = placesAt(builder, holdersOf(builder, vertex));
  return holders.length > 0 ? holders : placesAt(builder, othersOf(builder, vertex, ['PROVIDED_BY']));
}

/** Vertices of what hosts, holds, registers or leases out a component. */
export const holdersOf = (builder: EcosystemBuilder, vertex: number): number[] =>
  othersOf(builder, vertex, HOLDERS);

function othersOf(builder: EcosystemBuilder, vertex: number, types: readonly string[]): number[] {
  return types
    .flatMap((type) => builder.edges(vertex, 'out', type))
    .map((edge) => builder.projection.to[edge]);
}

function placesAt(builder: EcosystemBuilder, vertices: readonly number[]): number[] {
  const { projection } = builder;
  const places = new Set(vertices.flatMap((vertex) => othersOf(builder, vertex, ['UNDER_JURISDICTION'])));
  return [...places]
    .filter((place) => vertexCell(projection, TYPE_COLUMN, place) === 'Jurisdiction')
    .sort((a, b) => compareIds(projection.vertices.ids[a], projection.vertices.ids[b]));
}
