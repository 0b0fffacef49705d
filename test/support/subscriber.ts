/** A client of subscriptions: collects what comes, and says how the subscription ended. */
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface Subscriber<D> {
  readonly events: D[];
  /** Codes of the errors that ended it. */
  readonly codes: Promise<string[]>;
  /** Resolves when so many events have come in all. */
  until(count: number): Promise<D[]>;
  stop(): Promise<void>;
}

export const wsUrl = (url: string): string => `${url.replace(/^http/, 'ws')}/graphql`;

interface Fault {
  readonly extensions?: { readonly code?: string };
}

/** Subscribes over a connection of its own. */
export function subscribe<D>(
  url: string,
  query: string,
  variables: Record<string, unknown> = {},
): Subscriber<D> {
  const client: Client = createClient({ url: wsUrl(url), webSocketImpl: WebSocket, retryAttempts: 0 });
  const events: D[] = [];
  let wake: () => void = () => undefined;
  let end: (codes: string[]) => void;
  let isDone = false;
  const codes = new Promise<string[]>((resolve) => {
    end = (found) => {
      isDone = true;
      resolve(found);
      wake();
    };
  });
  const unsubscribe = client.subscribe<D>(
    { query, variables },
    {
      next: ({ data, errors }) => {
        if (errors) end(errors.map((each) => String((each as Fault).extensions?.code)));
        else if (data) events.push(data);
        wake();
      },
      error: (error) => {
        end(
          Array.isArray(error)
            ? (error as Fault[]).map((each) => String(each.extensions?.code))
            : [String((error as { code?: number })?.code ?? error)],
        );
      },
      complete: () => end([]),
    },
  );
  return {
    events,
    codes,
    until: async (count) => {
      while (events.length < count && !isDone) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (events.length < count) throw new Error(`ended after ${events.length} of ${count} events`);
      return events;
    },
    stop: async () => {
      unsubscribe();
      await client.dispose();
    },
  };
}
