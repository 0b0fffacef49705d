/** A JSON document of modest size as a whole, and careful looks into JSON of unknown shape. */
import { AppError } from '../errors';
import { timeOf } from '../model/validate';
import type { Json } from '../model/values';
import { DEFAULT_JSON_LIMITS, JsonSplitter } from './json-splitter';
import type { Content } from './reader';

export type JsonObject = { readonly [name: string]: Json };

/** The document as one value. @throws AppError as the splitter does */
export async function readDocument(content: Content): Promise<Json> {
  const elements: Json[] = [];
  const splitter = new JsonSplitter(content.name, new Set(), (_array, value) => elements.push(value));
  for await (const chunk of content.bytes) splitter.push(chunk);
  return splitter.end() ?? elements;
}

/** An element of one of the streamed arrays of a document, or what else the document holds. */
export type JsonPiece =
  | { readonly kind: 'element'; readonly value: Json; readonly offset: number }
  | {
      readonly kind: 'document';
      readonly value: JsonObject;
      readonly offset: number;
      /** How many elements of its arrays came before. */
      readonly elements: number;
    };

/**
 * The pieces of a document, or of several that follow one another (JSON lines), while they stream in.
 *
 * @param arrays names of the members whose elements are handed out one by one; those of a bare array always are
 * @throws AppError as the splitter does
 */
export async function* jsonPieces(
  content: Content,
  arrays: ReadonlySet<string>,
): AsyncIterable<readonly JsonPiece[]> {
  let pieces: JsonPiece[] = [];
  let elements = 0;
  const splitter = new JsonSplitter(
    content.name,
    arrays,
    (_array, value, offset) => {
      elements++;
      pieces.push({ kind: 'element', value, offset });
    },
    DEFAULT_JSON_LIMITS,
    (value, offset) => {
      pieces.push({ kind: 'document', value, offset, elements });
      elements = 0;
    },
  );
  for await (const chunk of content.bytes) {
    splitter.push(chunk);
    if (pieces.length === 0) continue;
    yield pieces;
    pieces = [];
  }
  const value = splitter.end();
  if (value) yield [{ kind: 'document', value, offset: splitter.offset, elements }];
}

/** The document as an object. @throws AppError UNEXPECTED_CONTENT when it is something else */
export async function readObject(content: Content, format: string): Promise<JsonObject> {
  const document = await readDocument(content);
  if (isObject(document)) return document;
  throw unexpected(content, format, 'the document is no object');
}

export const unexpected = (content: Content, format: string, reason: string): AppError =>
  new AppError('UNEXPECTED_CONTENT', { file: content.name, format, reason });

export const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

export const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : []);

export const objectsOf = (value: Json | undefined): readonly JsonObject[] => listOf(value).filter(isObject);

/** Non-empty text, numbers as text; undefined for anything else. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/** Texts of a list, or the one text that stands where a list should. */
export function textsOf(value: Json | undefined): readonly string[] {
  const values = Array.isArray(value) ? value : [value];
  return [...new Set(values.map((each) => textOf(each as Json)).filter((each) => each !== undefined))];
}

/** An RFC 3339 time from a time or a bare date; undefined for anything else. */
export function timeTextOf(value: Json | undefined): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  if (!Number.isNaN(timeOf(text))) return text;
  const dated = `${text}T00:00:00Z`;
  return !Number.isNaN(timeOf(dated)) ? dated : undefined;
}

/** An object without the members that have no value. */
export function compact(members: { readonly [name: string]: Json | undefined }): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, Json] => {
      const value = entry[1];
      return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
    }),
  );
}

/** The members of an object but for some; undefined when none is left. */
export function without(object: JsonObject, names: readonly string[]): JsonObject | undefined {
  const rest = Object.entries(object).filter(([name]) => !names.includes(name));
  return rest.length === 0 ? undefined : Object.fromEntries(rest);
}
