/** Records of a JSON document by a path, and of files with one JSON value a line. */
import { AppError } from '../errors';
import type { Json } from '../model/values';
import { type BadRecord, type DataRecord, JsonRecord } from './data-record';
import { isObject, readDocument } from './json-document';
import { JsonSplitter } from './json-splitter';
import type { Content } from './reader';
import { texts } from './table-records';

const MAX_LINE_CHARACTERS = 64 * 2 ** 20;

/**
 * Records of a document, one list per path in the order of the paths. `*` in a path is every member or element. A single
 * path that is `*` or `name.*` is read as a stream.
 */
export async function* jsonRecords(
  content: Content,
  paths: readonly string[],
): AsyncIterable<{ readonly set: number; readonly records: readonly DataRecord[] }> {
  const [only] = paths;
  const streamed = paths.length === 1 ? /^(?:([^.*]+)\.)?\*$/.exec(only) : null;
  if (streamed) {
    yield* streamedRecords(content, streamed[1] ?? '', only);
    return;
  }
  const document = await readDocument(content);
  for (const [set, path] of paths.entries()) yield { set, records: [...recordsAt(document, path)] };
}

async function* streamedRecords(content: Content, array: string, path: string) {
  let records: DataRecord[] = [];
  let count = 0;
  const splitter = new JsonSplitter(content.name, new Set([array]), (_array, value) => {
    records.push(new JsonRecord(value, path.replace('*', String(count)), [String(count)]));
    count++;
  });
  for await (const chunk of content.bytes) {
    splitter.push(chunk);
    if (records.length === 0) continue;
    yield { set: 0, records };
    records = [];
  }
  // What is no array under that name is in the envelope: its members are the records.
  const envelope = splitter.end();
  if (count === 0 && envelope) yield { set: 0, records: [...recordsAt(envelope, path)] };
}

function* recordsAt(document: Json, path: string): Generator<DataRecord> {
  yield* walk(document, path === '' ? [] : path.split('.'), [], []);
}

function* walk(
  value: Json,
  steps: readonly string[],
  place: readonly string[],
  keys: readonly string[],
): Generator<DataRecord> {
  const [step, ...rest] = steps;
  if (step === undefined) {
    yield new JsonRecord(value, place.length === 0 ? 'the document' : place.join('.'), keys);
    return;
  }
  if (!isObject(value) && !Array.isArray(value)) return;
  const members = Object.entries(value as Record<string, Json>).filter(
    ([name]) => step === '*' || name === step,
  );
  for (const [name, each] of members)
    yield* walk(each, rest, [...place, name], step === '*' ? [...keys, name] : keys);
}

/** One JSON value a line. A line that is none is a record that cannot be used; the others go on. */
export async function* jsonLines(content: Content): AsyncIterable<readonly (DataRecord | BadRecord)[]> {
  let rest = '';
  let line = 0;
  for await (const text of texts(content)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    if (rest.length > MAX_LINE_CHARACTERS) {
      throw new AppError('TOO_LARGE', {
        file: content.name,
        what: `line ${line + 1}`,
        limit: MAX_LINE_CHARACTERS,
      });
    }
    yield lines.flatMap((each) => lineRecord(each, ++line));
  }
  yield lineRecord(rest, line + 1);
}

function lineRecord(text: string, line: number): (DataRecord | BadRecord)[] {
  if (text.trim() === '') return [];
  const place = `line ${line}`;
  const values: Json[] = [];
  const splitter = new JsonSplitter(place, new Set(), (_array, value) => values.push(value));
  try {
    splitter.push(Buffer.from(text, 'utf8'));
    return [new JsonRecord(splitter.end() ?? values, place)];
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return [{ place, problem: error.message }];
  }
}
