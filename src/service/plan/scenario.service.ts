/** Scenarios that are kept: saved under a name, shared like anything else, and compared with how things are. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors';
import { nodeId } from '../../model/identity';
import type { Batch, Json, Properties } from '../../model/values';
import type { DisruptionScope } from '../disruption/scope';
import type { DisruptionSystems } from '../disruption/systems';
import { memberOf, total } from '../disruption/views';
import type { GraphView } from '../graph-view';
import { planningSourceOf } from '../planning/planning-source';
import { type Scenario, withScenario } from '../scenario/scenario';
import type { ViewContent } from '../view-content';
import type { VisibleWriteService } from '../visible-write.service';
import { type PlanChange, type PlanReport, refuseInvalid } from './plan.service';

export interface ScenarioDraft {
  readonly name: string;
  readonly description?: string | null;
  readonly markings?: readonly string[] | null;
  readonly sharedWith?: readonly string[] | null;
}

export interface ScenarioStanding {
  /** Id of the scenario; null for how things are. */
  readonly scenarioId: string | null;
  readonly name: string;
  readonly operationsInScope: number;
  readonly severityInScope: number;
  /** Components that stop something. */
  readonly chokepointCount: number;
  readonly chokepoints: readonly {
    readonly id: string;
    readonly name: string;
    readonly severityLost: number;
    readonly operationsLost: number;
  }[];
}

/** Scenarios that one comparison takes. */
export const MAX_SCENARIOS = 10;

export class ScenarioService {
  constructor(
    private readonly writes: VisibleWriteService,
    private readonly content: ViewContent,
    private readonly systems: DisruptionSystems,
    private readonly now: () => Date,
  ) {}

  /**
   * Saves a scenario; it must hold together on the graph as the viewer sees it.
   *
   * @throws AppError SCENARIO_INVALID, BAD_INPUT, INVALID_OBJECT
   */
  async save(draft: ScenarioDraft, scenario: Scenario, { view, isDryRun }: PlanChange): Promise<PlanReport> {
    if (draft.name.trim() === '')
      throw new AppError('BAD_INPUT', { what: 'name', expected: 'words', got: '""' });
    withScenario(planningSourceOf(view, this.content), scenario);
    const { addNodes = [], addRelationships = [], remove = [] } = scenario;
    const given = Object.entries(draft).filter(([, value]) => value !== null && value !== undefined);
    const properties: Properties = {
      ...(Object.fromEntries(given) as Properties),
      additions: { addNodes, addRelationships } as unknown as Json,
      removals: [...remove],
      proposedBy: view.viewer.id,
      created: this.now().toISOString(),
    };
    const id = nodeId('SavedScenario', randomUUID());
    const batch: Batch = {
      nodes: [{ id, type: 'SavedScenario', properties }],
      relationships: [],
      claims: [],
    };
    const { items, seq } = await this.writes.for(view).write(batch, {
      kind: 'SCENARIO',
      actor: view.viewer.id,
      isDryRun,
      mayManage: true,
      check: async (_reader, found) => refuseInvalid(found),
    });
    return { id, status: items[0].status, seq };
  }

  /** What some scenarios suppose together. @throws AppError NODE_NOT_FOUND */
  async read(view: GraphView, ids: readonly string[]): Promise<Scenario> {
    const found = await this.content.nodes(view, ids);
    const parts = ids.map((id) => {
      const node = found.get(id);
      if (node?.type !== 'SavedScenario') throw new AppError('NODE_NOT_FOUND', { id });
      return node.properties;
    });
    const additions = parts.map((each) => (each.additions ?? {}) as unknown as Scenario);
    return {
      addNodes: additions.flatMap((each) => each.addNodes ?? []),
      addRelationships: additions.flatMap((each) => each.addRelationships ?? []),
      remove: parts.flatMap((each) => (each.removals as readonly string[] | undefined) ?? []),
    };
  }

  /**
   * How things are, and how they would be under each scenario.
   *
   * @throws AppError NODE_NOT_FOUND, SCENARIO_INVALID where one no longer holds together, BAD_INPUT
   */
  async compare(
    view: GraphView,
    ids: readonly string[],
    scope: DisruptionScope,
    first: number,
  ): Promise<ScenarioStanding[]> {
    if (ids.length > MAX_SCENARIOS) {
      throw new AppError('BAD_INPUT', { what: 'ids', expected: `at most ${MAX_SCENARIOS}`, got: ids.length });
    }
    const source = planningSourceOf(view, this.content);
    const standings = [this.standing(source.projection, scope, first, null, 'As things are')];
    const nodes = await this.content.nodes(view, ids);
    for (const id of ids) {
      const { projection } = withScenario(source, await this.read(view, [id]));
      const name = String(nodes.get(id)?.properties.name ?? id);
      standings.push(this.standing(projection, scope, first, id, name));
    }
    return standings;
  }

  private standing(
    projection: GraphView['projection'],
    scope: DisruptionScope,
    first: number,
    scenarioId: string | null,
    name: string,
  ): ScenarioStanding {
    const { system, ranking } = this.systems.of(projection, scope);
    const { operations } = system.known;
    return {
      scenarioId,
      name,
      operationsInScope: operations.length,
      severityInScope: total(operations.map(({ severity }) => severity)),
      chokepointCount: ranking.components.length,
      chokepoints: ranking.components.slice(0, first).map((component) => ({
        ...memberOf(system, component.event),
        severityLost: component.alone.weight,
        operationsLost: component.alone.tops.length,
      })),
    };
  }
}
