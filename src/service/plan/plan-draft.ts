/** A plan as somebody words it, checked against the law and the graph, and as the objects that are written. */
import { randomUUID } from 'node:crypto';
import { type Projection, vertexCell, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { nodeId, relationshipId } from '../../model/identity';
import { LAWFUL_TAKERS, mayTake } from '../../model/measure-law';
import type { Batch, Json, NodeValue, Properties, RelationshipValue } from '../../model/values';
import type { Term } from '../../model/vocabulary';
import { linkedIds } from './plan-record';
import { requireNodes } from './required-nodes';

export interface MeasureDraft {
  readonly measureType: Term<'MeasureType'>;
  /** Components or operations that it is taken against. */
  readonly targetIds: readonly string[];
  readonly partnerId?: string | null;
  readonly instrumentId?: string | null;
  readonly [property: string]: Json | undefined;
}

export interface PlanDraft {
  readonly name?: string | null;
  readonly operationIds?: readonly string[] | null;
  readonly ownerId?: string | null;
  readonly scenarioId?: string | null;
  /** When given, all measures of the plan: those that are not among them are taken out. */
  readonly measures?: readonly MeasureDraft[] | null;
  readonly [property: string]: Json | readonly MeasureDraft[] | undefined;
}

/** Members of the drafts that are links, not properties. */
const PLAN_LINKS = ['operationIds', 'ownerId', 'scenarioId', 'measures'] as const;
const MEASURE_LINKS = ['targetIds', 'partnerId', 'instrumentId'] as const;

/** Measures in one plan. */
export const MAX_MEASURES = 500;

const without = (draft: object, links: readonly string[]): Properties =>
  Object.fromEntries(
    Object.entries(draft).filter(
      ([name, value]) => !links.includes(name) && value !== null && value !== undefined,
    ),
  );

/**
 * The objects of a draft.
 *
 * @param before the plan as it is; absent for a new one
 * @throws AppError COMPONENT_NOT_FOUND, NODE_NOT_FOUND, MEASURE_NOT_LAWFUL, BAD_INPUT
 */
export function batchOfDraft(
  projection: Projection,
  draft: PlanDraft,
  own: Properties,
  before?: NodeValue,
): Batch & { readonly planId: string } {
  const planId = before?.id ?? nodeId('Plan', randomUUID());
  const cleared = Object.entries(draft).filter(([, value]) => value === null);
  const kept = { ...before?.properties, ...without(draft, PLAN_LINKS), ...own };
  const properties = Object.fromEntries(
    Object.entries(kept).filter(([name]) => !cleared.some(([other]) => other === name)),
  );
  const sharing = sharingOfPlan(properties);
  const nodes: NodeValue[] = [{ id: planId, type: 'Plan', properties }];
  const relationships: RelationshipValue[] = [];
  const link = linker(projection, relationships);
  if (draft.measures) {
    if (draft.measures.length > MAX_MEASURES) {
      const expected = `at most ${MAX_MEASURES} measures`;
      throw new AppError('BAD_INPUT', { what: 'measures', expected, got: draft.measures.length });
    }
    const measures = draft.measures.map((each) => measureOf(projection, planId, each, sharing));
    for (const { node } of measures) nodes.push(node);
    for (const { node, links } of measures) for (const [type, ids] of links) link(node.id, type, ids);
    link(planId, 'PLANS', [...new Set(measures.map(({ node }) => node.id))]);
  }
  const { operationIds, ownerId, scenarioId } = draft;
  if (operationIds) link(planId, 'AIMS_AT', requireNodes(projection, operationIds, ['Operation']));
  if (ownerId !== undefined) link(planId, 'OWNED_BY', requireNodes(projection, one(ownerId), ['Partner']));
  if (scenarioId !== undefined)
    link(planId, 'SUPPOSES', requireNodes(projection, one(scenarioId), ['SavedScenario']));
  return { planId, nodes, relationships, claims: [] };
}

const one = (id: string | null | undefined): readonly string[] => (id ? [id] : []);

const sharingOfPlan = ({ markings, sharedWith }: Properties): Properties => ({
  ...(markings === undefined ? {} : { markings }),
  ...(sharedWith === undefined ? {} : { sharedWith }),
});

/** Writes the links of a type from a node: those wanted, and the retraction of those that are no longer. */
function linker(projection: Projection, relationships: RelationshipValue[]) {
  return (from: string, type: string, wanted: readonly string[]): void => {
    const add = (to: string, properties: Properties) =>
      relationships.push({ id: relationshipId(type, from, to), type, from, to, properties });
    for (const to of wanted) add(to, {});
    for (const to of linkedIds(projection, from, type)) if (!wanted.includes(to)) add(to, { revoked: true });
  };
}

interface DraftedMeasure {
  readonly node: NodeValue;
  readonly links: readonly (readonly [type: string, ids: readonly string[]])[];
}

function measureOf(
  projection: Projection,
  planId: string,
  draft: MeasureDraft,
  sharing: Properties,
): DraftedMeasure {
  const { measureType, targetIds, partnerId, instrumentId } = draft;
  if (targetIds.length === 0)
    throw new AppError('BAD_INPUT', { what: 'targetIds', expected: 'at least one target', got: 'none' });
  const targets = [...new Set(requireNodes(projection, targetIds, ['Operation', 'Component']))].sort();
  const partners = requireNodes(projection, one(partnerId), ['Partner']);
  for (const partner of partners) refuseUnlawful(projection, partner, measureType);
  const id = nodeId('Measure', planId, measureType, ...targets, ...partners);
  const properties = { ...without(draft, MEASURE_LINKS), ...sharing };
  const links = [
    ['AGAINST', targets],
    ['ASSIGNED_TO', partners],
    ['BASED_ON', requireNodes(projection, one(instrumentId), ['LegalInstrument'])],
  ] as const;
  return { node: { id, type: 'Measure', properties: { measureStatus: 'PROPOSED', ...properties } }, links };
}

function refuseUnlawful(projection: Projection, partnerId: string, measureType: string): void {
  const kind = vertexCell(projection, 'partnerKind', vertexOf(projection, partnerId));
  if (kind !== null && mayTake(String(kind), measureType)) return;
  const allowed = LAWFUL_TAKERS[measureType as keyof typeof LAWFUL_TAKERS];
  throw new AppError('MEASURE_NOT_LAWFUL', { measureType, partner: partnerId, kind, allowed });
}
