/** One service imports what another serves over TAXII: the graph arrives whole, and again brings nothing. */
import { type ApiServer, startApi } from '../support/api-server';
import { graphState } from '../support/graph-state';

let origin: ApiServer;
let copy: ApiServer;
beforeAll(async () => {
  origin = await startApi();
  await origin.services.seeds.load('docs/analysis/example/ecosystem');
  const settings = { ATLAS_TAXII_ALLOWED_HOSTS: origin.url, ATLAS_TAXII_ALLOWED_NETWORKS: '127.0.0.0/8' };
  copy = await startApi(settings);
}, 60_000);
afterAll(async () => {
  await copy.close();
  await origin.close();
});

const IMPORT = `mutation ($input: ImportTaxiiInput!) { importTaxii(input: $input) { isComplete
  result { totals { read created unchanged rejected stubbed } } } }`;
interface Answer {
  readonly importTaxii: {
    readonly isComplete: boolean;
    readonly result: { readonly totals: Record<string, number> };
  };
}

it('gives the other the same nodes and relationships', async () => {
  const input = { url: `${origin.url}/taxii2/`, collection: 'everything' };
  const { importTaxii } = await copy.data<Answer>(IMPORT, { input });
  expect(importTaxii).toMatchObject({ isComplete: true, result: { totals: { rejected: 0 } } });
  const [there, here] = [await graphState(origin.services), await graphState(copy.services)];
  const idOf = (value: unknown) => (value as { readonly id: string }).id;
  for (const part of ['nodes', 'relationships'] as const) {
    const known = new Map(here[part].map((value) => [idOf(value), value]));
    expect(there[part].map((value) => known.get(idOf(value)))).toEqual(there[part]);
  }
  const again = await copy.data<Answer>(IMPORT, { input: { ...input, fromStart: true } });
  const { read, unchanged } = again.importTaxii.result.totals;
  expect(unchanged).toBe(read);
});
