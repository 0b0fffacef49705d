/**
 * Bytes of a file that is read more than once: opened anew for every pass, inflated when it is gzip, decoded when it is
 * UTF-16, and cut off at a limit, so that neither a huge file nor a small one that inflates for ever fills the memory.
 */
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AppError } from '../errors';

/** Something that can be read from its first byte as often as needed. */
export interface ByteSource {
  /** What messages and reports call it. */
  readonly name: string;
  /** Bytes as they lie there, before any inflation. */
  readonly size: number;
  open(): AsyncIterable<Buffer>;
}

export interface ByteLimits {
  /** Most bytes that a file may hold once inflated. */
  readonly maxBytes: number;
  /** Most bytes that one byte of gzip may become, over a whole file of more than `RATIO_FROM_BYTES`. */
  readonly maxRatio: number;
}

export const DEFAULT_LIMITS: ByteLimits = { maxBytes: 16 * 2 ** 30, maxRatio: 250 };

/** Below this much inflated, a high ratio harms nobody. */
const RATIO_FROM_BYTES = 64 * 2 ** 20;
const CHUNK_BYTES = 256 * 1024;

/** A file on disk. @throws AppError FILE_NOT_FOUND when there is none that can be read. */
export function fileSource(path: string, name = path): ByteSource {
  const size = sizeOf(path);
  return { name, size, open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) };
}

/** Bytes in memory: what came over the wire. */
export function bytesSource(bytes: Buffer | string, name: string): ByteSource {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
  return { name, size: buffer.length, open: () => chunked(buffer) };
}

function sizeOf(path: string): number {
  try {
    const found = statSync(path);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw new AppError('FILE_NOT_FOUND', { path }, { cause: error });
  }
  throw new AppError('FILE_NOT_FOUND', { path });
}

async function* chunked(buffer: Buffer): AsyncIterable<Buffer> {
  for (let at = 0; at < buffer.length; at += CHUNK_BYTES) yield buffer.subarray(at, at + CHUNK_BYTES);
}

/**
 * The content of a source as UTF-8 bytes.
 *
 * @throws AppError BAD_GZIP when it starts as gzip and is none, TOO_LARGE when it is or becomes more than the limits allow.
 */
export async function* contentOf(
  source: ByteSource,
  limits: ByteLimits = DEFAULT_LIMITS,
): AsyncIterable<Buffer> {
  if (source.size > limits.maxBytes) throw tooLarge(source, limits.maxBytes);
  const raw = atLeast(source.open(), 4);
  const first = await raw.next();
  if (first.done) return;
  const bytes = startWith(first.value, raw);
  const isGzip = first.value[0] === 0x1f && first.value[1] === 0x8b;
  const inflated = isGzip ? inflate(bytes, source, limits) : bytes;
  yield* decoded(limited(inflated, source, limits));
}

/** Joins leading chunks until there are enough bytes to tell what the content is. */
async function* atLeast(chunks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk;
      continue;
    }
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    if (head.length < count) continue;
    yield head;
    head = undefined;
  }
  if (head !== undefined && head.length > 0) yield head;
}

async function* startWith(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* inflate(
  bytes: AsyncIterable<Buffer>,
  source: ByteSource,
  limits: ByteLimits,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  const input = Readable.from(bytes);
  input.on('error', (error) => gunzip.destroy(error));
  input.pipe(gunzip);
  let count = 0;
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      count += chunk.length;
      if (count > RATIO_FROM_BYTES && count > limits.maxRatio * source.size)
        throw tooLarge(source, limits.maxRatio * source.size);
      yield chunk;
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (!code.startsWith('Z_')) throw error;
    const reason = (error as Error).message;
    throw new AppError('BAD_GZIP', { file: source.name, reason }, { cause: error });
  } finally {
    input.destroy();
    gunzip.destroy();
  }
}

async function* limited(
  chunks: AsyncIterable<Buffer>,
  source: ByteSource,
  limits: ByteLimits,
): AsyncGenerator<Buffer> {
  let count = 0;
  for await (const chunk of chunks) {
    count += chunk.length;
    if (count > limits.maxBytes) throw tooLarge(source, limits.maxBytes);
    yield chunk;
  }
}

/**
 * Encoding of UTF-16 by its first four bytes; undefined for anything else. Where no mark says it, text that begins with two
 * ASCII characters does (RFC 4627, section 3).
 */
function wideEncoding(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  if (bytes.length < 4) return undefined;
  const [first, second, third, fourth] = [...bytes.subarray(0, 4)].map((byte) => byte !== 0);
  if (first && !second && third && !fourth) return 'utf-16le';
  return !first && second && !third && fourth ? 'utf-16be' : undefined;
}

/** Drops a UTF-8 byte order mark and turns UTF-16 into UTF-8. */
async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let isFirst = true;
  for await (const chunk of atLeast(chunks, 4)) {
    let bytes = chunk;
    if (isFirst) {
      isFirst = false;
      const wide = wideEncoding(bytes);
      if (wide) decoder = new TextDecoder(wide);
      else if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
    }
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true }), 'utf8') : bytes;
  }
  const rest = decoder?.decode();
  if (rest) yield Buffer.from(rest, 'utf8');
}

const tooLarge = (source: ByteSource, limit: number): AppError =>
  new AppError('TOO_LARGE', { file: source.name, what: 'the file', limit });
