/** Configuration: the only reader of the environment. Every fault is reported at once, with the name of its variable. */
import { z } from 'zod';
import { isNetwork } from './egress/address-rules';
import { isOrigin } from './egress/outgoing';
import { AppError } from './errors';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1']);

const wholeNumber = (fallback: number, least: number, greatest: number) =>
  z.coerce.number().int().min(least).max(greatest).default(fallback);

const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').map((each) => each.trim().toLowerCase()))
  .transform((parts) => parts.filter((each) => each !== ''));

const schema = z
  .object({
    ATLAS_STORE: z
      .string()
      .regex(/^(embedded:.+|neo4j(\+s|\+ssc)?:\/\/.+)$/, 'expected embedded:PATH or neo4j://HOST:7687')
      .default('embedded:./data/atlas.db'),
    NEO4J_USER: z.string().default('neo4j'),
    NEO4J_PASSWORD: z.string().default(''),
    NEO4J_DATABASE: z.string().default('neo4j'),
    ATLAS_HOST: z.string().default('127.0.0.1'),
    ATLAS_PORT: wholeNumber(4000, 0, 65535),
    ATLAS_ALLOWED_HOSTS: list,
    ATLAS_ALLOWED_ORIGINS: list,
    ATLAS_AUTH: z.enum(['local', 'jwt']).default('local'),
    ATLAS_JWT_ISSUER: z.string().default(''),
    ATLAS_JWT_AUDIENCE: z.string().default(''),
    ATLAS_JWT_JWKS_URL: z.string().default(''),
    ATLAS_JWT_SECRET: z.string().default(''),
    ATLAS_JWT_ALGORITHMS: z.string().default(''),
    ATLAS_JWT_CLOCK_TOLERANCE_SECONDS: wholeNumber(30, 0, 300),
    ATLAS_JWT_ROLE_CLAIM: z.string().default('atlas_role'),
    ATLAS_JWT_CLEARANCE_CLAIM: z.string().default('atlas_clearance'),
    ATLAS_JWT_GROUPS_CLAIM: z.string().default('atlas_groups'),
    ATLAS_TOKEN: z.string().default(''),
    ATLAS_MAX_DEPTH: wholeNumber(20, 1, 1000),
    ATLAS_MAX_COST: wholeNumber(500_000, 1, 1_000_000_000),
    ATLAS_MAX_ALIASES: wholeNumber(200, 0, 100_000),
    ATLAS_MAX_TOKENS: wholeNumber(5000, 100, 1_000_000),
    ATLAS_MAX_PAGE: wholeNumber(500, 1, 10_000),
    ATLAS_MAX_BODY_MB: wholeNumber(16, 1, 1024),
    ATLAS_MAX_CONNECTIONS: wholeNumber(1000, 0, 100_000),
    ATLAS_MAX_SUBSCRIPTIONS: wholeNumber(50, 1, 10_000),
    ATLAS_ANALYSIS_SECONDS: wholeNumber(60, 1, 86_400),
    ATLAS_WORKERS: wholeNumber(2, 1, 256),
    ATLAS_DECONFLICTIONS_PER_DAY: wholeNumber(20, 1, 10_000),
    ATLAS_WORKER_MB: wholeNumber(1024, 64, 65_536),
    ATLAS_QUEUE: wholeNumber(64, 0, 10_000),
    ATLAS_RESULTS_MB: wholeNumber(64, 1, 65_536),
    ATLAS_RESULTS_SECONDS: wholeNumber(3600, 1, 604_800),
    ATLAS_TAXII_ALLOWED_HOSTS: list.refine((hosts) => hosts.every(isOrigin), 'expected hosts or origins'),
    ATLAS_TAXII_ALLOWED_NETWORKS: list.refine(
      (all) => all.every(isNetwork),
      'expected networks like 10.0.0.0/8',
    ),
    ATLAS_TAXII_AUTHORIZATION: z.string().default(''),
    ATLAS_TAXII_MAX_MB: wholeNumber(64, 1, 1024),
    ATLAS_TAXII_MAX_PAGES: wholeNumber(1000, 1, 1_000_000),
    ATLAS_TAXII_SECONDS: wholeNumber(60, 1, 3600),
    ATLAS_SHUTDOWN_SECONDS: wholeNumber(10, 0, 600),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine((it) => !it.ATLAS_STORE.startsWith('neo4j') || it.NEO4J_PASSWORD !== '', {
    path: ['NEO4J_PASSWORD'],
    message: 'expected the password of the Neo4j user',
  });

export interface JwtConfig {
  readonly issuer: string;
  readonly audience: string;
  /** Key shared with the issuer, or where the issuer publishes its keys. */
  readonly key: { readonly secret: string } | { readonly jwksUrl: string };
  readonly algorithms: readonly string[];
  readonly clockToleranceSeconds: number;
  /** Names of the claims that say role, clearance and sharing groups. */
  readonly claims: { readonly role: string; readonly clearance: string; readonly groups: string };
}

/** How callers are told apart: not at all, on the machine of one user, or by tokens. */
export type AuthConfig = { readonly mode: 'local' } | { readonly mode: 'jwt'; readonly jwt: JwtConfig };

export interface Config {
  readonly store: string;
  readonly neo4j: { readonly user: string; readonly password: string; readonly database: string };
  readonly host: string;
  readonly port: number;
  readonly auth: AuthConfig;
  /** Host names under which the service may be called, besides those of the loopback. */
  readonly allowedHosts: readonly string[];
  /** Origins of other sites whose pages may call the service. */
  readonly allowedOrigins: readonly string[];
  readonly limits: {
    readonly depth: number;
    readonly cost: number;
    readonly aliases: number;
    readonly tokens: number;
    readonly pageSize: number;
    readonly bodyBytes: number;
    /** WebSocket connections at a time. */
    readonly connections: number;
    /** Subscriptions of one connection at a time. */
    readonly subscriptions: number;
  };
  /** Deconfliction queries that one person may make in a day. */
  readonly deconfliction: { readonly queriesPerDay: number };
  readonly analyses: {
    /** Longest time one may take. */
    readonly maxSeconds: number;
    /** Threads that run them. */
    readonly workers: number;
    /** Megabytes of objects that one thread may hold. */
    readonly threadMemoryMb: number;
    /** How many may wait. */
    readonly queueLength: number;
    readonly resultBytes: number;
    readonly resultSeconds: number;
  };
  /** Servers that may be imported from. */
  readonly taxii: {
    readonly allowedHosts: readonly string[];
    /** Networks that may be called although they are not public. */
    readonly allowedNetworks: readonly string[];
    /** Value of the header Authorization that the command line sends. */
    readonly authorization: string;
    /** Bytes of one answer. */
    readonly maxBytes: number;
    readonly maxPages: number;
    readonly timeoutMs: number;
  };
  readonly shutdownSeconds: number;
  readonly logLevel: string;
}

const SHARED_ALGORITHMS: readonly string[] = ['HS256', 'HS384', 'HS512'];
const PUBLISHED_ALGORITHMS: readonly string[] = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA'];
/** Bytes that a shared key must have (RFC 7518, section 3.2). */
const LEAST_SECRET_BYTES = 32;

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');

const algorithmsOf = (text: string, isShared: boolean): readonly string[] => {
  const given = listed(text);
  return given.length > 0 ? given : isShared ? SHARED_ALGORITHMS.slice(0, 1) : PUBLISHED_ALGORITHMS;
};

/** What is wrong with how callers are told apart; what depends on several variables at once. */
function authFaults(settingOf: (name: string) => string): string[] {
  const faults: string[] = [];
  const expect = (isMet: boolean, name: string, expected: string): void => {
    if (!isMet) faults.push(`${name}: expected ${expected}`);
  };
  const host = settingOf('ATLAS_HOST') || '127.0.0.1';
  if (settingOf('ATLAS_AUTH') !== 'jwt') {
    expect(
      LOOPBACK.has(host),
      'ATLAS_HOST',
      'a loopback address: nobody is asked who they are without ATLAS_AUTH=jwt',
    );
    for (const name of CONFIG_KEYS.filter((key) => key.startsWith('ATLAS_JWT_'))) {
      expect(settingOf(name) === '' || !IN_JWT_ONLY.test(name), name, 'ATLAS_AUTH=jwt beside it');
    }
    return faults;
  }
  const [secret, url] = [settingOf('ATLAS_JWT_SECRET'), settingOf('ATLAS_JWT_JWKS_URL')];
  expect(settingOf('ATLAS_JWT_ISSUER') !== '', 'ATLAS_JWT_ISSUER', 'who issues the tokens (iss)');
  expect(settingOf('ATLAS_JWT_AUDIENCE') !== '', 'ATLAS_JWT_AUDIENCE', 'whom the tokens are for (aud)');
  expect((secret === '') !== (url === ''), 'ATLAS_JWT_JWKS_URL', 'either it or ATLAS_JWT_SECRET');
  const isLong = Buffer.byteLength(secret) >= LEAST_SECRET_BYTES;
  expect(secret === '' || isLong, 'ATLAS_JWT_SECRET', `at least ${LEAST_SECRET_BYTES} bytes`);
  expect(url === '' || isSafeUrl(url), 'ATLAS_JWT_JWKS_URL', 'an https address, or http on the loopback');
  const known = secret === '' ? PUBLISHED_ALGORITHMS : SHARED_ALGORITHMS;
  const isKnown = algorithmsOf(settingOf('ATLAS_JWT_ALGORITHMS'), secret !== '').every((each) =>
    known.includes(each),
  );
  expect(isKnown, 'ATLAS_JWT_ALGORITHMS', `some of ${known.join(', ')}`);
  return faults;
}

/** Names of claims have defaults and tolerances do no harm: only these would say that tokens were meant to be asked for. */
const IN_JWT_ONLY = /_(ISSUER|AUDIENCE|JWKS_URL|SECRET|ALGORITHMS)$/;

function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.has(hostname.replace(/^\[|\]$/g, '')));
}

function authOf(it: z.infer<typeof schema>): AuthConfig {
  if (it.ATLAS_AUTH === 'local') return { mode: 'local' };
  const secret = it.ATLAS_JWT_SECRET;
  return {
    mode: 'jwt',
    jwt: {
      issuer: it.ATLAS_JWT_ISSUER,
      audience: it.ATLAS_JWT_AUDIENCE,
      key: secret === '' ? { jwksUrl: it.ATLAS_JWT_JWKS_URL } : { secret },
      algorithms: algorithmsOf(it.ATLAS_JWT_ALGORITHMS, secret !== ''),
      clockToleranceSeconds: it.ATLAS_JWT_CLOCK_TOLERANCE_SECONDS,
      claims: {
        role: it.ATLAS_JWT_ROLE_CLAIM,
        clearance: it.ATLAS_JWT_CLEARANCE_CLAIM,
        groups: it.ATLAS_JWT_GROUPS_CLAIM,
      },
    },
  };
}

/** The token by which a command asks a running service, where one is set. */
export const readToken = (environment: Readonly<Record<string, string | undefined>>): string | undefined =>
  environment.ATLAS_TOKEN || undefined;

/** Names of the variables that are read. */
export const CONFIG_KEYS: readonly string[] = Object.keys(schema.shape);

/** @throws AppError BAD_CONFIG naming every variable at fault */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    CONFIG_KEYS.filter((key) => (environment[key] ?? '') !== '').map((key) => [key, environment[key]]),
  );
  const result = schema.safeParse(given);
  const issues = result.success ? [] : result.error.issues;
  const faults = [
    ...issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...authFaults((name) => environment[name] ?? ''),
  ];
  if (!result.success || faults.length > 0) throw new AppError('BAD_CONFIG', { faults });
  const it = result.data;
  return {
    store: it.ATLAS_STORE,
    neo4j: { user: it.NEO4J_USER, password: it.NEO4J_PASSWORD, database: it.NEO4J_DATABASE },
    host: it.ATLAS_HOST,
    port: it.ATLAS_PORT,
    auth: authOf(it),
    allowedHosts: it.ATLAS_ALLOWED_HOSTS,
    allowedOrigins: it.ATLAS_ALLOWED_ORIGINS,
    limits: {
      depth: it.ATLAS_MAX_DEPTH,
      cost: it.ATLAS_MAX_COST,
      aliases: it.ATLAS_MAX_ALIASES,
      tokens: it.ATLAS_MAX_TOKENS,
      pageSize: it.ATLAS_MAX_PAGE,
      bodyBytes: it.ATLAS_MAX_BODY_MB * 1024 * 1024,
      connections: it.ATLAS_MAX_CONNECTIONS,
      subscriptions: it.ATLAS_MAX_SUBSCRIPTIONS,
    },
    deconfliction: { queriesPerDay: it.ATLAS_DECONFLICTIONS_PER_DAY },
    analyses: {
      maxSeconds: it.ATLAS_ANALYSIS_SECONDS,
      workers: it.ATLAS_WORKERS,
      threadMemoryMb: it.ATLAS_WORKER_MB,
      queueLength: it.ATLAS_QUEUE,
      resultBytes: it.ATLAS_RESULTS_MB * 1024 * 1024,
      resultSeconds: it.ATLAS_RESULTS_SECONDS,
    },
    taxii: {
      allowedHosts: it.ATLAS_TAXII_ALLOWED_HOSTS,
      allowedNetworks: it.ATLAS_TAXII_ALLOWED_NETWORKS,
      authorization: it.ATLAS_TAXII_AUTHORIZATION,
      maxBytes: it.ATLAS_TAXII_MAX_MB * 1024 * 1024,
      maxPages: it.ATLAS_TAXII_MAX_PAGES,
      timeoutMs: it.ATLAS_TAXII_SECONDS * 1000,
    },
    shutdownSeconds: it.ATLAS_SHUTDOWN_SECONDS,
    logLevel: it.LOG_LEVEL,
  };
}
