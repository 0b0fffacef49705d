/** Asks a running service over GraphQL, for commands whose store that service holds. */
import { AppError } from '../../errors';

interface Answer<D> {
  readonly data?: D | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

/** An error that a service answered with: its code and its message, as they came. */
export class ServedError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Address of a path at a service. @throws AppError BAD_INPUT when the one of the service is no http(s) URL */
export function addressAt(server: string, path: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new AppError('BAD_INPUT', {
      what: '--server',
      expected: 'an address such as http://127.0.0.1:4000',
      got: server,
    });
  }
  return new URL(path, url).href;
}

/** Nothing answered. */
export function unreachable(url: string, error: unknown): AppError {
  const reason =
    error instanceof Error
      ? error.cause instanceof Error
        ? error.cause.message
        : error.message
      : String(error);
  return new AppError('SERVER_UNREACHABLE', { url, reason }, { cause: error });
}

export class GraphqlClient {
  private readonly url: string;

  /** @throws AppError BAD_INPUT when the address is no http(s) URL */
  constructor(server: string) {
    this.url = addressAt(server, '/graphql');
  }

  /** @throws AppError SERVER_UNREACHABLE, or ServedError with the code that the service answers */
  async ask<D>(query: string, variables: Readonly<Record<string, unknown>>): Promise<D> {
    const answer = await this.post<D>(JSON.stringify({ query, variables }));
    const [error] = answer.errors ?? [];
    if (error) throw new ServedError(error.extensions?.code ?? 'INTERNAL', error.message);
    return answer.data as D;
  }

  private async post<D>(body: string): Promise<Answer<D>> {
    try {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const response = await fetch(this.url, { method: 'POST', headers, body });
      return (await response.json()) as Answer<D>;
    } catch (error) {
      throw unreachable(this.url, error);
    }
  }
}
