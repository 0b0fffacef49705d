/** Streams of events for subscribers: they end at once when the subscriber goes, and hold a bounded number of events. */

/** A stream that can be ended from outside although it waits. */
export type EventStream<T> = AsyncIterableIterator<T> & Required<AsyncIterator<T>>;

/**
 * Runs a generator whose waits end with a signal, and gives the signal when the reader ends the stream. A bare generator
 * would be ended only after the event it waits for.
 */
export function endable<T>(make: (signal: AbortSignal) => AsyncGenerator<T, void, void>): EventStream<T> {
  const ending = new AbortController();
  const events = make(ending.signal);
  return {
    next: () => events.next(),
    return: () => {
      ending.abort();
      return events.return();
    },
    throw: (error: unknown) => {
      ending.abort();
      return events.throw(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Resolves when `until` does or the signal is given, whichever comes first. */
export function orEnd(until: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      signal.removeEventListener('abort', end);
      resolve();
    };
    signal.addEventListener('abort', end);
    until.then(end, end);
  });
}
