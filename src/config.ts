/** Configuration, from the environment. Nothing else reads it; every fault is reported at once, naming the variable. */
import { z } from 'zod';
import { AppError } from './errors';

export type StoreConfig =
  | { readonly kind: 'embedded'; readonly path: string }
  | {
      readonly kind: 'neo4j';
      readonly url: string;
      readonly user: string;
      readonly password: string;
      readonly database?: string;
    };

export interface Config {
  readonly store: StoreConfig;
  readonly host: string;
  readonly port: number;
  readonly logLevel: string;
}

const environment = z.object({
  ATLAS_STORE: z
    .string()
    .regex(/^(embedded:.+|neo4j(\+s|\+ssc)?:\/\/.+)$/, 'expected embedded:PATH or neo4j://HOST:PORT')
    .default('embedded:./data/atlas.db'),
  NEO4J_USER: z.string().default('neo4j'),
  NEO4J_PASSWORD: z.string().default(''),
  NEO4J_DATABASE: z.string().optional(),
  ATLAS_HOST: z.string().default('127.0.0.1'),
  ATLAS_PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** @throws AppError CONFIG_INVALID with every fault */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const result = environment.safeParse(given);
  if (!result.success) {
    const faults = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new AppError('CONFIG_INVALID', { faults });
  }
  const values = result.data;
  return {
    store: storeOf(values),
    host: values.ATLAS_HOST,
    port: values.ATLAS_PORT,
    logLevel: values.LOG_LEVEL,
  };
}

function storeOf(values: z.infer<typeof environment>): StoreConfig {
  const { ATLAS_STORE: store } = values;
  if (store.startsWith('embedded:')) return { kind: 'embedded', path: store.slice('embedded:'.length) };
  return {
    kind: 'neo4j',
    url: store,
    user: values.NEO4J_USER,
    password: values.NEO4J_PASSWORD,
    database: values.NEO4J_DATABASE,
  };
}
