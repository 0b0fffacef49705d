/** Collections: saved queries that are shared over TAXII. Each is a node of its own, seen by whom its markings allow. */
import { vertexOf } from '../analysis';
import { AppError } from '../errors';
import { isStixId, uuidV5 } from '../model/identity';
import type { Json, NodeValue, Properties } from '../model/values';
import type { EditReport, EditService } from './edit.service';
import { type Selection, type SelectionQuery, selectGraph } from './export/export-selection';
import type { Filter } from './filter.service';
import type { GraphView } from './graph-view';
import { verticesWhere } from './page.service';
import type { ViewContent } from './view-content';

export interface Collection {
  /** UUID (TAXII 2.1, section 5.2.1). */
  readonly id: string;
  /** Id of the node; none for the one of everything. */
  readonly nodeId?: string;
  readonly title: string;
  readonly description?: string;
  readonly alias?: string;
  /** Whether objects may be added through it by those who may edit. */
  readonly acceptsObjects: boolean;
  readonly query: SelectionQuery;
  /** Objects that were taken out of it. */
  readonly withoutIds: ReadonlySet<string>;
  /** Equal for equal contents of one view. */
  readonly key: string;
}

const EVERYTHING_ID = uuidV5('collection\u0000everything');

const EVERYTHING: Collection = {
  id: EVERYTHING_ID,
  title: 'Everything',
  description: 'All that you may see',
  alias: 'everything',
  acceptsObjects: true,
  query: {},
  withoutIds: new Set(),
  key: 'everything',
};

const isActive = (properties: Properties): boolean => properties.revoked !== true;

/** Refuses a collection whose query cannot be answered. @throws AppError BAD_INPUT, BAD_FILTER, NODE_NOT_FOUND, .. */
export function checkCollection(view: GraphView, { type, properties }: NodeValue): void {
  if (type === 'Collection') selectGraph(view.projection, queryOf(properties));
}

export class CollectionService {
  constructor(
    private readonly content: ViewContent,
    private readonly edits: EditService,
  ) {}

  /** The collections that a view shows, the one of everything first. */
  async list(view: GraphView): Promise<readonly Collection[]> {
    const vertices = verticesWhere(view.projection, ['Collection'], { kind: 'all', of: [] });
    const ids = Array.from(vertices, (vertex) => view.projection.vertices.ids[vertex]);
    const found = await this.content.nodes(view, ids);
    const saved = ids.flatMap((id) => {
      const properties = found.get(id)?.properties;
      return properties && isActive(properties) ? [collectionOf(id, properties)] : [];
    });
    return [EVERYTHING, ...saved];
  }

  /** A collection by its id or alias. */
  async find(view: GraphView, idOrAlias: string): Promise<Collection | undefined> {
    const all = await this.list(view);
    return all.find(({ id, alias }) => id === idOrAlias || alias === idOrAlias);
  }

  /** What of a view is in a collection. @throws AppError BAD_FILTER, OPERATION_NOT_FOUND where its query no longer fits */
  select(view: GraphView, { query, withoutIds }: Collection): Selection {
    const { projection } = view;
    const isThere = (id: string): boolean => vertexOf(projection, id) >= 0;
    const { vertices, edges } = selectGraph(projection, { ...query, ids: query.ids?.filter(isThere) });
    if (withoutIds.size === 0) return { vertices, edges };
    return {
      vertices: vertices.filter((vertex) => !withoutIds.has(projection.vertices.ids[vertex])),
      edges: edges.filter((edge) => !withoutIds.has(projection.edges.ids[edge])),
    };
  }

  /** Takes an object out of a collection; the graph keeps it. @throws AppError READ_ONLY_COLLECTION */
  async takeOut(view: GraphView, collection: Collection, objectId: string): Promise<EditReport> {
    const { nodeId, withoutIds } = collection;
    if (nodeId === undefined || !collection.acceptsObjects) {
      throw new AppError('READ_ONLY_COLLECTION', { id: collection.id });
    }
    const expectedRevision = (await this.content.revisions(view, [nodeId])).get(nodeId) ?? 1;
    const properties = { withoutIds: [...withoutIds, objectId].sort() };
    return this.edits.updateNode('Collection', properties, {
      view,
      id: nodeId,
      expectedRevision,
      isDryRun: false,
    });
  }
}

function collectionOf(nodeId: string, properties: Properties): Collection {
  const { name, description, alias, acceptsObjects, withoutIds = [] } = properties;
  const query = queryOf(properties);
  return {
    id: isStixId(nodeId) ? nodeId.slice(nodeId.indexOf('--') + 2) : uuidV5(`collection\u0000${nodeId}`),
    nodeId,
    title: String(name ?? nodeId),
    ...(description === undefined ? {} : { description: description as string }),
    ...(alias === undefined ? {} : { alias: alias as string }),
    acceptsObjects: acceptsObjects === true,
    query,
    withoutIds: new Set(withoutIds as readonly string[]),
    key: JSON.stringify([nodeId, query, withoutIds]),
  };
}

function queryOf({ types, where, nodeIds, hops, operation }: Properties): SelectionQuery {
  const list = (value: Json | undefined) => (value as readonly string[] | undefined)?.slice();
  return {
    types: list(types),
    where: where as Filter | undefined,
    ids: list(nodeIds),
    hops: hops as number | undefined,
    operation: operation as string | undefined,
  };
}
