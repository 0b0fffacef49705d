/** Analyses of the service as it is built: threads start from the compiled file, and end with the service. */
import { type CliStore, cliOnEmptyStore } from '../support/cli';
import { type ServedStore, serveStore } from '../support/served-store';

let store: CliStore;
let served: ServedStore;

beforeAll(async () => {
  store = cliOnEmptyStore();
  store.json('seed');
  served = await serveStore({ ATLAS_STORE: `embedded:${store.path}` });
});
afterAll(async () => {
  await served?.stop();
  store?.remove();
});

async function ask<T>(query: string): Promise<T> {
  const response = await fetch(`${served.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: object[] };
  expect(errors).toBeUndefined();
  return data;
}

it('answers, and ends at once with a job of minutes under way', async () => {
  const { run } = await ask<{ run: object }>(
    'mutation { run: analyseStructure(measure: DEGREE, waitSeconds: 30) { status error { code } result { exactness } } }',
  );
  expect(run).toEqual({ status: 'DONE', error: null, result: { exactness: 'EXACT' } });
  const { long } = await ask<{ long: { status: string } }>(
    'mutation { long: analyseCriticalNodes(k: 30, iterations: 2000000000) { status } }',
  );
  expect(long.status).toBe('RUNNING');
  const began = Date.now();
  expect(await served.stop()).toBe(0);
  expect(Date.now() - began).toBeLessThan(8000);
});
