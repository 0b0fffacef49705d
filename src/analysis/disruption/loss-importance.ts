/**
 * Importance of events for the expected loss of a whole system: the measures of one fault tree, weighted over all tops.
 *
 * What: expected loss when events happen independently, and by event Birnbaum, criticality, Fussell-Vesely, diagnostic, risk
 *   achievement worth, risk reduction worth, occurrence, and joint importance with one event.
 * Formula: a top of weight w whose gates take shares s1 > s2 > .. of it is a sum of tops: weight w (s_i - s_(i+1)) for "a gate with share >= s_i
 *   is down". With L = sum of weight * P: B = dL/dp, criticality p B / L, RAW = 1 + (1-p) B / L, RRW = L / (L - p B), diagnostic = p RAW,
 *   Fussell-Vesely = sum of weight * P(a cut set with e has happened) / L, joint = d2L / dp_e dp_f.
 * Preconditions: a coherent tree, cycles allowed; probabilities within [0, 1].
 * Params: `jointWith` an event, where joint importance is wanted; `deadline` is passed on to the engine.
 * Returns: one value an event; `unsolved` tops were too large for the engine and count for nothing. Where L is 0 the ratios are 0; RRW is
 *   Infinity where nothing is lost without the event.
 * Complexity: one run of the diagram engine for each share of each top. Exact but for Fussell-Vesely where fussell-vesely.ts says so.
 * Reference: see fault-tree/importance.ts. Example: one top of weight 5 over a + b with p 0.5 each: L 3.75, B 2.5.
 */
import { solveDiagrams } from '../fault-tree/diagrams';
import { type FaultTree, GateKind } from '../fault-tree/fault-tree';
import { importanceMeasures, jointImportance } from '../fault-tree/importance';
import type { WeightedRequirement } from './removal-losses';

export interface LossImportance {
  readonly expectedLoss: number;
  readonly birnbaum: Float64Array;
  readonly criticality: Float64Array;
  readonly fussellVesely: Float64Array;
  readonly fussellVeselyMethod: 'exact' | 'rare-event';
  readonly diagnostic: Float64Array;
  readonly riskAchievementWorth: Float64Array;
  readonly riskReductionWorth: Float64Array;
  /** Minimal cut sets of the tops that hold the event. */
  readonly occurrence: readonly bigint[];
  readonly joint: Float64Array | undefined;
  readonly unsolved: number;
}

export interface LossImportanceOptions {
  readonly jointWith?: number;
  readonly deadline?: () => boolean;
}

export function lossImportance(
  tree: FaultTree,
  weights: ArrayLike<number>,
  requirements: readonly (readonly WeightedRequirement[])[],
  probabilities: Float64Array,
  options: LossImportanceOptions = {},
): LossImportance {
  const { tree: wider, tops } = withShareTops(tree, weights, requirements);
  const n = tree.eventCount;
  const birnbaum = new Float64Array(n);
  const through = new Float64Array(n);
  const occurrence: bigint[] = new Array(n).fill(0n);
  const joint = options.jointWith === undefined ? undefined : new Float64Array(n);
  let expectedLoss = 0;
  let unsolved = 0;
  let fussellVeselyMethod: LossImportance['fussellVeselyMethod'] = 'exact';
  for (const { vertex, weight } of tops) {
    const diagrams = solveDiagrams(wider, vertex, { deadline: options.deadline });
    if (diagrams.status !== 'solved') {
      unsolved += 1;
      continue;
    }
    const own = importanceMeasures(diagrams, probabilities, options.deadline);
    const second = joint && jointImportance(diagrams, probabilities, options.jointWith as number);
    if (own.fussellVeselyMethod !== 'exact') fussellVeselyMethod = own.fussellVeselyMethod;
    expectedLoss += weight * own.probability;
    for (let e = 0; e < n; e += 1) {
      birnbaum[e] += weight * own.birnbaum[e];
      through[e] += weight * own.probability * own.fussellVesely[e];
      occurrence[e] += own.occurrence[e];
      if (joint && second) joint[e] += weight * second[e];
    }
  }
  const ratio = (of: (e: number) => number): Float64Array =>
    Float64Array.from(birnbaum, (_, e) => (expectedLoss > 0 ? of(e) : 0));
  const raw = (e: number): number => 1 + ((1 - probabilities[e]) * birnbaum[e]) / expectedLoss;
  return {
    expectedLoss,
    birnbaum,
    criticality: ratio((e) => (probabilities[e] * birnbaum[e]) / expectedLoss),
    fussellVesely: ratio((e) => Math.min(1, through[e] / expectedLoss)),
    fussellVeselyMethod,
    diagnostic: ratio((e) => probabilities[e] * raw(e)),
    riskAchievementWorth: ratio(raw),
    riskReductionWorth: ratio((e) => {
      const without = expectedLoss - probabilities[e] * birnbaum[e];
      return without > expectedLoss * 1e-15 ? expectedLoss / without : Number.POSITIVE_INFINITY;
    }),
    occurrence,
    joint,
    unsolved,
  };
}

interface ShareTop {
  readonly vertex: number;
  readonly weight: number;
}

/** The tree with a gate for each share of each top: "a gate with that share or more is down". */
function withShareTops(
  tree: FaultTree,
  weights: ArrayLike<number>,
  requirements: readonly (readonly WeightedRequirement[])[],
): { tree: FaultTree; tops: ShareTop[] } {
  const added: number[][] = [];
  const tops: ShareTop[] = [];
  for (const [top, list] of requirements.entries()) {
    const shares = [...new Set(list.map(({ share }) => share))]
      .filter((share) => share > 0)
      .sort((a, b) => b - a);
    for (const [i, share] of shares.entries()) {
      const weight = weights[top] * (share - (shares[i + 1] ?? 0));
      if (weight <= 0) continue;
      tops.push({ vertex: tree.eventCount + tree.gateCount + added.length, weight });
      added.push([...new Set(list.filter((each) => each.share >= share).map((each) => each.gate))]);
    }
  }
  const offsets = [...tree.childOffsets];
  for (const children of added) offsets.push(offsets[offsets.length - 1] + children.length);
  return {
    tree: {
      ...tree,
      gateCount: tree.gateCount + added.length,
      kinds: Uint8Array.from([...tree.kinds, ...added.map(() => GateKind.OR)]),
      thresholds: Int32Array.from([...tree.thresholds, ...added.map(() => 0)]),
      childOffsets: Int32Array.from(offsets),
      children: Int32Array.from([...tree.children, ...added.flat()]),
      tops: Int32Array.from(tops, ({ vertex }) => vertex),
    },
    tops,
  };
}
