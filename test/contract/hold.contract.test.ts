import { findHolds, type HoldValue, listHolds, mergeHolds } from '../../src/store/hold.store';
import { describeContract } from '../support/contract';

const hold = (objectId: string, number: number, more: Partial<HoldValue> = {}): HoldValue => ({
  id: `hold--${objectId}-${number}`,
  objectId,
  reason: 'Case “12”',
  placedBy: 'somebody',
  placedAt: `2026-01-0${number}T00:00:00.000Z`,
  ...more,
});
const LIFTED = { liftedBy: 'another', liftedAt: '2026-02-01T00:00:00.000Z', liftReason: 'Closed' };

describeContract('hold', (contract) => {
  const place = (...holds: HoldValue[]) =>
    contract().store.engine.write((transaction) => mergeHolds(transaction, holds));

  describe('mergeHolds', () => {
    it('keeps a hold, and what became of it', async () => {
      const placed = hold('malware--merge', 1);
      await place(placed);
      await place({ ...placed, ...LIFTED });
      const found = await findHolds(contract().store.engine, [placed.objectId]);
      expect(found).toEqual([{ ...placed, ...LIFTED }]);
      contract().show(found);
    });
  });

  describe('findHolds', () => {
    it('finds those on the objects named, the oldest first', async () => {
      const [a, b, other] = [hold('__proto__', 2), hold('__proto__', 1), hold('tool--other', 1)];
      await place(a, b, other);
      const found = await findHolds(contract().store.engine, ['__proto__', 'malware--none', '__proto__']);
      expect(found).toEqual([b, a]);
      contract().show(found);
    });
  });

  describe('listHolds', () => {
    it('lists all, the oldest first', async () => {
      await place(hold('tool--list', 3), hold('tool--list', 2, LIFTED));
      const found = (await listHolds(contract().store.engine)).filter(
        (each) => each.objectId === 'tool--list',
      );
      expect(found.map((each) => each.id)).toEqual(['hold--tool--list-2', 'hold--tool--list-3']);
    });
  });
});
