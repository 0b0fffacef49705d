/** A YAML document as plain JSON values, with the limits that keep a small file from becoming a huge one. */
import { type Document, isScalar, parseDocument, type ScalarTag, type Tags, visit, YAMLError } from 'yaml';
import { AppError } from '../errors';
import { brief } from '../model/validate';
import type { Json } from '../model/values';
import type { Content } from './reader';

const MAX_BYTES = 64 * 2 ** 20;
/** References to anchors that one document may resolve: a bomb needs millions. */
const MAX_ALIASES = 1000;

/** @throws AppError TOO_LARGE, BAD_ENCODING, TOO_DEEP, INVALID_YAML */
export async function readYaml(content: Content): Promise<Json> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of content.bytes) {
    size += chunk.length;
    if (size > MAX_BYTES)
      throw new AppError('TOO_LARGE', { file: content.name, what: 'the YAML document', limit: MAX_BYTES });
    chunks.push(chunk);
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    refuseDepth(text, content.name);
    const document = parseDocument(text, {
      prettyErrors: false,
      strict: true,
      merge: true,
      customTags: exactNumbers,
      // The parser compares every key with every other; below each is looked up.
      uniqueKeys: false,
    });
    const [fault] = document.errors;
    if (fault) throw fault;
    refuseRepeatedKeys(document, content.name);
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as Json;
  } catch (error) {
    throw translated(error, content.name);
  }
}

/** A key that stands twice in one map: which of its values is meant nobody can say. */
function refuseRepeatedKeys(document: Document.Parsed, file: string): void {
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<string>();
      for (const { key } of items) {
        if (!isScalar(key) || key.value === '<<' || typeof key.value === 'symbol') continue;
        const name = String(key.value);
        if (seen.has(name)) {
          const reason = `the key ${brief(name)} stands twice in one map`;
          throw new AppError('INVALID_YAML', { file, offset: key.range?.[0] ?? 0, reason });
        }
        seen.add(name);
      }
    },
  });
}

const INTEGER = 'tag:yaml.org,2002:int';

/**
 * Whole numbers are numbers only where they are written as such and fit: `0x5aAe..` and `007` are text, and so are addresses
 * of digits, which a number would round.
 */
function exactNumbers(tags: Tags): Tags {
  return tags.flatMap((tag) => {
    const { tag: name, format } = tag as ScalarTag;
    if (name !== INTEGER) return [tag];
    return format === undefined ? [{ ...(tag as ScalarTag), resolve: exactInteger }] : [];
  });
}

function exactInteger(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) && String(value) === text ? value : text;
}

/** Deepest nesting of brackets: the parser takes time out of proportion to it. */
const MAX_DEPTH = 1000;

/** Counts brackets, whatever they stand in: no file that says something nests so many. */
function refuseDepth(text: string, file: string): void {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth = Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) throw new AppError('TOO_DEEP', { file, offset: at, limit: MAX_DEPTH });
  }
}

function translated(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof YAMLError) {
    const isSeveral = error.code === 'MULTIPLE_DOCS';
    const reason = isSeveral
      ? 'a second document begins there; save each in a file of its own'
      : error.message.split('\n')[0];
    return new AppError('INVALID_YAML', { file, offset: error.pos[0], reason }, { cause: error });
  }
  if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new AppError('BAD_ENCODING', { file, offset: 0 }, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('INVALID_YAML', { file, offset: 0, reason }, { cause: error });
}
