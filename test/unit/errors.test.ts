import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE } from '../../src/errors';

const codes = Object.keys(ERROR_CATALOGUE);
const tests = readdirSync('test', { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('errors.test.ts'))
  .map((name) => readFileSync(join('test', name), 'utf8'))
  .join('\n');

/** Figures of any message. */
const ANYTHING = new Proxy({}, { get: () => [] });

describe('error codes', () => {
  it('are in order, each with a message of its own', () => {
    expect(codes).toEqual([...codes].sort());
    const messages = Object.values(ERROR_CATALOGUE).map((message) => message(ANYTHING));
    expect(new Set(messages).size).toBe(messages.length);
  });

  it.each(codes.map((code) => [code]))('%s is documented, and reached by a test', (code) => {
    expect(readFileSync('docs/api.md', 'utf8')).toContain(`| \`${code}\` |`);
    expect(new RegExp(`\\b${code}\\b`).test(tests)).toBe(true);
  });
});
