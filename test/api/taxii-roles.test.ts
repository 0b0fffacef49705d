/** Who may do what over TAXII, with tokens as clients send them: as a bearer, or as the password of HTTP Basic. */
import { useApi } from '../support/api-server';
import { stixObject } from '../support/memory-atlas';
import { JWT_ENVIRONMENT, tokenOf } from '../support/tokens';
import { node } from '../support/values';

const TAXII = 'application/taxii+json;version=2.1';
const OBJECTS = '/taxii2/atlas/collections/everything/objects/';
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const bearer = (token: string): string => `Bearer ${token}`;

describe('TAXII with tokens', () => {
  const api = useApi(JWT_ENVIRONMENT);
  const red = node('Malware', 'red', { markings: ['TLP:RED'], sharedWith: ['desk'] });
  beforeAll(() =>
    api().services.writes.write(
      { nodes: [node('Malware', 'open'), red], relationships: [], claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );
  const call = async (authorization: string | undefined, path = OBJECTS, body?: object) => {
    const response = await fetch(`${api().url}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: {
        accept: TAXII,
        ...(authorization ? { authorization } : {}),
        ...(body ? { 'content-type': TAXII } : {}),
      },
      body: body && JSON.stringify(body),
    });
    const answer = (await response.json()) as {
      objects?: { name?: string; type: string }[];
      error_code?: string;
      http_status?: string;
      can_write?: boolean;
      status?: string;
    };
    return { status: response.status, headers: response.headers, answer };
  };
  const names = ({ answer }: Awaited<ReturnType<typeof call>>) =>
    (answer.objects ?? []).flatMap(({ type, name }) => (type === 'malware' ? [name] : []));

  it('takes a token as a bearer and as the password of Basic, and shows what its viewer sees', async () => {
    for (const as of [bearer, (token: string) => basic('anybody', token)]) {
      expect(names(await call(as(tokenOf('READER', 'RED'))))).toEqual(['open']);
      expect(names(await call(as(tokenOf('READER', 'RED', ['desk'])))).sort()).toEqual(['open', 'red']);
    }
  });

  it.each([
    ['nothing', undefined],
    ['another scheme', 'Digest username="ann"'],
    ['a password that is no token', basic('ann', 'secret')],
    ['an empty password', basic('ann', '')],
    ['no colon', `Basic ${Buffer.from('ann').toString('base64')}`],
    ['no base64', 'Basic ?'],
  ])('refuses %s with a TAXII error and says how to come again', async (_what, authorization) => {
    const { status, headers, answer } = await call(authorization);
    expect([status, answer.error_code, answer.http_status]).toEqual([401, 'UNAUTHENTICATED', '401']);
    expect(headers.get('content-type')).toBe(TAXII);
    expect(headers.get('www-authenticate')).toMatch(/^Bearer, Basic realm=/);
  });

  it('lets EDITOR and above add objects, and nobody below', async () => {
    const envelope = { objects: [stixObject('malware', 1, { is_family: true })] };
    for (const role of ['READER', 'ANALYST', 'EDITOR', 'ADMIN']) {
      const authorization = basic('client', tokenOf(role));
      const mayAdd = role === 'EDITOR' || role === 'ADMIN';
      const { status, answer } = await call(authorization, OBJECTS, envelope);
      expect([role, status, answer.error_code]).toEqual(
        mayAdd ? [role, 202, undefined] : [role, 403, 'READ_ONLY_COLLECTION'],
      );
      const collection = await call(authorization, '/taxii2/atlas/collections/everything/');
      expect([role, collection.answer.can_write]).toEqual([role, mayAdd]);
    }
    await api().services.taxiiInbox.settled();
    expect(names(await call(bearer(tokenOf('READER'))))).toHaveLength(2);
  });

  it('takes Basic for TAXII only', async () => {
    const authorization = basic('ann', tokenOf('ADMIN'));
    for (const path of ['/graphql?query={count}', '/export/csv']) {
      const response = await fetch(`${api().url}${path}`, {
        headers: { authorization, 'content-type': 'application/json' },
      });
      expect([path, response.status]).toEqual([path, 401]);
    }
  });
});
