// `npm run neo4j:start`: a real Neo4j on loopback, for development and tests. Prints what to put in the environment.
import { settings, start, url } from './server.mjs';

try {
  await start();
  console.log(`ATLAS_STORE=${url} NEO4J_USER=${settings.user} NEO4J_PASSWORD=${settings.password}`);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
