// Writes schema.graphql, the contract with clients, from the compiled API. `--check` writes nothing and fails when the
// file would change. A change that breaks clients is refused unless what goes was deprecated before, or the change is
// made knowingly with `--accept-breaking`. Needs dist/: run `npm run build` first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BreakingChangeType, buildSchema, findBreakingChanges } from 'graphql';

const compiled = join(process.cwd(), 'dist/graphql/schema.js');
const FILE = 'schema.graphql';

if (!existsSync(compiled)) {
  console.error('dist/ is not built; run npm run build');
  process.exit(1);
}
const { schemaText } = createRequire(import.meta.url)(compiled);

/** Changes from one schema to another that break clients, but for what the first one deprecates. */
export function breakingChanges(before, after) {
  const [from, to] = [buildSchema(before), buildSchema(after)];
  return findBreakingChanges(from, to).filter((change) => !isDeprecated(from, change));
}

/** `Type.field was removed.` of a field that was deprecated is what deprecation announced. */
function isDeprecated(schema, { type, description }) {
  if (type !== BreakingChangeType.FIELD_REMOVED && type !== BreakingChangeType.VALUE_REMOVED_FROM_ENUM)
    return false;
  const words = description.match(/(\w+)\.(\w+) was removed|(\w+) was removed from enum type (\w+)/);
  const [typeName, name] = words[1] ? [words[1], words[2]] : [words[4], words[3]];
  const owner = schema.getType(typeName);
  const member = owner.getFields ? owner.getFields()[name] : owner.getValue(name);
  return typeof member?.deprecationReason === 'string';
}

function main() {
  const text = schemaText();
  const current = existsSync(FILE) ? readFileSync(FILE, 'utf8') : undefined;
  if (current === text) {
    console.log(`${FILE} is what the API serves`);
    return;
  }
  const breaking = current === undefined ? [] : breakingChanges(current, text);
  for (const { description } of breaking) console.error(`breaks clients: ${description}`);
  if (process.argv.includes('--check')) {
    console.error(`${FILE} is not what the API serves; run npm run gen and look at the difference`);
    process.exitCode = 1;
  } else if (breaking.length > 0 && !process.argv.includes('--accept-breaking')) {
    console.error(`${FILE} is left as it was; deprecate first, or pass --accept-breaking`);
    process.exitCode = 1;
  } else {
    writeFileSync(FILE, text);
    console.log(`${FILE} written`);
  }
}

if (process.argv[1]?.endsWith('gen-schema.mjs')) main();
