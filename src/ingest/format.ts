/** Which reader a file takes: by the name of a format, or by what the file holds. */
import { AppError } from '../errors';
import { addressLinesReader, addressListReader, isNamedAddressList } from './address-list.reader';
import type { ByteSource } from './byte-source';
import { csafReader } from './csaf.reader';
import { cyclonedxReader, cyclonedxXmlReader } from './cyclonedx.reader';
import { knownExploitedReader, knownExploitedRowsReader } from './known-exploited.reader';
import { isManifestKey, mispEventReader } from './misp-event.reader';
import { mispGalaxyReader } from './misp-galaxy.reader';
import { mispTaxonomyReader } from './misp-taxonomy.reader';
import { mispWarninglistReader } from './misp-warninglist.reader';
import { openvexReader } from './openvex.reader';
import type { FormatReader } from './reader';
import { type Glimpse, glimpseOf } from './sniff';
import { stixReader } from './stix.reader';
import { tagpackReader } from './tagpack.reader';

interface Detection {
  readonly reader: FormatReader;
  matches(glimpse: Glimpse, name: string): boolean;
}

const has = (glimpse: Glimpse, ...keys: readonly string[]): boolean =>
  keys.every((key) => glimpse.keys.has(key));

/** Members under which MISP answers with events or parts of them, alone or in lists. */
const MISP_WRAPPERS = ['Event', 'response', 'Attribute', 'Object'];

/** The first that matches reads the file: the most telling marks come first. */
const DETECTIONS: readonly Detection[] = [
  { reader: cyclonedxReader, matches: (glimpse) => glimpse.texts.get('bomFormat') === 'CycloneDX' },
  {
    reader: cyclonedxXmlReader,
    matches: ({ structure, head }) =>
      structure === 'text' && /<(\w+:)?bom\b[^>]{0,4096}cyclonedx\.org\/schema\/bom/.test(head),
  },
  {
    reader: openvexReader,
    matches: (glimpse) =>
      /openvex/.test(glimpse.texts.get('@context') ?? '') || has(glimpse, '@context', 'statements'),
  },
  {
    reader: csafReader,
    matches: (glimpse) =>
      has(glimpse, 'document') &&
      (/"csaf_version"/.test(glimpse.head) ||
        has(glimpse, 'product_tree') ||
        has(glimpse, 'vulnerabilities')),
  },
  { reader: knownExploitedReader, matches: (glimpse) => has(glimpse, 'catalogVersion', 'vulnerabilities') },
  {
    reader: tagpackReader,
    matches: (glimpse) =>
      has(glimpse, 'title', 'creator') && (has(glimpse, 'tags') || has(glimpse, 'actors')),
  },
  { reader: mispTaxonomyReader, matches: (glimpse) => has(glimpse, 'namespace', 'predicates') },
  {
    reader: mispWarninglistReader,
    matches: (glimpse) =>
      has(glimpse, 'Warninglist') ||
      (has(glimpse, 'list') && !has(glimpse, 'objects') && !has(glimpse, 'id')),
  },
  {
    reader: mispGalaxyReader,
    matches: (glimpse) =>
      (!has(glimpse, 'id') &&
        (has(glimpse, 'values', 'type') || has(glimpse, 'uuid', 'namespace', 'type'))) ||
      has(glimpse, 'GalaxyCluster') ||
      glimpse.elementKeys.has('GalaxyCluster'),
  },
  {
    reader: mispEventReader,
    matches: ({ keys, elementKeys }) =>
      MISP_WRAPPERS.some((name) => keys.has(name) || elementKeys.has(name)) ||
      [keys, elementKeys].some((names) => ['uuid', 'info'].every((name) => names.has(name))) ||
      (keys.size > 0 && [...keys].every(isManifestKey)),
  },
  {
    reader: stixReader,
    matches: (glimpse) =>
      glimpse.texts.get('type') === 'bundle' ||
      has(glimpse, 'objects') ||
      (has(glimpse, 'type') && /--/.test(glimpse.texts.get('id') ?? '')) ||
      (glimpse.elementKeys.has('type') && glimpse.elementKeys.has('id')),
  },
  {
    reader: addressListReader,
    matches: (glimpse) =>
      glimpse.structure === 'array' && glimpse.hasTextElements && glimpse.elementKeys.size === 0,
  },
  {
    reader: tagpackReader,
    matches: ({ structure, head }) =>
      structure === 'text' && /^(tags|actors):/m.test(head) && /^(title|creator):/m.test(head),
  },
  {
    reader: knownExploitedRowsReader,
    matches: ({ structure, head }) => structure === 'text' && /^\ufeff?"?cveID"?,.*vendorProject/.test(head),
  },
  {
    reader: addressLinesReader,
    matches: ({ structure, head }, name) => structure === 'text' && isNamedAddressList(name) && head !== '',
  },
];

export const formatNames = (): readonly string[] =>
  [...new Set(DETECTIONS.map(({ reader }) => reader.format))].sort();

/**
 * The reader for a source.
 *
 * @param format name of a format; `auto` or none to go by the content
 * @throws AppError UNKNOWN_FORMAT, and what the bytes themselves say (BAD_GZIP)
 */
export async function readerOf(source: ByteSource, format = 'auto'): Promise<FormatReader> {
  if (format !== 'auto') {
    const named = DETECTIONS.find(({ reader }) => reader.format === format);
    if (named) return named.reader;
    throw unknown(source, `there is no format ${JSON.stringify(format)}`);
  }
  const glimpse = await glimpseOf(source);
  const found = DETECTIONS.find((each) => each.matches(glimpse, source.name));
  if (found) return found.reader;
  // JSON that is damaged or of no known shape is read as STIX, whose reader says what is wrong with it.
  const isJson = glimpse.structure !== 'text' || /\.(json|stix)(\.gz)?$/i.test(source.name);
  if (isJson || glimpse.head.trim() === '') return stixReader;
  throw unknown(source, 'its beginning is neither JSON, YAML nor XML that it knows');
}

const unknown = (source: ByteSource, reason: string): AppError =>
  new AppError('UNKNOWN_FORMAT', { file: source.name, reason, known: formatNames().join(', ') });
