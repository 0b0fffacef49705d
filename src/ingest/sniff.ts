/** What the beginning of a file shows of its structure: enough to tell formats apart, tolerant of being cut off. */
import { type ByteSource, contentOf } from './byte-source';

export interface Glimpse {
  readonly structure: 'object' | 'array' | 'text';
  /** Keys of the outermost object, as far as the beginning shows them. */
  readonly keys: ReadonlySet<string>;
  /** Texts directly under those keys. */
  readonly texts: ReadonlyMap<string, string>;
  /** Keys of the first object in a bare array. */
  readonly elementKeys: ReadonlySet<string>;
  /** Whether the first element of a bare array is text. */
  readonly hasTextElements: boolean;
  /** The beginning itself. */
  readonly head: string;
}

const HEAD_BYTES = 128 * 1024;

/** Reads the beginning of a source. @throws AppError BAD_GZIP, TOO_LARGE */
export async function glimpseOf(source: ByteSource): Promise<Glimpse> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of contentOf(source)) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= HEAD_BYTES) break;
  }
  return glimpse(Buffer.concat(chunks).subarray(0, HEAD_BYTES).toString('utf8'));
}

const STRING = /"((?:[^"\\]|\\.)*)"/y;
const SPACE = /\s*/y;

export function glimpse(head: string): Glimpse {
  const first = head.trimStart()[0];
  const structure = first === '{' ? 'object' : first === '[' ? 'array' : 'text';
  const keys = new Set<string>();
  const elementKeys = new Set<string>();
  const texts = new Map<string, string>();
  const open: string[] = [];
  let hasTextElements = false;
  for (let at = structure === 'text' ? head.length : head.indexOf(first); at < head.length; at++) {
    const character = head[at];
    if (character === '{' || character === '[') open.push(character);
    else if (character === '}' || character === ']') open.pop();
    if (character !== '"') continue;
    const text = matchAt(STRING, head, at);
    if (text === undefined) break;
    at += text.length + 1;
    // Nothing below the elements of the document is looked at, however deep it goes.
    const path = open.length > 2 ? '' : open.join('');
    if (path === '[') hasTextElements = true;
    const valueAt = path === '{' || path === '[{' ? keyEnd(head, at + 1) : -1;
    if (valueAt < 0) continue;
    (path === '{' ? keys : elementKeys).add(text);
    const value = path === '{' && head[valueAt] === '"' ? matchAt(STRING, head, valueAt) : undefined;
    if (value !== undefined) texts.set(text, value);
  }
  return { structure, keys, texts, elementKeys, hasTextElements, head };
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[1];
}

/** Position of the value when a colon follows, else -1. */
function keyEnd(head: string, at: number): number {
  SPACE.lastIndex = at;
  SPACE.test(head);
  const colon = SPACE.lastIndex;
  if (head[colon] !== ':') return -1;
  SPACE.lastIndex = colon + 1;
  SPACE.test(head);
  return SPACE.lastIndex;
}
