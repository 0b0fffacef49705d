// A generated bundle of many objects, streamed into an empty embedded store: the rate of each tenth, and the memory.
//   npm run build && node --expose-gc bench/import-million.bench.mjs [objects=1000000]
// raw = the same rows by plain UNWIND + MERGE, 2,000 a transaction, in a process of its own. Claims and changes are part of
// the import alone.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'dist', 'x.js'));
const [objects = '1000000', part = 'all'] = process.argv.slice(2);
const total = Number(objects);
const NODES = Math.floor(total * 0.3);
const idOf = (type, number) => `${type}--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const nodeTypes = ['malware', 'tool', 'infrastructure', 'attack-pattern', 'indicator'];
const nodeIdOf = (number) => idOf(nodeTypes[number % nodeTypes.length], number);

/** The objects, nodes first: three in ten are nodes, the rest relationships between any two. */
function objectOf(number) {
  const common = {
    spec_version: '2.1',
    created: '2024-01-01T00:00:00.000Z',
    modified: '2024-01-01T00:00:00.000Z',
  };
  if (number < NODES) {
    const type = nodeTypes[number % nodeTypes.length];
    return {
      type,
      id: nodeIdOf(number),
      ...common,
      name: `${type} ${number}`,
      description: `What ${number} is, in a sentence or two of plain words.`,
    };
  }
  const from = (number * 7919) % NODES;
  const to = (number * 104729 + 1) % NODES;
  return {
    type: 'relationship',
    id: idOf('relationship', number),
    ...common,
    relationship_type: 'related-to',
    source_ref: nodeIdOf(from),
    target_ref: nodeIdOf(to),
  };
}

async function* bundle() {
  yield Buffer.from('{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000000","objects":[');
  for (let at = 0; at < total; at += 500) {
    const part = [];
    for (let i = at; i < Math.min(total, at + 500); i++) part.push(JSON.stringify(objectOf(i)));
    yield Buffer.from((at === 0 ? '' : ',') + part.join(','));
  }
  yield Buffer.from(']}');
}

const mib = (bytes) => Math.round(bytes / 2 ** 20);

async function imported(path) {
  const { createServices } = require('./compose.js');
  const { EmbeddedEngine } = require('./store/embedded/engine.js');
  const { migrate } = require('./store/migrate.js');
  const engine = EmbeddedEngine.open(path);
  await migrate(engine, () => new Date());
  const { importing } = createServices(engine);
  // The first mark is where writing begins: before it the file is surveyed.
  const marks = [];
  let most = 0;
  const startedAt = performance.now();
  const report = await importing.import(
    [{ name: 'generated', size: 1, open: bundle }],
    { actor: 'bench' },
    {
      onProgress({ done }) {
        most = Math.max(most, process.memoryUsage.rss());
        if (marks.length === 0 || done >= (marks.length * total) / 10)
          marks.push({ done, at: performance.now() });
      },
    },
  );
  const seconds = (performance.now() - startedAt) / 1000;
  most = Math.max(most, process.memoryUsage.rss());
  await engine.close();
  const rates = marks.slice(1).map(({ done, at }, i) => {
    const before = marks[i];
    return Math.round(((done - before.done) / (at - before.at)) * 1000);
  });
  return { seconds, rates, rssMib: mib(most), totals: report.totals };
}

async function raw(path) {
  const grafeo = require('@grafeo-db/js');
  const db = grafeo.GrafeoDB.create(path);
  await db.executeCypher('CREATE INDEX entity_id IF NOT EXISTS FOR (n:Entity) ON (n.id)');
  const startedAt = performance.now();
  const run = async (statement, rows) => {
    const transaction = db.beginTransaction();
    await transaction.executeCypher(statement, { rows });
    transaction.commit();
  };
  for (let at = 0; at < total; at += 2000) {
    const rows = [];
    for (let i = at; i < Math.min(total, at + 2000); i++) {
      const { source_ref: from, target_ref: to, ...props } = objectOf(i);
      rows.push({ id: props.id, from: from ?? '', to: to ?? '', props });
    }
    const nodes = rows.filter((row) => row.from === '');
    const links = rows.filter((row) => row.from !== '');
    if (nodes.length > 0)
      await run('UNWIND $rows AS row MERGE (n:Entity {id: row.id}) SET n = row.props', nodes);
    if (links.length > 0)
      await run(
        'UNWIND $rows AS row MATCH (a:Entity {id: row.from}) MATCH (b:Entity {id: row.to}) MERGE (a)-[r:RELATED_TO {id: row.id}]->(b) SET r = row.props',
        links,
      );
  }
  const result = { seconds: (performance.now() - startedAt) / 1000, rssMib: mib(process.memoryUsage.rss()) };
  db.close();
  return result;
}

if (part === 'all') {
  for (const name of ['raw', 'import']) {
    await new Promise((resolve, reject) => {
      const child = fork(process.argv[1], [objects, name], { stdio: 'inherit' });
      child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${name} ended with ${code}`))));
    });
  }
} else {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-bench-'));
  try {
    const path = join(folder, 'bench.db');
    if (part === 'raw') {
      const { seconds, rssMib } = await raw(path);
      console.log(
        `raw: ${total} rows in ${seconds.toFixed(1)} s (${Math.round(total / seconds)}/s), RSS ${rssMib} MiB`,
      );
    } else {
      const { seconds, rates, rssMib, totals } = await imported(path);
      const [first, last] = [rates[0], rates.at(-1)];
      console.log(
        `import: ${total} objects in ${seconds.toFixed(1)} s, greatest RSS ${rssMib} MiB; ${JSON.stringify(totals)}`,
      );
      console.log(
        `rate by tenth: ${rates.join(' ')}; from first to last ${(((last - first) / first) * 100).toFixed(0)} %`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
