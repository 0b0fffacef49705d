// Fault trees: our engine and SCRAM on the same files in the same run, best of some repetitions.
//
//   node bench/fault-tree.bench.mjs [--scram PATH] [--repeat N] [--timeout S] [--only PATTERN] [--generated none|small|all]
//     FILE...
//
// --only takes the trees whose names match; --timeout is how many seconds either may take on one tree. Files of one model are
// joined by `+`.
// SCRAM's figure is what it logs as "The algorithm finished in", or the CPU time of its process so far where that is less
// (a busy machine stretches the former); it is ended there, before it writes its report. Ours is the CPU time, of all
// threads, of the whole analysis: reading, preprocessing, diagrams, counts, probability and bounds.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ecosystem, layered, plant, toOpenPsa, trains } from './fault-tree.shapes.mjs';
import { report } from './report.mjs';

const require = createRequire(import.meta.url);
const self = fileURLToPath(import.meta.url);
const options = {
  scram: process.env.ATLAS_SCRAM ?? 'scram',
  repeat: 3,
  timeout: 60,
  generated: 'all',
  only: '',
};
const files = [];
const words = process.argv.slice(2);
while (words.length > 0) {
  const word = words.shift();
  if (word === '--one') {
    await analyseOne(words);
    process.exit();
  }
  if (word.startsWith('--')) options[word.slice(2)] = words.shift();
  else files.push(word.split('+'));
}

async function analyseOne(paths) {
  const { FaultTreeService } = require('../dist/service/fault-tree.service.js');
  const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const report = await new FaultTreeService(cpuMs).analyseFiles(paths, {
    seconds: Number(process.env.BENCH_SECONDS ?? 60),
  });
  console.log(JSON.stringify({ ...report, megabytes: process.resourceUsage().maxRSS / 1024 }));
}

function ours(paths) {
  const env = { ...process.env, BENCH_SECONDS: String(options.timeout) };
  const run = spawnSync(process.execPath, [self, '--one', ...paths], { encoding: 'utf8', env });
  return run.status === 0 ? JSON.parse(run.stdout) : { status: 'failed', seconds: Number.NaN, megabytes: 0 };
}

/** Seconds of the algorithm, products and peak memory; seconds is undefined when it did not finish. */
function scram(paths) {
  return new Promise((resolve) => {
    const child = spawn(options.scram, [
      '--bdd',
      '--verbosity',
      '5',
      '-l',
      '200',
      '-o',
      '/dev/null',
      ...paths,
    ]);
    let log = '';
    let cpuSeconds = Number.POSITIVE_INFINITY;
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeout * 1000);
    child.stderr.on('data', (chunk) => {
      log += chunk;
      if (cpuSeconds === Number.POSITIVE_INFINITY && /algorithm finished in/.test(log))
        cpuSeconds = cpuOf(child.pid);
      if (/# of products: \d+/.test(log) || /algorithm finished in [\d.e-]+\n[\s\S]{200}/.test(log))
        child.kill('SIGKILL');
      else if (/algorithm finished in/.test(log)) setTimeout(() => child.kill('SIGKILL'), 5000);
    });
    child.on('close', () => {
      clearTimeout(timer);
      const seconds = /algorithm finished in ([\d.e-]+)/.exec(log)?.[1];
      resolve({
        seconds: seconds === undefined ? undefined : Math.min(Number(seconds), cpuSeconds),
        products: /# of products: (\d+)/.exec(log)?.[1],
      });
    });
  });
}

/** CPU seconds of a process that runs, from /proc (ticks of 10 ms); no bound where there is no /proc. */
function cpuOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12]) + 1) / 100;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

function generate(folder) {
  const list = [];
  const seeds = options.generated === 'small' ? [1] : [1, 2, 3];
  for (const seed of options.generated === 'none' ? [] : seeds) {
    list.push(
      layered(`few-${seed}`, { seed, events: 10, gates: 9, arity: 3, share: 0.3 }),
      layered(`broad-${seed}`, { seed, events: 2000, gates: 700, arity: 10, share: 0.04 }),
      layered(`layered-wide-${seed}`, { seed, events: 300, gates: 160, arity: 6, share: 0.2 }),
      layered(`layered-shared-${seed}`, { seed, events: 120, gates: 110, arity: 4, share: 0.35 }),
      layered(`layered-deep-${seed}`, { seed, events: 400, gates: 380, arity: 3, share: 0.15 }),
      layered(`negated-${seed}`, { seed, events: 110, gates: 100, arity: 4, share: 0.3, negated: 0.1 }),
      layered(`k-of-n-${seed}`, { seed, events: 90, gates: 60, arity: 6, share: 0.25, kOfN: 0.5 }),
      ecosystem(`ecosystem-all-${seed}`, {
        seed,
        components: 80,
        operations: 12,
        needs: 3,
        suppliers: 3,
        depth: 1,
      }),
      ecosystem(`ecosystem-one-${seed}`, {
        seed,
        components: 250,
        operations: 1,
        needs: 40,
        suppliers: 5,
        depth: 2,
      }),
      ecosystem(`ecosystem-tall-${seed}`, {
        seed,
        components: 2000,
        operations: 1,
        needs: 30,
        suppliers: 3,
        depth: 2,
      }),
      trains(`trains-${seed}`, { seed, systems: 10, trainsEach: 4, parts: 4, supports: 20, k: 3 }),
      plant(`plant-${seed}`, { seed, supports: 6, systems: 8, trainsEach: 3, parts: 4, sequences: 8 }),
      plant(`plant-monotone-${seed}`, {
        seed,
        supports: 8,
        systems: 12,
        trainsEach: 3,
        parts: 6,
        sequences: 12,
        success: 0,
      }),
      trains(`trains-three-${seed}`, { seed, systems: 12, trainsEach: 3, parts: 5, supports: 18, k: 2 }),
    );
  }
  return list.map((description) => {
    const path = join(folder, `${description.name}.xml`);
    writeFileSync(path, toOpenPsa(description));
    return [path];
  });
}

const nameOf = (paths) => basename(paths[0], '.xml');
const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
const heavy = [];
const finished = { both: 0, ours: 0, scram: 0, neither: 0 };
try {
  console.log('tree                        events      cut sets  scram s   ours s   ratio   MB');
  const wanted = new RegExp(options.only);
  for (const paths of [...files, ...generate(folder)].filter((each) => wanted.test(nameOf(each)))) {
    let mine;
    let theirs;
    for (let i = 0; i < Number(options.repeat); i += 1) {
      const next = ours(paths);
      const other = theirs && theirs.seconds === undefined ? theirs : await scram(paths);
      if (!mine || next.seconds < mine.seconds) mine = next;
      if (!theirs || other.seconds < theirs.seconds) theirs = other;
      if ((theirs.seconds ?? 99) > 10) break;
    }
    const ratio = theirs.seconds === undefined ? Number.NaN : mine.seconds / theirs.seconds;
    const isOurs = mine.status === 'complete';
    if (theirs.seconds >= 0.5) heavy.push(isOurs ? ratio : options.timeout / theirs.seconds);
    finished[isOurs ? (theirs.seconds ? 'both' : 'ours') : theirs.seconds ? 'scram' : 'neither'] += 1;
    const count = mine.minimalCutSets?.count ?? mine.status;
    const isSame = !isOurs || theirs.products === undefined || theirs.products === String(count);
    console.log(
      [
        nameOf(paths).padEnd(26),
        String(mine.basicEvents).padStart(6),
        (String(count).length > 13 ? Number(count).toExponential(3) : String(count)).padStart(13),
        (theirs.seconds?.toFixed(3) ?? `>${options.timeout}`).padStart(8),
        mine.seconds.toFixed(3).padStart(8),
        (Number.isNaN(ratio) ? '-' : ratio.toFixed(3)).padStart(7),
        mine.megabytes.toFixed(0).padStart(5),
        isSame ? '' : `  DIFFERS from ${theirs.products}`,
      ].join(' '),
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `finished within ${options.timeout} s: both ${finished.both}, only ours ${finished.ours}, only SCRAM ${finished.scram}, neither ${finished.neither}`,
);
if (heavy.length === 0) console.log('no tree took SCRAM 0.5 s');
else {
  const mean = Math.exp(heavy.reduce((sum, ratio) => sum + Math.log(ratio), 0) / heavy.length);
  const trees = `${heavy.length} fault trees of 0.5 s or more`;
  report({ work: `${trees}, geometric mean over SCRAM`, own: mean, unit: '', most: 0.35 });
  report({ work: `${trees}, worst over SCRAM`, own: Math.max(...heavy), unit: '', most: 1 });
}
