/** Opens an embedded store, says so, and holds it until it is killed. Arguments: path, address it serves at (optional). */
import { EmbeddedEngine } from '../../../src/store/embedded/engine';

const [path, servedAt] = process.argv.slice(2);
EmbeddedEngine.open(path, { servedAt });
process.stdout.write('open\n');
setInterval(() => undefined, 1000);
