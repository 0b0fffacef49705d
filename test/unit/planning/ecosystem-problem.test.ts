import { EcosystemPlanner } from '../../../src/service/planning/ecosystem-planner';
import { LOCATING_DAYS } from '../../../src/service/planning/measure-candidates';
import { requireMeasure } from '../../../src/service/planning/measure-diagnosis';
import type { PlanQuery } from '../../../src/service/planning/plan-query';
import { type EmbeddedServices, openEmbeddedServices } from '../../support/embedded-services';
import * as eco from '../../support/planning-ecosystem';
import { node, relationship } from '../../support/values';

let open: EmbeddedServices;
beforeAll(async () => {
  open = await openEmbeddedServices();
  await open.services.writes.write(eco.SMALL_ECOSYSTEM, { kind: 'TEST', actor: 'test' });
});
afterAll(() => open.close());

const planner = new EcosystemPlanner(() => new Date('2026-01-01T00:00:00Z'));
const problem = async (query: PlanQuery = {}) => planner.problem(await eco.sourceOf(open.services), query);
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: { code?: string }) => error.code,
  );
const byId = <T extends { readonly id: string }>(list: readonly T[], id: string): T =>
  list.find((each) => each.id === id) as T;

describe('the planning problem of an ecosystem', () => {
  it('takes operations, requirements and suppliers, with shares of what is used today', async () => {
    const { file } = await problem();
    expect(file.operations).toMatchObject([{ id: eco.attack.id, severity: 10 }]);
    const mixing = byId(file.requirements, eco.needMixing.id);
    expect(mixing.suppliers).toMatchObject([
      { component: eco.mixerOne.id, role: 'PRIMARY', share: 1, switchDays: 0 },
      { component: eco.mixerTwo.id, role: 'BACKUP', switchDays: 7 },
    ]);
    expect(mixing.suppliers[1].share).toBeCloseTo(0.4 / 0.6, 12);
  });

  it('keeps what is out of reach in supply, and offers nothing against it', async () => {
    const { file } = await problem();
    expect(byId(file.components, eco.openTool.id).reach).toBe('UNREACHABLE');
    expect(file.measures.some((each) => each.target === eco.openTool.id)).toBe(false);
  });

  it('lets a component fall with its provider after the days it runs alone, and be rebuilt by it alone', async () => {
    const { file } = await problem();
    const shop = byId(file.components, eco.shop.id);
    const providers = byId(file.requirements, shop.needs[0]);
    expect(providers).toMatchObject({ mode: 'ANY', graceDays: 30, suppliers: [{ component: eco.owner.id }] });
    expect(shop.rebuiltWith).toEqual([eco.owner.id]);
  });

  it('takes recovery from the record, and where there is none from the kind', async () => {
    const { file, assumptions } = await problem();
    expect(byId(file.components, eco.shop.id)).toMatchObject({
      detectDays: 0,
      setupDays: { distribution: 'lognormal', median: 20 },
    });
    expect(byId(file.components, eco.owner.id).setupDays).toMatchObject({ median: 30 });
    expect(assumptions).toContainEqual({ code: 'RECOVERY_ASSUMED', subject: eco.owner.id });
  });

  it('splits the doubt of a claim into that of its origin and its own', async () => {
    const { file } = await problem();
    const [dependency] = file.dependencies;
    const [origin] = file.origins;
    expect(dependency).toMatchObject({ from: eco.shop.id, to: eco.host.id, origin: origin.id });
    expect(dependency.confidence * origin.reliability).toBeCloseTo(0.49, 12);
  });

  it('adds the market to what is not completely known, and leaves it out on request', async () => {
    const partial = { ...eco.needShop, properties: { ...eco.needShop.properties, completeness: 'PARTIAL' } };
    const scenario = { addNodes: [partial] };
    const market = 'market of ddos-for-hire';
    const { file } = await problem({ scenario });
    expect(byId(file.requirements, eco.needShop.id).suppliers[1]).toMatchObject({
      component: market,
      role: 'POSSIBLE',
      share: 0.7,
      switchDays: 14,
    });
    const without = await problem({ scenario, scope: { isWithoutMarket: true } });
    expect(without.file.components.some((each) => each.id === market)).toBe(false);
  });

  it('lets recorded switches move the days that the market takes, by category', async () => {
    const partial = { ...eco.needShop, properties: { ...eco.needShop.properties, completeness: 'PARTIAL' } };
    const past = node('Intervention', 'past', { measureTypes: ['seize-domain'] });
    const seen = node('Outcome', 'seen', { metric: 'customers', switchDays: 7 });
    const links = [relationship('RESULTED_IN', past, seen), relationship('HIT', past, eco.shop)];
    const switchOf = async (addRelationships: typeof links) => {
      const { file } = await problem({ scenario: { addNodes: [partial, past, seen], addRelationships } });
      return byId(file.requirements, eco.needShop.id).suppliers[1].switchDays;
    };
    const other = [links[0], relationship('HIT', past, eco.mixerOne)];
    expect(await switchOf(other)).toBe(14);
    const moved = (await switchOf(links)) as { median: number; sigma: number };
    expect(moved.median).toBeCloseTo(Math.exp((4 * Math.log(14) + Math.log(7)) / 5), 9);
    const variance = (4 + (4 / 5) * Math.log(2) ** 2) / 5;
    expect(moved.sigma).toBeCloseTo(Math.sqrt(variance * (6 / 5)), 9);
  });

  it('offers each measure in each place, to those alone who may take it by law', async () => {
    const { file } = await problem();
    const byTarget = (id: string) => file.measures.filter((each) => each.target === id);
    expect(byTarget(eco.mixerOne.id)).toMatchObject([
      { type: 'host-takedown', jurisdiction: 'NL', leadDays: 30, partnerKinds: ['LAW_ENFORCEMENT'] },
    ]);
    expect(byTarget(eco.host.id)[0]).toMatchObject({ leadDays: 30 + LOCATING_DAYS });
    expect(byTarget(eco.shop.id).map((each) => [each.type, each.jurisdiction])).toEqual([
      ['host-takedown', 'US'],
      ['warn-customers', undefined],
    ]);
    expect(byId(file.partners, eco.vendor.id).capabilities).toEqual([]);
    expect(file.cooperation).toEqual([
      {
        from: eco.police.id,
        to: 'US',
        medianDays: 60,
        pGranted: 0.5,
        capabilities: ['host-takedown'],
        instrument: 'treaty',
      },
    ]);
  });

  it('drives customers away from a gang, not from the unit of a state, which has none', async () => {
    const exposure = node('MeasureProfile', 'exposure', {
      measureType: 'expose-operators',
      effect: 'DEMAND',
      strength: 0.3,
      atHome: true,
      partnerKinds: ['LAW_ENFORCEMENT'],
      targetTypes: ['ThreatActor'],
    });
    const team = (motivation: string) => node('ThreatActor', 'team', { kind: 'GROUP', motivation });
    const against = async (motivation: string) => {
      const actor = team(motivation);
      const scenario = {
        addNodes: [exposure, actor],
        addRelationships: [relationship('ATTRIBUTED_TO', eco.attack, actor)],
      };
      const { file } = await problem({ scenario });
      return file.measures.filter((each) => each.target === actor.id).flatMap((each) => each.effects);
    };
    expect(await against('ECRIME')).toMatchObject([{ effect: 'DEMAND', target: eco.attack.id }]);
    expect(await against('NATION_STATE')).toEqual([]);
  });

  it('lets a measure on record win over its profile, and keeps those of plans out', async () => {
    const own = node('Measure', 'own', { measureType: 'host-takedown', cost: 9 });
    const planned = node('Measure', 'planned', { measureType: 'warn-customers', cost: 7 });
    const plan = node('Plan', 'plan');
    const scenario = {
      addNodes: [own, planned, plan],
      addRelationships: [
        relationship('AGAINST', own, eco.mixerOne),
        relationship('AGAINST', planned, eco.shop),
        relationship('PLANS', plan, planned),
      ],
    };
    const { file } = await problem({ scenario });
    const against = file.measures.filter((each) => each.target === eco.mixerOne.id);
    expect(against).toMatchObject([
      { id: `${own.id} NL`, cost: 9, leadDays: 30, effects: [{ effect: 'OUTAGE' }] },
    ]);
    expect(file.measures.some((each) => each.cost === 7)).toBe(false);
  });

  it('counts only what the operations in scope can need', async () => {
    const other = node('Operation', 'other', { severity: 1 });
    const need = node('Requirement', 'need of other', { mode: 'ANY', completeness: 'COMPLETE' });
    const supplier = node('Service', 'supplier of other', { category: 'ddos-for-hire' });
    const scenario = {
      addNodes: [other, need, supplier],
      addRelationships: [relationship('NEEDS', other, need), relationship('SATISFIED_BY', need, supplier)],
    };
    const all = await problem({ scenario });
    expect(all.file.components.some((each) => each.id === supplier.id)).toBe(true);
    const one = await problem({ scenario, scope: { operationIds: [eco.attack.id] } });
    expect(one.file.components.some((each) => each.id === supplier.id)).toBe(false);
  });

  it('supposes what a scenario removes not to be there, and leaves the store as it is', async () => {
    const removed = await problem({ scenario: { remove: [eco.mixerTwo.id] } });
    expect(byId(removed.file.requirements, eco.needMixing.id).suppliers).toHaveLength(1);
    const now = await problem();
    expect(byId(now.file.requirements, eco.needMixing.id).suppliers).toHaveLength(2);
  });
});

describe('what cannot be planned is refused, with a code', () => {
  const id = `host-takedown ${eco.mixerOne.id} NL`;
  const cases: readonly (readonly [string, PlanQuery, string])[] = [
    ['a negative budget', { limits: { budget: -1 } }, 'BAD_INPUT'],
    ['a budget that is no number', { limits: { budget: Number.NaN } }, 'BAD_INPUT'],
    ['half a measure', { limits: { maxMeasures: 0.5 } }, 'BAD_INPUT'],
    ['no horizon', { scope: { horizonDays: 0 } }, 'BAD_INPUT'],
    ['no day to start', { scope: { startDays: [] } }, 'BAD_INPUT'],
    ['more displacement than there is', { scope: { displacedShare: 2 } }, 'BAD_INPUT'],
    ['no time', { scope: { asOf: 'yesterday' } }, 'BAD_INPUT'],
    ['an unknown operation', { scope: { operationIds: ['x'] } }, 'OPERATION_NOT_FOUND'],
    ['an unknown partner', { limits: { partners: ['nobody'] } }, 'PARTNER_NOT_FOUND'],
    ['an unknown jurisdiction', { limits: { jurisdictions: ['XX'] } }, 'JURISDICTION_NOT_FOUND'],
    ['an unknown measure', { limits: { mustTake: ['x'] } }, 'MEASURE_NOT_FOUND'],
    ['an unknown type of measure', { limits: { measureTypes: ['hack-back'] } }, 'BAD_INPUT'],
    [
      'a measure that this kind of partner may not take',
      { limits: { mustTake: [id], partners: ['vendor'] } },
      'MEASURE_NOT_LAWFUL',
    ],
    [
      'a measure both taken and excluded',
      { limits: { mustTake: [id], exclude: [eco.mixerOne.id] } },
      'PLAN_LIMITS_CONTRADICT',
    ],
    [
      'what must be taken and is too dear',
      { limits: { mustTake: [id], budget: 1 } },
      'PLAN_LIMITS_CONTRADICT',
    ],
    [
      'more that must be taken than may be',
      { limits: { mustTake: [id], maxMeasures: 0 } },
      'PLAN_LIMITS_CONTRADICT',
    ],
    ['a scenario that removes what is not there', { scenario: { remove: ['x'] } }, 'SCENARIO_INVALID'],
    [
      'a scenario with a negative cost',
      { scenario: { addNodes: [node('Measure', 'm', { measureType: 'arrest', cost: -1 })] } },
      'SCENARIO_INVALID',
    ],
    [
      'a scenario with an end that is not there',
      { scenario: { addRelationships: [relationship('NEEDS', eco.attack, { id: 'x' })] } },
      'SCENARIO_INVALID',
    ],
    [
      'a scenario that adds what it removes',
      { scenario: { addNodes: [eco.shop], remove: [eco.shop.id] } },
      'SCENARIO_INVALID',
    ],
    ['nothing to plan against', { scenario: { remove: [eco.attack.id] } }, 'PLAN_NO_OPERATION'],
  ];
  it.each(cases)('%s', async (_name, query, expected) => {
    expect(await code(problem(query))).toBe(expected);
  });

  const none: readonly (readonly [string, PlanQuery['limits'], readonly string[]])[] = [
    ['budget 0', { budget: 0 }, ['budget']],
    ['no measures', { maxMeasures: 0 }, ['maxMeasures']],
    [
      'a deadline before anything works',
      { deadlineDays: 0, measureTypes: ['host-takedown'] },
      ['deadlineDays', 'measureTypes'],
    ],
    ['a partner who may do nothing', { partners: ['vendor'] }, ['partners']],
    ['nobody', { partners: [] }, ['partners']],
    [
      'nowhere, with what is taken somewhere',
      { jurisdictions: [], measureTypes: ['host-takedown'] },
      ['jurisdictions'],
    ],
    ['no type of measure', { measureTypes: [] }, ['measureTypes']],
    [
      'all that there is excluded',
      { exclude: [eco.shop.id, eco.host.id, eco.mixerOne.id, eco.mixerTwo.id] },
      ['exclude'],
    ],
    ['two limits that each leave nothing', { budget: 0, maxMeasures: 0 }, []],
    [
      'a deadline that leaves nothing beside a number that does',
      { deadlineDays: 0, maxMeasures: 0, measureTypes: ['host-takedown'] },
      [],
    ],
    [
      'a partner who may do nothing, too soon',
      { partners: ['vendor'], deadlineDays: 0, measureTypes: ['host-takedown'] },
      [],
    ],
  ];
  it.each(none)('%s leaves no measure, and says which limit to relax', async (_name, limits, relax) => {
    const { file } = await problem({ limits });
    try {
      requireMeasure(file, limits);
      throw new Error('nothing was thrown');
    } catch (error) {
      expect(error).toMatchObject({ code: 'PLAN_NO_MEASURE', data: { relax } });
    }
  });

  it('what gives away more than may be given away leaves no measure either', async () => {
    const limits = { maxExposure: 1, budget: 100 };
    const { file } = await problem({ limits });
    const exposed = { ...file, measures: file.measures.map((each) => ({ ...each, exposure: 2 })) };
    const data = { relax: ['maxExposure'] };
    expect(() => requireMeasure(exposed, limits)).toThrow(
      expect.objectContaining({ code: 'PLAN_NO_MEASURE', data: expect.objectContaining(data) }),
    );
  });
});
