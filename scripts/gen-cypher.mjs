// Writes the statements that the ontology implies (one per node and relationship type, since labels and types cannot be
// parameters), checks the header of every statement against its text, and writes the TypeScript types of all of them.
// `--check` writes nothing and fails when a file would change.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadModel } from './load-model.mjs';

const check = process.argv.includes('--check');
const model = loadModel();
const { nodeTypes, relationshipTypes, nodeProperties, relationshipProperties, labelsOf } =
  model('ontology/ontology');
const { toKebabCase } = model('naming');

const problems = [];
const written = new Map();

const GENERATED = '// Generated from the ontology by scripts/gen-cypher.mjs.';
const GENERATED_RECORD = '// Generated from the schema migrations by scripts/gen-cypher.mjs.';

const tsTypeOf = (property) =>
  ({ int: 'number', float: 'number', boolean: 'boolean', strings: 'readonly string[]' })[property.kind] ??
  'string';

const columnsOf = (properties) => properties.filter((each) => each.isColumn);

const TEXT_KINDS = new Set(model('ontology/property').TEXT_KINDS);

/** A name that is a word of the language stands in backticks where a pattern gives its properties. */
const WORDS = new Set([
  'where',
  'with',
  'when',
  'order',
  'limit',
  'union',
  'set',
  'in',
  'as',
  'on',
  'by',
  'end',
]);
const quoted = (name) => (WORDS.has(name.toLowerCase()) ? `\`${name}\`` : name);

/**
 * Property list of a pattern whose values come by their places in a row; what a row leaves out is null, and so not there. Texts
 * come as places in a list of texts: one that many objects have travels once, and lies in memory once.
 */
const placed = (properties, from) =>
  properties
    .map(({ name, kind }, place) => {
      const value = `row[${from + place}]`;
      return `${quoted(name)}: ${TEXT_KINDS.has(kind) ? `$texts[${value}]` : value}`;
    })
    .join(', ');

function nodeStatements(type) {
  const name = toKebabCase(type.name);
  const labels = labelsOf(type)
    .slice(1)
    .map((each) => `:${each}`)
    .join('');
  const columns = columnsOf(nodeProperties(type.name));
  written.set(
    `cypher/node/merge-${name}.cypher`,
    `// Merges nodes of type ${type.name} by id, replacing all their properties.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return merged: number
${GENERATED}
UNWIND $rows AS row
MERGE (n:Entity {id: row.id})
SET n${labels}
SET n = row.props
RETURN count(n) AS merged
`,
  );
  written.set(
    `cypher/node/create-${name}.cypher`,
    `// Creates nodes of type ${type.name} that are not there yet. A row is a list: values by their places cost least on their way to the store.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
${GENERATED}
UNWIND $rows AS row
CREATE (n:Entity${labels} {type: '${type.name}', changeId: $changeId, id: row[0], digest: row[1], ${placed(nodeProperties(type.name), 2)}})
RETURN count(n) AS created
`,
  );
  written.set(
    `cypher/node/load-${name}.cypher`,
    `// Loads every node of type ${type.name} with the columns of the projection.
// @mode read
// @return id: string
// @return changeId: string
${columns.map((each) => `// @return ${each.name}: ${tsTypeOf(each)} | null`).join('\n')}
${GENERATED}
MATCH (n:${type.name})
RETURN n.id AS id, n.changeId AS changeId, ${columns.map((each) => `n.${each.name} AS ${each.name}`).join(', ')}
`,
  );
}

function relationshipStatements(type) {
  const name = toKebabCase(type.name);
  const columns = columnsOf(relationshipProperties(type.name));
  written.set(
    `cypher/relationship/merge-${name}.cypher`,
    `// Merges relationships of type ${type.name} by id between ends that are there, replacing all their properties.
// @mode write
// @param rows: readonly { id: string; from: string; to: string; props: Record<string, unknown> }[]
// @return merged: number
${GENERATED}
UNWIND $rows AS row
MATCH (a:Entity {id: row.from})
MATCH (b:Entity {id: row.to})
MERGE (a)-[r:${type.name} {id: row.id}]->(b)
SET r = row.props
RETURN count(r) AS merged
`,
  );
  written.set(
    `cypher/relationship/create-${name}.cypher`,
    `// Creates relationships of type ${type.name} that are not there yet, between ends that are. A row is a list, as for nodes.
// @mode write
// @param rows: readonly (readonly unknown[])[]
// @param texts: readonly string[]
// @param changeId: string
// @return created: number
${GENERATED}
UNWIND $rows AS row
MATCH (a:Entity {id: row[1]})
MATCH (b:Entity {id: row[2]})
CREATE (a)-[r:${type.name} {changeId: $changeId, id: row[0], digest: row[3], ${placed(relationshipProperties(type.name), 4)}}]->(b)
RETURN count(r) AS created
`,
  );
  written.set(
    `cypher/relationship/load-${name}.cypher`,
    `// Loads every relationship of type ${type.name} with the columns of the projection.
// @mode read
// @return id: string
// @return from: string
// @return to: string
// @return changeId: string
${columns.map((each) => `// @return ${each.name}: ${tsTypeOf(each)} | null`).join('\n')}
${GENERATED}
MATCH (a:Entity)-[r:${type.name}]->(b:Entity)
RETURN r.id AS id, a.id AS from, b.id AS to, r.changeId AS changeId, ${columns.map((each) => `r.${each.name} AS ${each.name}`).join(', ')}
`,
  );
}

const nodeLabels = [...new Set(nodeTypes().flatMap((type) => labelsOf(type).slice(1)))].sort();
written.set(
  'cypher/node/delete-contents.cypher',
  `// Takes away what is said of nodes: they are left as placeholders, with all that leads to them.
// @mode write
// @param rows: readonly { id: string; props: Record<string, unknown> }[]
// @return emptied: number
${GENERATED}
UNWIND $rows AS row
MATCH (n:Entity {id: row.id})
REMOVE n:${nodeLabels.join(':')}
SET n = row.props
RETURN count(n) AS emptied
`,
);
/** Migrations, and the mark of a restore that is under way, belong to a store, not to what it holds. */
const NOT_RECORDS = new Set(['Migration', 'Restore']);

/**
 * Labels that the schema migrations know, each with the property that tells its nodes apart: the id, or what is first indexed.
 * Where one engine indexes the bucket of that property instead, it is the one that is unique on the other.
 */
function recordLabels() {
  const keys = new Map();
  for (const engine of ['embedded', 'neo4j']) {
    const folder = join('cypher', 'schema', engine);
    for (const file of readdirSync(folder).sort()) {
      const text = readFileSync(join(folder, file), 'utf8');
      for (const [, label, key] of text.matchAll(/FOR \(n:(\w+)\) (?:ON|REQUIRE) \(?n\.(\w+)/g)) {
        const known = keys.get(`${engine} ${label}`);
        if (!known || key === 'id') keys.set(`${engine} ${label}`, key);
      }
    }
  }
  const labels = [...keys]
    .filter(([name]) => name.startsWith('embedded '))
    .map(([name, key]) => [name.split(' ')[1], key])
    .map(([label, key]) =>
      key === 'bucket' ? [label, keys.get(`neo4j ${label}`), true] : [label, key, false],
    );
  for (const [label, key] of labels) {
    if (keys.get(`neo4j ${label}`) !== key)
      problems.push(`the engines tell ${label} apart by different properties`);
  }
  return labels.filter(([label]) => !NOT_RECORDS.has(label)).sort();
}

function recordStatements([label, key, isBucketed]) {
  const name = toKebabCase(label);
  const keyType = isBucketed ? '{ key: string; bucket: number }' : 'string';
  const pattern = isBucketed ? `bucket: key.bucket, ${key}: key.key` : `${key}: key`;
  const rowPattern = isBucketed ? `bucket: row.props.bucket, ${key}: row.key` : `${key}: row.key`;
  const statement = (verb, header, body) =>
    written.set(`cypher/record/${verb}-${name}.cypher`, `${header}\n${GENERATED_RECORD}\n${body}\n`);
  statement(
    'list',
    `// Lists what tells the ${label} records apart.\n// @mode read\n// @return key: string`,
    `MATCH (n:${label}) RETURN n.${key} AS key`,
  );
  statement(
    'find',
    `// Finds ${label} records with all that is stored of them.\n// @mode read\n// @param keys: readonly ${keyType}[]\n// @return properties: Record<string, unknown>`,
    `UNWIND $keys AS key\nMATCH (n:${label} {${pattern}})\nRETURN properties(n) AS properties`,
  );
  statement(
    'merge',
    `// Writes ${label} records as they are given, new or in place of what is there.\n// @mode write\n// @param rows: readonly { key: string; props: Record<string, unknown> }[]\n// @return merged: number`,
    `UNWIND $rows AS row\nMERGE (n:${label} {${rowPattern}})\nSET n = row.props\nRETURN count(n) AS merged`,
  );
  statement(
    'delete',
    `// Deletes ${label} records, with relationships that they have.\n// @mode write\n// @param keys: readonly ${keyType}[]\n// @return deleted: number`,
    `UNWIND $keys AS key\nMATCH (n:${label} {${pattern}})\nDETACH DELETE n\nRETURN count(key) AS deleted`,
  );
}

const labels = recordLabels();
for (const label of labels) recordStatements(label);
for (const type of nodeTypes()) nodeStatements(type);
for (const type of relationshipTypes()) relationshipStatements(type);

/** All statement files on disk but the schema, by name. */
function statementFiles() {
  const names = readdirSync('cypher', { recursive: true }).filter((each) => each.endsWith('.cypher'));
  return names.filter((each) => !each.startsWith('schema')).sort();
}

// A generated file whose type left the ontology goes.
for (const file of statementFiles()) {
  const path = join('cypher', file);
  const text = readFileSync(path, 'utf8');
  const isGenerated = text.includes(GENERATED) || text.includes(GENERATED_RECORD);
  const stale = !written.has(path) && isGenerated;
  if (stale && check) problems.push(`${path} is generated from a type that is gone`);
  else if (stale) rmSync(path);
}

/** Reads a header: intent, mode, parameters and columns; reports what does not match the text. */
function parse(path, source) {
  const lines = source.split('\n');
  const header = lines.filter((line) => line.startsWith('//')).map((line) => line.slice(2).trim());
  const body = lines.filter((line) => !line.startsWith('//')).join('\n');
  const tags = (tag) =>
    header.flatMap((line) => {
      const match = new RegExp(`^@${tag} (\\w+)(?:: (.+))?$`).exec(line);
      return match ? [{ name: match[1], type: match[2] }] : [];
    });
  const mode = tags('mode')[0]?.name;
  const params = tags('param');
  const columns = tags('return');
  const complain = (what) => problems.push(`${path}: ${what}`);
  if (!header[0] || header[0].startsWith('@')) complain('the first line must say the intent in one sentence');
  if (mode !== 'read' && mode !== 'write') complain('`// @mode read|write` is missing');
  const writes = /\b(CREATE|MERGE|SET|DELETE|REMOVE)\b/.test(body);
  if (writes && mode === 'read') complain('writes, but says @mode read');
  if (!writes && mode === 'write') complain('writes nothing, but says @mode write');
  const used = [...new Set([...body.matchAll(/\$(\w+)/g)].map((match) => match[1]))].sort();
  const declared = params.map((each) => each.name).sort();
  if (used.join() !== declared.join()) complain(`uses $${used} but declares ${declared}`);
  const returned = body.slice(body.lastIndexOf('RETURN'));
  const aliases = [...returned.matchAll(/ AS (\w+)/g)].map((match) => match[1]);
  if (aliases.join() !== columns.map((each) => each.name).join()) {
    complain(`returns ${aliases} but declares ${columns.map((each) => each.name)}`);
  }
  return { mode, params, columns };
}

/** Brings one file to its content, or says that it differs. */
function settle(path, content) {
  const current = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  if (current === content) return;
  if (check) problems.push(`${path} is not what the generator writes; run npm run gen`);
  else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

for (const [path, content] of written) settle(path, content);

const shape = (fields) => `{ ${fields.map((each) => `${each.name}: ${each.type}`).join('; ')} }`;
const entries = statementFiles().map((file) => {
  const path = join('cypher', file);
  const { mode, params, columns } = parse(path, written.get(path) ?? readFileSync(path, 'utf8'));
  const name = file.replace(/\.cypher$/, '').replaceAll('\\', '/');
  const parameters = params.length === 0 ? 'Record<string, never>' : shape(params);
  return `  '${name}': { mode: '${mode}'; params: ${parameters}; row: ${shape(columns)} };`;
});
settle(
  'src/store/statements.generated.ts',
  `// Generated by scripts/gen-cypher.mjs from the headers of cypher/**/*.cypher. Do not edit.

/** Every statement by name, with its mode, parameters and row. */
export interface Statements {
${entries.join('\n')}
}
`,
);

settle(
  'src/store/record-labels.generated.ts',
  `// Generated by scripts/gen-cypher.mjs from the schema migrations. Do not edit.

/** Every kind of record that a store holds, with the property that tells its nodes apart, and whether they are found by its bucket. */
export const RECORD_LABELS = [
${labels.map(([label, key, isBucketed]) => `  { label: '${label}', key: '${key}', isBucketed: ${isBucketed} },`).join('\n')}
] as const;
`,
);

if (problems.length > 0) {
  for (const problem of problems) console.error(problem);
  process.exitCode = 1;
} else {
  console.log(`${entries.length} statements, headers and types agree`);
}
