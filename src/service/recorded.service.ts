/** When each object was first and last written: from the changes, which never change, so that every replica says the same. */

import { listChanges } from '../store/change.store';
import type { StoreEngine } from '../store/engine';

/** Times in microseconds since 1970. They grow with every change, also where the clock of the service did not. */
export interface RecordedTime {
  readonly first: number;
  readonly last: number;
}

const CHANGES_A_PAGE = 200;

export class RecordedService {
  private readonly times = new Map<string, RecordedTime>();
  private readonly timeOfChange = new Map<string, number>();
  private seq = 0;
  private latest = 0;
  private refreshing: Promise<void> | undefined;

  constructor(private readonly engine: StoreEngine) {}

  /** Times of every object, at least as new as the store's latest change when asked. */
  async current(): Promise<ReadonlyMap<string, RecordedTime>> {
    // Who finds a run under way waits for it, and then for one that began after the question.
    if (this.refreshing) await this.refreshing;
    this.refreshing ??= this.refresh().finally(() => {
      this.refreshing = undefined;
    });
    await this.refreshing;
    return this.times;
  }

  /** When a change was recorded. */
  timeOf(changeId: string): number | undefined {
    return this.timeOfChange.get(changeId);
  }

  private async refresh(): Promise<void> {
    for (;;) {
      const page = await listChanges(this.engine, this.seq, CHANGES_A_PAGE);
      for (const change of page) {
        const time = Math.max(Date.parse(change.at) * 1000, this.latest + 1);
        this.latest = time;
        this.seq = change.seq;
        this.timeOfChange.set(change.id, time);
        for (const id of [...change.nodeIds, ...change.relationshipIds]) {
          this.times.set(id, { first: this.times.get(id)?.first ?? time, last: time });
        }
      }
      if (page.length < CHANGES_A_PAGE) return;
    }
  }
}
