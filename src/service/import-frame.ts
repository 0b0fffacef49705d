/** What an import says of itself: the Report that stands for a file, and the Source that published it. */
import { basename } from 'node:path';
import type { Edition } from '../ingest/reader';
import { nodeId, relationshipId } from '../model/identity';
import type { Batch, Json, NodeValue } from '../model/values';
import type { ImportOptions } from './import-options';

export type Frame = Pick<Batch, 'nodes' | 'relationships'>;

/**
 * The same content under another name is the same report, so one that is there is left alone unless the user says
 * something about it.
 *
 * @param file name of the file
 * @param hash SHA-256 of its content
 * @param edition which edition of a set the content is, where it says so
 * @param isKnown whether a node of an id is there
 */
export function frameOf(
  file: string,
  hash: string,
  reportId: string,
  edition: Edition | undefined,
  { source, reliability }: Pick<ImportOptions, 'source' | 'reliability'>,
  isKnown: (id: string) => boolean,
): Frame {
  if (source === undefined && reliability === undefined && isKnown(reportId))
    return { nodes: [], relationships: [] };
  const properties: Record<string, Json> = { name: source ?? basename(file), hash };
  if (edition) properties.customProperties = { edition: { ...edition } };
  if (source !== undefined) properties.publisher = source;
  if (reliability !== undefined) properties.reliability = reliability;
  const report: NodeValue = { id: reportId, type: 'Report', properties };
  if (source === undefined) return { nodes: [report], relationships: [] };
  const sourceId = nodeId('Source', source);
  const id = relationshipId('PUBLISHED_BY', reportId, sourceId);
  const publishedBy = { id, type: 'PUBLISHED_BY', from: reportId, to: sourceId, properties: {} };
  const described: Record<string, Json> = { name: source };
  if (reliability !== undefined) described.reliability = reliability;
  const publisher: NodeValue = { id: sourceId, type: 'Source', properties: described };
  return { nodes: isKnown(sourceId) ? [report] : [report, publisher], relationships: [publishedBy] };
}
