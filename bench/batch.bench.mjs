// One mutation of 10,000 relationships against the database alone on the same rows, in one run, on both engines.
//   npm run build && node bench/batch.bench.mjs [relationships] [runs]
// raw = the rows, ready in memory, by plain UNWIND + MERGE between nodes that are there, in one transaction.
// mutation = importObjects over HTTP in one request: parsing, checking, the change log, and the answer with a status for each.
// BENCH_NEO4J=neo4j://HOST:PORT (with NEO4J_USER, NEO4J_PASSWORD) adds Neo4j. EVERYTHING IN THAT DATABASE IS DELETED.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'dist', 'x.js'));
const { createServices } = require('./compose.js');
const { readConfig } = require('./config.js');
const { serve } = require('./http/server.js');
const { createLog } = require('./log.js');
const { EmbeddedEngine } = require('./store/embedded/engine.js');
const { migrate } = require('./store/migrate.js');
const { Neo4jEngine } = require('./store/neo4j/engine.js');
const { deleteRecords, listRecordKeys, recordLabels } = require('./store/record.store.js');

const [count = '10000', runs = '3'] = process.argv.slice(2);
const LIMIT = 2;
const NODES = 500;
const PIECE = 5000;
const nodes = Array.from({ length: NODES }, (_, i) => ({
  id: `malware--${i}`,
  type: 'Malware',
  properties: { name: `M${i}` },
}));
const rowsOf = (run, kind) =>
  Array.from({ length: Number(count) }, (_, i) => ({
    id: `relationship--${kind}-${run}-${i}`,
    from: nodes[i % NODES].id,
    to: nodes[(i * 7 + 1) % NODES].id,
  }));
const statement = 'relationship/merge-uses';

async function raw(engine, rows) {
  const given = rows.map(({ id, from, to }) => ({
    id,
    from,
    to,
    props: { id, description: 'd', changeId: 'c', digest: 'x' },
  }));
  const started = performance.now();
  await engine.write(async (transaction) => {
    for (let at = 0; at < given.length; at += PIECE) {
      await transaction.run(statement, { rows: given.slice(at, at + PIECE) });
    }
  });
  return performance.now() - started;
}

async function mutation(url, rows) {
  const objects = rows.map((row) => ({ relationship: { uses: { ...row, description: 'd' } } }));
  const query =
    'mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { totals { created } items { id status } } }';
  const body = JSON.stringify({ query, variables: { objects } });
  const started = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const { data, errors } = await response.json();
  if (errors || data.importObjects.totals.created !== rows.length)
    throw new Error(JSON.stringify(errors ?? data.importObjects.totals));
  return performance.now() - started;
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

async function bench(engine) {
  await migrate(engine, () => new Date());
  for (const label of recordLabels) {
    const keys = await listRecordKeys(engine, label);
    await engine.write((transaction) => deleteRecords(transaction, label, keys));
  }
  const services = createServices(engine);
  await services.writes.write({ nodes, relationships: [], claims: [] }, { kind: 'import', actor: 'bench' });
  const config = readConfig({ ATLAS_PORT: '0', LOG_LEVEL: 'silent' });
  const server = await serve(services, config, { log: createLog('silent') });
  const [alone, whole] = [[], []];
  await raw(engine, rowsOf('warm', 'raw'));
  await mutation(server.url, rowsOf('warm', 'api'));
  for (let run = 0; run < Number(runs); run++) {
    alone.push(await raw(engine, rowsOf(run, 'raw')));
    whole.push(await mutation(server.url, rowsOf(run, 'api')));
  }
  await server.close();
  await engine.close();
  const ratio = median(whole) / median(alone);
  const ms = (list) => `${Math.round(median(list))} ms`;
  console.log(
    `${engine.name}: ${count} relationships, raw ${ms(alone)}, one mutation ${ms(whole)}, ${ratio.toFixed(2)} x (limit ${LIMIT})`,
  );
  if (ratio > LIMIT) process.exitCode = 1;
}

await bench(EmbeddedEngine.open(undefined));
if (process.env.BENCH_NEO4J) {
  await bench(
    new Neo4jEngine({
      url: process.env.BENCH_NEO4J,
      user: process.env.NEO4J_USER ?? 'neo4j',
      password: process.env.NEO4J_PASSWORD ?? 'atlas-for-tests',
    }),
  );
}
