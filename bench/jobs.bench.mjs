// What a long analysis costs everybody else: latency of a list query over HTTP alone and while a job runs on a worker
// thread, in the same run, and how long it takes to cancel that job.
//   npm run build && node bench/jobs.bench.mjs
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median, report } from './report.mjs';

const require = createRequire(join(process.cwd(), 'dist', 'x.js'));
const { createServices } = require('./compose.js');
const { readConfig } = require('./config.js');
const { serve } = require('./http/server.js');
const { EmbeddedEngine } = require('./store/embedded/engine.js');
const { migrate } = require('./store/migrate.js');

const REQUESTS = 20;
/** Alone and beside take turns, so that both meet what else the machine does. */
const ROUNDS = 10;
const LIST =
  '{ operations(first: 50) { totalCount nodes { id name severity needs { nodes { id name } } } } }';
const START = `mutation($seed: Int!) { analyseCriticalNodes(k: 20, iterations: 2000000000, seed: $seed) { id } }`;

const engine = EmbeddedEngine.open(undefined);
await migrate(engine, () => new Date());
const config = readConfig({
  ATLAS_PORT: '0',
  LOG_LEVEL: 'silent',
  ATLAS_WORKERS: '1',
  ATLAS_ANALYSIS_SECONDS: '600',
});
const services = createServices(engine, { runs: config.analyses });
await services.seeds.load();
const server = await serve(services, config);

async function ask(query, variables) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

async function latenciesMs() {
  const times = [];
  for (let i = 0; i < REQUESTS; i += 1) {
    const start = performance.now();
    await ask(LIST);
    times.push(performance.now() - start);
  }
  return times;
}

await latenciesMs();
const alone = [];
const beside = [];
const cancelling = [];
for (let seed = 1; seed <= ROUNDS; seed += 1) {
  alone.push(...(await latenciesMs()));
  const { id } = (await ask(START, { seed })).analyseCriticalNodes;
  beside.push(...(await latenciesMs()));
  const start = performance.now();
  await ask('mutation($id: ID!) { cancelAnalysis(id: $id) { status } }', { id });
  cancelling.push((performance.now() - start) / 1000);
}
report({
  work: 'list query while a job runs, p50 latency',
  own: median(beside),
  unit: 'ms',
  peers: [['alone', median(alone)]],
  most: 2,
  isRatio: true,
});
report({ work: 'cancelling a job, worst', own: Math.max(...cancelling), most: 1 });
await server.close();
await engine.close();
