/** Ids that a plan or an outcome names, which must be in the graph. */
import { type Projection, vertexCell, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { findNodeType } from '../../model/ontology/ontology';
import { TYPE_COLUMN } from '../projection-rows';

/**
 * The ids, all of which must be of some types; `Component` stands for every type of component. Without types any will do.
 *
 * @throws AppError COMPONENT_NOT_FOUND where a component would do, else NODE_NOT_FOUND
 */
export function requireNodes(
  projection: Projection,
  ids: readonly string[],
  types?: readonly string[],
): readonly string[] {
  for (const id of ids) {
    const vertex = vertexOf(projection, id);
    if (vertex >= 0 && isOneOf(String(vertexCell(projection, TYPE_COLUMN, vertex)), types)) continue;
    if (types?.includes('Component')) throw new AppError('COMPONENT_NOT_FOUND', { ids: id });
    throw new AppError('NODE_NOT_FOUND', { id });
  }
  return ids;
}

const isOneOf = (type: string, types: readonly string[] | undefined): boolean =>
  types === undefined ||
  types.includes(type) ||
  (types.includes('Component') && findNodeType(type)?.isComponent === true);
