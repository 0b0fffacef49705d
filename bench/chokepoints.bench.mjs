// The projection and the chokepoint query on real input, and how both grow with the graph.
//   npm run build && node bench/chokepoints.bench.mjs FILE ... [--copies N]
// Loads seeds/ and the files into an embedded store in memory, then prints CPU seconds: the projection read from the store,
// the first (cold) and the following (warm) chokepoint queries. --copies N (default 10) then multiplies the failure graph
// in memory: cost per edge should stay level.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { report } from './report.mjs';

const require = createRequire(join(process.cwd(), 'dist', 'x.js'));
const { createServices } = require('./compose.js');
const { fileSource } = require('./ingest/byte-source.js');
const { EmbeddedEngine } = require('./store/embedded/engine.js');
const { migrate } = require('./store/migrate.js');
const { buildDisruptionSystem } = require('./service/disruption/disruption-system.js');
const { rankComponents } = require('./service/disruption/ranking.js');
const { advance, EMPTY_PROJECTION } = require('./analysis/index.js');
const { cellOf } = require('./analysis/projection/column.js');

const WARM_RUNS = 50;
const args = process.argv.slice(2);
const at = args.indexOf('--copies');
const copies = at < 0 ? 10 : Number(args.splice(at, 2)[1]);
if (args.length === 0) throw new Error('usage: node bench/chokepoints.bench.mjs FILE ... [--copies N]');

/** CPU milliseconds of this process while work runs. */
async function cpuMs(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, result };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const print = (what, ms, more = '') =>
  console.log(`${what.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms CPU  ${more}`);

const engine = EmbeddedEngine.open(undefined);
await migrate(engine, () => new Date());
const loading = createServices(engine);
await loading.seeds.load();
await loading.importing.import(
  args.map((path) => fileSource(path)),
  { actor: 'bench' },
);

const { projections, views, chokepoints } = createServices(engine);
const load = await cpuMs(() => projections.current());
const { vertices, edges } = load.result;
print('projection from the store', load.ms, `${vertices.ids.length} vertices, ${edges.ids.length} edges`);
const whole = await views.whole();
const cold = await cpuMs(() => chokepoints.chokepoints(whole));
print(
  'chokepoints, cold',
  cold.ms,
  `${cold.result.operationsInScope} operations, ${cold.result.totalCount} ranked`,
);
const warm = [];
for (let run = 0; run < WARM_RUNS; run++) warm.push((await cpuMs(() => chokepoints.chokepoints(whole))).ms);
print(`chokepoints, warm, p50 of ${WARM_RUNS}`, median(warm));

/** The projection n times over, each copy with ids of its own. */
function multiplied(projection, n) {
  const rows = { vertices: [], edges: [] };
  const cellsOf = (table, row) =>
    Object.fromEntries([...table.columns].map(([name, column]) => [name, cellOf(column, row)]));
  for (let copy = 0; copy < n; copy++) {
    projection.vertices.ids.forEach((id, row) => {
      rows.vertices.push({ id: `${id}#${copy}`, cells: cellsOf(projection.vertices, row) });
    });
    projection.edges.ids.forEach((id, row) => {
      const end = (vertex) => `${projection.vertices.ids[vertex]}#${copy}`;
      const ends = { from: end(projection.from[row]), to: end(projection.to[row]) };
      rows.edges.push({ id: `${id}#${copy}`, ...ends, cells: cellsOf(projection.edges, row) });
    });
  }
  return advance(EMPTY_PROJECTION, { seq: 1, ...rows, deleted: new Set() });
}

const options = {
  minDowntimeDays: 30,
  horizonDays: 365,
  policy: 'STANDING_OPERATIONS',
  lever: 'DISRUPT',
  defences: [],
  asOf: Date.now(),
};
const analyse = (projection) => cpuMs(() => rankComponents(buildDisruptionSystem(projection, options)));
const one = multiplied(load.result, 1);
const many = multiplied(load.result, copies);
const small = median([await analyse(one), await analyse(one), await analyse(one)].map((run) => run.ms));
const large = (await analyse(many)).ms;
print('analysis of one copy', small, `${one.edges.ids.length} edges`);
print(
  `analysis of ${copies} copies`,
  large,
  `${many.edges.ids.length} edges: ${(large / small).toFixed(1)}x for ${copies}x`,
);
report({
  work: `chokepoint query over ${edges.ids.length} relationships, warm, p50`,
  own: median(warm),
  unit: 'ms',
  most: 50,
});
report({
  work: `analysis of ${copies} times the relationships, times the cost`,
  own: large / small,
  unit: '',
  most: 1.2 * copies,
});
await engine.close();
