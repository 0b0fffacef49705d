/** Text of the statements, from the files under cypher/: the same files for both engines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StatementName } from './engine';

const ROOT = join(__dirname, '..', '..', 'cypher');
const texts = new Map<string, string>();

const withoutComments = (source: string): string =>
  source
    .split('\n')
    .filter((line) => !line.startsWith('//'))
    .join('\n')
    .trim();

/** Cypher text of a statement. */
export function statementText(name: StatementName): string {
  let text = texts.get(name);
  if (text === undefined) {
    text = withoutComments(readFileSync(join(ROOT, `${name}.cypher`), 'utf8'));
    texts.set(name, text);
  }
  return text;
}

export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/** Schema migrations of an engine, in order of their numbers. */
export function schemaMigrations(folder: string): readonly Migration[] {
  const path = join(ROOT, 'schema', folder);
  const files = readdirSync(path).filter((name) => /^\d{4}-.+\.cypher$/.test(name));
  return files.sort().map((file) => ({
    name: file.replace(/\.cypher$/, ''),
    statements: withoutComments(readFileSync(join(path, file), 'utf8'))
      .split(/;\s*(?:\n|$)/)
      .filter((statement) => statement.trim() !== ''),
  }));
}
