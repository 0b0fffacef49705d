import {
  deleteClaims,
  deleteFoundClaims,
  findChangedClaims,
  findClaims,
  findClaimsById,
  listFactsOf,
  listValuedFacts,
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
};

const WHOLE = {
  ...FULL,
  about: ['price'],
  values: { price: 12.5, aliases: ['ü'] },
  repeats: ['report--0'],
  validFrom: '2024-01-01T00:00:00.000Z',
  validTo: '2025-01-01T00:00:00.000Z',
  markings: ['marking-definition--1'],
  sharedWith: ['desk', 'alice'],
  standsFor: 'claim--0',
  edited: true,
  statedIn: 'change--0',
  retractedAt: '2026-01-01T00:00:00.000Z',
  retractedBy: 'somebody',
  retractionReason: 'It was a mistake',
};

/** As it is found: with the change that wrote it. */
const stored = <V>(claims: readonly V[], changeId = 'change--1') =>
  claims.map((each) => ({ ...each, changeId }));

describeContract('claim', (contract) => {
  const record = async (...claims: Parameters<typeof findChangedClaims>[1]) => {
    const { engine } = contract().store;
    const changed = await findChangedClaims(engine, claims);
    await engine.write((transaction) => mergeClaims(transaction, changed, 'change--1'));
    return changed;
  };
  const judge = async (...claims: Parameters<typeof findChangedClaims>[1]) => {
    const { engine } = contract().store;
    const changed = await findChangedClaims(engine, claims, true);
    await engine.write((transaction) => mergeClaims(transaction, changed, 'change--2'));
    return changed;
  };

  describe('mergeClaims', () => {
    it('keeps every property and leaves out what is absent', async () => {
      const fact = { id: 'malware--fact' };
      const claims = [
        claim(fact, 'report--1', FULL),
        claim(fact, 'report--2'),
        claim(fact, 'report--3', WHOLE),
      ];
      await record(...claims);
      const found = await findClaims(contract().store.engine, [fact.id]);
      expect(found.get(fact.id)).toEqual(stored(byId(claims)));
      contract().show([...found]);
    });

    it('replaces what a report says of a fact', async () => {
      const fact = { id: 'malware--reread' };
      await record(claim(fact, 'report--1', FULL));
      const after = claim(fact, 'report--1', { says: 'Otherwise', confidence: 10 });
      const changed = await record(after);
      const superseded = stored([claim(fact, 'report--1', FULL)]);
      expect(changed).toEqual({ created: [], replaced: [after], superseded });
      const found = await findClaims(contract().store.engine, [fact.id]);
      expect(found.get(fact.id)).toEqual(stored([after]));
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
      expect(answer).toEqual({ created: [fresh], replaced: [changed], superseded: stored([other]) });
      contract().show(answer);
    });

    it('leaves alone what analysts have judged or taken back, unless they write', async () => {
      const fact = { id: 'malware--judged' };
      const [judged, gone] = [claim(fact, 'report--1', FULL), claim(fact, 'report--2', FULL)];
      await record(judged, gone);
      const edits = [
        { ...judged, credibility: 5, edited: true },
        { ...gone, retractedAt: '2026-01-01T00:00:00.000Z' },
      ];
      expect((await judge(...edits)).replaced).toEqual(edits);
      expect(await record(judged, gone)).toEqual({ created: [], replaced: [], superseded: [] });
      expect((await judge(judged, gone)).superseded).toEqual(stored(edits, 'change--2'));
    });

    it('asks nothing for no claims', async () => {
      expect(await findChangedClaims(contract().store.engine, [])).toEqual({
        created: [],
        replaced: [],
        superseded: [],
      });
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
      expect(found.get('__proto__')).toEqual(stored(byId(claims.slice(0, 3))));
      contract().show([...found].sort());
    });
  });

  describe('loadClaims', () => {
    it('loads of every claim what says who may see it', async () => {
      const fact = { id: 'malware--loaded' };
      const claims = [claim(fact, 'report--1', WHOLE), claim(fact, 'report--2')];
      await record(...claims);
      const rows = (await loadClaims(contract().store.engine)).filter((row) => row.factId === fact.id);
      const [full, bare] = claims.map(({ id, factId, reportId }) => ({ id, factId, reportId }));
      const { about, markings, sharedWith, standsFor } = WHOLE;
      expect(byId(rows)).toEqual(
        byId([
          { ...full, about, markings, sharedWith, standsFor, values: JSON.stringify(WHOLE.values) },
          { ...bare, about: null, markings: null, sharedWith: null, standsFor: null, values: null },
        ]),
      );
      contract().show(byId(rows));
    });
  });

  describe('findClaimsById', () => {
    it('finds those that are there, with what they say', async () => {
      const fact = { id: 'malware--by-id' };
      const [a, b] = [claim(fact, 'report--1', WHOLE), claim(fact, 'report--2')];
      await record(a, b);
      const found = await findClaimsById(contract().store.engine, [b.id, 'claim--none', a.id]);
      expect([found.get(a.id), found.get(b.id)]).toEqual(stored([a, b]));
      expect(found.size).toBe(2);
      contract().show([found.get(a.id), found.get(b.id)]);
    });
  });

  describe('listFactsOf', () => {
    it('gives what a report claims, once each, of one derivation if asked', async () => {
      const { engine } = contract().store;
      const [a, b] = [{ id: 'malware--fact-a' }, { id: 'malware--fact-b' }];
      await record(
        claim(a, 'report--lists', { derivation: 'REPORTED' }),
        claim(b, 'report--lists', { derivation: 'INFERRED' }),
      );
      await record(claim(a, 'report--other'));
      expect(await listFactsOf(engine, 'report--lists')).toEqual([a.id, b.id]);
      expect(await listFactsOf(engine, 'report--lists', 'REPORTED')).toEqual([a.id]);
      expect(await listFactsOf(engine, 'report--nobody')).toEqual([]);
    });
  });

  describe('deleteFoundClaims', () => {
    it('deletes those named and no others', async () => {
      const { engine } = contract().store;
      const fact = { id: 'malware--by-id' };
      const [gone, kept] = [claim(fact, 'report--1'), claim(fact, 'report--2')];
      await record(gone, kept);
      await engine.write((transaction) =>
        deleteFoundClaims(transaction, [gone, claim(fact, 'report--none')]),
      );
      const found = await findClaims(engine, [fact.id]);
      expect(found.get(fact.id)?.map(({ id }) => id)).toEqual([kept.id]);
      contract().show([...found]);
    });
  });

  describe('listValuedFacts', () => {
    it('lists each fact of which a claim states values, once', async () => {
      const [valued, plain] = [{ id: 'malware--valued' }, { id: 'malware--plain' }];
      await record(
        claim(valued, 'report--1', WHOLE),
        claim(valued, 'report--2', WHOLE),
        claim(plain, 'report--1', FULL),
      );
      const found = await listValuedFacts(contract().store.engine);
      expect(found.filter((id) => id === valued.id || id === plain.id)).toEqual([valued.id]);
      contract().show([...found].sort());
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
