/**
 * From a projection to the planning problem: the same shape as a problem in a file, so that everything downstream, and
 * anybody outside, sees one thing. docs/analysis/measures.md states every rule.
 */
import { compareIds, edgeCell, type Projection } from '../../analysis';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { addStandingOperations } from '../disruption/dependency-policy';
import { type Ecosystem, EcosystemBuilder, type EcosystemOptions } from '../disruption/ecosystem';
import type { FailureNode } from '../disruption/failure-graph';
import { type OperationScope, operationsInScope } from '../disruption/operation-scope';
import { EdgeDoubts } from './edge-doubt';
import { type MeasureBook, readMeasureBook } from './measure-book';
import { MeasureCandidates } from './measure-candidates';
import { measureList } from './measure-list';
import { pastActions } from './past-actions';
import type { PlanningSource } from './planning-source';
import { Recovery } from './recovery';
import { type RequirementContext, requirementOf } from './requirement-supply';

export interface EcosystemProblemOptions extends OperationScope {
  readonly horizonDays: number;
  readonly policy: EcosystemOptions['policy'];
  readonly asOf?: number;
  /** Instant of day 0, in milliseconds; absent where all times count, and nothing expires. */
  readonly begins?: number;
  /** Days on which work on a measure may begin. */
  readonly starts: readonly number[];
  readonly discountPerDay: number;
  /** Part of an operation's loss that goes on elsewhere once it has lasted so long. */
  readonly displacement?: { readonly share: number; readonly afterDays: number };
  /** Add the market's unknown suppliers where the known ones are not all. */
  readonly hasLatentMarket: boolean;
}

export interface EcosystemProblem {
  readonly file: PlanProblemFile;
  readonly graphVersion: number;
  /** Name of every id in the problem that stands for something on record. */
  readonly names: Readonly<Record<string, string>>;
  readonly assumptions: readonly ProblemAssumption[];
  /** What warninglists say of components, by the id of the component: a sentence each. */
  readonly onWarninglists: Readonly<Record<string, readonly string[]>>;
}

export interface ProblemAssumption {
  readonly code: 'PLACE_UNKNOWN' | 'RECOVERY_ASSUMED' | 'NO_MEASURE' | 'TOO_FEW_SUPPLIERS' | 'CONTRADICTION';
  readonly subject: string;
}

type ComponentOfFile = PlanProblemFile['components'][number];

/** Limits of a problem before anybody set any. */
const NO_LIMITS: PlanProblemFile['limits'] = {
  budget: null,
  maxMeasures: null,
  deadlineDays: null,
  jurisdictions: null,
  partners: null,
  maxExposure: null,
  maxCollateral: null,
  maxCollateralPerMeasure: null,
  offences: [],
  mustTake: [],
  exclude: [],
};

/** A builder over a projection that drops no substitute, however slow: the plan runs over time. */
export function planningBuilder(
  projection: Projection,
  options: Pick<EcosystemOptions, 'policy' | 'asOf' | 'horizonDays'>,
): EcosystemBuilder {
  const minDowntimeDays = Number.POSITIVE_INFINITY;
  return new EcosystemBuilder(projection, {
    ...options,
    minDowntimeDays,
    hasLatentMarket: false,
    lever: 'DISRUPT',
    defences: [],
  });
}

export async function ecosystemProblem(
  source: PlanningSource,
  options: EcosystemProblemOptions,
): Promise<EcosystemProblem> {
  const builder = planningBuilder(source.projection, options);
  if (options.policy === 'STANDING_OPERATIONS') addStandingOperations(builder);
  builder.addOperations();
  const ecosystem = builder.build();
  const book = await readMeasureBook(source, builder);
  const past = await pastActions(source, builder);
  const facts = ecosystem.graph.nodes.flatMap((node) => [...node.arcs.values()].flat(2));
  const claims = await source.claims([...new Set(facts)].map((edge) => source.projection.edges.ids[edge]));
  const doubts = new EdgeDoubts(source.projection, claims);
  return new ProblemBuilder(builder, ecosystem, book, new Recovery(builder, past), doubts, options).build();
}

class ProblemBuilder {
  private requirements: PlanProblemFile['requirements'] = [];
  private readonly components = new Map<string, ComponentOfFile>();
  private dependencies: PlanProblemFile['dependencies'] = [];
  private readonly assumptions: ProblemAssumption[] = [];
  private readonly names: Record<string, string> = {};
  private readonly context: RequirementContext;

  constructor(
    private readonly builder: EcosystemBuilder,
    private readonly ecosystem: Ecosystem,
    private readonly book: MeasureBook,
    private readonly recovery: Recovery,
    private readonly doubts: EdgeDoubts,
    private readonly options: EcosystemProblemOptions,
  ) {
    const { graph } = ecosystem;
    this.context = {
      builder,
      doubts,
      idOf: (node) => idOfNode(graph.nodes[node], node),
      hasLatentMarket: options.hasLatentMarket,
      recovery,
      addMarket: (category) => this.addMarket(category),
    };
  }

  build(): EcosystemProblem {
    const { graph } = this.ecosystem;
    graph.nodes.forEach((node, index) => {
      if (node.kind === 'component' || node.kind === 'technique') this.addComponent(node, index);
      else if (node.kind !== 'operation') this.requirements.push(requirementOf(this.context, node, index));
    });
    for (const id of [...this.components.keys()]) this.addRebuilding(id);
    const operations = this.operations();
    this.prune(operations);
    const components = [...this.components.values()].sort((a, b) => compareIds(a.id, b.id));
    const measures = measureList(
      {
        builder: this.builder,
        book: this.book,
        recovery: this.recovery,
        candidates: new MeasureCandidates(this.builder, this.book),
      },
      { components: components.map((each) => each.id), operations: operations.map((each) => each.id) },
      this.options.starts,
      this.options.begins,
    );
    for (const each of measures.unplaced) this.assumptions.push({ code: 'PLACE_UNKNOWN', subject: each });
    for (const { code, id } of this.ecosystem.warnings)
      if (code !== 'UNKNOWN_SUPPLIER') this.assumptions.push({ code, subject: id });
    for (const { id, name } of this.book.partners) this.names[id] = name;
    return {
      graphVersion: this.builder.projection.seq,
      names: this.names,
      assumptions: this.assumptions,
      onWarninglists: {},
      file: {
        horizonDays: this.options.horizonDays,
        discountPerDay: this.options.discountPerDay,
        operations,
        requirements: this.requirements,
        components,
        dependencies: this.dependencies,
        commonCauses: [],
        origins: this.doubts.origins(),
        measures: measures.measures,
        partners: measures.partners,
        cooperation: measures.cooperation,
        limits: NO_LIMITS,
      },
    };
  }

  private operations(): PlanProblemFile['operations'] {
    const { operations } = operationsInScope(this.builder, this.ecosystem.operations, this.options);
    return operations.map((each) => {
      this.names[each.id] = each.name;
      const needs = each.needs.map((need) => this.context.idOf(need.node));
      const { displacement } = this.options;
      return { id: each.id, name: each.name, severity: each.severity, needs, displacement };
    });
  }

  /** Drops what no operation in scope can need. */
  private prune(operations: PlanProblemFile['operations']): void {
    const requirements = new Map(this.requirements.map((each) => [each.id, each]));
    const needed = new Map<string, string[]>();
    for (const { from, to } of this.dependencies) needed.set(from, [...(needed.get(from) ?? []), to]);
    const found = new Set<string>();
    const pending = operations.flatMap((each) => each.needs);
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      const component = this.components.get(id);
      pending.push(...(requirements.get(id)?.suppliers.map((each) => each.component) ?? []));
      pending.push(...(component?.needs ?? []), ...(component?.rebuiltWith ?? []), ...(needed.get(id) ?? []));
    }
    for (const id of [...this.components.keys()]) if (!found.has(id)) this.components.delete(id);
    this.requirements = this.requirements.filter((each) => found.has(each.id));
    this.dependencies = this.dependencies.filter((each) => found.has(each.from));
  }

  private addComponent(node: FailureNode, index: number): void {
    const id = this.context.idOf(index);
    const needs: string[] = [];
    for (const [child, ways] of node.arcs) {
      const kind = this.ecosystem.graph.nodes[child].kind;
      const to = this.context.idOf(child);
      if (node.kind === 'technique') continue;
      if (kind === 'component')
        this.dependencies.push({ from: id, to, autonomousDays: 0, ...this.doubts.of(ways) });
      else needs.push(to);
    }
    if (node.kind === 'technique') {
      needs.push(`${id} by software`);
      this.requirements.push(requirementOf(this.context, node, index, `${id} by software`));
      this.components.set(id, derived(id, needs));
      return;
    }
    this.components.set(id, this.recorded(id, needs));
  }

  private recorded(id: string, needs: string[]): ComponentOfFile {
    const vertex = this.vertexOf(id);
    this.names[id] = this.builder.nameOf(vertex);
    const { reach } = this.builder.reach(vertex);
    const { detectDays, setupDays, basis } = this.recovery.of(vertex);
    if (basis === 'ASSUMED' && reach !== 'UNREACHABLE' && reach !== 'DEFENDABLE') {
      this.assumptions.push({ code: 'RECOVERY_ASSUMED', subject: id });
    }
    const isOut = reach === 'UNREACHABLE' || reach === 'DEFENDABLE';
    return {
      id,
      name: this.names[id],
      reach: isOut ? 'UNREACHABLE' : 'DISRUPTABLE',
      detectDays,
      setupDays,
      rebuiltWith: [],
      needs,
    };
  }

  /** What a component is rebuilt with: what is recorded as such, and those who provide it, any one of whom is enough. */
  private addRebuilding(id: string): void {
    const component = this.components.get(id) as ComponentOfFile;
    const vertex = this.vertexOf(id);
    if (vertex < 0) return;
    const { projection } = this.builder;
    const tools = this.builder
      .edges(vertex, 'out', 'DEPENDS_ON')
      .filter((edge) => edgeCell(projection, 'reason', edge) === 'REBUILT_WITH')
      .map((edge) => this.ensure(projection.to[edge]));
    const providers = this.builder
      .edges(vertex, 'out', 'PROVIDED_BY')
      .map((edge) => ({ component: this.ensure(projection.to[edge]), ...this.doubts.of([[edge]]) }));
    const rebuiltWith = [...new Set(tools)];
    if (providers.length === 1) rebuiltWith.push(providers[0].component);
    if (providers.length > 1) rebuiltWith.push(this.anyOf(`rebuilders of ${id}`, providers));
    this.components.set(id, { ...component, rebuiltWith: [...new Set(rebuiltWith)] });
  }

  /** A component that stands while any of some others does. */
  private anyOf(
    id: string,
    suppliers: readonly { component: string; confidence: number; origin?: string }[],
  ): string {
    const need = `${id} (any)`;
    this.components.set(id, derived(id, [need]));
    this.requirements.push({
      id: need,
      mode: 'ANY',
      criticality: 1,
      graceDays: 0,
      suppliers: suppliers.map((each) => ({ role: 'PRIMARY', share: 1, switchDays: 0, ...each })),
    });
    return id;
  }

  private ensure(vertex: number): string {
    const id = this.builder.projection.vertices.ids[vertex];
    if (!this.components.has(id)) this.components.set(id, this.recorded(id, []));
    return id;
  }

  private addMarket(category: string): string {
    const id = `market of ${category}`;
    if (!this.components.has(id)) {
      this.names[id] = `Unknown suppliers of ${category}`;
      this.components.set(id, { ...derived(id, []), name: this.names[id] });
    }
    return id;
  }

  private vertexOf(id: string): number {
    return this.builder.vertexOf(id);
  }
}

/** A component that the rules add: nothing hits it. */
const derived = (id: string, needs: string[]): ComponentOfFile => ({
  id,
  reach: 'UNREACHABLE',
  detectDays: null,
  setupDays: null,
  rebuiltWith: [],
  needs,
});

/** Techniques are steps of one operation each, and steps share the id of what they belong to. */
const idOfNode = (node: FailureNode, index: number): string => {
  if (node.kind === 'technique') return `${node.id} of step ${index}`;
  return node.kind === 'providers' ? `providers of ${node.id}` : node.id;
};
