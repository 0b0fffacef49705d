/** Confidence and explanation of a ranking, on an ecosystem small enough to work out by hand. */
import { LocalChokepoints } from '../../src/cli/local-chokepoints';
import type { Services } from '../../src/service/services';
import { openEmbeddedServices } from '../support/embedded-services';
import { claim, node, relationship } from '../support/values';

/*
 *  raid (severity 4) needs a host: host 1, or host 2, which depends on host 1
 *  fraud (severity 2) needs a mixer: mixer (not COMPLETE)
 */
const [wire, blog] = ['wire', 'blog'].map((name, i) => node('Report', name, { reliability: ['A', 'E'][i] }));
const raid = node('Operation', 'raid', { severity: 4 });
const fraud = node('Operation', 'fraud', { severity: 2 });
const [host1, host2, mixer] = ['host 1', 'host 2', 'mixer'].map((name) =>
  node('Service', name, { setupDays: 90 }),
);
const hosting = node('Requirement', 'hosting', { need: 'hosting', completeness: 'COMPLETE' });
const mixing = node('Requirement', 'mixing', { need: 'mixing', completeness: 'PARTIAL' });
const needsHost = relationship('NEEDS', raid, hosting);
const supplies1 = relationship('SATISFIED_BY', hosting, host1, { supplierRole: 'PRIMARY' });
const supplies2 = relationship('SATISFIED_BY', hosting, host2, { supplierRole: 'PRIMARY' });
const depends = relationship('DEPENDS_ON', host2, host1);
const needsMixer = relationship('NEEDS', fraud, mixing);
const suppliesMixer = relationship('SATISFIED_BY', mixing, mixer, { supplierRole: 'PRIMARY' });
const links = [needsHost, supplies1, supplies2, depends, needsMixer, suppliesMixer];
const claims = [
  claim(needsHost, wire.id, { confidence: 98 }),
  claim(supplies1, wire.id, { confidence: 98 }),
  claim(supplies2, wire.id, { credibility: 1 }),
  claim(depends, blog.id, { confidence: 15 }),
  claim(needsMixer, blog.id, { confidence: 30, originKey: 'rumour' }),
  claim(suppliesMixer, blog.id, { confidence: 15, originKey: 'rumour' }),
];

let services: Services;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ services, close } = await openEmbeddedServices());
  const nodes = [wire, blog, raid, fraud, host1, host2, mixer, hosting, mixing];
  await services.writes.write({ nodes, relationships: links, claims }, { kind: 'TEST', actor: 'test' });
});
afterAll(() => close());

const ranked = async (options?: { scenarios?: number; seed?: number }) =>
  new LocalChokepoints(services).chokepoints({}, 10, options);

describe('confidence', () => {
  test('is not worked out unless asked for', async () => {
    const ranking = await ranked();
    expect(ranking.confidence).toBeNull();
    expect(ranking.chokepoints.map((each) => each.confidence)).toEqual([null, null]);
  });

  test('claims of one origin stand and fall together, exactly', async () => {
    const { chokepoints, confidence } = await ranked({});
    expect(confidence).toEqual({
      facts: 6,
      claims: 6,
      origins: 3,
      unclaimedFacts: 0,
      scenarios: 1024,
      seed: 1,
      status: 'complete',
    });
    const of = (name: string) => chokepoints.find((each) => each.name === name)?.confidence;
    // The rumour is right with 0.3 (E); given that, the need is right for sure and the supplier with 0.15 / 0.3.
    expect(of('mixer')?.pChokepoint).toEqual({ value: 0.15, low: 0.15, high: 0.15, exactness: 'EXACT' });
    expect(of('mixer')?.severityLostInterval.mean.value).toBeCloseTo(2 * 0.15, 12);
    // The wire is right with 0.98 (A), and its claims of 0.98 then for sure; host 2 supplies with 0.9 / 0.98. Where it does,
    // host 1 brings the raid down only if host 2 depends on it: 0.15.
    const second = 0.9 / 0.98;
    const expected = 0.98 * (1 - second * (1 - 0.15));
    expect(of('host 1')?.pChokepoint.value).toBeCloseTo(expected, 12);
    expect(of('host 1')?.rankInterval).toMatchObject({ low: 1, high: 3, exactness: 'ESTIMATE' });
  });

  test('the same seed draws the same, another one differs, and more scenarios may be asked for', async () => {
    const of = async (options: object) => (await ranked(options)).chokepoints.map((each) => each.confidence);
    expect(await of({ seed: 5 })).toEqual(await of({ seed: 5 }));
    expect(await of({ seed: 5 })).not.toEqual(await of({ seed: 6 }));
    expect((await ranked({ scenarios: 33 })).confidence?.scenarios).toBe(64);
  });

  test.each([{ scenarios: 31 }, { scenarios: 70_000 }, { scenarios: 64.5 }, { seed: -1 }])(
    'refuses %p',
    async (options) => {
      await expect(ranked(options)).rejects.toMatchObject({ code: 'BAD_INPUT' });
    },
  );
});

describe('explanation', () => {
  const explain = async (id: string, scope = {}) =>
    services.chokepointExplanations.explain(await services.views.whole(), id, scope);

  test('names the fewest facts that make a component a chokepoint, whatever becomes of the others', async () => {
    const { severityLost, rank, hits, sufficient, basis } = await explain(host1.id);
    expect({ severityLost, rank, hits: hits.map((each) => each.name) }).toEqual({
      severityLost: 4,
      rank: 1,
      hits: ['host 1'],
    });
    // That host 2 supplies does not matter: it depends on host 1.
    expect(sufficient).toHaveLength(1);
    expect(sufficient[0].facts.map((each) => each.fact).sort()).toEqual(
      [needsHost.id, supplies1.id, depends.id].sort(),
    );
    expect(sufficient[0]).toMatchObject({ operationId: raid.id, exactness: 'EXACT', bound: 3 });
    expect(basis).toMatchObject({ exactness: 'EXACT', bound: 3 });
  });

  test('names the facts that would change its rank most', async () => {
    const { turningFacts, turningFactCount } = await explain(host1.id);
    expect(turningFactCount).toBe(turningFacts.length);
    const turned = turningFacts.map(({ kind, fact, severityLost, rankChange, pHolds }) => ({
      kind,
      fact: fact?.fact,
      severityLost,
      rankChange,
      pHolds: pHolds && Math.round(pHolds * 100) / 100,
    }));
    const gone = { kind: 'FALSE', severityLost: 0, rankChange: 1 };
    expect(turned).toEqual(
      expect.arrayContaining([
        { ...gone, fact: needsHost.id, pHolds: 0.98 },
        { ...gone, fact: depends.id, pHolds: 0.15 },
      ]),
    );
    expect(turned.find((each) => each.fact === supplies2.id)).toBeUndefined();
  });

  test('finds what is missing: a further supplier, and a dependency that would bring down what keeps a need up', async () => {
    const mixed = await explain(mixer.id);
    expect(mixed.turningFacts).toContainEqual(
      expect.objectContaining({
        kind: 'NEW_SUPPLIER',
        at: expect.objectContaining({ id: mixing.id }),
        severityLost: 0,
      }),
    );
    const second = await explain(host2.id);
    expect(second).toMatchObject({ severityLost: 0, rank: 3 });
    expect(
      second.turningFacts.map(({ kind, at, fact, severityLost }) => [
        kind,
        at?.id ?? fact?.fact,
        severityLost,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['SHARED_DEPENDENCY', host1.id, 4],
        ['FALSE', supplies1.id, 4],
      ]),
    );
  });

  test('says what it loses as the ranking does', async () => {
    for (const each of (await ranked()).chokepoints)
      expect((await explain(each.id)).severityLost).toBe(each.severityLost);
  });

  test('refuses what cannot be hit, and limits that are none', async () => {
    await expect(explain(hosting.id)).rejects.toMatchObject({ code: 'NOT_HITTABLE' });
    const projection = await services.views.whole();
    await expect(services.chokepointExplanations.explain(projection, host1.id, {}, 0)).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});

describe('pairs and importance', () => {
  test('the best pair, with what it loses beyond its parts', async () => {
    const view = services.importance.pairs(await services.views.whole(), {}, 2);
    expect(view).toMatchObject({ evaluated: 3, synergies: 0, basis: { exactness: 'EXACT' } });
    expect(view.pairs[0]).toMatchObject({ severityLost: 6, synergy: 0 });
    expect(view.pairs[0].members.map((each) => each.name).sort()).toEqual(['host 1', 'mixer']);
  });

  test('measures for the expected loss, and joint importance', async () => {
    const projection = await services.views.whole();
    const view = services.importance.importance(projection, {}, { jointWith: mixer.id, probability: 0.5 });
    expect(view).toMatchObject({ expectedLoss: 3, severityInScope: 6, totalCount: 2, unsolved: 0 });
    expect(
      view.components.map(({ name, birnbaum, occurrence, joint }) => [name, birnbaum, occurrence, joint]),
    ).toEqual([
      ['host 1', 4, '1', 0],
      ['mixer', 2, '1', 0],
    ]);
    const certain = services.importance.importance(
      projection,
      {},
      { probabilities: [{ id: host1.id, weight: 1 }] },
    );
    expect(certain.expectedLoss).toBe(5);
    for (const query of [
      { first: 0 },
      { probability: 2 },
      { probabilities: [{ id: host1.id, weight: -1 }] },
    ]) {
      expect(() => services.importance.importance(projection, {}, query)).toThrow(
        expect.objectContaining({ code: 'BAD_INPUT' }),
      );
    }
    expect(() => services.importance.importance(projection, {}, { jointWith: 'none' })).toThrow(
      expect.objectContaining({ code: 'COMPONENT_NOT_FOUND' }),
    );
  });
});
