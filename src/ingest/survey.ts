/**
 * The first pass over a file: reads all of it before anything is written, so that a file that turns out unreadable leaves
 * no trace. What fits is kept; of the rest only which ids it describes.
 */
import { createHash } from 'node:crypto';
import { timeOf } from '../model/validate';
import type { RelationshipValue } from '../model/values';
import { type ByteSource, contentOf } from './byte-source';
import { IdTable } from './id-table';
import type { Edition, FormatReader, ReadItem, TypeOf, WritableItem } from './reader';

export interface Survey {
  /** SHA-256 of the content, inflated: the same content is the same report however it is packed. */
  readonly sha256: string;
  readonly count: number;
  /** Bytes of content that its entries hold in memory; 0 when they are read again. */
  readonly keptBytes: number;
  readonly nodes: IdTable;
  readonly relationships: IdTable;
  /** Some of the ids it describes, spread over the file. */
  readonly sample: readonly string[];
  /** Which edition of a set it is, where its entries say so. */
  readonly edition?: Edition;
  /** Whether every node comes before every relationship. */
  readonly isOrdered: boolean;
  /** Type of the node of an id, where the file describes it. */
  readonly typeOf: TypeOf;
  /** A relationship as it is once the types of its ends are known. */
  settle(value: RelationshipValue): RelationshipValue;
  /** The entries once more, from memory or from the source. */
  entries(): AsyncIterable<readonly ReadItem[]>;
}

export interface SurveyOptions {
  /** Up to this many bytes of content, entries are kept instead of being read again. */
  readonly keepBytes: number;
  /** Types of the nodes that the files read so far describe; those of this file are added. */
  readonly known: IdTable;
}

/** @throws AppError with the code of what makes the file unreadable */
export async function surveyOf(
  source: ByteSource,
  reader: FormatReader,
  { keepBytes, known }: SurveyOptions,
): Promise<Survey> {
  const hash = createHash('sha256');
  const nodes = new IdTable();
  const relationships = new IdTable();
  const sample = new Sample();
  let bytes = 0;
  let count = 0;
  let isOrdered = true;
  let edition: Edition | undefined;
  let hasRelationship = false;
  let kept: (readonly ReadItem[])[] | undefined = [];
  async function* watched(): AsyncIterable<Buffer> {
    for await (const chunk of contentOf(source)) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  for await (const items of reader.read({ name: source.name, bytes: watched() })) {
    for (const item of items) {
      if (item.kind === 'node') {
        if (hasRelationship) isOrdered = false;
        note(nodes, item, count);
        edition ??= item.edition;
        if (!item.implied) sample.note(item.value.id);
        known.note(item.value.id, 0, Number.NaN, item.value.type);
      } else if (item.kind === 'relationship') {
        hasRelationship = true;
        note(relationships, item, count);
        if (!item.implied) sample.note(item.value.id);
      }
      count++;
    }
    if (weightOf(bytes, count) > keepBytes) kept = undefined;
    kept?.push(items);
  }
  const typeOf: TypeOf = (id) => nodes.kindOf(id);
  return {
    sha256: hash.digest('hex'),
    count,
    keptBytes: kept ? weightOf(bytes, count) : 0,
    nodes,
    relationships,
    ...(edition ? { edition } : {}),
    isOrdered,
    sample: sample.ids,
    typeOf,
    settle: (value) => reader.settle?.(value, (id) => typeOf(id) ?? known.kindOf(id)) ?? value,
    entries: () => (kept ? fromMemory(kept) : reader.read({ name: source.name, bytes: contentOf(source) })),
  };
}

/** An entry of the file describes an id better than what other entries imply of it. */
function note(table: IdTable, { value, implied }: WritableItem, entry: number): void {
  if (implied && table.kindOf(value.id) !== undefined) return;
  table.note(value.id, entry, timeOf(value.properties.modified), value.type);
}

async function* fromMemory(lists: readonly (readonly ReadItem[])[]): AsyncIterable<readonly ReadItem[]> {
  yield* lists;
}

/** What entries take in memory, as bytes of content: short rows become large objects. */
const weightOf = (bytes: number, count: number): number => Math.max(bytes, count * ENTRY_BYTES);
const ENTRY_BYTES = 512;

const SAMPLE_LENGTH = 256;

/** Every n-th of a stream, n growing so that there are never many. */
class Sample {
  ids: string[] = [];
  private seen = 0;
  private step = 1;

  note(id: string): void {
    if (this.seen++ % this.step !== 0) return;
    this.ids.push(id);
    if (this.ids.length < 2 * SAMPLE_LENGTH) return;
    this.ids = this.ids.filter((_, i) => i % 2 === 0);
    this.step *= 2;
  }
}
