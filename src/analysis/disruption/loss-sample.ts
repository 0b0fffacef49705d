/**
 * Monte Carlo of a doubtful system: what every event alone loses in each scenario, with common random numbers.
 *
 * What: the loss of each event in scenarios 32 * fromBlock .. 32 * toBlock - 1, and what these say of it.
 * Formula: mean +- 1.96 s / sqrt(n); P(loss > 0) with the Wilson score interval; quantiles of loss and of rank, where in a
 *   scenario an event has as best rank 1 + (events that lose more) and as worst rank the number that lose as much or more.
 * Preconditions: as of DoubtfulSystem and FactDoubt; toBlock > fromBlock.
 * Params: `deadline` is true once the work must end; it is asked after every block.
 * Returns: `lossSample` one row of losses for each event that loses anything, undefined for the others; blocks are independent, so
 *   parts made apart and merged in order are the same bytes as one run.
 * Complexity: O(blocks (facts + arcs above each event)), then O(scenarios m log m) for m events that lose. An estimate.
 * Reference: E. B. Wilson, doi:10.1080/01621459.1927.10502953; P. Glasserman, "Monte Carlo Methods in Financial
 *   Engineering", 2003, section 4.7 (common random numbers).
 * Example: an event that loses 3 whenever one fact of 0.5 holds has a mean near 1.5 and P(loss > 0) near 0.5.
 */
import { SCENARIOS_A_BLOCK } from './bernoulli-words';
import type { DoubtfulSystem } from './doubtful-system';
import { DoubtfulWords } from './doubtful-words';
import { type FactDoubt, factWords } from './fact-doubt';

export interface LossSample {
  readonly scenarios: number;
  /** Losses of each event by scenario; undefined for an event that never loses. */
  readonly rows: readonly (Float64Array | undefined)[];
  readonly status: 'complete' | 'stopped';
}

export interface SampleOptions {
  readonly seed: number;
  readonly fromBlock: number;
  readonly toBlock: number;
  readonly deadline?: () => boolean;
}

export function lossSample(system: DoubtfulSystem, doubt: FactDoubt, options: SampleOptions): LossSample {
  const { seed, fromBlock, toBlock, deadline } = options;
  const { eventCount } = system.tree;
  const words = new DoubtfulWords(system);
  const rows: (Float64Array | undefined)[] = new Array(eventCount).fill(undefined);
  const capacity = (toBlock - fromBlock) * SCENARIOS_A_BLOCK;
  for (let block = fromBlock; block < toBlock; block += 1) {
    words.setFacts(factWords(doubt, seed, block));
    const first = (block - fromBlock) * SCENARIOS_A_BLOCK;
    for (let event = 0; event < eventCount; event += 1) {
      words.hit([event]);
      const losses = words.lossWords();
      if (losses === undefined) continue;
      rows[event] ??= new Float64Array(capacity);
      (rows[event] as Float64Array).set(losses, first);
    }
    if (block + 1 < toBlock && deadline?.()) {
      const scenarios = first + SCENARIOS_A_BLOCK;
      return { scenarios, rows: rows.map((row) => row?.subarray(0, scenarios)), status: 'stopped' };
    }
  }
  return { scenarios: capacity, rows, status: 'complete' };
}

/** One sample of parts made apart, in the order of their blocks. */
export function mergedSample(parts: readonly LossSample[]): LossSample {
  const scenarios = parts.reduce((sum, part) => sum + part.scenarios, 0);
  const rows = parts[0].rows.map((_, event) => {
    if (parts.every((part) => part.rows[event] === undefined)) return undefined;
    const row = new Float64Array(scenarios);
    let at = 0;
    for (const part of parts) {
      const own = part.rows[event];
      if (own) row.set(own, at);
      at += part.scenarios;
    }
    return row;
  });
  const status = parts.every((part) => part.status === 'complete') ? 'complete' : 'stopped';
  return { scenarios, rows, status };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An estimate with its 95 % confidence interval. */
export interface Estimate extends Interval {
  readonly value: number;
}

export interface LossStatistics {
  /** Mean loss, with the error of the sample. */
  readonly mean: Estimate;
  /** 5 % and 95 % quantiles of the loss. */
  readonly loss: Interval;
  readonly pPositive: Estimate;
  /** 5 % quantile of the best rank and 95 % quantile of the worst. */
  readonly rank: Interval;
}

const Z = 1.959963984540054;

export function lossStatistics(sample: LossSample): LossStatistics[] {
  const { rows, scenarios } = sample;
  const { best, worst, positive } = ranksOf(sample);
  return rows.map((row, event) => {
    if (row === undefined) {
      const rank = { low: quantile(positive, 0.05) + 1, high: rows.length };
      const never = wilson(0, scenarios);
      return { mean: { value: 0, low: 0, high: 0 }, loss: { low: 0, high: 0 }, pPositive: never, rank };
    }
    return {
      mean: meanOf(row),
      loss: { low: quantile(row, 0.05), high: quantile(row, 0.95) },
      pPositive: wilson(
        row.reduce((sum, loss) => sum + (loss > 0 ? 1 : 0), 0),
        scenarios,
      ),
      rank: {
        low: quantile(best[event] as Int32Array, 0.05),
        high: quantile(worst[event] as Int32Array, 0.95),
      },
    };
  });
}

/** Share of scenarios in which fewer than `rank` others lose more than the event. */
export function rankStability(sample: LossSample, event: number, rank: number): number {
  const row = sample.rows[event];
  let stable = 0;
  for (let scenario = 0; scenario < sample.scenarios; scenario += 1) {
    const own = row === undefined ? 0 : row[scenario];
    let more = 0;
    for (const other of sample.rows) {
      if (other !== undefined && other[scenario] > own) more += 1;
      if (more >= rank) break;
    }
    if (more < rank) stable += 1;
  }
  return stable / sample.scenarios;
}

/** Best and worst rank of every event that ever loses, by scenario, and how many lose in each scenario. */
function ranksOf({ rows, scenarios }: LossSample): {
  best: (Int32Array | undefined)[];
  worst: (Int32Array | undefined)[];
  positive: Int32Array;
} {
  const best = rows.map((row) => row && new Int32Array(scenarios));
  const worst = rows.map((row) => row && new Int32Array(scenarios));
  const positive = new Int32Array(scenarios);
  const losing = rows.flatMap((row, event) => (row ? [event] : []));
  const losses = new Float64Array(losing.length);
  const order = Int32Array.from(losing.keys());
  for (let scenario = 0; scenario < scenarios; scenario += 1) {
    for (const [i, event] of losing.entries()) losses[i] = (rows[event] as Float64Array)[scenario];
    order.sort((a, b) => losses[b] - losses[a]);
    for (let from = 0; from < order.length; ) {
      let to = from;
      while (to < order.length && losses[order[to]] === losses[order[from]]) to += 1;
      const isZero = losses[order[from]] === 0;
      if (isZero) positive[scenario] = from;
      for (let i = from; i < to; i += 1) {
        const event = losing[order[i]];
        (best[event] as Int32Array)[scenario] = from + 1;
        (worst[event] as Int32Array)[scenario] = isZero ? rows.length : to;
      }
      from = to;
    }
    if (order.length > 0 && losses[order[order.length - 1]] > 0) positive[scenario] = order.length;
  }
  return { best, worst, positive };
}

function meanOf(row: Float64Array): Estimate {
  let sum = 0;
  for (const value of row) sum += value;
  const value = sum / row.length;
  let squares = 0;
  for (const each of row) squares += (each - value) ** 2;
  const half = row.length > 1 ? Z * Math.sqrt(squares / (row.length - 1) / row.length) : 0;
  return { value, low: Math.max(0, value - half), high: value + half };
}

/** Wilson score interval of a share. */
function wilson(hits: number, n: number): Estimate {
  const p = hits / n;
  const centre = (p + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return {
    value: p,
    low: Math.max(0, Math.min(p, centre - half)),
    high: Math.min(1, Math.max(p, centre + half)),
  };
}

/** The value that a share q of the sample does not exceed. */
function quantile(values: ArrayLike<number>, q: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))];
}
