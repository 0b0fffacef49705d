import { ChangeSignal } from '../../src/service/change-signal';
import { Topic } from '../../src/service/topic';

/** Reads so many events, then ends the stream. */
async function take<T>(stream: AsyncIterableIterator<T>, count: number): Promise<T[]> {
  const events: T[] = [];
  for await (const event of stream) {
    events.push(event);
    if (events.length === count) break;
  }
  return events;
}

describe('Topic', () => {
  it('gives each follower of a key what is published from then on', async () => {
    const topic = new Topic<number>();
    topic.publish('a', 0);
    const reads = [take(topic.follow('a'), 2), take(topic.follow('a'), 2), take(topic.follow('b'), 1)];
    await Promise.resolve();
    topic.publish('a', 1);
    topic.publish('b', 9);
    topic.publish('a', 2);
    expect(await Promise.all(reads)).toEqual([[1, 2], [1, 2], [9]]);
    expect(topic.followerCount('a')).toBe(0);
  });

  it('says first how things stand, and loses nothing published meanwhile', async () => {
    const topic = new Topic<string>();
    const current = async () => {
      topic.publish('run', 'meanwhile');
      return 'now';
    };
    expect(await take(topic.follow('run', { current }), 2)).toEqual(['now', 'meanwhile']);
  });

  it('ends with the last event, be it the first', async () => {
    const topic = new Topic<string>();
    const isLast = (event: string) => event === 'done';
    expect(await take(topic.follow('run', { current: () => 'done', isLast }), 9)).toEqual(['done']);
    const read = take(topic.follow('run', { isLast }), 9);
    await Promise.resolve();
    for (const event of ['half', 'done', 'never']) topic.publish('run', event);
    expect(await read).toEqual(['half', 'done']);
  });

  it('holds a bounded number of events for who does not read, the latest', async () => {
    const topic = new Topic<number>(3);
    const slow = topic.follow('run');
    const first = slow.next();
    await Promise.resolve();
    for (let i = 0; i < 1000; i++) topic.publish('run', i);
    await first;
    expect(await take(slow, 2)).toEqual([998, 999]);
  });

  it('ends at once for who goes while it waits', async () => {
    const topic = new Topic<number>();
    const stream = topic.follow('run');
    const waiting = stream.next();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await stream.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(topic.followerCount('run')).toBe(0);
  });
});

describe('ChangeSignal', () => {
  it('asks the store only while somebody waits, and goes on when it does not answer', async () => {
    let asked = 0;
    const signal = new ChangeSignal(async () => {
      asked += 1;
      if (asked === 1) throw new Error('away');
      return asked < 3 ? 0 : 7;
    }, 5);
    await signal.beyond(6, new AbortController().signal);
    expect(asked).toBe(3);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(asked).toBe(3);
  });

  it('ends the wait of who goes', async () => {
    const signal = new ChangeSignal(async () => 0, 5);
    const going = new AbortController();
    const wait = signal.beyond(0, going.signal);
    going.abort();
    await wait;
  });
});
