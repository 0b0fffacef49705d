// Writes schema.graphql, the contract with clients, from the compiled API. `--check` writes nothing and fails when the
// file would change. Needs dist/: run `npm run build` first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const compiled = join(process.cwd(), 'dist/graphql/schema.js');
const FILE = 'schema.graphql';

if (!existsSync(compiled)) {
  console.error('dist/ is not built; run npm run build');
  process.exit(1);
}
const { schemaText } = createRequire(import.meta.url)(compiled);
const text = schemaText();
const current = existsSync(FILE) ? readFileSync(FILE, 'utf8') : undefined;
if (current === text) console.log(`${FILE} is what the API serves`);
else if (process.argv.includes('--check')) {
  console.error(`${FILE} is not what the API serves; run npm run gen and look at the difference`);
  process.exitCode = 1;
} else {
  writeFileSync(FILE, text);
  console.log(`${FILE} written`);
}
