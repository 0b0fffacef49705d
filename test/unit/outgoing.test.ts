/** The one way out calls what it was allowed to call and nothing else, however the address is written or answered. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressTest, isNetwork } from '../../src/egress/address-rules';
import { Outgoing, type OutgoingRules, type Resolve } from '../../src/egress/outgoing';
import type { AppError } from '../../src/errors';

describe('addresses', () => {
  const isPublic = addressTest([]);

  it.each([
    '127.0.0.1',
    '127.255.0.9',
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001::1',
    '2001:db8::1',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'fe80::1%eth0',
    'ff02::1',
    'fd00:ec2::254',
    'nonsense',
    '',
  ])('%s is not public', (address) => expect(isPublic(address)).toBe(false));

  it.each([
    '1.1.1.1',
    '172.32.0.1',
    '192.167.255.255',
    '2606:4700::1111',
    '::ffff:1.1.1.1',
    '::ffff:0101:0101',
  ])('%s is public', (address) => expect(isPublic(address)).toBe(true));

  it('takes networks that the operator names, mapped addresses in them too', () => {
    const test = addressTest(['10.0.0.0/8', 'fd00::/8']);
    expect(['10.9.9.9', '::ffff:10.0.0.1', 'fd01::1'].map(test)).toEqual([true, true, true]);
    expect(['127.0.0.1', 'fe80::1'].map(test)).toEqual([false, false]);
    expect(['10.0.0.0/8', 'fd00::/8', '1.2.3.4/32'].map(isNetwork)).toEqual([true, true, true]);
    expect(['10.0.0.0', '10.0.0.0/33', 'x/8', '::/129', '1.2.3.4/8/8', '1.2.3.4/'].map(isNetwork)).toEqual(
      Array(6).fill(false),
    );
  });
});

describe('requests', () => {
  let server: Server;
  let answer: RequestListener;
  let port: number;
  const asked: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(request.url ?? '');
      answer(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    asked.length = 0;
    answer = (_request, response) => response.end('{}');
  });

  const rules = (more: Partial<OutgoingRules> = {}): OutgoingRules => ({
    allowedHosts: [`http://127.0.0.1:${port}`, `http://there.example:${port}`],
    allowedNetworks: ['127.0.0.0/8'],
    maxBytes: 1000,
    timeoutMs: 500,
    ...more,
  });
  const fault = async (
    url: string,
    more: Partial<OutgoingRules> = {},
    resolve?: Resolve,
  ): Promise<[string, string]> => {
    const error = await new Outgoing(rules(more), resolve).get(url, {}).then(
      () => undefined,
      (reason: AppError) => reason,
    );
    return [error?.code ?? '', error?.message ?? ''];
  };

  it('gets what is allowed', async () => {
    answer = (request, response) =>
      response.setHeader('X-Seen', String(request.headers.accept)).end('{"a":1}');
    const got = await new Outgoing(rules()).get(`http://127.0.0.1:${port}/x`, { accept: 'a/b' });
    expect(got).toMatchObject({ status: 200, headers: { 'x-seen': 'a/b' } });
    expect(got.body.toString()).toBe('{"a":1}');
  });

  it('calls no host, port or scheme that is not listed, and no address that is not public', async () => {
    for (const url of [
      `http://localhost:${port}/`,
      `https://127.0.0.1:${port}/`,
      `http://127.0.0.1:${port + 1}/`,
      'http://127.0.0.1/',
    ]) {
      expect((await fault(url))[0]).toBe('HOST_NOT_ALLOWED');
    }
    expect((await fault(`http://127.0.0.1:${port}/`, { allowedNetworks: [] }))[0]).toBe('HOST_NOT_ALLOWED');
    for (const url of ['ftp://x/', 'file:///etc/passwd', 'nonsense', `http://u:p@127.0.0.1:${port}/`]) {
      expect((await fault(url))[0]).toBe('BAD_INPUT');
    }
    expect(asked).toEqual([]);
  });

  it('takes other spellings of an address for what they are', async () => {
    const listed = { allowedHosts: [`http://127.0.0.1:${port}`], allowedNetworks: [] };
    for (const host of ['0x7f.1', '2130706433', '0177.0.0.1', '127.1']) {
      expect((await fault(`http://${host}:${port}/`, listed))[0]).toBe('HOST_NOT_ALLOWED');
    }
    const mapped = { allowedHosts: [`http://[::ffff:127.0.0.1]:${port}`], allowedNetworks: [] };
    expect((await fault(`http://[::ffff:127.0.0.1]:${port}/`, mapped))[0]).toBe('HOST_NOT_ALLOWED');
    expect(asked).toEqual([]);
  });

  it('checks every address of a name, and connects to those that it checked', async () => {
    const named = `http://there.example:${port}/`;
    const resolvesTo =
      (...addresses: string[]): Resolve =>
      (_host, done) =>
        done(
          null,
          addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
        );
    expect((await fault(named, { allowedNetworks: [] }, resolvesTo('127.0.0.1')))[0]).toBe(
      'HOST_NOT_ALLOWED',
    );
    expect((await fault(named, {}, resolvesTo('127.0.0.1', '10.0.0.1')))[0]).toBe('HOST_NOT_ALLOWED');
    expect((await fault(named, {}, resolvesTo()))[0]).toBe('HOST_NOT_ALLOWED');
    expect(asked).toEqual([]);
    let looked = 0;
    const rebinding: Resolve = (_host, done) =>
      done(null, [{ address: looked++ === 0 ? '127.0.0.1' : '10.0.0.1', family: 4 }]);
    expect((await new Outgoing(rules(), rebinding).get(named, {})).status).toBe(200);
    expect(looked).toBe(1);
  });

  it('follows no redirect', async () => {
    answer = (_request, response) =>
      response.writeHead(302, { location: `http://127.0.0.1:${port}/other` }).end();
    const [code, message] = await fault(`http://127.0.0.1:${port}/`);
    expect([code, asked]).toEqual(['REMOTE_FAILED', ['/']]);
    expect(message).toContain('redirect');
  });

  it('ends at its limits of size and time, and takes no encoding that it did not ask for', async () => {
    answer = (_request, response) => response.end(Buffer.alloc(2000));
    expect((await fault(`http://127.0.0.1:${port}/`))[1]).toContain('more than 1000 bytes');
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    expect((await fault(`http://127.0.0.1:${port}/`))[1]).toContain('gzip');
    answer = (_request, response) => response.write('{');
    expect((await fault(`http://127.0.0.1:${port}/`))[1]).toContain('no answer within');
    answer = (_request, response) => response.destroy();
    expect((await fault(`http://127.0.0.1:${port}/`))[0]).toBe('REMOTE_FAILED');
  });
});
