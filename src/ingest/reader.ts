/** What every reader of a format is: bytes in, values of the model out, nothing decided about the store. */
import type { ClaimValue, NodeValue, RelationshipValue } from '../model/values';

/** What a source says beside the fact itself: it goes to the claim. */
export interface Evidence {
  /** 0-100. */
  readonly confidence?: number;
  /** Same key = same origin. */
  readonly originKey?: string;
  readonly says?: string;
  /** Admiralty credibility, 1 (confirmed) to 6 (cannot be judged). */
  readonly credibility?: number;
  /** Markings of what is said, beside those of what it is about. */
  readonly markings?: readonly string[];
}

/** Which edition of a set an entry is from. What an older one says takes nothing's place that a newer one said. */
export interface Edition {
  /** The set: what the entry says lies under this name in the custom properties of what it speaks of. */
  readonly slot: string;
  /** RFC 3339. */
  readonly at: string;
}

/** Something to look at in an entry that is kept all the same. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

/**
 * One entry of a file. What is `implied` is knowledge that another entry carries along: it is written, but it is no entry
 * of the file and so is not counted as read. `claims` are those of others, which the file only passes on.
 */
export type ReadItem =
  | {
      readonly kind: 'node';
      readonly value: NodeValue;
      readonly evidence?: Evidence;
      readonly claims?: readonly ClaimValue[];
      readonly faults?: readonly Fault[];
      readonly implied?: true;
      /** Other sources speak of it too: what is there already stays, and this is added. */
      readonly isShared?: true;
      /** Of what other sources speak of too. */
      readonly edition?: Edition;
    }
  | {
      readonly kind: 'relationship';
      readonly value: RelationshipValue;
      readonly evidence?: Evidence;
      readonly claims?: readonly ClaimValue[];
      readonly faults?: readonly Fault[];
      readonly implied?: true;
      /** The file says its type: no name needs to be settled. */
      readonly isSettled?: true;
    }
  | { readonly kind: 'rejected'; readonly id: string; readonly code: string; readonly message: string }
  /** Something that is meant to be left out: named in the report, not counted as read. */
  | { readonly kind: 'skipped'; readonly code: string; readonly message: string };

/** An entry that can be written. */
export type WritableItem = Exclude<ReadItem, { kind: 'rejected' | 'skipped' }>;

export const isWritable = (item: ReadItem): item is WritableItem =>
  item.kind === 'node' || item.kind === 'relationship';

/** The content of a file, inflated and in UTF-8, from its first byte to its last. */
export interface Content {
  /** What messages call the file. */
  readonly name: string;
  readonly bytes: AsyncIterable<Buffer>;
}

/** What is known of a file before it is read: nothing in the first pass, the first pass in the second. */
export type TypeOf = (id: string) => string | undefined;

export interface FormatReader {
  readonly format: string;
  /**
   * Reads all of a file, in lists of entries as they come.
   *
   * @throws AppError with the code of what makes the file as a whole unreadable
   */
  read(content: Content): AsyncIterable<readonly ReadItem[]>;
  /** The relationship as it is once the file's word on the types of its ends is known. */
  settle?(value: RelationshipValue, typeOf: TypeOf): RelationshipValue;
}
