/**
 * Event calendar: what is due when, in order of day and, within a day, of scheduling.
 *
 * What: a binary heap of events; a scheduled event may be cancelled and is then skipped.
 * Preconditions: days are not NaN.
 * Params: days.
 * Returns: `next` takes the earliest event off; `peek` is its day, Infinity when none is left.
 * Complexity: O(log n) for each operation.
 * Exact.
 * Reference: Law, "Simulation Modeling and Analysis", 5th ed., chapter 1 (next-event time advance).
 * Example: events scheduled for days 3, 1, 2 come off as 1, 2, 3.
 */
export interface ScheduledEvent {
  readonly day: number;
  readonly order: number;
  readonly run: () => void;
  isCancelled: boolean;
}

export interface EventCalendar {
  schedule(day: number, run: () => void): ScheduledEvent;
  peek(): number;
  next(): ScheduledEvent | undefined;
}

export function eventCalendar(): EventCalendar {
  const heap: ScheduledEvent[] = [];
  let scheduled = 0;
  const isBefore = (a: ScheduledEvent, b: ScheduledEvent) =>
    a.day < b.day || (a.day === b.day && a.order < b.order);
  const swap = (i: number, j: number): void => {
    [heap[i], heap[j]] = [heap[j], heap[i]];
  };
  const rise = (from: number): void => {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!isBefore(heap[i], heap[parent])) return;
      swap(i, parent);
      i = parent;
    }
  };
  const sink = (): void => {
    for (let i = 0; ; ) {
      let least = i;
      for (const child of [2 * i + 1, 2 * i + 2]) {
        if (child < heap.length && isBefore(heap[child], heap[least])) least = child;
      }
      if (least === i) return;
      swap(i, least);
      i = least;
    }
  };
  const takeTop = (): ScheduledEvent | undefined => {
    const top = heap[0];
    const last = heap.pop();
    if (heap.length > 0 && last !== undefined) {
      heap[0] = last;
      sink();
    }
    return top;
  };
  const skipCancelled = (): void => {
    while (heap.length > 0 && heap[0].isCancelled) takeTop();
  };
  return {
    schedule(day, run) {
      const event = { day, order: scheduled, run, isCancelled: false };
      scheduled += 1;
      heap.push(event);
      rise(heap.length - 1);
      return event;
    },
    peek() {
      skipCancelled();
      return heap.length > 0 ? heap[0].day : Number.POSITIVE_INFINITY;
    },
    next() {
      skipCancelled();
      return takeTop();
    },
  };
}
