/** When each object was written: from the changes, which never change, so that every replica says the same. */
import { listChanges } from '../store/change.store';
import type { StoreEngine } from '../store/engine';

/** Times in microseconds since 1970, ascending: one for each change that wrote the object. */
export type WriteTimes = readonly number[];

const CHANGES_A_PAGE = 200;

/** Times by object. They grow with every change, also where the clock of a service did not. */
export class RecordedTimes {
  private readonly times = new Map<string, number | number[]>();
  private readonly ofChange = new Map<string, number>();
  private latest = 0;

  /** Takes in the next change. */
  note(change: { readonly id: string; readonly at: string }, objectIds: readonly string[]): void {
    const time = Math.max(Date.parse(change.at) * 1000, this.latest + 1);
    this.latest = time;
    this.ofChange.set(change.id, time);
    for (const id of objectIds) {
      const known = this.times.get(id);
      if (known === undefined) this.times.set(id, time);
      else if (typeof known === 'number') this.times.set(id, [known, time]);
      else known.push(time);
    }
  }

  /** When an object was written; nothing for one that never was. */
  of(id: string): WriteTimes {
    const known = this.times.get(id);
    return known === undefined ? [] : typeof known === 'number' ? [known] : known;
  }

  /** When an object was written last; 0 for one that never was. */
  lastOf(id: string): number {
    const known = this.times.get(id);
    return known === undefined ? 0 : typeof known === 'number' ? known : known[known.length - 1];
  }

  /** When a change was recorded; 0 for an unknown one. */
  ofChangeId(changeId: string): number {
    return this.ofChange.get(changeId) ?? 0;
  }
}

export class RecordedService {
  private readonly times = new RecordedTimes();
  private seq = 0;
  private refreshing: Promise<void> | undefined;

  constructor(private readonly engine: StoreEngine) {}

  /** Times of every object, at least as new as the store's latest change when asked. */
  async current(): Promise<RecordedTimes> {
    // Who finds a run under way waits for it, and then for one that began after the question.
    if (this.refreshing) await this.refreshing;
    this.refreshing ??= this.refresh().finally(() => {
      this.refreshing = undefined;
    });
    await this.refreshing;
    return this.times;
  }

  private async refresh(): Promise<void> {
    for (;;) {
      const page = await listChanges(this.engine, this.seq, CHANGES_A_PAGE);
      for (const change of page) {
        this.times.note(change, [...change.nodeIds, ...change.relationshipIds]);
        this.seq = change.seq;
      }
      if (page.length < CHANGES_A_PAGE) return;
    }
  }
}
