import type { Batch } from '../../src/model/values';
import { findClaims } from '../../src/store/claim.store';
import type { StoreEngine } from '../../src/store/engine';
import { findNodes } from '../../src/store/node.store';
import { findRelationshipsFrom } from '../../src/store/relationship.store';
import { claim, node, relationship } from './values';

/** A batch that its number and size determine: as many nodes, relationships in a ring, and claims, as it has rows. */
export function numberedBatch(index: number, rows: number): Batch {
  const nodes = Array.from({ length: rows }, (_, row) => node('Malware', `batch ${index} row ${row}`));
  const relationships = nodes.map((from, row) => relationship('USES', from, nodes[(row + 1) % rows]));
  return { nodes, relationships, claims: nodes.map((fact) => claim(fact, `report--${index}`)) };
}

/** How many of its nodes, relationships and claims a store has. */
export async function countOfBatch(engine: StoreEngine, index: number, rows: number): Promise<number[]> {
  const { nodes } = numberedBatch(index, rows);
  const ids = nodes.map((value) => value.id);
  const claims = await findClaims(engine, ids);
  return [
    (await findNodes(engine, ids)).size,
    (await findRelationshipsFrom(engine, ids)).length,
    [...claims.values()].flat().length,
  ];
}
