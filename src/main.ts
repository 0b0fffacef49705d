/** `npm start`: the curated ecosystem is loaded into an empty store, its top chokepoints are printed, the API is served. */
import { formatRanking } from './cli/chokepoints.command';
import { fail } from './cli/fail';
import { LocalChokepoints } from './cli/local-chokepoints';
import { runService } from './cli/serve';
import { readConfig } from './config';
import type { Services } from './service/services';

const TOP = 15;

async function prepare(services: Services): Promise<void> {
  const { vertices } = await services.projections.current();
  if (vertices.ids.length === 0) {
    const { files, counts } = await services.seeds.load();
    process.stderr.write(
      `Loaded the curated ecosystem: ${files} files, ${counts.created} objects and relationships.\n`,
    );
  }
  const ranking = await new LocalChokepoints(services).chokepoints({}, TOP);
  process.stdout.write(`${formatRanking(ranking)}\n\n`);
}

Promise.resolve()
  .then(() => runService(readConfig(process.env), prepare))
  .catch(fail);
