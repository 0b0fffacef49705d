/**
 * The feed of changes over processes: on a store that several share, two replicas see each other's writes; on any store, a
 * subscriber goes on where it was after its server has been started again. None is lost, none comes twice.
 */
import { type ServedStore, serveStore } from '../support/served-store';
import { describeStores, neo4jOptions } from '../support/stores';
import { type Subscriber, subscribe } from '../support/subscriber';

interface Event {
  readonly changes: {
    readonly cursor: string;
    readonly objects: { readonly nodes: readonly { readonly node: { readonly name: string } | null }[] };
  };
}
const CHANGES = `subscription ($after: ID) { changes(after: $after, where: { nodeTypes: [VENUE] }) { cursor
  objects { nodes { node { ... on Venue { name } } } } } }`;

async function ask<T>(url: string, query: string): Promise<T> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data: T; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
const create = (url: string, name: string) =>
  ask(url, `mutation { createNode(input: { venue: { name: "${name}" } }) { id } }`);
const cursorOf = async (url: string) =>
  (await ask<{ changeCursor: string }>(url, '{ changeCursor }')).changeCursor;
const namesIn = (events: readonly Event[]) =>
  events.map(({ changes }) => changes.objects.nodes.map((each) => each.node?.name).join());

/** What a client does: it follows, and after a break goes on behind the last one it received. */
class Follower {
  readonly events: Event[] = [];
  private current: Subscriber<Event> | undefined;

  constructor(private last: string) {}

  follow(url: string): void {
    this.current = subscribe<Event>(url, CHANGES, { after: this.last });
  }
  /** Waits until so many have come in all over the present connection, then takes them. */
  async take(count: number): Promise<void> {
    await this.current?.until(count);
  }
  async stop(): Promise<void> {
    const received = this.current?.events ?? [];
    this.events.push(...received);
    this.last = received.at(-1)?.changes.cursor ?? this.last;
    await this.current?.stop();
    this.current = undefined;
  }
}

describeStores('the feed of changes', (store, name) => {
  const open: ServedStore[] = [];
  const serve = async (address: string): Promise<ServedStore> => {
    const { user, password } = neo4jOptions();
    const env: Record<string, string> = address.startsWith('neo4j')
      ? { NEO4J_USER: user, NEO4J_PASSWORD: password }
      : {};
    const ATLAS_STORE = address.startsWith('neo4j') ? address : `embedded:${address}`;
    const served = await serveStore({ ...env, ATLAS_STORE });
    open.push(served);
    return served;
  };
  const stop = async (served: ServedStore) => {
    open.splice(open.indexOf(served), 1);
    await served.stop();
  };
  /** Works on the store with processes of its own; they are ended before this one opens it again. */
  const released = (work: (address: string) => Promise<void>) =>
    store().released(async (address) => {
      try {
        await work(address);
      } finally {
        for (const each of open.splice(0)) await each.stop();
      }
    });

  it('goes on after its server was started again', async () => {
    await released(async (address) => {
      const expected = Array.from({ length: 9 }, (_, i) => `restart ${i}`);
      let served = await serve(address);
      const follower = new Follower(await cursorOf(served.url));
      for (let round = 0; round < 3; round++) {
        follower.follow(served.url);
        const [a, b, c] = expected.slice(round * 3, round * 3 + 3);
        await create(served.url, a);
        await create(served.url, b);
        await follower.take(round === 0 ? 2 : 3);
        await follower.stop();
        await create(served.url, c);
        await stop(served);
        served = await serve(address);
      }
      follower.follow(served.url);
      await follower.take(1);
      await follower.stop();
      expect(namesIn(follower.events)).toEqual(expected);
    });
  }, 180_000);

  // Where one process holds the store there is one replica.
  const sharing = name === 'embedded' ? [] : [name];
  it.each([...sharing, 'one replica'])(
    'sees the writes of every replica: %s',
    async (kind) => {
      await released(async (address) => {
        const first = await serve(address);
        let second = kind === 'one replica' ? first : await serve(address);
        const follower = new Follower(await cursorOf(first.url));
        follower.follow(first.url);
        const prefix = kind.replaceAll(' ', '-');
        const writing = Array.from({ length: 20 }, (_, i) =>
          create(i % 2 ? first.url : second.url, `${prefix} ${i}`),
        );
        await Promise.all(writing);
        await follower.take(20);
        if (kind !== 'one replica') {
          await stop(second);
          await create(first.url, `${prefix} between`);
          second = await serve(address);
          await create(second.url, `${prefix} after`);
          await follower.take(22);
          await follower.stop();
          follower.follow(second.url);
          await create(first.url, `${prefix} across`);
          await follower.take(1);
        }
        await follower.stop();
        const names = namesIn(follower.events);
        expect(new Set(names).size).toBe(names.length);
        const more = kind === 'one replica' ? [] : ['between', 'after', 'across'];
        expect(names.slice(20)).toEqual(more.map((each) => `${prefix} ${each}`));
        expect([...names.slice(0, 20)].sort()).toEqual(
          Array.from({ length: 20 }, (_, i) => `${prefix} ${i}`).sort(),
        );
      });
    },
    180_000,
  );
});
