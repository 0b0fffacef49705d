/** Judgements that are written as relationships, not given as judgements: they contradict what people judged as little. */
import { type Projection, vertexOf } from '../../analysis';
import type { AppError } from '../../errors';
import { nodeTypeOfId } from '../../model/identity';
import type { NodeValue, RelationshipValue } from '../../model/values';
import { withValues } from '../projection-rows';
import { type JudgedPair, type Judgement, judgementGraph } from './judgement-graph';
import { contradictionWith } from './judgement-plan';

/**
 * Judgements among relationships to write that contradict what people judged, or one another: each is weighed on top of those
 * before it, by id.
 *
 * @param nodes what is written with them
 */
export function contradictingJudgements(
  before: Projection,
  nodes: readonly NodeValue[],
  relationships: readonly RelationshipValue[],
): ReadonlyMap<string, AppError> {
  const projection = withEnds(before, nodes, relationships);
  const found = new Map<string, AppError>();
  let known: readonly JudgedPair[] | undefined;
  for (const { id, type, from, to, properties } of relationships) {
    const { judgement, inferred, revoked, deprecated } = properties;
    if (type !== 'SAME_AS' || typeof judgement !== 'string' || from === to) continue;
    known ??= [...judgementGraph(projection).inForce.values()].flat().filter((each) => !each.isAutomatic);
    const others: readonly JudgedPair[] = known.filter((each) => each.id !== id);
    const isInForce = inferred !== true && revoked !== true && deprecated !== true;
    if (!isInForce) {
      known = others;
      continue;
    }
    const judged = {
      id,
      edge: -1,
      from: vertexOf(projection, from),
      to: vertexOf(projection, to),
      judgement: judgement as Judgement,
      isAutomatic: false,
      isWithdrawn: false,
    };
    const contradiction = contradictionWith(projection, others, judged);
    if (contradiction) found.set(id, contradiction);
    else known = [...others, judged];
  }
  return found;
}

/** Refuses one relationship. @throws AppError IDENTITY_CONTRADICTION */
export function refuseContradiction(projection: Projection, value: RelationshipValue): void {
  const [error] = contradictingJudgements(projection, [], [value]).values();
  if (error) throw error;
}

/** The graph with the nodes that are written, and with placeholders for what only judgements name. */
function withEnds(
  projection: Projection,
  nodes: readonly NodeValue[],
  relationships: readonly RelationshipValue[],
): Projection {
  const judged = relationships.filter(({ type }) => type === 'SAME_AS');
  if (judged.length === 0) return projection;
  const given = new Set(nodes.map(({ id }) => id));
  const named = [...new Set(judged.flatMap(({ from, to }) => [from, to]))].filter(
    (id) => !given.has(id) && vertexOf(projection, id) < 0,
  );
  const placeholders = named.map((id) => ({ id, type: nodeTypeOfId(id), properties: {} }));
  return withValues(projection, [...nodes, ...placeholders], []);
}
