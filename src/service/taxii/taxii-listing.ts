/**
 * What a TAXII collection holds, in the order in which it came in (TAXII 2.1, section 3.3): each entry is one version of one
 * object. Only the columns of the projection are looked at; a page of entries is then read from the store.
 */
import { compareIds, type Projection, vertexCell } from '../../analysis';
import { EXTENSION_OBJECTS } from '../../model/stix-extension';
import type { Selection } from '../export/export-selection';
import { relationshipStixId, stixIdOf, stixTypeOf } from '../export/stix-object';
import type { RecordedTimes } from '../recorded.service';
import { microsecondsOf } from './microseconds';

/** What is asked of the versions of each object (section 3.4.1). */
export type VersionMatch = 'last' | 'first' | 'ends' | 'all';

export interface Entry {
  /** Number of the vertex or edge; -1 for an object that explains the others. */
  readonly index: number;
  readonly kind: 'node' | 'relationship' | 'explanation';
  /** Id in the model. */
  readonly id: string;
  /** When this version came in, in microseconds. */
  readonly added: number;
}

/** Every version of every object of a selection, oldest first, ties by id. */
export function listingOf(
  projection: Projection,
  { vertices, edges }: Selection,
  recorded: RecordedTimes,
  versions: VersionMatch,
): readonly Entry[] {
  const entries: Entry[] = [];
  for (const object of EXTENSION_OBJECTS.values()) {
    const added = microsecondsOf(object.created as string);
    entries.push({ index: -1, kind: 'explanation', id: object.id as string, added });
  }
  const add = (kind: 'node' | 'relationship', index: number, id: string): void => {
    for (const added of picked(recorded.of(id), versions)) entries.push({ index, kind, id, added });
  };
  for (const vertex of vertices) {
    if (vertexCell(projection, 'stub', vertex) !== true) add('node', vertex, projection.vertices.ids[vertex]);
  }
  for (const edge of edges) add('relationship', edge, projection.edges.ids[edge]);
  return entries.sort((a, b) => a.added - b.added || compareIds(a.id, b.id));
}

function picked(times: readonly number[], versions: VersionMatch): readonly number[] {
  if (versions === 'last' || times.length < 2) return times.slice(-1);
  if (versions === 'first') return times.slice(0, 1);
  return versions === 'ends' ? [times[0], times[times.length - 1]] : times;
}

/** Type and id of an entry in STIX, as far as columns tell them. */
export function identityOf(
  projection: Projection,
  entry: Entry,
): { readonly type: string; readonly id: string } {
  if (entry.kind === 'explanation')
    return { type: String(EXTENSION_OBJECTS.get(entry.id)?.type), id: entry.id };
  if (entry.kind === 'relationship') return { type: 'relationship', id: relationshipStixId(entry.id) };
  const stixType = vertexCell(projection, 'stixType', entry.index);
  const node = {
    id: entry.id,
    type: String(vertexCell(projection, 'type', entry.index)),
    isStub: false,
    ...(stixType === null ? {} : { stixType: String(stixType) }),
  };
  return { type: stixTypeOf(node), id: stixIdOf(node) };
}
