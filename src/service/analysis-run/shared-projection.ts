/**
 * The projection on its way to a worker thread. Typed arrays lie in shared memory and are not copied; strings cross as bytes
 * in shared memory and become strings on the other side only when somebody asks for them.
 */
import type { Projection } from '../../analysis';

type Table = Projection['vertices'];
type Column = Table['columns'] extends ReadonlyMap<string, infer C> ? C : never;
type Dictionary = Extract<Column, { readonly kind: 'string' }>['dictionary'];

/** Strings encoded before others get a turn: a millisecond or two. */
const STRINGS_A_CHUNK = 16_384;

/** Strings back to back in UTF-8; `ends` counts UTF-16 units of the whole, `chunkEnds` bytes. */
interface SharedStrings {
  readonly bytes: Uint8Array;
  readonly chunkEnds: Float64Array;
  readonly lengths: Uint32Array;
}

type SharedColumn =
  | { readonly kind: 'string'; readonly codes: Uint32Array; readonly dictionary: SharedStrings }
  | Exclude<Column, { readonly kind: 'string' }>;

interface SharedTable {
  readonly ids: SharedStrings;
  readonly columns: readonly (readonly [string, SharedColumn])[];
}

export interface SharedProjection extends Omit<Projection, 'vertices' | 'edges'> {
  /** The same number means the same projection, so that a thread unpacks it once. */
  readonly key: number;
  readonly vertices: SharedTable;
  readonly edges: SharedTable;
}

const packedStrings = new WeakMap<readonly string[], Promise<SharedStrings>>();
const packedProjections = new WeakMap<Projection, Promise<SharedProjection>>();
let nextKey = 1;

/** Packs a projection, once; lets the event loop turn on the way. */
export function shareProjection(projection: Projection): Promise<SharedProjection> {
  let packed = packedProjections.get(projection);
  if (packed === undefined) {
    packed = pack(projection);
    packedProjections.set(projection, packed);
  }
  return packed;
}

async function pack(projection: Projection): Promise<SharedProjection> {
  const { vertices, edges, ...rest } = projection;
  return { ...rest, key: nextKey++, vertices: await packTable(vertices), edges: await packTable(edges) };
}

async function packTable(table: Table): Promise<SharedTable> {
  const columns: [string, SharedColumn][] = [];
  for (const [name, column] of table.columns) {
    if (column.kind !== 'string') columns.push([name, column]);
    // A dictionary grows with later versions; a thread sees it as it is now.
    else {
      const dictionary = await packStrings(column.dictionary.values.slice());
      columns.push([name, { ...column, dictionary }]);
    }
  }
  return { ids: await packOnce(table.ids), columns };
}

/** Ids of a table never change, so versions and views that share them share their bytes. */
function packOnce(strings: readonly string[]): Promise<SharedStrings> {
  let packed = packedStrings.get(strings);
  if (packed === undefined) {
    packed = packStrings(strings);
    packedStrings.set(strings, packed);
  }
  return packed;
}

async function packStrings(strings: readonly string[]): Promise<SharedStrings> {
  const lengths = new Uint32Array(new SharedArrayBuffer(strings.length * 4));
  const chunks: Buffer[] = [];
  for (let start = 0; start < strings.length; start += STRINGS_A_CHUNK) {
    if (start > 0) await new Promise(setImmediate);
    const chunk = strings.slice(start, start + STRINGS_A_CHUNK);
    chunk.forEach((each, i) => {
      lengths[start + i] = each.length;
    });
    chunks.push(Buffer.from(chunk.join('')));
  }
  const chunkEnds = new Float64Array(chunks.length);
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = new Uint8Array(new SharedArrayBuffer(total));
  let at = 0;
  chunks.forEach((chunk, i) => {
    bytes.set(chunk, at);
    at += chunk.length;
    chunkEnds[i] = at;
  });
  return { bytes, chunkEnds, lengths };
}

function unpackStrings({ bytes, chunkEnds, lengths }: SharedStrings): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const strings: string[] = [];
  chunkEnds.forEach((end, i) => {
    const text = buffer.toString('utf8', i === 0 ? 0 : chunkEnds[i - 1], end);
    let at = 0;
    const last = Math.min(lengths.length, (i + 1) * STRINGS_A_CHUNK);
    for (let s = i * STRINGS_A_CHUNK; s < last; s++) {
      strings.push(text.slice(at, at + lengths[s]));
      at += lengths[s];
    }
  });
  return strings;
}

/** The projection on the thread that received it. */
export function openProjection(shared: SharedProjection): Projection {
  const { key: _key, vertices, edges, ...rest } = shared;
  return { ...rest, vertices: openTable(vertices), edges: openTable(edges) };
}

function openTable({ ids, columns }: SharedTable): Table {
  let opened: string[] | undefined;
  return {
    get ids() {
      opened ??= unpackStrings(ids);
      return opened;
    },
    columns: new Map(columns.map(([name, column]) => [name, openColumn(column)])),
  };
}

function openColumn(column: SharedColumn): Column {
  return column.kind === 'string' ? { ...column, dictionary: openDictionary(column.dictionary) } : column;
}

function openDictionary(shared: SharedStrings): Dictionary {
  let values: string[] | undefined;
  let codes: Map<string, number> | undefined;
  return {
    get values() {
      values ??= unpackStrings(shared);
      return values;
    },
    get codes() {
      // Code 0 is "no value" and has no entry.
      codes ??= new Map(this.values.flatMap((value, code) => (code === 0 ? [] : [[value, code] as const])));
      return codes;
    },
  };
}
