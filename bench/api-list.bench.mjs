// A list of 50 nodes with three nested connections each: the whole API (limits, cost, Apollo, error format) against bare
// graphql-js on the same schema and resolvers, in one run, CPU time.
//   npm run build && node bench/api-list.bench.mjs [runs]
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { execute, parse, validate } from 'graphql';
import { median, report } from './report.mjs';

const require = createRequire(join(process.cwd(), 'dist', 'x.js'));
const { createServices } = require('./compose.js');
const { createContext } = require('./graphql/context.js');
const { documentFault } = require('./graphql/document-limits.js');
const { apiSchema } = require('./graphql/schema.js');
const { createApollo } = require('./http/apollo.js');
const { createMetrics } = require('./http/metrics.js');
const { createLog } = require('./log.js');
const { LOCAL_VIEWER } = require('./model/viewer.js');
const { EmbeddedEngine } = require('./store/embedded/engine.js');
const { migrate } = require('./store/migrate.js');

const runs = Number(process.argv[2] ?? 40);
const ROUNDS = 5;
const QUERY = `{ operations(first: 50) { totalCount nodes { id name severity
  needs { nodes { id name need } } attributedTo { nodes { id name } } targets { nodes { id name } } } } }`;

const engine = EmbeddedEngine.open(undefined);
await migrate(engine, () => new Date());
const services = createServices(engine);
await services.seeds.load();
const limits = { pageSize: 500, depth: 20, aliases: 200, tokens: 5000 };
const apollo = createApollo(500_000, createMetrics(services), createLog('silent'));
await apollo.start();

const bare = async () => {
  const document = parse(QUERY);
  const schema = apiSchema();
  if (validate(schema, document).length > 0) throw new Error('the query is not valid');
  const contextValue = await createContext(services, limits, 'bench', LOCAL_VIEWER);
  return JSON.stringify(await execute({ schema, document, contextValue }));
};
const whole = async () => {
  if (documentFault(QUERY, limits)) throw new Error('the query breaks a limit');
  const contextValue = await createContext(services, limits, 'bench', LOCAL_VIEWER);
  const { body } = await apollo.executeOperation({ query: QUERY }, { contextValue });
  return JSON.stringify(body.singleResult);
};

async function cpuMs(work) {
  const before = process.cpuUsage();
  for (let i = 0; i < runs; i++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / runs;
}

if ((await bare()) !== (await whole())) throw new Error('the answers differ');
await cpuMs(bare);
await cpuMs(whole);
const times = { bare: [], whole: [] };
for (let round = 0; round < ROUNDS; round++) {
  times.bare.push(await cpuMs(bare));
  times.whole.push(await cpuMs(whole));
}
const [b, w] = [median(times.bare), median(times.whole)];
report({
  work: 'list query of 50 nodes x 3 nested connections',
  own: w,
  unit: 'ms',
  peers: [['bare graphql-js', b]],
  most: 1.2,
  isRatio: true,
});
await apollo.stop();
await engine.close();
