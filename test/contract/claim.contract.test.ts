import {
  deleteClaims,
  findChangedClaims,
  findClaims,
  loadClaims,
  mergeClaims,
} from '../../src/store/claim.store';
import { describeContract } from '../support/contract';
import { byId } from '../support/sorted';
import { claim } from '../support/values';

const FULL = {
  says: 'It was seen in use, “quoted”; nothing more — 😀',
  confidence: 75,
  credibility: 2,
  derivation: 'REPORTED',
  originKey: 'wire:1',
  markings: ['tlp:amber'],
  sharedWith: ['desk', 'alice'],
};

describeContract('claim', (contract) => {
  const record = async (...claims: Parameters<typeof findChangedClaims>[1]) => {
    const { engine } = contract().store;
    const changed = await findChangedClaims(engine, claims);
    await engine.write((transaction) => mergeClaims(transaction, changed, 'change--1'));
    return changed;
  };

  describe('mergeClaims', () => {
    it('keeps every property and leaves out what is absent', async () => {
      const fact = { id: 'malware--fact' };
      const claims = [claim(fact, 'report--1', FULL), claim(fact, 'report--2')];
      await record(...claims);
      const found = await findClaims(contract().store.engine, [fact.id]);
      expect(found.get(fact.id)).toEqual(byId(claims));
      contract().show([...found]);
    });

    it('replaces what a report says of a fact', async () => {
      const fact = { id: 'malware--reread' };
      await record(claim(fact, 'report--1', FULL));
      const after = claim(fact, 'report--1', { says: 'Otherwise', confidence: 10 });
      const changed = await record(after);
      expect(changed).toEqual({ created: [], replaced: [after] });
      const found = await findClaims(contract().store.engine, [fact.id]);
      expect(found.get(fact.id)).toEqual([after]);
      contract().show([...found]);
    });
  });

  describe('findChangedClaims', () => {
    it('tells new, changed and unchanged apart', async () => {
      const fact = { id: 'malware--changed' };
      const [same, other] = [claim(fact, 'report--1', FULL), claim(fact, 'report--2', FULL)];
      await record(same, other);
      const changed = { ...other, confidence: 1 };
      const fresh = claim(fact, 'report--3');
      const answer = await findChangedClaims(contract().store.engine, [same, changed, fresh]);
      expect(answer).toEqual({ created: [fresh], replaced: [changed] });
      contract().show(answer);
    });

    it('asks nothing for no claims', async () => {
      expect(await findChangedClaims(contract().store.engine, [])).toEqual({ created: [], replaced: [] });
    });
  });

  describe('findClaims', () => {
    it('groups by fact, in order of id, once however often a fact is asked for', async () => {
      const facts = [{ id: '__proto__' }, { id: 'constructor' }, { id: 'malware--other' }];
      const claims = facts.flatMap((fact) => ['a', 'b', 'c'].map((report) => claim(fact, report)));
      await record(...claims);
      const asked = ['__proto__', 'constructor', '__proto__', 'malware--none'];
      const found = await findClaims(contract().store.engine, asked);
      expect([...found.keys()].sort()).toEqual(['__proto__', 'constructor']);
      expect(found.get('__proto__')).toEqual(byId(claims.slice(0, 3)));
      contract().show([...found].sort());
    });
  });

  describe('loadClaims', () => {
    it('loads of every claim what says who may see it', async () => {
      const fact = { id: 'malware--loaded' };
      const about = ['severity', 'name'];
      const claims = [claim(fact, 'report--1', { ...FULL, about }), claim(fact, 'report--2')];
      await record(...claims);
      const rows = (await loadClaims(contract().store.engine)).filter((row) => row.factId === fact.id);
      expect(byId(rows)).toEqual(
        byId([
          { ...claims[0], about, markings: FULL.markings, sharedWith: FULL.sharedWith },
          { ...claims[1], about: null, markings: null, sharedWith: null },
        ]).map(({ id, factId, reportId, about: of, markings, sharedWith }) => ({
          id,
          factId,
          reportId,
          about: of,
          markings,
          sharedWith,
        })),
      );
      contract().show(byId(rows));
    });
  });

  describe('deleteClaims', () => {
    it('deletes the claims of the facts named and no others', async () => {
      const { engine } = contract().store;
      const [gone, kept] = [{ id: 'malware--gone' }, { id: 'malware--kept' }];
      await record(claim(gone, 'report--1'), claim(gone, 'report--2'), claim(kept, 'report--1'));
      await engine.write((transaction) => deleteClaims(transaction, [gone.id]));
      const found = await findClaims(engine, [gone.id, kept.id]);
      expect([...found.keys()]).toEqual([kept.id]);
      contract().show([...found]);
    });
  });
});
