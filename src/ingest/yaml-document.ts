/** A YAML document as plain JSON values, with the limits that keep a small file from becoming a huge one. */
import { parseDocument, YAMLError } from 'yaml';
import { AppError } from '../errors';
import type { Json } from '../model/values';
import type { Content } from './reader';

const MAX_BYTES = 64 * 2 ** 20;
/** References to anchors that one document may resolve: a bomb needs millions. */
const MAX_ALIASES = 1000;

/** @throws AppError TOO_LARGE, BAD_ENCODING, INVALID_YAML */
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
    const document = parseDocument(text, { prettyErrors: false, strict: true });
    const [fault] = document.errors;
    if (fault) throw fault;
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as Json;
  } catch (error) {
    throw translated(error, content.name);
  }
}

function translated(error: unknown, file: string): AppError {
  if (error instanceof YAMLError) {
    const reason = error.message.split('\n')[0];
    return new AppError('INVALID_YAML', { file, offset: error.pos[0], reason }, { cause: error });
  }
  if ((error as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new AppError('BAD_ENCODING', { file, offset: 0 }, { cause: error });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new AppError('INVALID_YAML', { file, offset: 0, reason }, { cause: error });
}
