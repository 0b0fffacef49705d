/**
 * Stores to test against: those named in ATLAS_TEST_STORES (default `embedded`), each empty and migrated when a test file
 * opens it. A store that was named and cannot be reached fails the tests: nothing is left out in silence.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import neo4j from 'neo4j-driver';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import type { StoreEngine } from '../../src/store/engine';
import { migrate } from '../../src/store/migrate';
import { Neo4jEngine, type Neo4jOptions } from '../../src/store/neo4j/engine';
import { FileLock } from './file-lock';

/** A store under test, opened and emptied. */
export interface OpenStore {
  readonly engine: StoreEngine;
  /** Another client of the same store; where one process holds the store, the same client. */
  peer(): Promise<StoreEngine>;
  /** Closes the client and opens a new one on what the store kept. */
  reopen(): Promise<StoreEngine>;
  /** Takes everything out of the store, and opens a new client on it. */
  emptied(): Promise<StoreEngine>;
  /** Lets go of the store while other processes work on it, given its address, and opens it again after that. */
  released<T>(work: (address: string) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const FIXED = new Date('2026-01-01T00:00:00.000Z');

export const neo4jOptions = (): Neo4jOptions => ({
  url: process.env.ATLAS_TEST_NEO4J_URL ?? 'neo4j://127.0.0.1:7687',
  user: process.env.NEO4J_USER ?? 'neo4j',
  password: process.env.NEO4J_PASSWORD ?? 'atlas-for-tests',
});

async function openEmbedded(): Promise<OpenStore> {
  const folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-'));
  const path = join(folder, 'atlas.db');
  const opened = async () => {
    const fresh = EmbeddedEngine.open(path);
    await migrate(fresh, () => FIXED);
    return fresh;
  };
  let engine = await opened();
  const reopen = async () => {
    await engine.close();
    engine = EmbeddedEngine.open(path);
    return engine;
  };
  return {
    get engine() {
      return engine;
    },
    peer: async () => engine,
    reopen,
    emptied: async () => {
      await engine.close();
      for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      engine = await opened();
      return engine;
    },
    released: async (work) => {
      await engine.close();
      try {
        return await work(path);
      } finally {
        await reopen();
      }
    },
    close: async () => {
      await engine.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Deletes every node of a Neo4j. Its constraints stay: dropping them would cost every query its plan. */
async function wipeNeo4j(options: Neo4jOptions): Promise<void> {
  const driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password));
  try {
    await driver.verifyConnectivity();
    const session = driver.session();
    await session.run('MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS');
    await session.close();
  } finally {
    await driver.close();
  }
}

/** Neo4j Community has one database: test files that run at the same time take turns. */
async function openNeo4j(): Promise<OpenStore> {
  const options = neo4jOptions();
  const lock = await FileLock.take(`chokepoint-atlas-${options.url.replace(/\W+/g, '-')}.lock`);
  const clients: Neo4jEngine[] = [];
  const client = () => {
    const opened = new Neo4jEngine(options);
    clients.push(opened);
    return opened;
  };
  try {
    await wipeNeo4j(options);
    let engine = client();
    await migrate(engine, () => FIXED);
    const reopen = async () => {
      await engine.close();
      engine = client();
      return engine;
    };
    return {
      get engine() {
        return engine;
      },
      peer: async () => client(),
      reopen,
      emptied: async () => {
        await wipeNeo4j(options);
        await migrate(await reopen(), () => FIXED);
        return engine;
      },
      released: async (work) => {
        await engine.close();
        try {
          return await work(options.url);
        } finally {
          await reopen();
        }
      },
      close: async () => {
        for (const each of clients) await each.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

const OPENERS: Readonly<Record<string, () => Promise<OpenStore>>> = {
  embedded: openEmbedded,
  neo4j: openNeo4j,
};

/** Names of the stores to test against. */
export const storeNames: readonly string[] = (process.env.ATLAS_TEST_STORES ?? 'embedded')
  .split(',')
  .map((name) => name.trim())
  .filter((name) => name !== '');

for (const name of storeNames) {
  if (!(name in OPENERS)) {
    throw new Error(`ATLAS_TEST_STORES names ${name}; known stores: ${Object.keys(OPENERS).join(', ')}`);
  }
}

/** How long a test file may wait for its turn on a shared store. */
const TURN_MS = 600_000;

/** Opens a store for the tests of a describe block and closes it after them. */
export function useStore(name: string): () => OpenStore {
  let store: OpenStore | undefined;
  beforeAll(async () => {
    store = await OPENERS[name]();
  }, TURN_MS);
  afterAll(async () => {
    await store?.close();
  });
  return () => {
    if (!store) throw new Error(`the store ${name} is not open`);
    return store;
  };
}

/** Runs a suite once for every store named. */
export function describeStores(title: string, suite: (store: () => OpenStore, name: string) => void): void {
  describe.each(storeNames.map((name) => [name]))(`${title} on %s`, (name) => {
    suite(useStore(name), name);
  });
}
