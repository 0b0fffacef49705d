/** Results of runs, serialised, within a bound of bytes and of time: the oldest go first. */
interface Kept {
  readonly bytes: Uint8Array;
  readonly until: number;
}

export class ResultStore {
  /** In order of age. */
  private readonly kept = new Map<string, Kept>();
  private total = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly keepMs: number,
    private readonly now: () => number,
  ) {}

  get byteLength(): number {
    return this.total;
  }

  get(key: string): Uint8Array | undefined {
    this.sweep();
    return this.kept.get(key)?.bytes;
  }

  /** Keeps a result, unless it alone is larger than all that may be kept. */
  set(key: string, bytes: Uint8Array): boolean {
    this.delete(key);
    if (bytes.byteLength > this.maxBytes) return false;
    this.kept.set(key, { bytes, until: this.now() + this.keepMs });
    this.total += bytes.byteLength;
    this.sweep();
    return true;
  }

  delete(key: string): void {
    this.total -= this.kept.get(key)?.bytes.byteLength ?? 0;
    this.kept.delete(key);
  }

  clear(): void {
    this.kept.clear();
    this.total = 0;
  }

  private sweep(): void {
    const now = this.now();
    for (const [key, { until }] of this.kept) {
      if (until > now && this.total <= this.maxBytes) return;
      this.delete(key);
    }
  }
}
