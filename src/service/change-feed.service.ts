/**
 * The feed of changes: what was written, in order, for those who may see it. Cursors are sealed, so that who follows the feed
 * learns nothing of changes they may not see, not even their number. Every replica reads it from the store.
 */
import { randomBytes } from 'node:crypto';
import { edgeCell, edgeOf, type Projection, vertexCell, vertexOf } from '../analysis';
import { AppError } from '../errors';
import { brief } from '../model/validate';
import { type ChangeValue, findLatestSeq, listChanges } from '../store/change.store';
import type { StoreEngine } from '../store/engine';
import { mergeSecret } from '../store/secret.store';
import type { ChangeSignal } from './change-signal';
import { type EventStream, endable } from './event-stream';
import { TYPE_COLUMN } from './projection-rows';
import { SEAL_KEY_BYTES, Seal } from './seal';

/** An object that a change wrote, as the reader's view has it. */
export interface ChangedObject {
  readonly id: string;
  readonly changeId: string;
  readonly isNode: boolean;
  readonly type: string;
  /** Only its claims changed. */
  readonly isEvidenceOnly: boolean;
}

export interface ChangeView {
  readonly cursor: string;
  readonly id: string;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  /** In order of id. */
  readonly objects: readonly ChangedObject[];
}

/** Which changes to show, and what of them. */
export interface ChangeFilter {
  readonly ids?: readonly string[] | null;
  /** Types of nodes and relationships. */
  readonly types?: readonly string[] | null;
}

export interface ChangePage {
  readonly changes: readonly ChangeView[];
  readonly hasNextPage: boolean;
}

/** The graph as a reader sees it at this moment. */
export type CurrentView = () => Promise<Projection>;

const USE = 'changes';
const CHANGES_A_READ = 100;

export class ChangeFeedService {
  private seal: Promise<Seal> | undefined;

  constructor(
    private readonly engine: StoreEngine,
    private readonly signal: ChangeSignal,
  ) {}

  /** Cursor of the present: what comes after it is yet to be written. */
  async present(): Promise<string> {
    return this.cursorOf(await findLatestSeq(this.engine));
  }

  /** The first changes after a cursor that show something; from the beginning without one. @throws AppError BAD_CURSOR */
  async page(
    after: string | null | undefined,
    first: number,
    filter: ChangeFilter,
    view: CurrentView,
  ): Promise<ChangePage> {
    let seq = after ? await this.seqOf(after) : 0;
    const projection = await view();
    const changes: ChangeView[] = [];
    for (;;) {
      const read = await listChanges(this.engine, seq, CHANGES_A_READ);
      for (const change of read) {
        const shown = await this.show(change, filter, projection);
        if (!shown) continue;
        if (changes.length === first) return { changes, hasNextPage: true };
        changes.push(shown);
      }
      if (read.length < CHANGES_A_READ) return { changes, hasNextPage: false };
      seq = read[read.length - 1].seq;
    }
  }

  /** Every change after a cursor, or from now on, as it is written. @throws AppError BAD_CURSOR */
  async follow(
    after: string | null | undefined,
    filter: ChangeFilter,
    view: CurrentView,
  ): Promise<EventStream<ChangeView>> {
    const start = after ? await this.seqOf(after) : await findLatestSeq(this.engine);
    return endable((ending) => this.read(start, filter, view, ending));
  }

  /** Reads no further ahead than it is asked: what a slow reader has not taken stays in the store. */
  private async *read(
    start: number,
    filter: ChangeFilter,
    view: CurrentView,
    ending: AbortSignal,
  ): AsyncGenerator<ChangeView, void, void> {
    for (let seq = start; !ending.aborted; ) {
      const read = await listChanges(this.engine, seq, CHANGES_A_READ);
      if (read.length === 0) await this.signal.beyond(seq, ending);
      for (const change of read) {
        if (ending.aborted) return;
        seq = change.seq;
        const shown = await this.show(change, filter, await view());
        if (shown) yield shown;
      }
    }
  }

  private async show(
    change: ChangeValue,
    filter: ChangeFilter,
    projection: Projection,
  ): Promise<ChangeView | undefined> {
    const { id, at, kind, actor } = change;
    const objects = objectsOf(change, filter, projection);
    if (objects.length === 0) return undefined;
    return { cursor: await this.cursorOf(change.seq), id, at, kind, actor, objects };
  }

  private async cursorOf(seq: number): Promise<string> {
    return (await this.opened()).close(USE, seq);
  }

  /** Number of the change of a cursor. @throws AppError BAD_CURSOR */
  async seqOf(cursor: string): Promise<number> {
    const seq = (await this.opened()).open(USE, cursor);
    if (seq === undefined) throw new AppError('BAD_CURSOR', { got: brief(cursor) });
    return seq;
  }

  /** The seal that all replicas on the store share. */
  private opened(): Promise<Seal> {
    const own = randomBytes(SEAL_KEY_BYTES).toString('base64');
    this.seal ??= this.engine
      .write((transaction) => mergeSecret(transaction, USE, own))
      .then((key) => new Seal(Buffer.from(key, 'base64')));
    this.seal.catch(() => {
      this.seal = undefined;
    });
    return this.seal;
  }
}

/** What a change wrote of what the view has and the filter asks for. */
function objectsOf(
  { id: changeId, nodeIds, relationshipIds, factIds }: ChangeValue,
  { ids, types }: ChangeFilter,
  projection: Projection,
): ChangedObject[] {
  const wantedIds = ids ? new Set(ids) : undefined;
  const wantedTypes = types ? new Set(types) : undefined;
  const objects: ChangedObject[] = [];
  const take = (id: string, isEvidenceOnly: boolean): void => {
    if (wantedIds && !wantedIds.has(id)) return;
    const vertex = vertexOf(projection, id);
    const edge = vertex < 0 ? edgeOf(projection, id) : -1;
    if (vertex < 0 && edge < 0) return;
    const cell = vertex < 0 ? edgeCell : vertexCell;
    const type = String(cell(projection, TYPE_COLUMN, vertex < 0 ? edge : vertex));
    if (wantedTypes && !wantedTypes.has(type)) return;
    objects.push({ id, changeId, isNode: vertex >= 0, type, isEvidenceOnly });
  };
  for (const id of nodeIds) take(id, false);
  for (const id of relationshipIds) take(id, false);
  for (const id of factIds) take(id, true);
  return objects.sort((a, b) => (a.id < b.id ? -1 : 1));
}
