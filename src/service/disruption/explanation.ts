/** Why a component is a chokepoint, on a doubtful reading: sufficient facts, and facts that would change its rank. */
import {
  compareIds,
  DoubtfulWords,
  FailureFunctions,
  factProbabilities,
  Rule,
  sufficientFacts,
  vertexCell,
  vertexOf,
} from '../../analysis';
import { doubtfulEcosystem, type MissingArc } from './doubtful-ecosystem';
import type { DoubtfulReading } from './systems';

/** Nodes of the diagram of one failure beyond which its reasons are not searched. */
const MAX_NODES = 1 << 17;
/** Weight of a fact's doubt beside its count: of two sets of one size the surer is taken. */
const DOUBT_WEIGHT = 1e-6;
const LEAST_DOUBTED = 1e-6;
/** Operations whose reasons are searched, the most severe first. */
const MAX_OPERATIONS = 50;
/** Facts whose effect on the rank is worked out: those that change the loss most. */
const MAX_RANKED = 256;
const LANES = 32;

export interface SufficientReason {
  readonly operationId: string;
  readonly edges: readonly number[];
  /** Chance that all of them hold, each on its own. */
  readonly pAll: number;
  readonly exactness: 'EXACT' | 'UPPER_BOUND';
  /** No sufficient set has fewer facts. */
  readonly bound: number;
}

export interface TurningFact {
  /** Edge that would be false; -1 for a fact that is missing. */
  readonly edge: number;
  readonly missing: MissingArc | undefined;
  readonly pHolds: number | null;
  readonly severityLost: number;
  readonly rank: number;
}

/** For each operation that the hits bring down, the fewest facts that suffice for it; the shortest first. */
export function sufficientReasons(reading: DoubtfulReading, hits: readonly number[]): SufficientReason[] {
  const { system, edges, compiled } = reading;
  const words = new DoubtfulWords(system);
  words.setFacts(new Int32Array(system.factCount).fill(-1));
  words.hit(hits);
  const functions = new FailureFunctions(system);
  const p = factProbabilities(reading.doubt);
  const costs = Float64Array.from(p, (each) => 1 - DOUBT_WEIGHT * Math.log(Math.max(each, LEAST_DOUBTED)));
  const down = compiled.operations
    .map((operation, top) => ({
      operation,
      gates: system.requirements[top].filter(({ share }) => share > 0),
    }))
    .filter(({ gates }) => gates.some(({ gate }) => words.words[gate] !== 0))
    .sort((a, b) => b.operation.severity - a.operation.severity)
    .slice(0, MAX_OPERATIONS);
  return down
    .flatMap(({ operation, gates }) => {
      const vertices = gates.map(({ gate }) => gate);
      const found = sufficientFacts(functions, hits, vertices, costs, { maxNodes: MAX_NODES });
      if (found.status === 'stopped') return [];
      const reason: SufficientReason = {
        operationId: operation.id,
        edges: found.facts.map((fact) => edges[fact]),
        pAll: found.facts.reduce((product, fact) => product * p[fact], 1),
        exactness: found.status === 'optimal' ? 'EXACT' : 'UPPER_BOUND',
        bound: Math.floor(found.bound),
      };
      return [reason];
    })
    .sort((a, b) => a.edges.length - b.edges.length || compareIds(a.operationId, b.operationId));
}

/** Facts of the cone of an event, and missing ones, that would change what it loses; those that change its rank most first. */
export function turningFacts(
  reading: DoubtfulReading,
  event: number,
): { readonly severityLost: number; readonly rank: number; readonly facts: readonly TurningFact[] } {
  const missing = missingArcs(reading, event);
  const { system, edges } = doubtfulEcosystem(reading.compiled, missing);
  const trial = new FactTrial(system.factCount, edges.length, new DoubtfulWords(system));
  const [before] = trial.losses([[]], [event]);
  const cone = new FailureFunctions(system).conditionsAbove([event]);
  const candidates = new Set<number>(missing.map((_, i) => edges.length + i));
  for (const condition of cone) for (const fact of factsOf(system, condition)) candidates.add(fact);
  const facts = [...candidates].sort((a, b) => a - b);
  const after = trial.losses(
    facts.map((fact) => [fact]),
    [event],
  );
  const changed = facts
    .map((fact, i) => ({ fact, severityLost: after[i][0] }))
    .filter(({ severityLost }) => Math.abs(severityLost - before[0]) > 1e-9 * Math.max(1, before[0]))
    .sort(
      (a, b) =>
        Math.abs(b.severityLost - before[0]) - Math.abs(a.severityLost - before[0]) || a.fact - b.fact,
    )
    .slice(0, MAX_RANKED);
  const events = Array.from({ length: system.tree.eventCount }, (_, each) => each);
  const all = trial.losses([[], ...changed.map(({ fact }) => [fact])], events);
  const rankIn = (losses: Float64Array): number =>
    1 + losses.reduce((more, loss) => more + (loss > losses[event] ? 1 : 0), 0);
  const rank = rankIn(all[0]);
  const p = factProbabilities(reading.doubt);
  const found = changed.map(({ fact, severityLost }, i): TurningFact => {
    const isMissing = fact >= edges.length;
    return {
      edge: isMissing ? -1 : edges[fact],
      missing: isMissing ? missing[fact - edges.length] : undefined,
      pHolds: isMissing ? null : p[fact],
      severityLost,
      rank: rankIn(all[i + 1]),
    };
  });
  found.sort((a, b) => Math.abs(b.rank - rank) - Math.abs(a.rank - rank));
  return { severityLost: before[0], rank, facts: found };
}

/** Losses with facts turned, 32 cases at a time: what is on record proves false, what is missing proves true. */
class FactTrial {
  constructor(
    private readonly factCount: number,
    private readonly recorded: number,
    private readonly words: DoubtfulWords,
  ) {}

  /** For each case, the loss of each event alone. */
  losses(cases: readonly (readonly number[])[], events: readonly number[]): Float64Array[] {
    const losses = cases.map(() => new Float64Array(events.length));
    for (let first = 0; first < cases.length; first += LANES) {
      const facts = new Int32Array(this.factCount).fill(-1, 0, this.recorded);
      const batch = cases.slice(first, first + LANES);
      for (const [lane, turned] of batch.entries()) for (const fact of turned) facts[fact] ^= 1 << lane;
      this.words.setFacts(facts);
      for (const [i, event] of events.entries()) {
        this.words.hit([event]);
        const lanes = this.words.lossWords();
        if (lanes) for (let lane = 0; lane < batch.length; lane += 1) losses[first + lane][i] = lanes[lane];
      }
    }
    return losses;
  }
}

/**
 * What may be missing around an event: a further supplier where a need that is not COMPLETE falls with it, and a dependency on it
 * of those that keep a need up.
 */
function missingArcs({ system, compiled, projection }: DoubtfulReading, event: number): MissingArc[] {
  const { nodes } = compiled.ecosystem.graph;
  const { eventCount } = system.tree;
  const words = new DoubtfulWords(system);
  words.setFacts(new Int32Array(system.factCount).fill(-1));
  words.hit([event]);
  const isDown = (node: number): boolean => words.words[eventCount + node] !== 0;
  const own = compiled.events[event];
  const found: MissingArc[] = [];
  const dependents = new Set<number>();
  for (const vertex of new FailureFunctions(system).gatesAbove([event])) {
    const parent = vertex - eventCount;
    const node = nodes[parent];
    if (node === undefined || system.rules[parent] !== Rule.SHORT) continue;
    if (isDown(parent)) {
      const isNeed = node.kind === 'requirement' || node.kind === 'tactic';
      if (isNeed && completenessOf(projection, node.id) !== 'COMPLETE')
        found.push({ kind: 'NEW_SUPPLIER', parent });
      continue;
    }
    for (const child of node.arcs.keys())
      if (nodes[child].kind === 'component' && !isDown(child)) dependents.add(child);
  }
  for (const parent of dependents) found.push({ kind: 'SHARED_DEPENDENCY', parent, child: own });
  return found.sort((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.parent - b.parent));
}

function completenessOf(projection: DoubtfulReading['projection'], id: string): unknown {
  const vertex = vertexOf(projection, id);
  return vertex < 0 ? null : vertexCell(projection, 'completeness', vertex);
}

function factsOf(system: DoubtfulReading['system'], condition: number): number[] {
  const { conditionOffsets, wayOffsets, wayFacts } = system;
  const from = wayOffsets[conditionOffsets[condition]];
  const to = wayOffsets[conditionOffsets[condition + 1]];
  return Array.from(wayFacts.subarray(from, to));
}
