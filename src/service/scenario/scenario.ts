/**
 * Scenarios: what would be if some things were there, and others not. A scenario changes a projection and the content
 * behind it for one question; nothing is written.
 */
import { advance, compareIds, edgeOf, type Projection, vertexCell, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import {
  contradictionsOf,
  problemOfEnds,
  problemsOfNode,
  problemsOfRelationship,
} from '../../model/validate';
import type { NodeValue, Properties, RelationshipValue } from '../../model/values';
import type { PlanningSource } from '../planning/planning-source';
import { TYPE_COLUMN } from '../projection.service';
import { edgeRow, nodeRow } from '../projection-rows';

export interface Scenario {
  /** Nodes supposed to be there; one that is there already is supposed to be as stated here. */
  readonly addNodes?: readonly NodeValue[];
  readonly addRelationships?: readonly RelationshipValue[];
  /** Ids of nodes and relationships supposed not to be there. */
  readonly remove?: readonly string[];
}

export const isEmptyScenario = ({ addNodes, addRelationships, remove }: Scenario): boolean =>
  !addNodes?.length && !addRelationships?.length && !remove?.length;

/**
 * What planning reads, with a scenario on top. Facts that a scenario adds have no claims, so nobody doubts them.
 *
 * @throws AppError SCENARIO_INVALID for what the ontology refuses, an end that is not there, and what is both added and removed
 */
export function withScenario(source: PlanningSource, scenario: Scenario): PlanningSource {
  if (isEmptyScenario(scenario)) return source;
  const projection = scenarioProjection(source.projection, scenario);
  const added = new Map<string, { readonly properties: Properties }>(
    (scenario.addNodes ?? []).map((node) => [node.id, node]),
  );
  return {
    projection,
    claims: source.claims,
    nodes: async (ids) => {
      const found = new Map(await source.nodes(ids.filter((id) => !added.has(id))));
      for (const id of ids) {
        const node = added.get(id);
        if (node !== undefined) found.set(id, node);
      }
      return found;
    },
  };
}

function scenarioProjection(projection: Projection, scenario: Scenario): Projection {
  const { addNodes = [], addRelationships = [], remove = [] } = scenario;
  const removed = new Set(remove);
  for (const id of removed) {
    if (vertexOf(projection, id) < 0 && edgeOf(projection, id) < 0) refuse(id, 'nothing there has this id');
  }
  for (const { id } of [...addNodes, ...addRelationships]) {
    if (removed.has(id)) refuse(id, 'it is both added and removed');
  }
  for (const node of addNodes) {
    const [problem] = [...problemsOfNode(node), ...contradictionsOf(node)];
    if (problem) refuse(node.id, problem.message);
  }
  const typeOf = typeReader(projection, addNodes, removed);
  for (const link of addRelationships) {
    const problem =
      problemsOfRelationship(link)[0] ??
      contradictionsOf(link)[0] ??
      problemOfEnds(link.type, typeOf(link.from), typeOf(link.to));
    if (problem) refuse(link.id, problem.message);
    for (const end of [link.from, link.to]) {
      if (typeOf(end) === undefined) refuse(link.id, `nothing there has the id ${end} of one of its ends`);
    }
  }
  return advance(projection, {
    seq: projection.seq,
    vertices: [...addNodes].sort((a, b) => compareIds(a.id, b.id)).map(nodeRow),
    edges: addRelationships.map(edgeRow),
    deleted: removed,
  });
}

function typeReader(
  projection: Projection,
  added: readonly NodeValue[],
  removed: ReadonlySet<string>,
): (id: string) => string | undefined {
  const types = new Map(added.map(({ id, type }) => [id, type]));
  return (id) => {
    if (removed.has(id)) return undefined;
    const known = types.get(id);
    if (known !== undefined) return known;
    const vertex = vertexOf(projection, id);
    return vertex < 0 ? undefined : String(vertexCell(projection, TYPE_COLUMN, vertex));
  };
}

function refuse(id: string, reason: string): never {
  throw new AppError('SCENARIO_INVALID', { id, reason });
}
