/**
 * Writes numbered batches one after the other and says after each that it was acknowledged, until it is done or killed.
 * Arguments: store (a path, or a neo4j:// address), number of batches, rows a batch.
 */

import { WriteService } from '../../../src/service/write.service';
import { EmbeddedEngine } from '../../../src/store/embedded/engine';
import { migrate } from '../../../src/store/migrate';
import { Neo4jEngine } from '../../../src/store/neo4j/engine';
import { numberedBatch } from '../numbered-batch';
import { neo4jOptions } from '../stores';

const [address, batches, rows] = process.argv.slice(2);
const now = () => new Date();

async function run(): Promise<void> {
  const engine = address.startsWith('neo4j://')
    ? new Neo4jEngine({ ...neo4jOptions(), url: address })
    : EmbeddedEngine.open(address);
  await migrate(engine, now);
  const service = new WriteService(engine, () => undefined, now);
  process.stdout.write('ready\n');
  for (let index = 0; index < Number(batches); index++) {
    await service.write(numberedBatch(index, Number(rows)), { kind: 'import', actor: 'child' });
    process.stdout.write(`acknowledged ${index}\n`);
  }
  await engine.close();
  process.stdout.write('done\n');
}

run().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exitCode = 1;
});
