/** Subscriptions over a real WebSocket: the feed of changes, its limits, and how it ends. */
import { request } from 'node:http';
import { WebSocket } from 'ws';
import { type ApiServer, startApi, useApi } from '../support/api-server';
import { type Subscriber, subscribe, wsUrl } from '../support/subscriber';

interface ChangesEvent {
  readonly changes: {
    readonly cursor: string;
    readonly kind: string;
    readonly actor: string;
    readonly objects: {
      readonly totalCount: number;
      readonly nodes: readonly {
        readonly id: string;
        readonly action: string;
        readonly node: { readonly name?: string } | null;
      }[];
    };
  };
}

const CHANGES = `subscription ($after: ID, $where: ChangeWhere) {
  changes(after: $after, where: $where) {
    cursor kind actor at objects { totalCount nodes { id action node { ... on Named { name } } relationship { id type } } }
  }
}`.replace('... on Named { name }', '... on Service { name } ... on Operation { name }');

const create = (api: ApiServer, kind: string, name: string) =>
  api.data<{ createNode: { id: string } }>(
    `mutation { createNode(input: { ${kind}: { name: "${name}" } }) { id } }`,
  );

describe('the feed of changes', () => {
  const api = useApi();
  const open: Subscriber<ChangesEvent>[] = [];
  const follow = (variables: Record<string, unknown> = {}) => {
    const subscriber = subscribe<ChangesEvent>(api().url, CHANGES, variables);
    open.push(subscriber);
    return subscriber;
  };
  const cursorNow = async () => (await api().data<{ changeCursor: string }>('{ changeCursor }')).changeCursor;
  afterEach(async () => {
    for (const each of open.splice(0)) await each.stop();
  });

  it('tells what is written, on the graph as it is then', async () => {
    const follower = follow({ after: await cursorNow() });
    await create(api(), 'service', 'A loader');
    const { id } = (await create(api(), 'service', 'A mixer')).createNode;
    await api().data(
      `mutation ($id: ID!) { updateNode(id: $id, expectedRevision: 1, input: { service: { name: "The mixer" } }) { id } }`,
      { id },
    );
    await api().data(
      'mutation ($id: ID!) { retract(id: $id, expectedRevision: 2, reason: "wrong") { id } }',
      {
        id,
      },
    );
    const events = await follower.until(4);
    expect(events.map(({ changes }) => changes.kind)).toEqual(['CREATE', 'CREATE', 'UPDATE', 'RETRACT']);
    expect(events.map(({ changes }) => changes.objects.nodes[0].action)).toEqual([
      'CREATED',
      'CREATED',
      'UPDATED',
      'RETRACTED',
    ]);
    expect(events[0].changes.objects.nodes[0].node?.name).toBe('A loader');
    expect(events[2].changes.objects.nodes[0]).toMatchObject({ id, node: { name: 'The mixer' } });
  });

  it('goes on after a cursor with neither gap nor repetition, and equals the query', async () => {
    const start = await cursorNow();
    for (let i = 0; i < 5; i++) await create(api(), 'operation', `Operation ${i}`);
    const first = follow({ after: start });
    const [, second] = await first.until(2);
    await first.stop();
    await create(api(), 'operation', 'Operation 5');
    const rest = await follow({ after: second.changes.cursor }).until(4);
    const names = rest.map(({ changes }) => changes.objects.nodes[0].node?.name);
    expect(names).toEqual(['Operation 2', 'Operation 3', 'Operation 4', 'Operation 5']);
    const seen: string[] = [];
    for (let after = start; ; ) {
      const { changes } = await api().data<{
        changes: {
          nodes: { objects: { nodes: { node: { name: string } }[] } }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      }>(
        `query ($after: ID) { changes(after: $after, first: 4) { nodes { objects { nodes { node { ... on Operation { name } } } } }
          pageInfo { endCursor hasNextPage } } }`,
        { after },
      );
      seen.push(...changes.nodes.map((each) => each.objects.nodes[0].node.name));
      if (!changes.pageInfo.hasNextPage) break;
      after = changes.pageInfo.endCursor;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((i) => `Operation ${i}`));
  });

  it('shows only what the filter asks for, and nothing of changes without it', async () => {
    const after = await cursorNow();
    const follower = follow({ after, where: { nodeTypes: ['OPERATION'], relationshipTypes: ['USES'] } });
    await create(api(), 'service', 'Not asked for');
    const { id: from } = (await create(api(), 'operation', 'Asked for')).createNode;
    const { id: to } = (await create(api(), 'service', 'Nor this')).createNode;
    await api().data(
      `mutation ($from: ID!, $to: ID!) { createRelationship(input: { uses: { from: $from, to: $to } }) { id } }`,
      { from, to },
    );
    const events = await follower.until(2);
    expect(events[0].changes.objects.nodes.map((each) => each.id)).toEqual([from]);
    expect(events[1].changes.objects.nodes[0]).toMatchObject({
      action: 'CREATED',
      relationship: { type: 'USES' },
    });
  });

  it('calls a node that nobody has described referenced, and a change of claims alone claimed', async () => {
    const { id: to } = (await create(api(), 'service', 'Claimed')).createNode;
    const after = await cursorNow();
    const objects = [{ relationship: { uses: { from: 'campaign--7a1b', to } } }];
    const write = (reportId: string) =>
      api().data(
        `mutation ($objects: [ObjectInput!]!, $evidence: EvidenceInput) { importObjects(objects: $objects, evidence: $evidence) { seq } }`,
        { objects, evidence: { reportId } },
      );
    await write('report--a');
    await write('report--b');
    const [{ changes: created }, { changes: claimed }] = await follow({ after }).until(2);
    expect(created.objects.nodes.map(({ id, action }) => [id.split('--')[0], action])).toEqual([
      ['campaign', 'REFERENCED'],
      ['relationship', 'CREATED'],
    ]);
    expect(claimed.objects.nodes.map((each) => each.action)).toEqual(['CLAIMED']);
  });

  it('seals its cursors: equal places look different, and what is none is refused', async () => {
    const [a, b] = [await cursorNow(), await cursorNow()];
    expect(a).not.toBe(b);
    expect(await follow({ after: `${a.slice(0, -4)}AAAA` }).codes).toEqual(['BAD_CURSOR']);
    expect(await api().codes('{ changes(after: "MTI") { nodes { at } } }')).toEqual(['BAD_CURSOR']);
    expect(await api().codes('{ changes(first: 501) { nodes { at } } }')).toEqual(['PAGE_TOO_LARGE']);
  });
});

describe('limits on subscriptions', () => {
  const api = useApi({
    ATLAS_MAX_DEPTH: '8',
    ATLAS_MAX_COST: '2000',
    ATLAS_MAX_CONNECTIONS: '3',
    ATLAS_MAX_SUBSCRIPTIONS: '1',
  });

  const codesOf = async (query: string) => {
    const subscriber = subscribe(api().url, query);
    const codes = await subscriber.codes;
    await subscriber.stop();
    return codes;
  };

  it.each([
    ['SUBSCRIPTIONS_ONLY', '{ changeCursor }'],
    ['SUBSCRIPTIONS_ONLY', 'mutation { retract(id: "x", expectedRevision: 1, reason: "y") { id } }'],
    ['GRAPHQL_PARSE_FAILED', 'subscription {'],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { nothing }'],
    ['QUERY_TOO_DEEP', `subscription { ${'a { '.repeat(9)} b ${'}'.repeat(9)} }`],
    [
      'QUERY_TOO_COMPLEX',
      'subscription { changes { objects(first: 500) { nodes { id action node { id } } edges { cursor } } } }',
    ],
    ['TOO_MANY_ALIASES', `subscription { ${Array.from({ length: 201 }, (_, i) => `a${i}: x`).join(' ')} }`],
    ['QUERY_TOO_LARGE', `subscription { ${'a '.repeat(6000)} }`],
  ])('%s', async (code, query) => {
    expect(await codesOf(query)).toEqual([code]);
  });

  it('TOO_MANY_SUBSCRIPTIONS', async () => {
    const socket = new WebSocket(wsUrl(api().url), 'graphql-transport-ws');
    const messages: { type: string; id?: string; payload?: { extensions?: { code: string } }[] }[] = [];
    await new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        messages.push(JSON.parse(String(data)));
        if (messages.at(-1)?.type === 'connection_ack') {
          for (const id of ['1', '2']) {
            const payload = { query: 'subscription { changes { cursor } }' };
            socket.send(JSON.stringify({ id, type: 'subscribe', payload }));
          }
        }
        if (messages.at(-1)?.type === 'error') resolve();
      });
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
    });
    socket.close();
    expect(messages.at(-1)).toMatchObject({
      id: '2',
      payload: [{ extensions: { code: 'TOO_MANY_SUBSCRIPTIONS', limit: 1 } }],
    });
  });

  /** Status and code of a refused request to open a connection. */
  const upgrade = (path: string, headers: Record<string, string> = {}): Promise<[number, string]> =>
    new Promise((resolve, reject) => {
      const { port } = new URL(api().url);
      const asked = request({
        host: '127.0.0.1',
        port,
        path,
        headers: {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
          'Sec-WebSocket-Version': '13',
          'Sec-WebSocket-Protocol': 'graphql-transport-ws',
          ...headers,
        },
      });
      asked.on('upgrade', (_response, socket) => {
        socket.destroy();
        resolve([101, '']);
      });
      asked.on('response', (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () =>
          resolve([response.statusCode ?? 0, JSON.parse(body).errors[0].extensions.code]),
        );
      });
      asked.on('error', reject);
      asked.end();
    });

  it('opens to its own pages and to programs, and to nobody else', async () => {
    expect(await upgrade('/graphql')).toEqual([101, '']);
    expect(await upgrade('/graphql', { Host: 'evil.example' })).toEqual([403, 'FOREIGN_HOST']);
    expect(await upgrade('/graphql', { Origin: 'http://evil.example' })).toEqual([403, 'FOREIGN_ORIGIN']);
    expect(await upgrade('/elsewhere')).toEqual([404, 'NO_SUCH_ROUTE']);
  });

  it('is not upset by what is no message', async () => {
    const socket = new WebSocket(wsUrl(api().url), 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send('{"type":');
    expect(await closed).toBe(4400);
    const huge = new WebSocket(wsUrl(api().url), 'graphql-transport-ws');
    await new Promise((resolve) => huge.once('open', resolve));
    const refused = new Promise<number>((resolve) => huge.once('close', resolve));
    huge.send('x'.repeat(2 * 1024 * 1024));
    expect(await refused).toBe(1009);
    expect((await fetch(`${api().url}/readyz`)).status).toBe(200);
  });

  it('TOO_MANY_CONNECTIONS', async () => {
    const sockets = Array.from({ length: 4 }, () => new WebSocket(wsUrl(api().url), 'graphql-transport-ws'));
    const opened = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<boolean>((resolve) => {
            socket.once('open', () => resolve(true));
            socket.once('error', () => resolve(false));
          }),
      ),
    );
    expect(opened.filter((isOpen) => isOpen).length).toBeLessThanOrEqual(3);
    expect(await upgrade('/graphql')).toEqual([503, 'TOO_MANY_CONNECTIONS']);
    for (const socket of sockets) socket.close();
  });
});

describe('the end of the service', () => {
  it('tells subscribers to go, and waits for nobody who does not', async () => {
    const api = await startApi({ ATLAS_SHUTDOWN_SECONDS: '1' });
    const subscriber = subscribe<ChangesEvent>(api.url, CHANGES);
    await create(api, 'service', 'Before');
    const deaf = new WebSocket(wsUrl(api.url), 'graphql-transport-ws');
    await new Promise((resolve) => deaf.once('open', resolve));
    deaf.pause();
    const started = Date.now();
    await api.close();
    expect(Date.now() - started).toBeLessThan(5000);
    expect(await subscriber.codes).toEqual(['1001']);
    await subscriber.stop();
    deaf.terminate();
  });
});
