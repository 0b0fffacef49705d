// Writes the explorer page: one file that holds all it needs, so it works without a network.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderGraphiQL } from '@graphql-yoga/render-graphiql';
import { EXAMPLE_QUERIES } from './explorer-queries.mjs';

export function writeExplorerPage(path) {
  const [defaultQuery] = EXAMPLE_QUERIES;
  const html = renderGraphiQL({
    title: 'Chokepoint Atlas',
    endpoint: '/graphql',
    defaultQuery,
    defaultTabs: EXAMPLE_QUERIES.map((query) => ({ query })),
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, html);
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeExplorerPage(process.argv[2] ?? 'dist/graphiql.html');
