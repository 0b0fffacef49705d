/** How sure a ranking is: the doubt about its facts, carried through to losses and ranks. */
import {
  exactConfidence,
  FailureFunctions,
  type LossInterval,
  type LossSample,
  type LossStatistics,
  lossSample,
  lossStatistics,
  rankStability,
} from '../analysis';
import { AppError } from '../errors';
import type { ComponentConfidence, ConfidenceSummary } from './disruption/certainty-views';
import type { DisruptionScope } from './disruption/scope';
import type { DisruptionSystems, DoubtfulReading } from './disruption/systems';
import type { FactService } from './fact.service';
import type { GraphView } from './graph-view';

export interface ConfidenceOptions {
  /** Scenarios to draw, rounded up to whole words of 32. Default 1024. */
  readonly scenarios?: number;
  /** The same seed draws the same scenarios. Default 1. */
  readonly seed?: number;
}

const DEFAULT_SCENARIOS = 1024;
const MAX_SCENARIOS = 65_536;
/** Nodes of a diagram beyond which a component is left to the sample. */
const EXACT_NODES = 1 << 15;
const SAMPLE_SECONDS = 20;
const EXACT_SECONDS = 5;

export interface RankingConfidence {
  readonly summary: ConfidenceSummary;
  /** Of one component of the ranking, by its id and its place. */
  readonly of: (id: string, rank: number) => ComponentConfidence;
}

interface Sampled {
  readonly sample: LossSample;
  readonly statistics: readonly LossStatistics[];
}

export class ConfidenceService {
  private readonly samples = new WeakMap<DoubtfulReading, Map<string, Sampled>>();

  constructor(
    private readonly systems: DisruptionSystems,
    private readonly facts: FactService,
  ) {}

  /** @throws AppError BAD_INPUT for options out of their range */
  async ofRanking(
    view: GraphView,
    scope: DisruptionScope,
    options: ConfidenceOptions,
  ): Promise<RankingConfidence> {
    const scenarios = wholeNumber('scenarios', options.scenarios ?? DEFAULT_SCENARIOS, 32, MAX_SCENARIOS);
    const seed = wholeNumber('seed', options.seed ?? 1, 0, 2 ** 31 - 1);
    const reading = await this.systems.within(view, scope).doubtful((edges) => this.claimsOf(view, edges));
    const { sample, statistics } = this.sampleOf(reading, scenarios, seed);
    const functions = new FailureFunctions(reading.system);
    const exactUntil = performance.now() + EXACT_SECONDS * 1000;
    const isOver = () => performance.now() > exactUntil;
    const summary = {
      ...reading.summary,
      scenarios: sample.scenarios,
      seed,
      status: sample.status,
    };
    const of = (id: string, rank: number): ComponentConfidence => {
      const event = reading.eventOf.get(id) as number;
      const exact = isOver()
        ? undefined
        : exactConfidence(functions, reading.doubt, [event], { maxNodes: EXACT_NODES, isOver });
      return confidenceOf(statistics[event], exact, rankStability(sample, event, rank));
    };
    return { summary, of };
  }

  private claimsOf(view: GraphView, edges: readonly number[]) {
    return this.facts.claimValuesOf(
      view,
      edges.map((edge) => view.recorded.edges.ids[edge]),
    );
  }

  private sampleOf(reading: DoubtfulReading, scenarios: number, seed: number): Sampled {
    const kept = this.samples.get(reading) ?? new Map<string, Sampled>();
    this.samples.set(reading, kept);
    const key = `${scenarios} ${seed}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const endMs = performance.now() + SAMPLE_SECONDS * 1000;
    const sample = lossSample(reading.system, reading.doubt, {
      seed,
      fromBlock: 0,
      toBlock: Math.ceil(scenarios / 32),
      deadline: () => performance.now() > endMs,
    });
    const sampled = { sample, statistics: lossStatistics(sample) };
    kept.clear();
    if (sample.status === 'complete') kept.set(key, sampled);
    return sampled;
  }
}

function confidenceOf(
  { mean, loss, pPositive, rank }: LossStatistics,
  exact: { readonly mean: number; readonly pPositive: number } | undefined,
  stability: number,
): ComponentConfidence {
  const at = (value: number): LossInterval => ({ low: value, high: value });
  const exactness = exact ? 'EXACT' : 'ESTIMATE';
  return {
    rankInterval: { ...rank, stability, exactness: 'ESTIMATE' },
    pChokepoint: exact
      ? { value: exact.pPositive, ...at(exact.pPositive), exactness }
      : { ...pPositive, exactness },
    severityLostInterval: {
      ...loss,
      mean: exact ? { value: exact.mean, ...at(exact.mean), exactness } : { ...mean, exactness },
      exactness: 'ESTIMATE',
    },
  };
}

function wholeNumber(what: string, got: number, least: number, most: number): number {
  if (Number.isInteger(got) && got >= least && got <= most) return got;
  throw new AppError('BAD_INPUT', { what, expected: `a whole number from ${least} to ${most}`, got });
}
