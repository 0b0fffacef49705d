/** Analyses a fault tree that a file states: what `atlas analyse fault-tree` prints. */
import {
  cheapestCutSets,
  countCutSets,
  type Diagrams,
  type FaultTree,
  FaultTreeBuilder,
  GateKind,
  importanceMeasures,
  isCoherent,
  minCutUpperBound,
  minimalCutSets,
  rareEventBound,
  reachableVertices,
  solveDiagrams,
  topProbability,
} from '../analysis';
import { AppError } from '../errors';
import { type ByteSource, fileSource } from '../ingest/byte-source';
import { readOpenPsa, topOf } from '../ingest/open-psa.reader';
import type { FaultTreeModel, Formula, FormulaKind } from '../model/fault-tree-model';

export interface FaultTreeQuery {
  readonly top?: string;
  readonly maxOrder?: number;
  /** List that many cut sets, the smallest first. */
  readonly cutSets?: number;
  readonly hasImportance?: boolean;
  /** Fail when a basic event has no probability; otherwise probabilities are left out. */
  readonly needsProbability?: boolean;
  readonly missionHours?: number;
  readonly seconds?: number;
}

/** A count: a decimal string where a double cannot hold it. */
export type Count = number | string;

export interface EventImportance {
  readonly event: string;
  readonly birnbaum: number;
  readonly criticality: number;
  readonly fussellVesely: number;
  readonly diagnostic: number;
  readonly riskAchievementWorth: number;
  /** null: the top cannot happen without the event. */
  readonly riskReductionWorth: number | null;
  readonly occurrence: Count;
}

export interface FaultTreeReport {
  readonly topEvent: string;
  readonly basicEvents: number;
  readonly gates: number;
  readonly minimalCutSets: {
    readonly count: Count | null;
    /** Counts of order 1, 2, 3 .. */
    readonly byOrder: readonly Count[];
    readonly sets?: readonly (readonly string[])[];
  };
  readonly probability: {
    readonly exact: number | null;
    readonly rareEvent: number | null;
    readonly minCutUpperBound: number | null;
  };
  readonly importance: readonly EventImportance[];
  /** exact, or rare-event where the union of cut sets was too large. */
  readonly fussellVeselyMethod?: 'exact' | 'rare-event';
  /** Whether the tree is monotone; else the cut sets are those of its coherent hull. */
  readonly isCoherent: boolean;
  readonly status: 'complete' | 'stopped';
  /** Why it stopped: time, nodes (memory) or depth. */
  readonly reason?: string;
  readonly seconds: number;
}

export const DEFAULT_SECONDS = 60;

export class FaultTreeService {
  constructor(private readonly nowMs: () => number = () => performance.now()) {}

  /** Files that complete each other are read as one model. */
  analyseFiles(paths: readonly string[], query: FaultTreeQuery = {}): Promise<FaultTreeReport> {
    return this.analyse(
      paths.map((path) => fileSource(path)),
      query,
    );
  }

  /** @throws AppError when the file cannot be read as a fault tree, or lacks what was asked for. */
  async analyse(sources: readonly ByteSource[], query: FaultTreeQuery = {}): Promise<FaultTreeReport> {
    const model = await readOpenPsa(sources, { missionHours: query.missionHours });
    const startMs = this.nowMs();
    const { tree, topGate } = treeOf(model, topOf(model, query.top));
    const top = tree.tops[0];
    const seen = reachableVertices(tree, [top]);
    const events = model.events.map((_, e) => e).filter((e) => seen[e] === 1);
    const probabilities = probabilitiesOf(model, events, topGate, query);
    const endMs = startMs + (query.seconds ?? DEFAULT_SECONDS) * 1000;
    const deadline = (): boolean => this.nowMs() > endMs;
    const diagrams = solveDiagrams(tree, top, { deadline });
    const found =
      diagrams.status === 'solved'
        ? this.solved(diagrams, model, events, probabilities, query, deadline)
        : stopped(tree, query, diagrams.reason, deadline);
    const gates = model.gates.filter((_, g) => seen[tree.eventCount + g] === 1).length;
    const seconds = Math.round(this.nowMs() - startMs) / 1000;
    return { topEvent: topGate, basicEvents: events.length, gates, ...found, seconds };
  }

  private solved(
    diagrams: Diagrams,
    model: FaultTreeModel,
    events: readonly number[],
    probabilities: Float64Array | undefined,
    query: FaultTreeQuery,
    deadline: () => boolean,
  ): Omit<FaultTreeReport, 'topEvent' | 'basicEvents' | 'gates' | 'seconds'> {
    const counts = countCutSets(diagrams, query.maxOrder, deadline);
    const measured =
      query.hasImportance && probabilities
        ? importanceMeasures(diagrams, probabilities, deadline)
        : undefined;
    const importance: EventImportance[] = [];
    for (const e of measured ? events : [])
      if (measured) importance.push(importanceOf(e, model.events[e].name, measured));
    importance.sort((a, b) => b.birnbaum - a.birnbaum || (a.event < b.event ? -1 : 1));
    return {
      minimalCutSets: {
        count: counts ? count(counts.total) : null,
        byOrder: counts ? counts.byOrder.slice(1).map(count) : [],
        ...(query.cutSets ? { sets: listed(diagrams, model, query) } : {}),
      },
      probability: {
        exact: probabilities ? topProbability(diagrams, probabilities) : null,
        rareEvent: probabilities ? rareEventBound(diagrams, probabilities) : null,
        minCutUpperBound: probabilities ? minCutUpperBound(diagrams, probabilities) : null,
      },
      importance,
      ...(measured ? { fussellVeselyMethod: measured.fussellVeselyMethod } : {}),
      isCoherent: diagrams.isMonotone,
      ...(counts ? { status: 'complete' } : { status: 'stopped', reason: 'time' }),
    };
  }
}

/** Without diagrams the sets up to an order may still be found by expansion. */
function stopped(
  tree: FaultTree,
  query: FaultTreeQuery,
  reason: string,
  deadline: () => boolean,
): Omit<FaultTreeReport, 'topEvent' | 'basicEvents' | 'gates' | 'seconds'> {
  const isMonotone = isCoherent(tree, tree.tops);
  const list =
    isMonotone && query.maxOrder !== undefined
      ? minimalCutSets(tree, tree.tops[0], { maxOrder: query.maxOrder, deadline })
      : undefined;
  const isListed = list?.status === 'complete';
  const byOrder = new Array<number>(isListed ? (query.maxOrder ?? 0) : 0).fill(0);
  if (list && isListed)
    for (let i = 0; i < list.count; i += 1) byOrder[list.offsets[i + 1] - list.offsets[i] - 1] += 1;
  return {
    minimalCutSets: { count: list && isListed ? list.count : null, byOrder },
    probability: { exact: null, rareEvent: null, minCutUpperBound: null },
    importance: [],
    isCoherent: isMonotone,
    status: 'stopped',
    reason,
  };
}

function listed(diagrams: Diagrams, model: FaultTreeModel, query: FaultTreeQuery): string[][] {
  const sets: string[][] = [];
  for (const set of cheapestCutSets(diagrams)) {
    if (sets.length >= (query.cutSets ?? 0) || set.length > (query.maxOrder ?? Number.POSITIVE_INFINITY))
      break;
    sets.push(Array.from(set, (e) => model.events[e].name));
  }
  return sets;
}

function importanceOf(
  e: number,
  event: string,
  measured: ReturnType<typeof importanceMeasures>,
): EventImportance {
  const worth = measured.riskReductionWorth[e];
  return {
    event,
    birnbaum: measured.birnbaum[e],
    criticality: measured.criticality[e],
    fussellVesely: measured.fussellVesely[e],
    diagnostic: measured.diagnostic[e],
    riskAchievementWorth: measured.riskAchievementWorth[e],
    riskReductionWorth: Number.isFinite(worth) ? worth : null,
    occurrence: count(measured.occurrence[e]),
  };
}

const count = (value: bigint): Count =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value.toString();

/** @throws AppError FAULT_TREE_NO_PROBABILITY when they are needed and some event below the top has none. */
function probabilitiesOf(
  model: FaultTreeModel,
  events: readonly number[],
  top: string,
  query: FaultTreeQuery,
): Float64Array | undefined {
  const missing = events.filter((e) => model.events[e].probability === undefined);
  if (missing.length === 0) return Float64Array.from(model.events, (event) => event.probability ?? 0);
  if (!query.needsProbability && !query.hasImportance) return undefined;
  throw new AppError('FAULT_TREE_NO_PROBABILITY', {
    file: model.source,
    count: missing.length,
    top,
    events: missing.slice(0, 10).map((e) => model.events[e].name),
  });
}

const KINDS: Readonly<Record<FormulaKind, GateKind>> = {
  and: GateKind.AND,
  or: GateKind.OR,
  atleast: GateKind.ATLEAST,
  not: GateKind.NOT,
  xor: GateKind.XOR,
  nand: GateKind.NAND,
  nor: GateKind.NOR,
  iff: GateKind.IFF,
  imply: GateKind.IMPLY,
};

/** The first gates of the tree are those of the model, in its order; nested formulas come after them. */
function treeOf(model: FaultTreeModel, top: number): { tree: FaultTree; topGate: string } {
  const builder = new FaultTreeBuilder(model.events.length);
  const gates = model.gates.map(() => builder.declare());
  const vertexOf = (formula: Formula): number => {
    if (formula.kind === 'event') return formula.index;
    if (formula.kind === 'gate') return gates[formula.index];
    if (formula.kind === 'constant') return builder.gate(formula.value ? GateKind.TRUE : GateKind.FALSE, []);
    return builder.gate(KINDS[formula.kind], formula.operands.map(vertexOf), formula.min);
  };
  for (const [g, { formula }] of model.gates.entries()) {
    if ('operands' in formula)
      builder.define(gates[g], KINDS[formula.kind], formula.operands.map(vertexOf), formula.min);
    else builder.define(gates[g], GateKind.OR, [vertexOf(formula)]);
  }
  return { tree: builder.build({ tops: [gates[top]] }), topGate: model.gates[top].name };
}
