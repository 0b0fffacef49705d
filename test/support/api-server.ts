/** The whole service over real HTTP, on an embedded store in memory that counts what it is asked. */
import { createServices } from '../../src/compose';
import { type Config, readConfig } from '../../src/config';
import { type RunningServer, type ServeOptions, serve } from '../../src/http/server';
import { createLog } from '../../src/log';
import type { Services } from '../../src/service/services';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import type { Params, ReadName, Row, StoreEngine, Transaction } from '../../src/store/engine';
import { migrate } from '../../src/store/migrate';
import { SOURCE_WORKER } from './worker-files';

/** Passes everything on, and notes the names of the statements that are read. */
export class CountingEngine implements StoreEngine {
  readonly reads: string[] = [];
  /** When set, every read fails with it: a store that went away. */
  failure: Error | undefined;

  constructor(private readonly engine: StoreEngine) {}

  get name(): string {
    return this.engine.name;
  }
  get schemaFolder(): string {
    return this.engine.schemaFolder;
  }
  async read<N extends ReadName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    this.reads.push(name);
    if (this.failure) throw this.failure;
    return this.engine.read(name, params);
  }
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.engine.write(work);
  }
  defineSchema(statement: string): Promise<void> {
    return this.engine.defineSchema(statement);
  }
  async ping(): Promise<void> {
    if (this.failure) throw this.failure;
    await this.engine.ping();
  }
  checkpoint(): Promise<void> {
    return this.engine.checkpoint();
  }
  close(): Promise<void> {
    return this.engine.close();
  }
}

export interface GraphqlError {
  readonly message: string;
  readonly extensions: { readonly code: string; readonly [name: string]: unknown };
}

export interface GraphqlAnswer<T> {
  readonly status: number;
  readonly data?: T | null;
  readonly errors?: readonly GraphqlError[];
  readonly headers: Headers;
}

export interface ApiServer {
  readonly url: string;
  readonly services: Services;
  readonly engine: CountingEngine;
  readonly server: RunningServer;
  /** Sends an operation and returns the answer, errors and all. */
  ask<T>(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer<T>>;
  /** The data of an operation that must succeed. */
  data<T>(query: string, variables?: Record<string, unknown>): Promise<T>;
  /** Codes of the errors of an operation. */
  codes(query: string, variables?: Record<string, unknown>): Promise<string[]>;
  close(): Promise<void>;
}

export const testConfig = (environment: Record<string, string> = {}): Config =>
  readConfig({ ATLAS_PORT: '0', LOG_LEVEL: 'silent', ATLAS_SHUTDOWN_SECONDS: '2', ...environment });

export async function startApi(
  environment: Record<string, string> = {},
  options: ServeOptions = {},
): Promise<ApiServer> {
  const engine = new CountingEngine(EmbeddedEngine.open(undefined));
  await migrate(engine, () => new Date());
  const config = testConfig(environment);
  const services = createServices(engine, {
    runs: { ...config.analyses, workerFile: SOURCE_WORKER },
    taxii: config.taxii,
  });
  const server = await serve(services, config, { log: createLog('silent'), ...options });
  const ask = async <T>(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer<T>> => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: T; errors?: GraphqlError[] };
    return { status: response.status, headers: response.headers, ...body };
  };
  return {
    url: server.url,
    services,
    engine,
    server,
    ask,
    data: async <T>(query: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await ask<T>(query, variables);
      if (errors || !data) throw new Error(JSON.stringify(errors));
      return data;
    },
    codes: async (query, variables) =>
      ((await ask(query, variables)).errors ?? []).map((error) => error.extensions.code),
    close: async () => {
      await server.close();
      await engine.close();
    },
  };
}

/** One server for the tests of a file. */
export function useApi(
  environment: Record<string, string> = {},
  options: ServeOptions = {},
): () => ApiServer {
  let api: ApiServer | undefined;
  beforeAll(async () => {
    api = await startApi(environment, options);
  });
  afterAll(() => api?.close());
  return () => {
    if (!api) throw new Error('the server is not running');
    return api;
  };
}
