/** Legal holds: while one lasts, its object must not be erased. Who placed and who lifted it, and why, stays on record. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors';
import type { Reader, StoreEngine } from '../../store/engine';
import { findHolds, type HoldValue, listHolds, mergeHolds } from '../../store/hold.store';
import type { GraphView } from '../graph-view';

export type { HoldValue } from '../../store/hold.store';

export class HoldService {
  constructor(
    private readonly engine: StoreEngine,
    private readonly now: () => Date,
  ) {}

  /** @throws AppError OBJECT_NOT_FOUND, BAD_INPUT */
  async place(objectId: string, reason: string, view: GraphView, isDryRun = false): Promise<HoldValue> {
    requireWords(reason);
    if (!view.hasNode(objectId) && !view.hasRelationship(objectId)) {
      throw new AppError('OBJECT_NOT_FOUND', { id: objectId });
    }
    const id = `hold--${randomUUID()}`;
    const hold = { id, objectId, reason, placedBy: view.viewer.id, placedAt: this.now().toISOString() };
    if (!isDryRun) await this.engine.write((transaction) => mergeHolds(transaction, [hold]));
    return hold;
  }

  /** @throws AppError HOLD_NOT_FOUND where there is none of the id, or it was lifted */
  async lift(id: string, reason: string, view: GraphView, isDryRun = false): Promise<HoldValue> {
    requireWords(reason);
    const lifted = async (reader: Reader): Promise<HoldValue> => {
      const hold = (await listHolds(reader)).find((each) => each.id === id);
      if (!hold || hold.liftedAt !== undefined) throw new AppError('HOLD_NOT_FOUND', { id });
      return {
        ...hold,
        liftedBy: view.viewer.id,
        liftedAt: this.now().toISOString(),
        liftReason: reason,
      };
    };
    if (isDryRun) return lifted(this.engine);
    return this.engine.write(async (transaction) => {
      const hold = await lifted(transaction);
      await mergeHolds(transaction, [hold]);
      return hold;
    });
  }

  /** Holds, the oldest first; on one object if it is named. */
  list(objectId?: string): Promise<HoldValue[]> {
    return objectId === undefined ? listHolds(this.engine) : findHolds(this.engine, [objectId]);
  }
}

function requireWords(reason: string): void {
  if (reason.trim() === '') throw new AppError('BAD_INPUT', { what: 'reason', expected: 'words', got: '""' });
}
