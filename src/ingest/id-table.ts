/**
 * Which ids a file describes, and by which of its entries each is described last: some 40 bytes an id, so that files of
 * millions of objects can be surveyed. Ids are told apart by 64 bits of hash with a seed of this process.
 */
import { randomInt } from 'node:crypto';

const SEED = randomInt(2 ** 31);

/** Load beyond which the table grows. */
const MAX_LOAD = 0.6;

export class IdTable {
  private size = 0;
  private mask = 1023;
  private low = new Uint32Array(1024);
  private high = new Uint32Array(1024);
  /** Number of the entry that describes the id, plus one; 0 is a free slot. */
  private entry = new Uint32Array(1024);
  private modified = new Float64Array(1024);
  private kind = new Uint8Array(1024);
  private readonly kinds: string[] = [];

  /** Ids in the table. */
  get count(): number {
    return this.size;
  }

  /**
   * Notes that an entry of the file describes an id. Of several, the one modified last stays, of equals the later one.
   *
   * @param modified milliseconds, NaN where the file does not say
   * @param kind what it describes, a type name
   */
  note(id: string, entry: number, modified: number, kind: string): void {
    if (this.size + 1 > MAX_LOAD * (this.mask + 1)) this.grow();
    const [low, high] = hash(id);
    const slot = this.slotOf(low, high);
    const isNew = this.entry[slot] === 0;
    if (!isNew && modified < this.modified[slot]) return;
    if (isNew) this.size++;
    this.low[slot] = low;
    this.high[slot] = high;
    this.entry[slot] = entry + 1;
    this.modified[slot] = modified;
    let code = this.kinds.indexOf(kind);
    if (code < 0) code = this.kinds.push(kind) - 1;
    this.kind[slot] = code;
  }

  /** Whether an entry is the one that counts for its id. */
  isLatest(id: string, entry: number): boolean {
    return this.entry[this.slotOf(...hash(id))] === entry + 1;
  }

  /** What the file says an id is, or undefined where it does not describe it. */
  kindOf(id: string): string | undefined {
    const slot = this.slotOf(...hash(id));
    return this.entry[slot] === 0 ? undefined : this.kinds[this.kind[slot]];
  }

  private slotOf(low: number, high: number): number {
    let slot = low & this.mask;
    while (this.entry[slot] !== 0 && (this.low[slot] !== low || this.high[slot] !== high))
      slot = (slot + 1) & this.mask;
    return slot;
  }

  private grow(): void {
    const { low, high, entry, modified, kind } = this;
    const length = entry.length * 2;
    this.mask = length - 1;
    this.low = new Uint32Array(length);
    this.high = new Uint32Array(length);
    this.entry = new Uint32Array(length);
    this.modified = new Float64Array(length);
    this.kind = new Uint8Array(length);
    for (let old = 0; old < entry.length; old++) {
      if (entry[old] === 0) continue;
      const slot = this.slotOf(low[old], high[old]);
      this.low[slot] = low[old];
      this.high[slot] = high[old];
      this.entry[slot] = entry[old];
      this.modified[slot] = modified[old];
      this.kind[slot] = kind[old];
    }
  }
}

/** Two 32-bit multiplicative hashes of the characters, each finished as in MurmurHash3. */
function hash(id: string): [number, number] {
  let low = SEED;
  let high = ~SEED;
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high, 31) + code;
    low ^= low >>> 15;
    high = Math.imul(high ^ (high >>> 13), 0x5bd1e995);
  }
  return [finish(low), finish(high)];
}

function finish(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
