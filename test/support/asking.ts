/** GraphQL in the name of one viewer or another, on an embedded store in memory: what HTTP does once it knows who asks. */
import { graphql } from 'graphql';
import { createServices, type ServiceOptions } from '../../src/compose';
import { createContext } from '../../src/graphql/context';
import { apiSchema } from '../../src/graphql/schema';
import { LOCAL_VIEWER, type Viewer } from '../../src/model/viewer';
import type { Services } from '../../src/service/services';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import type { StoreEngine } from '../../src/store/engine';
import { migrate } from '../../src/store/migrate';
import { SOURCE_WORKER } from './worker-files';

export interface AskedAtlas {
  readonly services: Services;
  readonly engine: StoreEngine;
  /** The data of an operation that must succeed. */
  data<T>(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<T>;
  /** Codes of the errors of an operation. */
  codes(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<string[]>;
  close(): Promise<void>;
}

export const viewerOf = (id: string, more: Partial<Viewer> = {}): Viewer => ({
  ...LOCAL_VIEWER,
  id,
  role: 'EDITOR',
  seesAll: false,
  ...more,
});

export async function openAskedAtlas(options: ServiceOptions = {}): Promise<AskedAtlas> {
  const engine = EmbeddedEngine.open(undefined);
  await migrate(engine, () => new Date());
  const services = createServices(engine, {
    ...options,
    runs: { workerFile: SOURCE_WORKER, ...options.runs },
  });
  const ask = async (viewer: Viewer, source: string, variableValues?: Record<string, unknown>) => {
    const contextValue = await createContext(services, { pageSize: 500 }, 'test', viewer);
    return graphql({ schema: apiSchema(), source, variableValues, contextValue });
  };
  return {
    services,
    engine,
    data: async <T>(viewer: Viewer, query: string, variables?: Record<string, unknown>) => {
      const { data, errors } = await ask(viewer, query, variables);
      if (errors || !data) throw errors?.[0].originalError ?? errors?.[0] ?? new Error('no data');
      return data as T;
    },
    codes: async (viewer, query, variables) =>
      ((await ask(viewer, query, variables)).errors ?? []).map(({ originalError, message }) => {
        const { code } = (originalError ?? {}) as { code?: string };
        return code ?? message;
      }),
    close: async () => {
      await services.runs.close();
      await engine.close();
    },
  };
}
