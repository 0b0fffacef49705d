import fc from 'fast-check';
import { packIds, readChangeLists, unpackIds, writeChangeLists } from '../../src/store/change-record';

const uuid = fc.uuid();
const stixId = fc
  .tuple(fc.constantFrom('malware', 'relationship', 'x-own-type', 'x--y', '', 'a--b--c'), uuid)
  .map(([type, id]) => `${type}--${id}`);
const oddId = fc.oneof(
  fc.string({ unit: 'binary' }),
  stixId.map((id) => id.toUpperCase()),
  stixId.map((id) => `${id}\n`),
  stixId.map((id) => `${id} `),
  fc.constantFrom('', '--', '["a"]', 'malware--', '__proto__'),
);

describe('ids of a change', () => {
  it('are read again as they were, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(stixId, oddId)), (ids) => {
        expect(unpackIds(packIds(ids))).toEqual(ids);
      }),
      { numRuns: 1000 },
    );
  });

  it('take less than half the room where they are STIX ids of one type', () => {
    const ids = fc.sample(uuid, 2000).map((id) => `relationship--${id}`);
    expect(packIds(ids).length).toBeLessThan(JSON.stringify(ids).length * 0.43);
  });

  it('are read from stores that have them as lists, or not at all', () => {
    const lists = {
      nodeIds: ['tool--1'],
      relationshipIds: [],
      fromIds: ['a', 'a'],
      deletedIds: ['x y'],
      factIds: [],
    };
    expect(readChangeLists({ ...lists, factIds: null })).toEqual(lists);
    expect(readChangeLists(writeChangeLists(lists))).toEqual(lists);
  });
});
