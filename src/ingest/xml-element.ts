/**
 * XML read into plain elements with their lines. Document types are refused, so that no entity is ever defined, let
 * alone fetched.
 */
import { SaxesParser } from 'saxes';
import { AppError } from '../errors';
import { type ByteSource, contentOf } from './byte-source';
import type { Content } from './reader';

export interface XmlElement {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, trimmed. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

const MAX_DEPTH = 1000;
const LIMITS = { maxBytes: 512 * 2 ** 20, maxRatio: 250 };

/** The root element. @throws AppError XML_MALFORMED, XML_DOCTYPE, TOO_DEEP, and those of `contentOf`. */
export const readXml = (source: ByteSource): Promise<XmlElement> =>
  readXmlContent({ name: source.name, bytes: contentOf(source, LIMITS) });

/** The root element of content that is open already. */
export async function readXmlContent(source: Content): Promise<XmlElement> {
  const parser = new SaxesParser({ fileName: source.name });
  const open: OpenElement[] = [];
  const roots: XmlElement[] = [];
  const malformed = (reason: string): AppError =>
    new AppError('XML_MALFORMED', { file: source.name, line: parser.line, column: parser.column, reason });
  parser.on('error', (error) => {
    throw malformed(error.message.replace(/^.*?:\d+:\d+: /, '').replace(/\.$/, ''));
  });
  parser.on('doctype', () => {
    throw new AppError('XML_DOCTYPE', { file: source.name, line: parser.line });
  });
  parser.on('opentag', (tag) => {
    if (open.length >= MAX_DEPTH) {
      throw new AppError('TOO_DEEP', { file: source.name, limit: MAX_DEPTH, offset: parser.position });
    }
    const attributes = tag.attributes as Record<string, string>;
    open.push({ name: tag.name, file: source.name, line: parser.line, attributes, children: [], text: '' });
  });
  parser.on('text', (text) => {
    if (open.length > 0) open[open.length - 1].text += text.trim();
  });
  parser.on('closetag', () => {
    const closed = open.pop() as OpenElement;
    if (open.length > 0) open[open.length - 1].children.push(closed);
    else roots.push(closed);
  });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of source.bytes) parser.write(decode(decoder, chunk, source, parser.position));
  parser.write(decode(decoder, undefined, source, parser.position));
  parser.close();
  if (roots.length === 0) throw malformed('no root element');
  return roots[0];
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  chunk: Buffer | undefined,
  source: Content,
  offset: number,
): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (error) {
    throw new AppError('BAD_ENCODING', { file: source.name, offset }, { cause: error });
  }
}
