import { TraceRemoval } from '../../src/service/erasure/trace-removal';

const TOMBSTONE = 'tombstone--1';
const change = (properties: Record<string, unknown>) => ({ label: 'Change' as const, properties });

describe('taking traces of an id out of records', () => {
  it.each(['x', '$ne', 'constructor', 'Malware', ''])(
    'leaves words alone that are spelt like the id %j',
    (id) => {
      const removal = new TraceRemoval([id], new Set(), TOMBSTONE);
      const prose = { id: 'change--1', kind: 'Malware', name: 'extra $needs of a constructor, Malware x y' };
      expect(removal.ofRecord(change(prose))).toBe('keep');
      expect(
        removal.ofRecord(
          change({ ...prose, nodeIds: [id, 'b'], json: JSON.stringify({ a: [id, `${id}x`] }) }),
        ),
      ).toEqual({
        ...prose,
        nodeIds: [TOMBSTONE, 'b'],
        json: JSON.stringify({ a: [TOMBSTONE, `${id}x`] }),
      });
    },
  );

  it('takes an id that is no word out of prose and out of JSON', () => {
    const id = 'threat-actor--"j"';
    const removal = new TraceRemoval([id], new Set(), TOMBSTONE);
    expect(
      removal.ofRecord(change({ says: `seen with ${id} twice`, json: JSON.stringify([id]), type: 'Report' })),
    ).toEqual({ says: `seen with ${TOMBSTONE} twice`, json: JSON.stringify([TOMBSTONE]), type: 'Report' });
  });
});
