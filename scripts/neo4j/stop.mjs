// `npm run neo4j:stop`: ends the Neo4j that neo4j:start began.
import { stop } from './server.mjs';

await stop();
