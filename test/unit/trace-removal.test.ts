import { TraceRemoval } from '../../src/service/erasure/trace-removal';
import { writeChangeLists } from '../../src/store/change-record';

const TOMBSTONE = 'tombstone--1';
const record = (properties: Record<string, unknown>) => ({ label: 'Hold' as const, properties });

describe('taking traces of an id out of records', () => {
  it.each(['x', '$ne', 'constructor', 'Malware', ''])(
    'leaves words alone that are spelt like the id %j',
    (id) => {
      const removal = new TraceRemoval([id], new Set(), new Set(), TOMBSTONE);
      const prose = { id: 'hold--1', kind: 'Malware', name: 'extra $needs of a constructor, Malware x y' };
      expect(removal.ofRecord(record(prose))).toBe('keep');
      expect(
        removal.ofRecord(
          record({ ...prose, nodeIds: [id, 'b'], json: JSON.stringify({ a: [id, `${id}x`] }) }),
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
    const removal = new TraceRemoval([id], new Set(), new Set(), TOMBSTONE);
    expect(
      removal.ofRecord(record({ says: `seen with ${id} twice`, json: JSON.stringify([id]), type: 'Report' })),
    ).toEqual({ says: `seen with ${TOMBSTONE} twice`, json: JSON.stringify([TOMBSTONE]), type: 'Report' });
  });

  it('takes ids out of the lists of a change, packed or as lists, and out of nothing else', () => {
    const uuid = '11111111-2222-4333-8444-555555555555';
    const [gone, kept] = [`malware--${uuid}`, `tool--${uuid}`];
    const removal = new TraceRemoval([gone], new Set(), new Set(), TOMBSTONE);
    const lists = { relationshipIds: [], fromIds: [], deletedIds: [], factIds: [] };
    const stored = { id: 'change--1', kind: 'import' };
    const packed = { ...stored, ...writeChangeLists({ ...lists, nodeIds: [kept, gone] }) };
    const cleared = { ...stored, ...writeChangeLists({ ...lists, nodeIds: [kept, TOMBSTONE] }) };
    const ofChange = (properties: Record<string, unknown>) =>
      removal.ofRecord({ label: 'Change', properties });
    expect(ofChange(packed)).toEqual(cleared);
    expect(ofChange({ ...stored, ...lists, nodeIds: [kept, gone] })).toEqual(cleared);
    expect(ofChange(cleared)).toBe('keep');
  });

  it('deletes claims in groups with their fact, and with the report of their group', () => {
    const removal = new TraceRemoval(['report--1'], new Set(), new Set(['claim-group--1']), TOMBSTONE);
    const of = (label: 'GroupedClaim' | 'ClaimGroup', properties: Record<string, unknown>) =>
      removal.ofRecord({ label, properties });
    expect(of('GroupedClaim', { factId: 'report--1', groupId: 'claim-group--2' })).toBe('delete');
    expect(of('GroupedClaim', { factId: 'tool--1', groupId: 'claim-group--1' })).toBe('delete');
    expect(of('GroupedClaim', { factId: 'tool--1', groupId: 'claim-group--2' })).toBe('keep');
    expect(of('ClaimGroup', { id: 'claim-group--1', reportId: 'report--1' })).toBe('delete');
    const mentioned = { id: 'claim-group--2', reportId: 'report--2', originKey: 'report--1' };
    expect(of('ClaimGroup', mentioned)).toEqual({ ...mentioned, originKey: TOMBSTONE });
  });
});
