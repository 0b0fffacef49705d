/** How sure a ranking is: the doubt about its facts, carried through to losses and ranks. */
import { FailureFunctions, type LossSample, lossSample, mergedSample } from '../analysis';
import type { ComponentConfidence, ConfidenceSummary } from './disruption/certainty-views';
import {
  type ConfidenceOptions,
  checkedConfidence,
  componentConfidence,
  type SampledLosses,
  sampledLosses,
} from './disruption/component-confidence';
import type { DisruptionScope } from './disruption/scope';
import type { DisruptionSystems, DoubtfulReading } from './disruption/systems';
import type { FactService } from './fact.service';
import type { GraphView } from './graph-view';

const SAMPLE_SECONDS = 20;
const EXACT_SECONDS = 5;
/** Blocks drawn before others get a turn. */
const BLOCKS_A_TURN = 8;

export interface RankingConfidence {
  readonly summary: ConfidenceSummary;
  /** Of one component of the ranking, by its id and its place. */
  readonly of: (id: string, rank: number) => ComponentConfidence;
}

export class ConfidenceService {
  private readonly samples = new WeakMap<DoubtfulReading, Map<string, Promise<SampledLosses>>>();

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
    const { scenarios, seed } = checkedConfidence(options);
    const reading = await this.doubtOf(view, scope);
    const sampled = await this.sampleOf(reading, scenarios, seed);
    const functions = new FailureFunctions(reading.system);
    const exactUntil = performance.now() + EXACT_SECONDS * 1000;
    const isOver = () => performance.now() > exactUntil;
    const { scenarios: drawn, status } = sampled.sample;
    const summary = { ...reading.summary, scenarios: drawn, seed, status };
    const of = (id: string, rank: number): ComponentConfidence => {
      const place = [reading.eventOf.get(id) as number, rank] as const;
      return componentConfidence(functions, reading.doubt, sampled, place, isOver);
    };
    return { summary, of };
  }

  /** The ecosystem of a view with its facts in doubt, as the claims say that the viewer sees. */
  doubtOf(view: GraphView, scope: DisruptionScope): Promise<DoubtfulReading> {
    return this.systems.within(view, scope).doubtful((edges) =>
      this.facts.claimValuesOf(
        view,
        edges.map((edge) => view.recorded.edges.ids[edge]),
      ),
    );
  }

  private sampleOf(reading: DoubtfulReading, scenarios: number, seed: number): Promise<SampledLosses> {
    const kept = this.samples.get(reading) ?? new Map<string, Promise<SampledLosses>>();
    this.samples.set(reading, kept);
    const key = `${scenarios} ${seed}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const drawing = drawn(reading, Math.ceil(scenarios / 32), seed).then(sampledLosses);
    kept.clear();
    kept.set(key, drawing);
    const forget = (): void => {
      if (kept.get(key) === drawing) kept.delete(key);
    };
    drawing.then(({ sample }) => sample.status === 'complete' || forget(), forget);
    return drawing;
  }
}

/** Scenarios in turns, so that other requests are answered in between. */
async function drawn(reading: DoubtfulReading, blocks: number, seed: number): Promise<LossSample> {
  const endMs = performance.now() + SAMPLE_SECONDS * 1000;
  const deadline = (): boolean => performance.now() > endMs;
  const parts: LossSample[] = [];
  for (let fromBlock = 0; fromBlock < blocks; fromBlock += BLOCKS_A_TURN) {
    const toBlock = Math.min(blocks, fromBlock + BLOCKS_A_TURN);
    parts.push(lossSample(reading.system, reading.doubt, { seed, fromBlock, toBlock, deadline }));
    const isLast = toBlock === blocks;
    if (isLast) break;
    if (parts[parts.length - 1].status === 'stopped' || deadline()) {
      return { ...mergedSample(parts), status: 'stopped' };
    }
    await new Promise(setImmediate);
  }
  return mergedSample(parts);
}
