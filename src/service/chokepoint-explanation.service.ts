/** Why a component is a chokepoint: the fewest facts that make it one, and the facts that would change its rank most. */
import { type Projection, vertexCell, vertexOf } from '../analysis';
import { AppError } from '../errors';
import { basisOf } from './disruption/analysis-basis';
import type { ExplanationView, TurningFactView } from './disruption/certainty-views';
import { eventNamed } from './disruption/disruption-system';
import {
  type SufficientReason,
  sufficientReasons,
  type TurningFact,
  turningFacts,
} from './disruption/explanation';
import type { DisruptionScope } from './disruption/scope';
import type { AnalysedSystem, DisruptionSystems, DoubtfulReading } from './disruption/systems';
import { idOf } from './disruption/views';
import type { FactService, FactView } from './fact.service';
import type { GraphView } from './graph-view';

const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;
const METHOD =
  'cheapest sufficient reason by decision diagrams; loss and rank with each fact behind it false, or a missing one added';

export class ChokepointExplanationService {
  constructor(
    private readonly systems: DisruptionSystems,
    private readonly facts: FactService,
  ) {}

  /** @throws AppError COMPONENT_NOT_FOUND, and NOT_HITTABLE when nothing in scope depends on the component, or it cannot be hit */
  async explain(
    view: GraphView,
    id: string,
    scope: DisruptionScope = {},
    limit = DEFAULT_LIMIT,
  ): Promise<ExplanationView> {
    const startMs = performance.now();
    if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) {
      const expected = `a whole number from 1 to ${MAX_LIMIT}`;
      throw new AppError('BAD_INPUT', { what: 'first', expected, got: limit });
    }
    const projection = view.recorded;
    const analysed = this.systems.within(view, scope);
    const reading = await analysed.doubtful((edges) =>
      this.facts.claimValuesOf(
        view,
        edges.map((edge) => projection.edges.ids[edge]),
      ),
    );
    const event = eventNamed(projection, reading.eventOf, id);
    const hitIds = hitsWith(analysed, id);
    const hits = hitIds.map((each) => reading.eventOf.get(each) as number).sort((a, b) => a - b);
    const reasons = sufficientReasons(reading, hits);
    const turning = turningFacts(reading, event);
    const shown = turning.facts.slice(0, limit);
    const viewOf = await this.viewsOf(view, reasons.slice(0, limit), shown);
    const operationNames = new Map(reading.compiled.operations.map(({ id, name }) => [id, name]));
    const isProved = reasons.every((reason) => reason.exactness === 'EXACT');
    return {
      id,
      name: nameOf(projection, id),
      hits: hitIds.map((each) => ({ id: each, name: nameOf(projection, each) })),
      severityLost: turning.severityLost,
      rank: turning.rank,
      sufficient: reasons.slice(0, limit).map(({ edges, ...rest }) => ({
        ...rest,
        operationName: operationNames.get(rest.operationId) ?? rest.operationId,
        facts: edges.map(viewOf),
      })),
      sufficientCount: reasons.length,
      turningFacts: shown.map((each) => turningView(reading, each, turning, viewOf)),
      turningFactCount: turning.facts.length,
      basis: basisOf(projection, startMs, METHOD, isProved ? 'EXACT' : 'UPPER_BOUND', boundOf(reasons)),
    };
  }

  private async viewsOf(
    view: GraphView,
    reasons: readonly SufficientReason[],
    turning: readonly TurningFact[],
  ): Promise<(edge: number) => FactView> {
    const edges = [...reasons.flatMap((each) => each.edges), ...turning.map((each) => each.edge)];
    const distinct = [...new Set(edges)].filter((edge) => edge >= 0);
    const views = await this.facts.factsOf(view, distinct);
    const byEdge = new Map(distinct.map((edge, i) => [edge, views[i]]));
    return (edge) => byEdge.get(edge) as FactView;
  }
}

const boundOf = (reasons: readonly SufficientReason[]): number | null =>
  reasons.length > 0 ? Math.min(...reasons.map((reason) => reason.bound)) : null;

/** The component alone where that stops something, or the cheapest cut set that it belongs to. */
function hitsWith({ ranking, system }: AnalysedSystem, id: string): readonly string[] {
  const ranked = ranking.components.find((component) => idOf(system, component.event) === id);
  if (ranked === undefined || ranked.alone.weight > 0 || ranked.cheapest.length === 0) return [id];
  return ranked.cheapest[0].events.map((event) => idOf(system, event));
}

function nameOf(projection: Projection, id: string): string {
  const vertex = vertexOf(projection, id);
  return vertex < 0 ? id : String(vertexCell(projection, 'name', vertex) ?? id);
}

function turningView(
  { compiled, projection }: DoubtfulReading,
  { edge, missing, pHolds, severityLost, rank }: TurningFact,
  before: { readonly severityLost: number; readonly rank: number },
  viewOf: (edge: number) => FactView,
): TurningFactView {
  const memberOf = (node: number) => {
    const { id } = compiled.ecosystem.graph.nodes[node];
    return { id, name: nameOf(projection, id) };
  };
  return {
    kind: missing?.kind ?? 'FALSE',
    fact: edge < 0 ? null : viewOf(edge),
    at: missing ? memberOf(missing.parent) : null,
    pHolds,
    severityLost,
    severityChange: severityLost - before.severityLost,
    rank,
    rankChange: rank - before.rank,
  };
}
