/**
 * Keeps the projection current: loaded whole from the store once, then moved on by the changes it lacks. Readers always
 * get one at least as new as the last change that the store had when they asked.
 */
import {
  advance,
  type Cell,
  type EdgeRow,
  EMPTY_PROJECTION,
  type Projection,
  type TableRow,
  vertexOf,
} from '../analysis';
import { nodeTypeOfId } from '../model/identity';
import {
  nodeProperties,
  nodeTypes,
  type PropertySpec,
  relationshipProperties,
  relationshipTypes,
} from '../model/ontology/ontology';
import type { Json, NodeValue, RelationshipValue } from '../model/values';
import { type ChangeValue, findLatestSeq, listChanges } from '../store/change.store';
import type { StoreEngine } from '../store/engine';
import { findNodes, loadNodeColumns, loadStubs } from '../store/node.store';
import { findRelationshipsFrom, loadRelationshipColumns } from '../store/relationship.store';

/** Column that holds the type of a vertex or edge. */
export const TYPE_COLUMN = 'type';

/** Share of the graph beyond which reading the changes one by one costs more than reading all. */
const RELOAD_SHARE = 0.2;
const CHANGES_A_PAGE = 200;

export class ProjectionService {
  private latest: Projection = EMPTY_PROJECTION;
  private isLoaded = false;
  private refreshing: Promise<Projection> | undefined;

  constructor(private readonly engine: StoreEngine) {}

  /** The projection as last brought up to date, without asking the store. */
  get known(): Projection {
    return this.latest;
  }

  /** A projection that holds every change the store has now. */
  async current(): Promise<Projection> {
    const seq = await findLatestSeq(this.engine);
    while (!this.isLoaded || this.latest.seq < seq) {
      this.refreshing ??= this.refresh().finally(() => {
        this.refreshing = undefined;
      });
      await this.refreshing;
    }
    return this.latest;
  }

  /** A projection as it would be with some values beside what it holds; ends that nobody describes are placeholders. */
  preview(
    projection: Projection,
    nodes: readonly NodeValue[],
    relationships: readonly RelationshipValue[],
  ): Projection {
    const vertices = new Map(nodes.map((node) => [node.id, vertexRow(node)]));
    for (const id of relationships.flatMap(({ from, to }) => [from, to])) {
      if (vertices.has(id) || vertexOf(projection, id) >= 0) continue;
      vertices.set(id, { id, cells: { [TYPE_COLUMN]: nodeTypeOfId(id), stub: true } });
    }
    return advance(projection, {
      seq: projection.seq,
      vertices: [...vertices.values()],
      edges: relationships.map(edgeRow),
      deleted: new Set(),
    });
  }

  private async refresh(): Promise<Projection> {
    const changes = this.isLoaded ? await this.changesSince(this.latest.seq) : undefined;
    this.latest = changes ? await this.moveOn(changes) : await this.load();
    this.isLoaded = true;
    return this.latest;
  }

  /** The changes the projection lacks, or undefined when a reload is cheaper. */
  private async changesSince(seq: number): Promise<ChangeValue[] | undefined> {
    const limit = RELOAD_SHARE * (this.latest.vertices.ids.length + this.latest.edges.ids.length);
    const changes: ChangeValue[] = [];
    let touched = 0;
    for (let after = seq; ; ) {
      const page = await listChanges(this.engine, after, CHANGES_A_PAGE);
      for (const change of page) touched += change.nodeIds.length + change.relationshipIds.length;
      if (touched > limit) return undefined;
      changes.push(...page);
      if (page.length < CHANGES_A_PAGE) return changes;
      after = page[page.length - 1].seq;
    }
  }

  /** Reads everything. The number is read first: a change committed meanwhile is then read again, never missed. */
  private async load(): Promise<Projection> {
    const seq = await findLatestSeq(this.engine);
    const vertices: TableRow[] = [];
    for (const type of nodeTypes()) {
      const cells = cellReader(nodeProperties(type.name), type.name, true);
      for (const row of await loadNodeColumns(this.engine, type.name)) {
        vertices.push({ id: row.id as string, cells: cells(row) });
      }
    }
    for (const stub of await loadStubs(this.engine)) {
      vertices.push({ id: stub.id, cells: { [TYPE_COLUMN]: stub.type, stub: true } });
    }
    const edges: EdgeRow[] = [];
    for (const type of relationshipTypes()) {
      const cells = cellReader(relationshipProperties(type.name), type.name, true);
      for (const row of await loadRelationshipColumns(this.engine, type.name)) {
        const { id, from, to } = row as { id: string; from: string; to: string };
        edges.push({ id, from, to, cells: cells(row) });
      }
    }
    return advance(EMPTY_PROJECTION, { seq, vertices, edges, deleted: new Set() });
  }

  private async moveOn(changes: readonly ChangeValue[]): Promise<Projection> {
    if (changes.length === 0) return this.latest;
    const nodeIds = [...new Set(changes.flatMap((change) => change.nodeIds))];
    const fromIds = [...new Set(changes.flatMap((change) => change.fromIds))];
    const changedLinks = new Set(changes.flatMap((change) => change.relationshipIds));
    const mentioned = new Set([
      ...nodeIds,
      ...changedLinks,
      ...changes.flatMap((change) => change.deletedIds),
    ]);
    const nodes = await findNodes(this.engine, nodeIds);
    const links = await findRelationshipsFrom(this.engine, fromIds);
    const vertices = [...nodes.values()].map(vertexRow);
    const edges = links.filter((link) => changedLinks.has(link.id)).map(edgeRow);
    const present = new Set([...vertices, ...edges].map((row) => row.id));
    const deleted = new Set([...mentioned].filter((id) => !present.has(id)));
    return advance(this.latest, { seq: changes[changes.length - 1].seq, vertices, edges, deleted });
  }
}

const vertexRow = ({ id, type, properties }: NodeValue): TableRow => ({
  id,
  cells: cellReader(nodeProperties(type), type, false)(properties),
});

const edgeRow = ({ id, from, to, type, properties }: RelationshipValue): EdgeRow => ({
  id,
  from,
  to,
  cells: cellReader(relationshipProperties(type), type, false)(properties),
});

/** Reads the cells of a row, stored or decoded: the columns of its type, times as milliseconds, JSON and lists as text. */
function cellReader(specs: readonly PropertySpec[], type: string, isStored: boolean) {
  const columns = specs.filter((spec) => spec.isColumn);
  return (row: Readonly<Record<string, unknown>>): Record<string, Cell> => {
    const cells: Record<string, Cell> = { [TYPE_COLUMN]: type };
    for (const { name, kind } of columns) {
      const value = row[name] as Json | undefined;
      if (value === null || value === undefined) continue;
      if (kind === 'datetime') cells[name] = Date.parse(value as string);
      else if (kind === 'json') cells[name] = isStored ? (value as string) : JSON.stringify(value);
      else if (kind === 'strings') cells[name] = listCell(value as readonly string[]);
      else cells[name] = value as Cell;
    }
    return cells;
  };
}

/** A list as the text of a column; an empty one is none. */
const listCell = (list: readonly string[]): Cell => (list.length === 0 ? null : JSON.stringify(list));
