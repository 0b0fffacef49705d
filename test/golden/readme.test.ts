/** The README shows what the commands print: its table and its query with the answer. */
import { readFileSync } from 'node:fs';
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { type ServedStore, serveStore } from '../support/served-store';

/** The day on which the README was last brought up to date. */
const AS_OF = '2026-11-23T00:00:00Z';
const readme = readFileSync('README.md', 'utf8');

/** Content of the code blocks of a language, in order. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\\n\`\`\``, 'g'))].map((match) => match[1]);

let store: CliStore;
let served: ServedStore;
beforeAll(() => {
  store = cliOnEmptyStore();
  store.json('seed');
});
afterAll(async () => {
  await served?.stop();
  store.remove();
});

test('the table of the curated ecosystem', () => {
  const { stdout } = store.run('chokepoints', '--limit', '12', '--as-of', AS_OF);
  expect(readme).toContain(stdout.trimEnd());
});

test('the query and its answer', async () => {
  const [query] = blocks('graphql');
  served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
  const scoped = query.replace('first: 1', `first: 1, scope: {asOf: "${AS_OF}"}`);
  const response = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: scoped }),
  });
  expect(JSON.parse(blocks('json')[0])).toEqual(await response.json());
}, 60_000);

test('the two commands come first', () => {
  expect(
    blocks('sh')[0]
      .split('\n')
      .map((line) => line.split('#')[0].trim()),
  ).toEqual(['npm ci && npm start', 'npm ci && npm test']);
});
