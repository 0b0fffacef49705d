import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useApi } from '../support/api-server';

const FOLDER = 'docs/examples';
const examples = readdirSync(FOLDER).filter((name) => name.endsWith('.graphql'));

/** Whether an answer holds anything but empty lists, zeros and nulls. */
function hasContent(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasContent);
  if (value !== null && typeof value === 'object') return Object.values(value).some(hasContent);
  return value !== null && value !== 0 && value !== false;
}

describe('example queries on the curated ecosystem', () => {
  const api = useApi();
  beforeAll(() => api().services.seeds.load());

  it.each(examples.map((name) => [name]))('%s has an answer', async (name) => {
    const data = await api().data<Record<string, { totalCount?: number }>>(
      readFileSync(join(FOLDER, name), 'utf8'),
    );
    expect(hasContent(data)).toBe(true);
    for (const value of Object.values(data)) expect(value.totalCount ?? 1).toBeGreaterThan(0);
  });
});
