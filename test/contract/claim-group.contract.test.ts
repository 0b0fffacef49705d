import {
  deleteFoundClaims,
  findChangedClaims,
  findClaims,
  findClaimsById,
  listFactsOf,
  loadClaims,
  mergeClaims,
} from '../../src/store/claim.store';
import {
  createGroupedClaims,
  deleteGroupedClaims,
  findGroupedClaims,
  findGroupedClaimsById,
  listGroupedFactsOf,
  listGroupsOf,
  loadGroupedClaims,
} from '../../src/store/claim-group.store';
import { describeContract } from '../support/contract';
import { byId } from '../support/sorted';
import { claim } from '../support/values';

const SHARED = { derivation: 'REPORTED', confidence: 75, markings: ['marking-definition--1'] };
const EIGHT = 8;
const factsOf = (name: string, count = EIGHT): { readonly id: string }[] =>
  Array.from({ length: count }, (_, i) => ({ id: `malware--${name}-${i}` }));
const alike = (name: string, report: string, shared: Parameters<typeof claim>[2] = SHARED) =>
  factsOf(name).map((fact) => claim(fact, report, shared));
const idsOf = (claims: readonly { readonly factId: string }[]): string[] =>
  claims.map(({ factId }) => factId);
const stored = <V>(claims: readonly V[], changeId = 'change--1') =>
  claims.map((each) => ({ ...each, changeId }));

describeContract('claim-group', (contract) => {
  const group = (claims: Parameters<typeof createGroupedClaims>[1], isNew = false) =>
    contract().store.engine.write((transaction) =>
      createGroupedClaims(transaction, claims, 'change--1', () => isNew),
    );
  const record = async (claims: Parameters<typeof createGroupedClaims>[1], changeId = 'change--1') => {
    const { engine } = contract().store;
    const changed = await findChangedClaims(engine, claims);
    await engine.write((transaction) => mergeClaims(transaction, changed, changeId));
    return changed;
  };

  describe('createGroupedClaims', () => {
    it('groups claims that differ in their facts alone, and gives back the others', async () => {
      const claims = alike('made', 'report--made');
      const [a, b, c] = factsOf('made-odd', 3);
      const odd = [
        claim(a, 'report--made', { ...SHARED, says: 'Something of its own' }),
        { ...claim(b, 'report--made', SHARED), id: 'claim--of-its-own' },
        claim(c, 'report--made', { ...SHARED, confidence: 10 }),
      ];
      expect(await group([...claims, ...odd], true)).toEqual(odd);
      const found = await findGroupedClaims(contract().store.engine, idsOf([...claims, ...odd]));
      expect(byId(found)).toEqual(byId(stored(claims)));
      contract().show(byId(found));
    });

    it('leaves alone what is too few, and facts that have one already', async () => {
      const few = alike('few', 'report--few').slice(1);
      expect(await group(few)).toEqual(few);
      const claims = alike('twice', 'report--twice');
      expect(await group(claims)).toEqual([]);
      const again = alike('twice', 'report--twice-again');
      expect(await group(again)).toEqual(again);
    });
  });

  describe('findGroupedClaims', () => {
    it('finds those of the facts asked for, once each', async () => {
      const claims = alike('found', 'report--found');
      await group(claims);
      const asked = [claims[3].factId, 'malware--none', claims[1].factId, claims[3].factId];
      const found = await findGroupedClaims(contract().store.engine, asked);
      expect(byId(found)).toEqual(byId(stored([claims[1], claims[3]])));
    });
  });

  describe('findGroupedClaimsById', () => {
    it('finds few by their marks and many by reading all', async () => {
      const { engine } = contract().store;
      const claims = alike('by-id', 'report--by-id');
      await group(claims);
      const none = ['claim--none', 'CLAIM', '', 'claim--zzzzzzzz-'];
      const few = await findGroupedClaimsById(engine, [claims[2].id, ...none]);
      expect(few).toEqual(stored([claims[2]]));
      const strangers = factsOf('stranger', 80).map((fact) => claim(fact, 'report--by-id').id);
      const many = await findGroupedClaimsById(engine, [...strangers, ...claims.map(({ id }) => id)]);
      expect(byId(many)).toEqual(byId(stored(claims)));
    });
  });

  describe('listGroupedFactsOf', () => {
    it('lists the facts of a report, of one derivation if asked', async () => {
      const { engine } = contract().store;
      const [reported, inferred] = [
        alike('listed', 'report--listed'),
        alike('listed-inferred', 'report--listed', { derivation: 'INFERRED' }),
      ];
      await group([...reported, ...inferred]);
      expect((await listGroupedFactsOf(engine, 'report--listed', 'INFERRED')).sort()).toEqual(
        idsOf(inferred),
      );
      expect((await listGroupedFactsOf(engine, 'report--listed')).sort()).toEqual(
        idsOf([...reported, ...inferred]).sort(),
      );
      expect(await listFactsOf(engine, 'report--listed', 'REPORTED')).toEqual(idsOf(reported));
    });
  });

  describe('listGroupsOf', () => {
    it('lists the groups of some reports', async () => {
      const { engine } = contract().store;
      await group([...alike('groups-a', 'report--groups-a'), ...alike('groups-b', 'report--groups-b')]);
      expect(await listGroupsOf(engine, ['report--groups-a', 'report--groups-b', 'report--no'])).toHaveLength(
        2,
      );
      expect(await listGroupsOf(engine, [])).toEqual([]);
    });
  });

  describe('loadGroupedClaims', () => {
    it('loads who may see each, as for claims by themselves', async () => {
      const { engine } = contract().store;
      const claims = alike('loaded', 'report--loaded');
      await group(claims);
      const isOurs = ({ reportId }: { readonly reportId: string }) => reportId === 'report--loaded';
      const { markings } = SHARED;
      const expected = claims.map(({ id, factId, reportId }) => ({ id, factId, reportId, markings }));
      expect(byId((await loadGroupedClaims(engine)).filter(isOurs))).toEqual(byId(expected));
      const nothing = { about: null, values: null, sharedWith: null, standsFor: null };
      expect(byId((await loadClaims(engine)).filter(isOurs))).toEqual(
        byId(expected.map((each) => ({ ...each, ...nothing }))),
      );
    });
  });

  describe('deleteGroupedClaims', () => {
    it('takes claims out, and the group with the last of them', async () => {
      const { engine } = contract().store;
      const claims = alike('deleted', 'report--deleted');
      await group(claims);
      const remove = (factIds: readonly string[], ids?: readonly string[]) =>
        engine.write((transaction) => deleteGroupedClaims(transaction, factIds, ids && new Set(ids)));
      await remove([claims[0].factId], ['claim--another']);
      expect(await findGroupedClaims(engine, [claims[0].factId])).toHaveLength(1);
      await remove([claims[0].factId, 'malware--none'], [claims[0].id]);
      expect(await findGroupedClaims(engine, idsOf(claims))).toHaveLength(EIGHT - 1);
      expect(await listGroupsOf(engine, ['report--deleted'])).toHaveLength(1);
      await remove(idsOf(claims));
      expect(await findGroupedClaims(engine, idsOf(claims))).toEqual([]);
      expect(await listGroupsOf(engine, ['report--deleted'])).toEqual([]);
    });
  });

  describe('claims in groups, beside those by themselves', () => {
    it('are found by fact and by id, and are unchanged when they are read again', async () => {
      const { engine } = contract().store;
      const claims = alike('beside', 'report--beside');
      expect((await record(claims)).created).toEqual(claims);
      const other = claim({ id: claims[0].factId }, 'report--other', { says: 'Too' });
      await record([other]);
      expect(await record([...claims, other])).toEqual({ created: [], replaced: [], superseded: [] });
      const found = await findClaims(engine, [claims[0].factId]);
      expect(found.get(claims[0].factId)).toEqual(byId(stored([claims[0], other])));
      const byIds = await findClaimsById(engine, [claims[1].id, other.id, 'claim--none']);
      expect([byIds.get(claims[1].id), byIds.get(other.id), byIds.size]).toEqual([
        ...stored([claims[1], other]),
        2,
      ]);
    });

    it('stand by themselves once they say something else', async () => {
      const { engine } = contract().store;
      const claims = alike('replaced', 'report--replaced');
      await record(claims);
      const after = { ...claims[0], credibility: 2 };
      const changed = await record([after], 'change--2');
      expect(changed).toEqual({ created: [], replaced: [after], superseded: stored([claims[0]]) });
      const found = await findClaims(engine, idsOf(claims));
      expect(found.get(after.factId)).toEqual(stored([after], 'change--2'));
      expect(await findGroupedClaims(engine, idsOf(claims))).toHaveLength(EIGHT - 1);
      contract().show([...found].sort());
    });

    it('are known by an id that another claim takes, and are deleted as they were found', async () => {
      const { engine } = contract().store;
      const claims = alike('taken', 'report--taken');
      await record(claims);
      const stranger = { ...claim({ id: 'malware--taken-by' }, 'report--else'), id: claims[4].id };
      expect((await record([stranger], 'change--2')).replaced).toEqual([stranger]);
      expect([...(await findClaims(engine, [claims[4].factId, stranger.factId]))]).toEqual([
        [stranger.factId, stored([stranger], 'change--2')],
      ]);
      await engine.write((transaction) => deleteFoundClaims(transaction, claims.slice(0, 2)));
      expect([...(await findClaims(engine, idsOf(claims))).keys()].sort()).toEqual(
        idsOf(claims).filter((_, i) => i > 1 && i !== 4),
      );
    });
  });
});
