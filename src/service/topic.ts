/**
 * A topic of one process: who publishes does not wait, and each follower holds at most `capacity` events it has not read.
 * Beyond that the oldest go: events of a topic say how things stand (progress, a status), so the latest is what counts.
 */
import { type EventStream, endable, orEnd } from './event-stream';

interface Follower<T> {
  readonly queue: T[];
  wake: () => void;
}

export interface FollowOptions<T> {
  /** How things stand now: read after the follower listens, so that nothing falls between. */
  readonly current?: () => Promise<T | undefined> | T | undefined;
  /** Whether nothing can follow an event: the stream ends with it. */
  readonly isLast?: (event: T) => boolean;
}

export class Topic<T> {
  private readonly followers = new Map<string, Set<Follower<T>>>();

  constructor(private readonly capacity = 100) {}

  /** How many follow a key. */
  followerCount(key: string): number {
    return this.followers.get(key)?.size ?? 0;
  }

  /** Gives an event to all who follow the key now. */
  publish(key: string, event: T): void {
    for (const follower of this.followers.get(key) ?? []) {
      if (follower.queue.length >= this.capacity) follower.queue.shift();
      follower.queue.push(event);
      follower.wake();
    }
  }

  /** The events of a key from now on, first of all how things stand. */
  follow(key: string, options: FollowOptions<T> = {}): EventStream<T> {
    const follower: Follower<T> = { queue: [], wake: () => undefined };
    return endable((signal) => this.read(key, follower, options, signal));
  }

  private async *read(
    key: string,
    follower: Follower<T>,
    { current, isLast }: FollowOptions<T>,
    signal: AbortSignal,
  ): AsyncGenerator<T, void, void> {
    const group = this.followers.get(key) ?? new Set();
    this.followers.set(key, group.add(follower));
    try {
      const now = await current?.();
      if (now !== undefined) {
        yield now;
        if (isLast?.(now)) return;
      }
      while (!signal.aborted) {
        const event = follower.queue.shift();
        if (event === undefined) {
          const woken = new Promise<void>((resolve) => {
            follower.wake = resolve;
          });
          await orEnd(woken, signal);
          continue;
        }
        yield event;
        if (isLast?.(event)) return;
      }
    } finally {
      group.delete(follower);
      if (group.size === 0 && this.followers.get(key) === group) this.followers.delete(key);
    }
  }
}
