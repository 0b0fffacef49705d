/**
 * Tells those who wait that the store has a newer change. Writes of this process say so at once; those of other replicas
 * are found by asking the store for one number, as long as somebody waits.
 */
import { orEnd } from './event-stream';

export class ChangeSignal {
  private latest = 0;
  private readonly waiting = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param findLatest number of the latest change of the store
   * @param everyMs how often to ask for it while somebody waits
   */
  constructor(
    private readonly findLatest: () => Promise<number> = async () => this.latest,
    private readonly everyMs = 500,
  ) {}

  /** A change was committed. */
  give(seq: number): void {
    if (seq <= this.latest) return;
    this.latest = seq;
    for (const wake of this.waiting) wake();
    this.waiting.clear();
  }

  /** Resolves when the store has a change after one, or the signal is given. */
  async beyond(seq: number, signal: AbortSignal): Promise<void> {
    while (this.latest <= seq && !signal.aborted) {
      let wake: () => void = () => undefined;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      this.waiting.add(wake);
      this.timer ??= setInterval(() => void this.ask(), this.everyMs).unref();
      await orEnd(woken, signal);
      this.waiting.delete(wake);
      this.restIfIdle();
    }
  }

  /** A store that does not answer is asked again at the next tick. */
  private async ask(): Promise<void> {
    const seq = await this.findLatest().catch(() => 0);
    this.give(seq);
  }

  private restIfIdle(): void {
    if (this.waiting.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}
