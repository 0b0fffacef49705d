/** What came over the wire, as a source that can be imported. */
import { AppError } from '../errors';
import { type ByteSource, bytesSource } from '../ingest/byte-source';
import { brief } from '../model/validate';

export interface GivenContent {
  /** The text of a file. */
  readonly text?: string | null;
  /** The bytes of a file, plain or gzip, in base64. */
  readonly base64?: string | null;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** @throws AppError BAD_INPUT where base64 is none */
export function givenSource({ text, base64 }: GivenContent, name: string): ByteSource {
  if (base64 === null || base64 === undefined) return bytesSource(text ?? '', name);
  const compact = base64.replace(/\s+/g, '');
  if (!BASE64.test(compact)) {
    throw new AppError('BAD_INPUT', { what: 'content.base64', expected: 'base64', got: brief(base64) });
  }
  return bytesSource(Buffer.from(compact, 'base64'), name);
}
