/**
 * Keeps the projection current: loaded whole from the store once, then moved on by the changes it lacks. Readers always
 * get one at least as new as the last change that the store had when they asked.
 */
import { advance, type EdgeRow, EMPTY_PROJECTION, type Projection, type TableRow } from '../analysis';
import {
  nodeProperties,
  nodeTypes,
  relationshipProperties,
  relationshipTypes,
} from '../model/ontology/ontology';
import { type ChangeValue, findLatestSeq, findSeqAt, listChanges } from '../store/change.store';
import type { StoreEngine } from '../store/engine';
import { findNodes, loadNodeColumns, loadStubs } from '../store/node.store';
import { findRelationshipsFrom, loadRelationshipColumns } from '../store/relationship.store';
import { listTombstones } from '../store/tombstone.store';
import { ERASE } from './erasure/erase-kind';
import { OwnWrites } from './own-writes';
import { projectionAt } from './past-projection';
import { cellReader, edgeRow, nodeRow, stubRow } from './projection-rows';
import type { Written } from './write.service';

/** Share of the graph beyond which reading the changes one by one costs more than reading all. */
const RELOAD_SHARE = 0.2;
const CHANGES_A_PAGE = 200;
/** Past states that are kept at a time. */
const PASTS_KEPT = 4;

/** Where many look for it. */
export { TYPE_COLUMN } from './projection-rows';

export class ProjectionService {
  private latest: Projection = EMPTY_PROJECTION;
  private isLoaded = false;
  private readonly own = new OwnWrites(Number.NaN);
  private refreshing: Promise<Projection> | undefined;
  private readonly pasts = new Map<number, Promise<Projection>>();

  /** How many objects were erased by the time that the graph was last loaded whole. */
  private erased = 0;

  /** @param onErased called when something was erased since, by whatever replica: what was kept may name it */
  constructor(
    private readonly engine: StoreEngine,
    private readonly onErased: () => void = () => undefined,
  ) {}

  /** The projection as last brought up to date, without asking the store. */
  get known(): Projection {
    return this.latest;
  }

  /** Takes in what a change of this process wrote. */
  note(written: Written): void {
    this.own.note(written);
  }

  /** A projection that holds every change the store has now. */
  async current(): Promise<Projection> {
    const seq = await findLatestSeq(this.engine);
    while (!this.isLoaded || this.latest.seq < seq) {
      this.refreshing ??= this.refresh(seq).finally(() => {
        this.refreshing = undefined;
      });
      await this.refreshing;
    }
    return this.latest;
  }

  /** The graph as it was known after a change, found by walking back from what it is now. */
  async at(seq: number): Promise<Projection> {
    const present = await this.current();
    if (seq >= present.seq) return present;
    const known = this.pasts.get(seq);
    const past = known ?? projectionAt(this.engine, present, seq);
    this.pasts.delete(seq);
    this.pasts.set(seq, past);
    past.catch(() => this.pasts.delete(seq));
    const [oldest] = this.pasts.keys();
    if (this.pasts.size > PASTS_KEPT) this.pasts.delete(oldest);
    return past;
  }

  /** Number of the last change that was made by a moment. */
  seqAt(moment: Date): Promise<number> {
    return findSeqAt(this.engine, moment.toISOString());
  }

  private async refresh(seq: number): Promise<Projection> {
    const own = this.own.since(this.latest, seq);
    this.latest = own ? advance(this.latest, own) : await this.readOn();
    this.isLoaded = true;
    this.own.restart(this.latest.seq);
    return this.latest;
  }

  private async readOn(): Promise<Projection> {
    const changes = this.isLoaded ? await this.changesSince(this.latest.seq) : undefined;
    // What was erased must not live on in what was known before.
    if (!changes || changes.some((change) => change.deletedIds.length > 0)) this.pasts.clear();
    return changes ? this.moveOn(changes) : this.reload();
  }

  private async reload(): Promise<Projection> {
    const erased = (await listTombstones(this.engine)).length;
    const loaded = await this.load();
    if (this.isLoaded && erased > this.erased) this.onErased();
    this.erased = erased;
    return loaded;
  }

  /** The changes the projection lacks, or undefined when a reload is cheaper. */
  private async changesSince(seq: number): Promise<ChangeValue[] | undefined> {
    const limit = RELOAD_SHARE * (this.latest.vertices.ids.length + this.latest.edges.ids.length);
    const changes: ChangeValue[] = [];
    let touched = 0;
    for (let after = seq; ; ) {
      const page = await listChanges(this.engine, after, CHANGES_A_PAGE);
      // What was erased is in no change: only a reload is without it.
      if (page.some((change) => change.kind === ERASE)) return undefined;
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
      vertices.push(stubRow(stub.id, stub.type, stub.standsFor));
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
    const vertices = [...nodes.values()].map(nodeRow);
    const edges = links.filter((link) => changedLinks.has(link.id)).map(edgeRow);
    const present = new Set([...vertices, ...edges].map((row) => row.id));
    const deleted = new Set([...mentioned].filter((id) => !present.has(id)));
    return advance(this.latest, { seq: changes[changes.length - 1].seq, vertices, edges, deleted });
  }
}
