// Import of a STIX file against the database alone on the same rows, in one run, on both engines.
//   npm run build && node bench/import.bench.mjs FILE [runs]
// raw = the rows of the file, ready in memory, by plain UNWIND + MERGE on the indexed id, 2,000 a transaction.
// with claims = the same, and a row for the claim on each of them: every row that an import writes but one change a batch.
// import = the whole of `atlas import`: reading, checking, claims, change log and durable write.
// BENCH_NEO4J=neo4j://HOST:PORT (with NEO4J_USER, NEO4J_PASSWORD) adds Neo4j. EVERYTHING IN THAT DATABASE IS DELETED.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import grafeo from '@grafeo-db/js';
import neo4j from 'neo4j-driver';

const require = createRequire(join(process.cwd(), 'dist', 'x.js'));
const { createServices } = require('./compose.js');
const { fileSource } = require('./ingest/byte-source.js');
const { readerOf } = require('./ingest/format.js');
const { IdTable } = require('./ingest/id-table.js');
const { surveyOf } = require('./ingest/survey.js');
const { claimId, nodeId } = require('./model/identity.js');
const { toKebabCase } = require('./model/naming.js');
const { EmbeddedEngine } = require('./store/embedded/engine.js');
const { migrate } = require('./store/migrate.js');
const { Neo4jEngine } = require('./store/neo4j/engine.js');
const { encodeNode, encodeRelationship } = require('./store/record.js');

const [file, runs = '3'] = process.argv.slice(2);
if (!file) throw new Error('usage: node bench/import.bench.mjs FILE [runs]');
const BATCH = 2000;
const INDEXES = [
  'CREATE INDEX entity_id IF NOT EXISTS FOR (n:Entity) ON (n.id)',
  ...['id', 'factId', 'reportId'].map(
    (name) => `CREATE INDEX claim_${name} IF NOT EXISTS FOR (n:Claim) ON (n.${name})`,
  ),
];
const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
const now = () => new Date();

/** Statements and rows of the file, by type, nodes first. */
async function rowsOf(path) {
  const source = fileSource(path);
  const options = { keepBytes: 1e9, known: new IdTable() };
  const survey = await surveyOf(source, await readerOf(source), options);
  const groups = new Map();
  const add = (kind, type, row) => {
    const name = `${kind}/merge-${toKebabCase(type)}`;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  };
  for await (const items of survey.entries()) {
    for (const { kind, value } of items) {
      if (kind === 'node')
        add('node', value.type, { id: value.id, props: encodeNode(value, 'digest', 'change') });
      if (kind !== 'relationship') continue;
      const settled = survey.settle(value);
      const { id, from, to } = settled;
      add('relationship', settled.type, {
        id,
        from,
        to,
        props: encodeRelationship(settled, 'digest', 'change'),
      });
    }
  }
  const text = (name) => readFileSync(join('cypher', `${name}.cypher`), 'utf8');
  const facts = [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, rows]) => ({ statement: text(name), rows }));
  const reportId = nodeId('Report', survey.sha256);
  const claims = facts.flatMap(({ rows }) =>
    rows.map(({ id: factId }) => {
      const id = claimId(factId, reportId);
      return { key: id, props: { id, factId, reportId, derivation: 'REPORTED', changeId: 'change' } };
    }),
  );
  return { facts, claimed: [...facts, { statement: text('record/merge-claim'), rows: claims }] };
}

async function timed(work) {
  const startedAt = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { seconds: (performance.now() - startedAt) / 1000, cpu: (user + system) / 1e6 };
}

async function inBatches(groups, run) {
  for (const { statement, rows } of groups) {
    for (let at = 0; at < rows.length; at += BATCH) await run(statement, rows.slice(at, at + BATCH));
  }
}

let count = 0;
const embedded = {
  name: 'embedded',
  async raw(groups) {
    const db = grafeo.GrafeoDB.create(join(folder, `raw-${count++}.db`));
    for (const index of INDEXES) await db.executeCypher(index);
    const time = await timed(() =>
      inBatches(groups, async (statement, rows) => {
        const transaction = db.beginTransaction();
        await transaction.executeCypher(statement, { rows });
        transaction.commit();
      }),
    );
    db.close();
    return time;
  },
  open: async () => EmbeddedEngine.open(join(folder, `import-${count++}.db`)),
};

const connection = {
  url: process.env.BENCH_NEO4J,
  user: process.env.NEO4J_USER ?? 'neo4j',
  password: process.env.NEO4J_PASSWORD ?? '',
};
const onNeo4j = {
  name: 'neo4j',
  async wipe(driver) {
    const session = driver.session();
    await session.run('MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS');
    await session.close();
  },
  async raw(groups) {
    const driver = neo4j.driver(connection.url, neo4j.auth.basic(connection.user, connection.password));
    await this.wipe(driver);
    const engine = new Neo4jEngine(connection);
    await migrate(engine, now);
    await engine.close();
    const session = driver.session();
    const time = await timed(() =>
      inBatches(groups, (statement, rows) => session.executeWrite((t) => t.run(statement, { rows }))),
    );
    await session.close();
    await driver.close();
    return time;
  },
  async open() {
    const driver = neo4j.driver(connection.url, neo4j.auth.basic(connection.user, connection.password));
    await this.wipe(driver);
    await driver.close();
    return new Neo4jEngine(connection);
  },
};

async function imported(side) {
  const engine = await side.open();
  await migrate(engine, now);
  const { importing } = createServices(engine);
  let report;
  const time = await timed(async () => {
    report = await importing.import([fileSource(file)], { actor: 'bench' });
  });
  await engine.close();
  return { ...time, totals: report.totals };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

try {
  const { facts, claimed } = await rowsOf(file);
  for (const side of connection.url ? [embedded, onNeo4j] : [embedded]) {
    const [raw, withClaims, whole] = [[], [], []];
    for (let run = 0; run < Number(runs); run++) {
      raw.push(await side.raw(facts));
      withClaims.push(await side.raw(claimed));
      whole.push(await imported(side));
    }
    const [seconds, cpu] = ['seconds', 'cpu'].map((part) =>
      [raw, withClaims, whole].map((times) => median(times.map((time) => time[part]))),
    );
    const against = ([alone, all, imported]) =>
      `raw ${alone.toFixed(2)} s, with claims ${all.toFixed(2)} s, import ${imported.toFixed(2)} s: ` +
      `${(imported / alone).toFixed(2)} x raw, ${(imported / all).toFixed(2)} x with claims`;
    console.log(`${side.name}: ${against(seconds)}`);
    console.log(
      `  CPU of this process: ${against(cpu)} (${runs} runs, medians; ${JSON.stringify(whole.at(-1).totals)})`,
    );
  }
  if (!connection.url) console.log('neo4j: not run, BENCH_NEO4J names no server');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
