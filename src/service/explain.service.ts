/** How a fact came about: stated by reports, judged by somebody, implied by what a source names, or derived by a rule. */
import { edgeCell, edgeOf, type Projection, vertexCell, vertexOf } from '../analysis';
import type { DisruptionSystem } from './disruption/disruption-system';
import type { DisruptionSystems } from './disruption/systems';
import { TYPE_COLUMN } from './projection-rows';

export type DerivationRule = 'STATED' | 'IMPLIED' | 'JUDGEMENT' | 'STANDING_OPERATION';

export interface Derivation {
  readonly rule: DerivationRule;
  readonly description: string;
  /** Ids of the relationships that it rests on, in order. */
  readonly because: readonly string[];
}

const DESCRIPTIONS: Readonly<Record<DerivationRule, string>> = {
  STATED: 'Reports state it',
  IMPLIED: 'A reader derived it from what an object of the source names; nobody states it as such',
  JUDGEMENT: 'Somebody judged whether the two are the same',
  STANDING_OPERATION:
    'The dependency policy gives a group without operations of its own one standing operation, which needs each tactic in which the group uses a technique; it rests on what the group and its campaigns are said to use',
};

export class ExplainService {
  constructor(private readonly systems: DisruptionSystems) {}

  /** Null where the view has no such fact, and no rule derives it. */
  derivationOf(view: Projection, factId: string): Derivation | null {
    const vertex = vertexOf(view, factId);
    const edge = vertex < 0 ? edgeOf(view, factId) : -1;
    if (vertex < 0 && edge < 0) return this.byPolicy(view, factId);
    const isInferred =
      vertex < 0 ? edgeCell(view, 'inferred', edge) === true : vertexCell(view, 'inferred', vertex) === true;
    const isJudgement = edge >= 0 && edgeCell(view, TYPE_COLUMN, edge) === 'SAME_AS';
    const rule = isJudgement ? 'JUDGEMENT' : isInferred ? 'IMPLIED' : 'STATED';
    return { rule, description: DESCRIPTIONS[rule], because: [] };
  }

  private byPolicy(view: Projection, id: string): Derivation | null {
    const { system } = this.systems.of(view, {});
    const operation = system.known.ecosystem.operations.find((each) => each.isInferred && each.id === id);
    if (!operation) return null;
    const because = factsBehind(system, operation.node);
    return {
      rule: 'STANDING_OPERATION',
      description: `${operation.name}. ${DESCRIPTIONS.STANDING_OPERATION}`,
      because,
    };
  }
}

/** Steps that the rule itself adds; what lies behind a component is the component's own. */
const STEPS = new Set(['operation', 'tactic', 'technique']);

function factsBehind({ known, projection }: DisruptionSystem, start: number): string[] {
  const { nodes } = known.ecosystem.graph;
  const facts = new Set<number>();
  const seen = new Set([start]);
  for (const node of seen) {
    if (!STEPS.has(nodes[node].kind)) continue;
    for (const [child, ways] of nodes[node].arcs) {
      for (const edge of ways.flat()) facts.add(edge);
      seen.add(child);
    }
  }
  return [...facts].sort((a, b) => a - b).map((edge) => projection.edges.ids[edge]);
}
