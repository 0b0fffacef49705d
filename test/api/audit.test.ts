import { auditServer } from 'graphql-http';
import { useApi } from '../support/api-server';

describe('GraphQL over HTTP', () => {
  const api = useApi();

  it('passes the audit of graphql-http without an error, and no worse than its server by default', async () => {
    const results = await auditServer({ url: `${api().url}/graphql`, fetchFn: fetch });
    const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
    for (const result of results) counts[result.status]++;
    const said = results
      .filter((result) => result.status !== 'ok')
      .map((result) => `${result.status} ${result.name}`);
    expect({ ...counts, said }).toEqual({ ...counts, said, error: 0 });
    expect(counts.ok).toBeGreaterThanOrEqual(55);
    expect(counts.notice + counts.warn).toBeLessThanOrEqual(6);
  });
});
