/** Who gets in: tokens, their claims, and what is told to those who have none. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphqlClient } from '../../src/cli/remote/graphql-client';
import { startApi, useApi } from '../support/api-server';
import { claimsOf, JWT_ENVIRONMENT, SECRET, signed, tokenOf } from '../support/tokens';

const QUERY = '{ count }';
const seconds = (): number => Math.floor(Date.now() / 1000);

describe('a service that asks for tokens', () => {
  const api = useApi(JWT_ENVIRONMENT);
  const codeOf = async (token: string | undefined) => {
    const { status, errors, headers } = await api().ask(QUERY, undefined, token);
    return [status, errors?.[0].extensions.code, headers.get('www-authenticate')];
  };
  const refused = [401, 'UNAUTHENTICATED', 'Bearer'];

  it('lets in who has a valid one, with or without claims of its own', async () => {
    expect((await api().ask(QUERY, undefined, tokenOf('READER'))).data).toEqual({ count: 0 });
    expect((await api().ask(QUERY, undefined, signed(claimsOf()))).data).toEqual({ count: 0 });
  });

  it.each<[string, () => string | undefined]>([
    ['none', () => undefined],
    ['one that is no token', () => 'x'],
    ['another key', () => signed(claimsOf(), { secret: `${SECRET}!` })],
    [
      'no signature',
      () =>
        `${signed(claimsOf(), { header: { alg: 'none' } })
          .split('.')
          .slice(0, 2)
          .join('.')}.`,
    ],
    ['an algorithm that is not pinned', () => signed(claimsOf(), { header: { alg: 'HS512' } })],
    ['another issuer', () => signed(claimsOf({ iss: 'https://other.example' }))],
    ['another audience', () => signed(claimsOf({ aud: 'other' }))],
    ['a time that is over', () => signed(claimsOf({ exp: seconds() - 60 }))],
    ['a time that has not come', () => signed(claimsOf({ nbf: seconds() + 120 }))],
    ['no end', () => signed(claimsOf({ exp: undefined }))],
    ['no subject', () => signed(claimsOf({ sub: undefined }))],
    ['an empty subject', () => signed(claimsOf({ sub: '' }))],
    ['a role that is none', () => signed(claimsOf({ atlas_role: 'ROOT' }))],
    ['a role that is a list', () => signed(claimsOf({ atlas_role: ['ADMIN'] }))],
    ['a clearance that is none', () => signed(claimsOf({ atlas_clearance: 'mauve' }))],
    ['groups that are no list', () => signed(claimsOf({ atlas_groups: 'desk' }))],
    ['a length beyond reason', () => `a.${'b'.repeat(9000)}.c`],
  ])('refuses %s', async (_what, token) => {
    expect(await codeOf(token())).toEqual(refused);
  });

  it('forgives clocks that differ a little', async () => {
    expect((await codeOf(signed(claimsOf({ exp: seconds() - 10 }))))[0]).toBe(200);
  });

  it('reads role and clearance without regard to case, with TLP in front or not', async () => {
    const token = signed(claimsOf({ atlas_role: 'analyst', atlas_clearance: 'TLP:Amber+Strict' }));
    expect((await api().ask('{ chokepoints { totalCount } }', undefined, token)).errors).toBeUndefined();
  });

  it('says nothing of the graph to those it does not know, and lets health checks pass', async () => {
    const get = (path: string, headers = {}) => fetch(`${api().url}${path}`, { headers });
    expect(await (await get('/readyz')).json()).toEqual({ status: 'ready' });
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/metrics')).status).toBe(401);
    expect((await get('/metrics', { authorization: `Bearer ${tokenOf('EDITOR')}` })).status).toBe(403);
    expect((await get('/metrics', { authorization: `Bearer ${tokenOf('ADMIN')}` })).status).toBe(200);
    const introspection = await api().ask('{ __schema { queryType { name } } }');
    expect(introspection.status).toBe(401);
  });

  it('lets commands in by their token', async () => {
    await expect(new GraphqlClient(api().url, tokenOf('READER')).ask(QUERY, {})).resolves.toEqual({
      count: 0,
    });
    await expect(new GraphqlClient(api().url).ask(QUERY, {})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
    });
  });
});

describe('a service that fetches the keys of its issuer', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let keys: Server;
  let url: string;
  beforeAll(async () => {
    const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
    keys = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/keys`;
  });
  afterAll(() => new Promise((resolve) => keys.close(resolve)));

  const signedBy = (key: KeyObject, kid: string): string => {
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const nested = claimsOf({ realm: { role: 'ADMIN', groups: ['desk'] } });
    const content = `${encode({ alg: 'RS256', kid })}.${encode(nested)}`;
    return `${content}.${sign('sha256', Buffer.from(content), key).toString('base64url')}`;
  };
  const environment = (jwks: string) => {
    const { ATLAS_JWT_SECRET: _none, ...rest } = JWT_ENVIRONMENT;
    return { ...rest, ATLAS_JWT_JWKS_URL: jwks, ATLAS_JWT_ROLE_CLAIM: 'realm.role' };
  };

  it('takes what is signed by one of them, claims within claims too, and nothing else', async () => {
    const api = await startApi(environment(url));
    try {
      const metrics = (token: string) =>
        fetch(`${api.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
      expect((await metrics(signedBy(privateKey, 'one'))).status).toBe(200);
      const { privateKey: other } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      expect((await metrics(signedBy(other, 'one'))).status).toBe(401);
      expect((await metrics(signedBy(privateKey, 'two'))).status).toBe(401);
      const secret = publicKey.export({ format: 'pem', type: 'spki' }) as string;
      expect((await metrics(signed(claimsOf(), { secret }))).status).toBe(401);
    } finally {
      await api.close();
    }
  });

  it('says so when they cannot be fetched', async () => {
    const api = await startApi(environment('http://127.0.0.1:1/keys'));
    try {
      const { status, errors } = await api.ask(QUERY, undefined, signedBy(privateKey, 'one'));
      expect([status, errors?.[0].extensions.code]).toEqual([503, 'KEYS_UNREACHABLE']);
    } finally {
      await api.close();
    }
  });
});
