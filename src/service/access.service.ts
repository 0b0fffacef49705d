/**
 * The log of accesses: who read what is on record of persons and of victims. It is written before the content is handed out, so
 * that nothing is read that the log does not have.
 */
import { randomUUID } from 'node:crypto';
import { cellOf, type Projection, verticesOfTypes } from '../analysis';
import { type AccessRecord, appendAccess, listAccesses } from '../store/access.store';
import type { StoreEngine } from '../store/engine';
import type { GraphView } from './graph-view';

export type { AccessRecord } from '../store/access.store';

export interface AccessFilter {
  /** Who read. */
  readonly viewer?: string | null;
  /** What was read. */
  readonly nodeId?: string | null;
  /** From this time on. */
  readonly from?: string | null;
  /** Before this time. */
  readonly until?: string | null;
}

const BEGINNING = '0000-01-01T00:00:00.000Z';
const END = '9999-12-31T23:59:59.999Z';

export class AccessService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly now: () => Date,
  ) {}

  /** Records that a viewer reads some nodes, where any of them are about persons or victims. */
  async record({ viewer, recorded }: GraphView, nodeIds: readonly string[]): Promise<void> {
    const personal = personalIds(recorded);
    const read = personal.size === 0 ? [] : nodeIds.filter((id) => personal.has(id));
    if (read.length === 0) return;
    const record = {
      id: `access--${randomUUID()}`,
      at: this.now().toISOString(),
      viewer: viewer.id,
      nodeIds: [...new Set(read)].sort(),
    };
    await this.engine.write((transaction) => appendAccess(transaction, record));
  }

  /** Records of reads of what the asking viewer may see, the latest first. */
  async list(view: GraphView, { viewer, nodeId, from, until }: AccessFilter): Promise<AccessRecord[]> {
    const records = await listAccesses(this.engine, instant(from) ?? BEGINNING, instant(until) ?? END);
    return records.flatMap((record) => {
      const nodeIds = record.nodeIds.filter((id) => view.seesAll || view.hasNode(id));
      const isWanted = (!viewer || record.viewer === viewer) && (!nodeId || nodeIds.includes(nodeId));
      return isWanted && nodeIds.length > 0 ? [{ ...record, nodeIds }] : [];
    });
  }
}

/** Times are kept as UTC, so that they compare as text. */
const instant = (time: string | null | undefined): string | undefined =>
  time ? new Date(time).toISOString() : undefined;

const known = new WeakMap<Projection, ReadonlySet<string>>();

/** Nodes about persons (threat actors that are persons) and about victims (organisations in that role). */
function personalIds(projection: Projection): ReadonlySet<string> {
  let ids = known.get(projection);
  if (ids === undefined) {
    const { columns, ids: all } = projection.vertices;
    const isPerson = (vertex: number) => cellOf(columns.get('kind'), vertex) === 'PERSON';
    const isVictim = (vertex: number) =>
      String(cellOf(columns.get('organizationRoles'), vertex)).includes('"VICTIM"');
    ids = new Set([
      ...Array.from(verticesOfTypes(projection, ['ThreatActor']).filter(isPerson), (vertex) => all[vertex]),
      ...Array.from(verticesOfTypes(projection, ['Organization']).filter(isVictim), (vertex) => all[vertex]),
    ]);
    known.set(projection, ids);
  }
  return ids;
}
