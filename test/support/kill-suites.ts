/** Suites of kills without warning, as many as the caller has time for: nothing acknowledged is lost, nothing is partial. */
import { Neo4jEngine } from '../../src/store/neo4j/engine';
import { acknowledgedBy, BATCHES, importAndKill, importWhole, startImport, wholeBatches } from './kills';
import { OwnNeo4j } from './own-neo4j';
import { describeStores, neo4jOptions, storeNames } from './stores';

/** A kill, and looking at what it left, on a busy machine. */
const KILL_MS = 30_000;
const SERVER_KILL_MS = 240_000;

/** Kills the importing process again and again, on every store named. */
export function killImports(kills: number): void {
  describeStores('an import killed with SIGKILL', (store) => {
    it(
      `${kills} times leaves whole batches, every acknowledged one among them`,
      async () => {
        let there = 0;
        for (let kill = 0; kill < kills; kill++) {
          const acknowledged = await store().released((address) => importAndKill(address, there));
          expect(acknowledged).toBeGreaterThan(there);
          expect(acknowledged).toBeLessThan(BATCHES);
          const whole = await wholeBatches(store().engine, acknowledged + 2);
          // Batches are written in order: what is there are the first ones, at most one of them not acknowledged yet.
          expect(whole).toEqual(whole.map((_, index) => index));
          expect(whole.length - acknowledged).toBeGreaterThanOrEqual(0);
          expect(whole.length - acknowledged).toBeLessThanOrEqual(1);
          there = whole.length;
        }
        await store().released((address) => importWhole(address, there + 5));
        expect(await wholeBatches(store().engine, there + 6)).toHaveLength(there + 5);
      },
      kills * KILL_MS,
    );
  });
}

/** Kills the Neo4j server itself during an import; only where ATLAS_TEST_STORES names neo4j. */
export function killServer(kills: number): void {
  const withServer = storeNames.includes('neo4j') ? describe : describe.skip;

  withServer('a server killed with SIGKILL (ATLAS_TEST_STORES names neo4j)', () => {
    let server: OwnNeo4j;

    beforeAll(async () => {
      server = await OwnNeo4j.create();
      server.start();
    }, SERVER_KILL_MS);
    afterAll(() => server.remove());

    it(
      `${kills} times has every acknowledged batch, none in part, and an import run again completes it`,
      async () => {
        let there = 0;
        for (let kill = 0; kill < kills; kill++) {
          const child = startImport(server.url);
          await child.line(`acknowledged ${there + 2}`);
          await server.kill();
          const acknowledged = acknowledgedBy(child);
          await child.kill();
          server.start();
          const engine = new Neo4jEngine({ ...neo4jOptions(), url: server.url });
          const whole = await wholeBatches(engine, acknowledgedBy(child) + 2);
          await engine.close();
          expect(whole).toEqual(whole.map((_, index) => index));
          expect(whole.length).toBeGreaterThanOrEqual(acknowledged);
          there = whole.length;
        }
        await importWhole(server.url, there + 5);
        const engine = new Neo4jEngine({ ...neo4jOptions(), url: server.url });
        expect(await wholeBatches(engine, there + 6)).toHaveLength(there + 5);
        await engine.close();
      },
      kills * SERVER_KILL_MS,
    );
  });
}
