// Writes the explorer page: one file that holds all it needs, so it works without a network. It opens on docs/examples.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

export const EXAMPLES = 'docs/examples';

export function writeExplorerPage(path) {
  const names = readdirSync(EXAMPLES).filter((name) => name.endsWith('.graphql'));
  const queries = names.sort().map((name) => readFileSync(join(EXAMPLES, name), 'utf8'));
  const html = renderGraphiQL({
    title: 'Chokepoint Atlas',
    endpoint: '/graphql',
    defaultQuery: queries[0],
    defaultTabs: queries.map((query) => ({ query })),
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, html);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeExplorerPage(process.argv[2] ?? 'dist/graphiql.html');
