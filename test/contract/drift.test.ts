/** Guards of the rule "two engines, one Cypher": what the other contract files must keep to. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

const filesBelow = (folder: string, isWanted: (name: string) => boolean): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter(isWanted)
    .map((name) => join(folder, name))
    .sort();

const sourceOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const contractFiles = filesBelow('test/contract', (name) => name.endsWith('.contract.test.ts'));
const storeFiles = filesBelow('src/store', (name) => name.endsWith('.store.ts') || name === 'migrate.ts');
const contractOf = (storeFile: string): string => {
  const noun = basename(storeFile)
    .replace(/\.store\.ts$|\.ts$/, '')
    .replace(/^migrate$/, 'migration');
  return join('test/contract', `${noun}.contract.test.ts`);
};

/** Names of the functions that a module exports. */
const functionsOf = (path: string): string[] =>
  Object.entries(require(join(ROOT, path)) as Record<string, unknown>)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name)
    .sort();

describe('every store function has a contract', () => {
  it('sees the stores', () => {
    expect(storeFiles.length).toBeGreaterThanOrEqual(6);
  });

  it.each(storeFiles)('%s', (path) => {
    const contract = sourceOf(contractOf(path));
    const described = [...contract.matchAll(/^ {2}describe\('(\w+)'/gm)].map((match) => match[1]);
    expect([...new Set(described)].sort()).toEqual(functionsOf(path));
  });
});

describe('contract files name no engine and leave nothing out', () => {
  it.each(contractFiles)('%s', (path) => {
    const source = sourceOf(path);
    expect(source).not.toMatch(/embedded|neo4j|grafeo/i);
    expect(source).not.toMatch(/\.(skip|only|todo|failing)\b|\bx(it|describe|test)\(/);
  });
});

/** Opening of a statement: a clause followed by what only Cypher has there. */
const CYPHER =
  /\b(MATCH|MERGE|CREATE|UNWIND|RETURN|DELETE|CALL)\s+(\(|\$|\w+\s*:\s*\w+\)|\w+\s+AS\b|\{)|\b(CREATE|DROP)\s+(INDEX|CONSTRAINT)\b/;

describe('Cypher text is in cypher/ and nowhere else', () => {
  it('is recognised in a statement file', () => {
    const statements = filesBelow('cypher', (name) => name.endsWith('.cypher'));
    const recognised = statements.filter((path) => CYPHER.test(sourceOf(path)));
    expect(statements.filter((path) => !recognised.includes(path))).toEqual([]);
  });

  it.each(filesBelow('src', (name) => name.endsWith('.ts')))('%s', (path) => {
    expect(CYPHER.exec(sourceOf(path))?.[0]).toBeUndefined();
  });
});

describe('statements keep to the subset that both engines run alike', () => {
  const forbidden: readonly (readonly [string, RegExp])[] = [
    ['SHORTEST k', /\bSHORTEST\s+\d/],
    ['quantified path patterns', /\)\)\s*(\{\d|\+|\*)/],
    ['COLLECT subqueries', /\bCOLLECT\s*\{/],
    ['duration.between', /duration\.between/i],
    ['label alternatives', /\([^()]*:\w+\|\w+/],
    ['WHERE inside a node pattern', /\(\w*(:\w+)?\s+WHERE\b/],
    ['randomUUID', /randomUUID/i],
    ['labels(), whose order differs', /\blabels\(/],
    ['a bare property of the matched node in ON MATCH SET', /ON MATCH SET (\w+)\.\w+ = \1\.\w+\s*$/m],
  ];

  it.each(forbidden)('no %s', (_name, pattern) => {
    const offenders = filesBelow('cypher', (name) => name.endsWith('.cypher')).filter((path) =>
      pattern.test(
        sourceOf(path)
          .split('\n')
          .filter((line) => !line.startsWith('//'))
          .join('\n'),
      ),
    );
    expect(offenders).toEqual([]);
  });
});
