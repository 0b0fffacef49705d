/** What stands in files beside the code, against the code. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_CATALOGUE } from '../../src/errors';

const textOf = (path: string): string => readFileSync(join(__dirname, '..', '..', path), 'utf8');

describe('the files of the house', () => {
  it('docker-compose.yml asks for a password and opens Neo4j to this machine only', () => {
    const compose = textOf('docker-compose.yml');
    expect(compose).toMatch(/NEO4J_AUTH: neo4j\/\$\{NEO4J_PASSWORD:\?/);
    const ports = [...compose.matchAll(/^\s+- '([^']*:\d+)'$/gm)].map((match) => match[1]);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
    expect(compose).toContain('healthcheck:');
    expect(compose).toMatch(/neo4j-data:\/data/);
  });

  it('docs/operations.md says what to do about codes that exist', () => {
    const codes = [...textOf('docs/operations.md').matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
    expect(codes.filter((code) => code.startsWith('STORE_')).sort()).toEqual(
      Object.keys(ERROR_CATALOGUE)
        .filter((code) => code.startsWith('STORE_'))
        .sort(),
    );
    expect(codes.filter((code) => !(code in ERROR_CATALOGUE))).toEqual([]);
  });

  it.each([
    'README.md',
    'CONTRIBUTING.md',
    'SECURITY.md',
    'docs/architecture.md',
    'docs/operations.md',
    'docs/security.md',
  ])('the links of %s lead to files that are there', (path) => {
    const folder = join(__dirname, '..', '..', path, '..');
    const links = [...textOf(path).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map((match) => match[1]);
    expect(links.length).toBeGreaterThan(0);
    for (const link of links) expect(() => readFileSync(join(folder, link))).not.toThrow(/ENOENT/);
  });
});
