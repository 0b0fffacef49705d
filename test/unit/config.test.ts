import { readFileSync } from 'node:fs';
import { CONFIG_KEYS, readConfig } from '../../src/config';
import { AppError } from '../../src/errors';

const example = Object.fromEntries(
  readFileSync('.env.example', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
);

function faultsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
    return '';
  } catch (error) {
    expect((error as AppError).code).toBe('BAD_CONFIG');
    return (error as AppError).message;
  }
}

describe('configuration', () => {
  it('is in .env.example with every variable and its default', () => {
    expect(Object.keys(example).sort()).toEqual([...CONFIG_KEYS].sort());
    expect(readConfig(example)).toEqual(readConfig({}));
  });

  it('takes an empty variable as none', () => {
    expect(readConfig({ ATLAS_PORT: '', LOG_LEVEL: '' }).port).toBe(4000);
  });

  it('reads lists without regard to case and blanks', () => {
    expect(readConfig({ ATLAS_ALLOWED_HOSTS: 'Atlas.example, ,b.example' }).allowedHosts).toEqual([
      'atlas.example',
      'b.example',
    ]);
  });

  it('names every variable at fault at once', () => {
    const message = faultsOf({
      ATLAS_PORT: '70000',
      ATLAS_STORE: 'mysql://x',
      LOG_LEVEL: 'loud',
      ATLAS_MAX_PAGE: 'many',
      ATLAS_HOST: '0.0.0.0',
    });
    for (const name of ['ATLAS_PORT', 'ATLAS_STORE', 'LOG_LEVEL', 'ATLAS_MAX_PAGE', 'ATLAS_HOST']) {
      expect(message).toContain(name);
    }
  });

  it('wants a password for Neo4j', () => {
    expect(faultsOf({ ATLAS_STORE: 'neo4j://db:7687' })).toContain('NEO4J_PASSWORD');
    expect(faultsOf({ ATLAS_STORE: 'neo4j://db:7687', NEO4J_PASSWORD: 'x' })).toBe('');
    expect(faultsOf({ ATLAS_STORE: 'mysql://x' })).not.toContain('NEO4J_PASSWORD');
  });

  describe('of callers', () => {
    const jwt = {
      ATLAS_AUTH: 'jwt',
      ATLAS_JWT_ISSUER: 'https://issuer.example',
      ATLAS_JWT_AUDIENCE: 'atlas',
      ATLAS_JWT_SECRET: 'x'.repeat(32),
    };

    it('listens elsewhere than on the loopback only where it asks for tokens', () => {
      expect(faultsOf({ ATLAS_HOST: '0.0.0.0' })).toContain('ATLAS_HOST');
      expect(readConfig({ ...jwt, ATLAS_HOST: '0.0.0.0' }).host).toBe('0.0.0.0');
    });

    it('pins algorithms by the kind of key', () => {
      expect(readConfig(jwt).auth).toMatchObject({ jwt: { algorithms: ['HS256'] } });
      const published = { ...jwt, ATLAS_JWT_SECRET: '', ATLAS_JWT_JWKS_URL: 'https://issuer.example/keys' };
      expect(readConfig(published).auth).toMatchObject({
        jwt: { algorithms: expect.arrayContaining(['ES256']) },
      });
      expect(faultsOf({ ...published, ATLAS_JWT_ALGORITHMS: 'HS256' })).toContain('ATLAS_JWT_ALGORITHMS');
      expect(faultsOf({ ...jwt, ATLAS_JWT_ALGORITHMS: 'RS256' })).toContain('ATLAS_JWT_ALGORITHMS');
      expect(faultsOf({ ...jwt, ATLAS_JWT_ALGORITHMS: 'none' })).toContain('ATLAS_JWT_ALGORITHMS');
    });

    it.each([
      ['no issuer', { ATLAS_JWT_ISSUER: '' }, 'ATLAS_JWT_ISSUER'],
      ['no audience', { ATLAS_JWT_AUDIENCE: '' }, 'ATLAS_JWT_AUDIENCE'],
      ['no key', { ATLAS_JWT_SECRET: '' }, 'ATLAS_JWT_JWKS_URL'],
      ['two keys', { ATLAS_JWT_JWKS_URL: 'https://issuer.example/keys' }, 'ATLAS_JWT_JWKS_URL'],
      ['a short secret', { ATLAS_JWT_SECRET: 'short' }, 'ATLAS_JWT_SECRET'],
      [
        'keys over plain http',
        { ATLAS_JWT_SECRET: '', ATLAS_JWT_JWKS_URL: 'http://issuer.example' },
        'ATLAS_JWT_JWKS_URL',
      ],
      ['tokens that nobody asks for', { ATLAS_AUTH: 'local' }, 'ATLAS_JWT_SECRET'],
    ])('names what is wrong with %s', (_what, change, name) => {
      expect(faultsOf({ ...jwt, ...change })).toContain(name);
    });
  });
});
