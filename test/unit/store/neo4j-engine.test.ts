/** What only a server has: an address, credentials, and being away. */
import { createServer, type Server } from 'node:net';
import { Neo4jEngine } from '../../../src/store/neo4j/engine';
import { neo4jOptions, storeNames, useStore } from '../../support/stores';

const away = { url: 'neo4j://127.0.0.1:1', user: 'neo4j', password: 'none' };

describe('a server that is not there', () => {
  it('is STORE_UNREACHABLE at once, with its address', async () => {
    const engine = new Neo4jEngine(away);
    await expect(engine.ping()).rejects.toMatchObject({
      code: 'STORE_UNREACHABLE',
      data: { store: away.url },
    });
    await engine.close();
  });

  it('is STORE_UNREACHABLE too when something else listens there', async () => {
    const server: Server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const engine = new Neo4jEngine({ ...away, url: `neo4j://127.0.0.1:${port}` });
    await expect(engine.ping()).rejects.toMatchObject({ code: 'STORE_UNREACHABLE' });
    await engine.close();
    server.close();
  });
});

if (storeNames.includes('neo4j')) {
  describe('a server that is there (ATLAS_TEST_STORES names neo4j)', withServer);
}

function withServer(): void {
  const store = useStore('neo4j');

  it('refuses wrong credentials as STORE_REFUSED, and says which variables hold them', async () => {
    const engine = new Neo4jEngine({ ...neo4jOptions(), password: 'wrong' });
    await expect(engine.ping()).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      message: expect.stringContaining('NEO4J_PASSWORD'),
    });
    await engine.close();
  });

  it('keeps each identity unique by constraint', async () => {
    const duplicate = store().engine.write(async (transaction) => {
      const rows = ['x', 'y'].map((factId) => ['claim--twice', factId]);
      const shared = { reportId: 'report--r', derivation: null, changeId: 'change--c' };
      await transaction.run('claim/create', { rows, ...shared });
    });
    await expect(duplicate).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
    expect(await store().engine.read('claim/find', { ids: ['claim--twice'] })).toEqual([]);
  });

  it('lets a client read what it wrote itself, by bookmark', async () => {
    const client = await store().peer();
    for (let index = 0; index < 20; index++) {
      const id = `malware--own-${index}`;
      await client.write((transaction) =>
        transaction.run('node/merge-malware', { rows: [{ id, props: { id, type: 'Malware' } }] }),
      );
      expect(await client.read('node/find-states', { ids: [id] })).toHaveLength(1);
    }
  });
}
