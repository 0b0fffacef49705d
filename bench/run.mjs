// `npm run bench [-- [--heavy] [NAME ...] [-- OPTION ...]]`: runs benches one after the other, each in a process of its own, then prints all
// their figures as one table: ours, the peer's in the same run, and what is to be reached. Exits non-zero when a bench fails;
// a figure that is not reached is printed as such, since it may be the machine. What follows a second `--` is given to each
// bench: `npm run bench -- fault-tree -- --only plant --timeout 20` runs a part of one.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HEAD, line } from './report.mjs';

/** In the order of the table. Heavy ones take minutes: they run when named, or with --heavy. */
const LISTED = [
  { name: 'csr' },
  { name: 'connectivity' },
  { name: 'centrality' },
  { name: 'dismantling' },
  { name: 'double-removals' },
  { name: 'fault-tree', isHeavy: true, args: (data) => faultTrees(data) },
  { name: 'critical-nodes', args: (_data, isHeavy) => ['--seconds', isHeavy ? '20' : '2'] },
  { name: 'chokepoints', args: (data) => ecosystemFiles(data) },
  { name: 'api-list' },
  { name: 'jobs' },
  { name: 'optimise', isHeavy: true },
  { name: 'batch' },
  { name: 'import', isHeavy: true, args: (data) => importedFile(data) },
  { name: 'import-million', isHeavy: true },
];
const here = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.bench.mjs'))
  .map((file) => file.replace('.bench.mjs', ''));
/** Those that are here; what is not in the list comes last. */
const BENCHES = [
  ...LISTED.filter(({ name }) => here.includes(name)),
  ...here.filter((name) => LISTED.every((each) => each.name !== name)).map((name) => ({ name })),
];

const faultTrees = (data) =>
  data === undefined
    ? []
    : [
        ...['chinese', 'das9201', 'das9601', 'ftr10', 'isp9606'].map((name) =>
          join(data, 'fault-trees/aralia', `${name}.xml`),
        ),
        ['CEA9601', 'CEA9601-basic-events']
          .map((name) => join(data, 'fault-trees/scram/CEA9601', `${name}.xml`))
          .join('+'),
      ];

const ecosystemFiles = (data) =>
  data === undefined
    ? undefined
    : ['attack-enterprise', 'misp-galaxy/clusters'].flatMap((folder) =>
        readdirSync(join(data, folder))
          .filter((name) => /\.json(\.gz)?$/.test(name))
          .map((name) => join(data, folder, name)),
      );

const importedFile = (data) =>
  data === undefined ? undefined : [join(data, 'attack-enterprise/enterprise-attack-18.1.stix21.json.gz')];

const given = process.argv.slice(2);
const split = given.includes('--') ? given.indexOf('--') : given.length;
const words = given.slice(0, split);
const options = given.slice(split + 1);
const isHeavy = words.includes('--heavy');
const names = words.filter((word) => word !== '--heavy');
const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `no bench is called ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}`,
  );
  process.exit(1);
}
const wanted = BENCHES.filter((bench) =>
  names.length > 0 ? names.includes(bench.name) : isHeavy || !bench.isHeavy,
);

const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
const rows = join(folder, 'rows');
const failed = [];
try {
  for (const { name, args } of wanted) {
    const script = new URL(`${name}.bench.mjs`, import.meta.url).pathname;
    const files = args === undefined ? [] : args(process.env.ATLAS_DATA, isHeavy);
    if (files === undefined) {
      console.log(`\n${name} is not run: name the folder of real data in ATLAS_DATA`);
      continue;
    }
    console.log(`\n${name}`);
    const env = { ...process.env, ATLAS_BENCH_ROWS: rows };
    const run = spawnSync(process.execPath, [script, ...options, ...files], { stdio: 'inherit', env });
    if (run.status !== 0) failed.push(name);
  }
  console.log(`\n${HEAD}`);
  const figures = existsSync(rows) ? readFileSync(rows, 'utf8').trim().split('\n') : [];
  for (const figure of figures) console.log(line(JSON.parse(figure)));
} finally {
  rmSync(folder, { recursive: true });
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
