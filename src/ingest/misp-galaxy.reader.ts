/** Reads MISP galaxies: clusters with their values, definitions of galaxies, and what an instance of MISP exports of them. */
import { toRelationshipType } from '../model/naming';
import { findRelationshipType, isAllowed } from '../model/ontology/ontology';
import type { Json, RelationshipValue } from '../model/values';
import {
  compact,
  isObject,
  type JsonObject,
  jsonPieces,
  objectsOf,
  textOf,
  unexpected,
  without,
} from './json-document';
import { clusterItems, type Galaxy } from './misp-cluster';
import type { Content, FormatReader, ReadItem, TypeOf } from './reader';
import { implied, type NodeItem } from './shared-nodes';
import { notAnObject } from './strays';

/** Values of clusters, and the clusters of an instance, come one by one. */
const STREAMED: ReadonlySet<string> = new Set(['values', 'GalaxyCluster']);

/** A galaxy, as its definition or a file of its clusters tells of it: each has a slot of its own. */
function galaxyItem(galaxy: JsonObject, slot: 'definition' | 'clusters'): NodeItem | undefined {
  const uuid = textOf(galaxy.uuid);
  if (uuid === undefined) return undefined;
  return {
    kind: 'node',
    isShared: true,
    value: {
      id: `x-misp-galaxy--${uuid.toLowerCase()}`,
      type: 'Thing',
      properties: compact({
        name: textOf(galaxy.name) ?? textOf(galaxy.type),
        stixType: 'x-misp-galaxy',
        customProperties: compact({ [slot]: without(galaxy, ['uuid', 'name']) }),
      }),
    },
  };
}

/** A cluster as an instance of MISP exports it, as a value of its galaxy. */
function exportedValue(cluster: JsonObject): JsonObject {
  const meta = new Map<string, Json[]>();
  for (const { key, value } of objectsOf(cluster.GalaxyElement)) {
    const name = textOf(key);
    if (name !== undefined && value !== undefined) meta.set(name, [...(meta.get(name) ?? []), value]);
  }
  const related = objectsOf(cluster.GalaxyClusterRelation).map((relation) =>
    compact({
      'dest-uuid': relation.referenced_galaxy_cluster_uuid,
      type: relation.referenced_galaxy_cluster_type,
      tags: objectsOf(relation.Tag).flatMap(({ name }) => textOf(name) ?? []),
    }),
  );
  const own = without(cluster, ['GalaxyElement', 'GalaxyClusterRelation', 'Galaxy', 'meta']) ?? {};
  const given = isObject(cluster.meta) ? cluster.meta : {};
  return { ...own, meta: { ...given, ...Object.fromEntries(meta) }, related };
}

function exportedItems(entry: Json): ReadItem[] {
  const cluster = isObject(entry) && isObject(entry.GalaxyCluster) ? entry.GalaxyCluster : entry;
  if (!isObject(cluster)) {
    return [notAnObject('a cluster')];
  }
  const type = textOf(cluster.type) ?? '';
  const around = isObject(cluster.Galaxy) ? cluster.Galaxy : {};
  return clusterItems(exportedValue(cluster), { type, name: textOf(around.name) ?? type });
}

function valueItems(value: Json, galaxy: Galaxy): ReadItem[] {
  if (isObject(value)) return clusterItems(value, galaxy);
  return [notAnObject('a value')];
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  let elements: Json[] = [];
  for await (const pieces of jsonPieces(content, STREAMED)) {
    for (const piece of pieces) {
      if (piece.kind === 'element') elements.push(piece.value);
      else {
        yield* documentItems(content, piece.value, elements);
        elements = [];
      }
    }
  }
  // A bare list is an export of an instance.
  for (const each of elements) yield exportedItems(each);
}

/** @param elements of its streamed list */
function* documentItems(
  content: Content,
  document: JsonObject,
  elements: readonly Json[],
): Iterable<readonly ReadItem[]> {
  const type = textOf(document.type);
  if (type === undefined) {
    const clusters = isObject(document.GalaxyCluster) ? [document] : elements;
    const isExport = isObject(document.GalaxyCluster) || isObject(document.Galaxy);
    if (!isExport)
      throw unexpected(content, 'misp-galaxy', 'the cluster does not name the type of its galaxy');
    for (const each of clusters) yield exportedItems(each);
    return;
  }
  const isDefinition = textOf(document.namespace) !== undefined && elements.length === 0;
  const galaxy = galaxyItem(document, isDefinition ? 'definition' : 'clusters');
  if (galaxy) yield [isDefinition ? galaxy : implied(galaxy)];
  for (const each of elements) yield valueItems(each, { type, name: textOf(document.name) ?? type });
}

/** The relationship that the words of a relation mean between two types, `RELATED_TO` where either is not known. */
function settle(value: RelationshipValue, typeOf: TypeOf): RelationshipValue {
  const from = typeOf(value.from);
  const to = typeOf(value.to);
  if (from === undefined || to === undefined) return value;
  const named = toRelationshipType(value.properties.stixType as string);
  const candidates = named === 'USES' ? ['USES_TECHNIQUE', 'USES'] : [named];
  const type = candidates.find((each) => findRelationshipType(each) && isAllowed(from, each, to));
  return type === undefined || type === 'SAME_AS' ? value : { ...value, type };
}

export const mispGalaxyReader: FormatReader = { format: 'misp-galaxy', read, settle };
