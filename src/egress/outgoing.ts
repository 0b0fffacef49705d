/**
 * The one way out: requests to hosts that the operator allows, at addresses that are checked after they were looked up and
 * connected to as checked, without redirects, within limits of time and size.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '../errors';
import { addressTest } from './address-rules';

export interface OutgoingRules {
  /** Origins that may be called: `taxii.example.org` (https), `taxii.example.org:8443`, `http://10.0.0.5:6000`. */
  readonly allowedHosts: readonly string[];
  /** Networks that may be called although they are not public. */
  readonly allowedNetworks: readonly string[];
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Looks a name up, as `dns.lookup` with all addresses. */
export type Resolve = (
  host: string,
  answer: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void;

const bySystem: Resolve = (host, answer) => lookup(host, { all: true }, answer);

export class Outgoing {
  private readonly origins: ReadonlySet<string>;
  private readonly isAllowed: (address: string) => boolean;

  constructor(
    private readonly rules: OutgoingRules,
    private readonly resolve: Resolve = bySystem,
  ) {
    this.origins = new Set(rules.allowedHosts.map(originOf));
    this.isAllowed = addressTest(rules.allowedNetworks);
  }

  /** @throws AppError HOST_NOT_ALLOWED, REMOTE_FAILED */
  async get(address: string, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const url = this.checked(address);
    const options: RequestOptions = {
      method: 'GET',
      headers: { ...headers, 'accept-encoding': 'identity' },
      lookup: this.lookup,
      agent: false,
      signal: AbortSignal.timeout(this.rules.timeoutMs),
    };
    try {
      return await this.send(url, options);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const { code, message, cause } = error as NodeJS.ErrnoException & { readonly cause?: unknown };
      if (cause instanceof AppError) throw cause;
      const reason = code === 'ABORT_ERR' ? `no answer within ${this.rules.timeoutMs / 1000} s` : message;
      throw new AppError('REMOTE_FAILED', { url: url.href, reason }, { cause: error });
    }
  }

  private checked(address: string): URL {
    const url = URL.canParse(address) ? new URL(address) : undefined;
    const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
    if (!url || !isWeb || url.username !== '' || url.password !== '') {
      const expected = 'an https address without a user in it';
      throw new AppError('BAD_INPUT', { what: 'url', expected, got: address.slice(0, 200) });
    }
    if (!this.origins.has(url.origin))
      throw new AppError('HOST_NOT_ALLOWED', { host: url.origin, reason: NOT_LISTED });
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal) > 0) this.checkAddresses(url.hostname, [literal]);
    return url;
  }

  private checkAddresses(host: string, addresses: readonly string[]): void {
    const refused = addresses.find((each) => !this.isAllowed(each));
    if (refused === undefined && addresses.length > 0) return;
    throw new AppError('HOST_NOT_ALLOWED', {
      host,
      reason: `${refused ?? 'nothing'} is not a public address`,
    });
  }

  /** Every address of a name is checked; the connection is made to one of those and to no other. */
  private readonly lookup: LookupFunction = (host, options, answer) => {
    this.resolve(host, (error, addresses) => {
      if (error) return answer(error, [], 4);
      try {
        this.checkAddresses(
          host,
          addresses.map(({ address }) => address),
        );
      } catch (fault) {
        return answer(Object.assign(new Error('refused', { cause: fault })), [], 4);
      }
      if (options.all) answer(null, [...addresses], 4);
      else answer(null, addresses[0].address, addresses[0].family);
    });
  };

  private send(url: URL, options: RequestOptions): Promise<Answer> {
    const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
    return new Promise((resolve, reject) => {
      const outgoing = request(url, options, (response) => {
        this.read(url, response).then(resolve, (error: unknown) => {
          response.destroy();
          reject(error);
        });
      });
      outgoing.on('error', reject);
      outgoing.end();
    });
  }

  private async read(url: URL, response: IncomingMessage): Promise<Answer> {
    const status = response.statusCode ?? 0;
    if (status >= 300 && status < 400)
      throw failed(url, `it answers with a redirect (${status}), which is not followed`);
    const encoding = response.headers['content-encoding'] ?? 'identity';
    if (encoding !== 'identity')
      throw failed(url, `it answers in the encoding ${encoding}, which was not asked for`);
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.rules.maxBytes)
        throw failed(url, `the answer has more than ${this.rules.maxBytes} bytes`);
      chunks.push(chunk);
    }
    const headers = Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value[0] : value,
      ]),
    );
    return { status, headers, body: Buffer.concat(chunks) };
  }
}

const NOT_LISTED = 'it is not in ATLAS_TAXII_ALLOWED_HOSTS';

const failed = (url: URL, reason: string): AppError =>
  new AppError('REMOTE_FAILED', { url: url.href, reason });

/** `host`, `host:port` or an origin; https where nothing is said. */
const originOf = (entry: string): string => {
  const text = entry.includes('://') ? entry : `https://${entry}`;
  return URL.canParse(text) ? new URL(text).origin : '';
};

/** Whether text names an origin that can be allowed. */
export const isOrigin = (entry: string): boolean => originOf(entry) !== '' && originOf(entry) !== 'null';
