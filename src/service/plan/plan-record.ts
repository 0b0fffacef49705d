/** A plan as a view shows it: the plan, its measures, and what these are about. */
import { edgeCell, type Projection, vertexOf } from '../../analysis';
import { canonicalJson } from '../../model/digest';
import { hashOf } from '../../model/hash';
import type { PlanStatus } from '../../model/plan-status';
import type { Json, NodeValue } from '../../model/values';
import type { GraphView } from '../graph-view';
import { TYPE_COLUMN } from '../projection.service';
import type { ViewContent } from '../view-content';

export interface PlannedMeasure {
  readonly node: NodeValue;
  readonly targetIds: readonly string[];
  readonly partnerIds: readonly string[];
  readonly instrumentIds: readonly string[];
}

export interface PlanRecord {
  readonly plan: NodeValue;
  readonly status: PlanStatus;
  /** In order of start, then of id. */
  readonly measures: readonly PlannedMeasure[];
  readonly operationIds: readonly string[];
  readonly ownerIds: readonly string[];
  readonly scenarioIds: readonly string[];
  /** Digest of all that whoever approves the plan approves. */
  readonly digest: string;
}

/** Ids at the other end of the active relationships of a type. */
export function linkedIds(
  projection: Projection,
  id: string,
  type: string,
  direction: 'out' | 'in' = 'out',
): string[] {
  const vertex = vertexOf(projection, id);
  if (vertex < 0) return [];
  const adjacency = projection[direction];
  const far = direction === 'out' ? projection.to : projection.from;
  const ids: string[] = [];
  for (let at = adjacency.offsets[vertex]; at < adjacency.offsets[vertex + 1]; at++) {
    const edge = adjacency.edges[at];
    if (edgeCell(projection, TYPE_COLUMN, edge) !== type || edgeCell(projection, 'revoked', edge) === true)
      continue;
    ids.push(projection.vertices.ids[far[edge]]);
  }
  return [...new Set(ids)].sort();
}

/** The plan of an id, or undefined where the view has none. */
export async function readPlan(
  view: GraphView,
  content: ViewContent,
  id: string,
): Promise<PlanRecord | undefined> {
  const { projection } = view;
  const measureIds = linkedIds(projection, id, 'PLANS');
  const found = await content.nodes(view, [id, ...measureIds]);
  const plan = found.get(id);
  if (plan === undefined || plan.type !== 'Plan' || plan.isStub) return undefined;
  const measures = measureIds
    .map((measureId) => found.get(measureId))
    .filter((node) => node !== undefined)
    .map(
      (node): PlannedMeasure => ({
        node,
        targetIds: linkedIds(projection, node.id, 'AGAINST'),
        partnerIds: linkedIds(projection, node.id, 'ASSIGNED_TO'),
        instrumentIds: linkedIds(projection, node.id, 'BASED_ON'),
      }),
    )
    .sort((a, b) => startOf(a) - startOf(b) || (a.node.id < b.node.id ? -1 : 1));
  const about = {
    operationIds: linkedIds(projection, id, 'AIMS_AT'),
    ownerIds: linkedIds(projection, id, 'OWNED_BY'),
    scenarioIds: linkedIds(projection, id, 'SUPPOSES'),
  };
  const status = (plan.properties.planStatus as PlanStatus | undefined) ?? 'DRAFT';
  return { plan, status, measures, ...about, digest: digestOfPlan(plan, measures, about) };
}

const startOf = ({ node }: PlannedMeasure): number => (node.properties.startDay as number | undefined) ?? 0;

/** What of a plan is approved: what is to be done, to whom, by whom, on what basis, to what end. Not how far it has come. */
const APPROVED = ['name', 'description', 'objective', 'caseReference', 'request', 'horizonDays'] as const;
const PROGRESS = new Set([
  'measureStatus',
  'owner',
  'startedAt',
  'endedAt',
  'modified',
  'created',
  'markings',
  'sharedWith',
]);

function digestOfPlan(
  { properties }: NodeValue,
  measures: readonly PlannedMeasure[],
  about: { readonly [list: string]: readonly string[] },
): string {
  const plan = Object.fromEntries(APPROVED.map((name) => [name, properties[name] ?? null]));
  const steps = measures.map(({ node, ...links }) => ({
    id: node.id,
    ...links,
    ...Object.fromEntries(Object.entries(node.properties).filter(([name]) => !PROGRESS.has(name))),
  }));
  return hashOf('sha256', canonicalJson({ plan, steps, about } as unknown as Json), 'hex');
}
