// What benches print: one line a figure, with the peer measured in the same run and what is to be reached. `npm run bench`
// gathers the figures of all benches into one table: it names a file for them in ATLAS_BENCH_ROWS.
import { appendFileSync } from 'node:fs';

/** Median of some numbers. */
export const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

/** CPU seconds of this process, all threads, while some work runs; with what it gave. */
export async function cpuOf(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (user + system) / 1e6, result };
}

/** Median CPU seconds of some runs of work that is synchronous, after one to warm up. */
export function cpu(work, runs = 5) {
  const times = [];
  for (let i = 0; i <= runs; i += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    if (i > 0) times.push((user + system) / 1e6);
  }
  return median(times);
}

const shown = (value, unit) => {
  if (value === undefined) return '';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 3;
  return `${Number.isInteger(value) ? value : value.toFixed(digits)}${unit === '' ? '' : ` ${unit}`}`;
};

/**
 * Prints a figure.
 *
 * @param row.work what was done
 * @param row.own our figure, in `unit`
 * @param row.peers figures of others in the same unit: pairs of name and figure
 * @param row.most greatest that our figure may be; with `isRatio`, greatest that ours over the best peer's may be
 */
export function report({ work, own, unit = 's', peers = [], most, isRatio = false }) {
  const best = peers.length === 0 ? undefined : Math.min(...peers.map(([, value]) => value));
  const ratio = best === undefined ? undefined : own / best;
  const measured = isRatio ? ratio : own;
  const isReached = most === undefined || measured === undefined ? undefined : measured <= most;
  const row = {
    work,
    own: shown(own, unit),
    peers: peers.map(([name, value]) => `${name} ${shown(value, unit)}`).join(', '),
    ratio: ratio === undefined ? '' : ratio.toFixed(2),
    target: most === undefined ? '' : isRatio ? `ratio ${most}` : shown(most, unit),
    isReached,
  };
  console.log(line(row));
  if (process.env.ATLAS_BENCH_ROWS) appendFileSync(process.env.ATLAS_BENCH_ROWS, `${JSON.stringify(row)}\n`);
}

/** A row as a line of the table. */
export const line = ({ work, own, peers, ratio, target, isReached }) =>
  [
    work.padEnd(58),
    own.padStart(11),
    ratio.padStart(6),
    target.padStart(11),
    isReached === undefined ? '   ' : isReached ? 'yes' : 'NO ',
    peers,
  ].join('  ');

export const HEAD = line({
  work: 'work',
  own: 'ours',
  peers: 'peers, same run',
  ratio: 'ratio',
  target: 'to reach',
  isReached: undefined,
});
