/**
 * Splits a JSON document into the elements of its large arrays while it streams in: only one element is ever held as
 * text, so a document may be larger than any string. What lies between elements is checked here, what lies inside them by
 * JSON.parse. Everything outside the streamed arrays is collected as the envelope.
 *
 * Time O(bytes), memory O(largest element). docs/decisions/0010-streaming-json.md says why this is not a library.
 */
import { isUtf8 } from 'node:buffer';
import { AppError } from '../errors';
import { brief } from '../model/validate';
import type { Json } from '../model/values';
import { indexOfFault } from './json-fault';

export interface JsonLimits {
  /** Deepest nesting of objects and arrays inside an element. */
  readonly maxDepth: number;
  /** Most bytes of one element. */
  readonly maxElementBytes: number;
}

export const DEFAULT_JSON_LIMITS: JsonLimits = { maxDepth: 128, maxElementBytes: 256 * 2 ** 20 };

/** Called with each element of a streamed array, the name of the array (`''` for a bare one) and its first byte. */
export type OnElement = (array: string, value: Json, offset: number) => void;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Called with what a document holds beside its streamed arrays, and its first byte, when another document follows it. */
export type OnDocument = (envelope: Readonly<Record<string, Json>>, offset: number) => void;

/** What may come next between values. */
type Expected =
  | 'document'
  | 'key or }'
  | 'key'
  | 'colon'
  | 'member value'
  | 'comma or }'
  | 'element or ]'
  | 'element'
  | 'comma or ]'
  | 'end';

const isSpace = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

export class JsonSplitter {
  private expected: Expected = 'document';
  /** Bytes before the current chunk. */
  private consumed = 0;
  private envelope: [string, Json][] = [];
  private documentOffset = 0;
  private key = '';
  /** Array whose elements are being read; undefined outside one. */
  private array: string | undefined;
  private isBareArray = false;

  private isCapturing = false;
  private pieces: Buffer[] = [];
  private pieceBytes = 0;
  private captureOffset = 0;
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private isScalar = false;

  /**
   * @param arrays names of the members of the document whose elements are handed out one by one
   * @param onDocument given where objects may follow one another, as they do in JSON lines; otherwise there is one document
   */
  constructor(
    private readonly file: string,
    private readonly arrays: ReadonlySet<string>,
    private readonly onElement: OnElement,
    private readonly limits: JsonLimits = DEFAULT_JSON_LIMITS,
    private readonly onDocument?: OnDocument,
  ) {}

  /** First byte of the document that is being read. */
  get offset(): number {
    return this.documentOffset;
  }

  /** @throws AppError INVALID_JSON, BAD_ENCODING, TOO_DEEP or TOO_LARGE, each with the offset of the byte */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) at = this.isCapturing ? this.capture(chunk, at) : this.step(chunk, at);
    this.consumed += chunk.length;
  }

  /**
   * Ends the document.
   *
   * @returns the members of the last document that were not streamed; undefined when it is an array
   * @throws AppError TRUNCATED when the document is not complete, INVALID_JSON when there is none
   */
  end(): Readonly<Record<string, Json>> | undefined {
    if (this.expected === 'document') throw this.invalid(this.consumed, 'the file is empty');
    if (this.expected !== 'end' || this.isCapturing) {
      throw new AppError('TRUNCATED', { file: this.file, offset: this.consumed });
    }
    return this.isBareArray ? undefined : Object.fromEntries(this.envelope);
  }

  /** Handles one byte between values and returns the position to go on from. */
  private step(chunk: Buffer, at: number): number {
    const byte = chunk[at];
    if (isSpace(byte)) return at + 1;
    switch (this.expected) {
      case 'document':
        return this.openDocument(byte, at);
      case 'key or }':
        if (byte === CLOSE_BRACE) return this.goOn('end', at);
        return this.beginKey(byte, at);
      case 'key':
        return this.beginKey(byte, at);
      case 'colon':
        if (byte !== COLON) throw this.unexpected(byte, at, 'a colon');
        return this.goOn('member value', at);
      case 'member value':
        if (byte === OPEN_BRACKET && this.arrays.has(this.key)) {
          this.array = this.key;
          return this.goOn('element or ]', at);
        }
        return this.beginValue(byte, at);
      case 'comma or }':
        if (byte === CLOSE_BRACE) return this.goOn('end', at);
        if (byte !== COMMA) throw this.unexpected(byte, at, 'a comma or }');
        return this.goOn('key', at);
      case 'element or ]':
        if (byte === CLOSE_BRACKET) return this.closeArray(at);
        return this.beginValue(byte, at);
      case 'element':
        return this.beginValue(byte, at);
      case 'comma or ]':
        if (byte === CLOSE_BRACKET) return this.closeArray(at);
        if (byte !== COMMA) throw this.unexpected(byte, at, 'a comma or ]');
        return this.goOn('element', at);
      case 'end':
        if (byte !== OPEN_BRACE || this.isBareArray || !this.onDocument)
          throw this.unexpected(byte, at, 'nothing after the document');
        this.onDocument(Object.fromEntries(this.envelope), this.documentOffset);
        this.envelope = [];
        return this.openDocument(byte, at);
    }
  }

  private goOn(expected: Expected, at: number): number {
    this.expected = expected;
    return at + 1;
  }

  private openDocument(byte: number, at: number): number {
    this.documentOffset = this.consumed + at;
    if (byte === OPEN_BRACE) return this.goOn('key or }', at);
    if (byte !== OPEN_BRACKET) throw this.unexpected(byte, at, '{ or [');
    this.isBareArray = true;
    this.array = '';
    return this.goOn('element or ]', at);
  }

  private closeArray(at: number): number {
    this.array = undefined;
    return this.goOn(this.isBareArray ? 'end' : 'comma or }', at);
  }

  private beginKey(byte: number, at: number): number {
    if (byte !== QUOTE) throw this.unexpected(byte, at, 'a key in quotes');
    return this.beginValue(byte, at);
  }

  private beginValue(byte: number, at: number): number {
    if (byte === COMMA || byte === COLON || byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
      throw this.unexpected(byte, at, 'a value');
    }
    this.isCapturing = true;
    this.captureOffset = this.consumed + at;
    this.depth = 0;
    this.isInString = false;
    this.isEscaped = false;
    this.isScalar = byte !== QUOTE && byte !== OPEN_BRACE && byte !== OPEN_BRACKET;
    return at;
  }

  /** Takes bytes of the value that is being captured, up to its end or that of the chunk. */
  private capture(chunk: Buffer, start: number): number {
    const end = this.isScalar ? this.endOfScalar(chunk, start) : this.endOfNested(chunk, start);
    const piece = chunk.subarray(start, end < 0 ? chunk.length : end);
    this.pieceBytes += piece.length;
    if (this.pieceBytes > this.limits.maxElementBytes) {
      const { maxElementBytes: limit } = this.limits;
      throw new AppError('TOO_LARGE', {
        file: this.file,
        what: `the value at byte ${this.captureOffset}`,
        limit,
      });
    }
    if (end < 0) {
      this.pieces.push(piece);
      return chunk.length;
    }
    const bytes = this.pieces.length === 0 ? piece : Buffer.concat([...this.pieces, piece]);
    this.pieces = [];
    this.pieceBytes = 0;
    this.isCapturing = false;
    this.finish(this.parse(bytes));
    return end;
  }

  private endOfScalar(chunk: Buffer, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at];
      if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || byte === COLON || isSpace(byte))
        return at;
    }
    return -1;
  }

  /** Position after the value, or -1 when it goes on in the next chunk. The one loop that sees every byte. */
  private endOfNested(chunk: Buffer, start: number): number {
    let { depth, isInString } = this;
    let at = start;
    if (this.isEscaped && at < chunk.length) {
      this.isEscaped = false;
      at++;
    }
    while (at < chunk.length) {
      const byte = chunk[at++];
      if (isInString) {
        if (byte === QUOTE) {
          isInString = false;
          if (depth === 0) return at;
        } else if (byte === BACKSLASH) {
          if (at === chunk.length) this.isEscaped = true;
          at++;
        }
      } else if (byte === QUOTE) isInString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (++depth > this.limits.maxDepth) throw this.tooDeep(at - 1);
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        if (--depth === 0) return at;
      }
    }
    this.depth = depth;
    this.isInString = isInString;
    return -1;
  }

  private finish(value: Json): void {
    switch (this.expected) {
      case 'key':
      case 'key or }':
        this.key = value as string;
        this.expected = 'colon';
        return;
      case 'member value':
        this.envelope.push([this.key, value]);
        this.expected = 'comma or }';
        return;
      default:
        this.expected = 'comma or ]';
        this.onElement(this.array ?? '', value, this.captureOffset);
    }
  }

  private parse(bytes: Buffer): Json {
    if (!isUtf8(bytes)) throw new AppError('BAD_ENCODING', { file: this.file, offset: this.captureOffset });
    const text = bytes.toString('utf8');
    try {
      return JSON.parse(text) as Json;
    } catch (error) {
      const fault = indexOfFault(text);
      const offset = this.captureOffset + Buffer.byteLength(text.slice(0, fault));
      const got = fault < text.length ? brief(text.slice(fault, fault + 1)) : 'its end';
      throw new AppError(
        'INVALID_JSON',
        { file: this.file, offset, reason: `${got} cannot stand here` },
        { cause: error },
      );
    }
  }

  private invalid(offset: number, reason: string): AppError {
    return new AppError('INVALID_JSON', { file: this.file, offset, reason });
  }

  private unexpected(byte: number, at: number, expected: string): AppError {
    const got = byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `byte 0x${byte.toString(16)}`;
    return this.invalid(this.consumed + at, `expected ${expected}, got ${got}`);
  }

  private tooDeep(at: number): AppError {
    return new AppError('TOO_DEEP', {
      file: this.file,
      offset: this.consumed + at,
      limit: this.limits.maxDepth,
    });
  }
}
