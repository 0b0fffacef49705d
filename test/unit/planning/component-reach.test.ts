import { componentReach, type ReachQuery } from '../../../src/service/planning/component-reach';
import { LOCATING_DAYS } from '../../../src/service/planning/measure-candidates';
import { withScenario } from '../../../src/service/scenario/scenario';
import { type EmbeddedServices, openEmbeddedServices } from '../../support/embedded-services';
import * as eco from '../../support/planning-ecosystem';
import { node, relationship } from '../../support/values';

let open: EmbeddedServices;
beforeAll(async () => {
  open = await openEmbeddedServices();
  await open.services.writes.write(eco.SMALL_ECOSYSTEM, { kind: 'TEST', actor: 'test' });
});
afterAll(() => open.close());

const reach = async (component: { readonly id: string }, scenario = {}, query: ReachQuery = {}) =>
  componentReach(withScenario(await eco.sourceOf(open.services), scenario), component.id, query);

describe('who can act on a component', () => {
  it('is a partner at home at once, with the days of the measure', async () => {
    const { measures, reason, jurisdictions } = await reach(eco.mixerOne);
    expect(reason).toBeNull();
    expect(jurisdictions).toEqual(['NL']);
    expect(measures).toMatchObject([
      {
        measureType: 'host-takedown',
        legalBasis: 'warrant',
        partners: [
          { name: 'Dutch police', days: 30, lowDays: 30, highDays: 30, pSuccess: 0.5, instrument: null },
        ],
      },
    ]);
  });

  it('is a partner abroad along a way of cooperation, with its days, their spread, and its chance', async () => {
    const { measures } = await reach(eco.shop);
    const [takedown, warning] = measures;
    expect(takedown.partners).toMatchObject([
      { name: 'Dutch police', days: 90, pSuccess: 0.25, cooperation: 'way', instrument: 'treaty' },
    ]);
    expect(takedown.partners[0].lowDays).toBeCloseTo(30 + 60 * Math.exp(-0.5 * 1.2815515655), 6);
    expect(takedown.partners[0].highDays).toBeCloseTo(30 + 60 * Math.exp(0.5 * 1.2815515655), 6);
    expect(warning).toMatchObject({ measureType: 'warn-customers', jurisdiction: null });
  });

  it('is nobody where no way leads there, and says so', async () => {
    const { measures, reason } = await reach(eco.mixerTwo);
    expect(measures).toMatchObject([{ jurisdiction: 'RU', partners: [] }]);
    expect(measures[0].reason).toContain('none of the 1 partners who may take it acts in RU');
    expect(reason).toContain('no partner');
  });

  it('is nobody where the component is out of reach, or no measure is made for it', async () => {
    expect((await reach(eco.openTool)).reason).toContain('UNREACHABLE');
    expect((await reach(eco.owner)).reason).toBe('no measure on record is made for a component of this kind');
  });

  it('is never somebody whom the law does not allow, whatever a profile or a measure says', async () => {
    const own = node('Measure', 'own', { measureType: 'infiltrate', effect: 'INTERCEPT' });
    const { measures } = await reach(eco.mixerOne, {
      addNodes: [own],
      addRelationships: [
        relationship('AGAINST', own, eco.mixerOne),
        relationship('ASSIGNED_TO', own, eco.vendor),
        relationship('UNDER_JURISDICTION', eco.vendor, eco.NL),
      ],
    });
    const infiltration = measures.find((each) => each.measureType === 'infiltrate');
    expect(infiltration).toMatchObject({ partners: [] });
    expect(infiltration?.reason).toContain('no partner on record may take it');
  });

  it('takes longer where nobody has placed the component', async () => {
    const [measure] = (await reach(eco.host)).measures;
    expect(measure).toMatchObject({ isPlaceUnknown: true, leadDays: 30 + LOCATING_DAYS });
  });

  it('goes by the way made for the pair, even where a general one is faster; one without days is closed', async () => {
    const general = node('CooperationPath', 'general', { medianDays: 1 });
    const toAll = [eco.US, eco.RU].map((to) => relationship('COOPERATES_TO', general, to));
    const scenario = {
      addNodes: [general],
      addRelationships: [relationship('COOPERATES_FROM', general, eco.NL), ...toAll],
    };
    const [takedown] = (await reach(eco.shop, scenario)).measures;
    expect(takedown.partners[0]).toMatchObject({ days: 90, cooperation: 'way' });
    const closed = node('CooperationPath', 'closed', {});
    const [shut] = (
      await reach(eco.mixerTwo, {
        addNodes: [general, closed],
        addRelationships: [
          ...scenario.addRelationships,
          relationship('COOPERATES_FROM', closed, eco.NL),
          relationship('COOPERATES_TO', closed, eco.RU),
        ],
      })
    ).measures;
    expect(shut.partners).toEqual([]);
  });

  it('goes by a way for one offence only where the case or the measure is about it, else by the next', async () => {
    const bound = (name: string, medianDays: number) =>
      node('CooperationPath', name, { medianDays, offence: 'Fraud' });
    const fraud = bound('for fraud', 7);
    const to = (path: typeof fraud, place: typeof eco.US) => [
      relationship('COOPERATES_FROM', path, eco.NL),
      relationship('COOPERATES_TO', path, place),
    ];
    const beside = { addNodes: [fraud], addRelationships: to(fraud, eco.US) };
    const days = async (scenario: object, query: ReachQuery = {}) =>
      (await reach(eco.shop, scenario, query)).measures[0].partners.map((each) => each.days);
    expect(await days(beside)).toEqual([90]);
    expect(await days(beside, { offences: ['laundering'] })).toEqual([90]);
    expect(await days(beside, { offences: ['laundering', 'FRAUD '] })).toEqual([37]);
    const about = { ...eco.takedown, properties: { ...eco.takedown.properties, offences: ['fraud'] } };
    expect(await days({ ...beside, addNodes: [fraud, about] })).toEqual([37]);
    const alone = { addNodes: [fraud], addRelationships: to(fraud, eco.RU) };
    const { measures } = await reach(eco.mixerTwo, alone);
    expect(measures[0].partners).toEqual([]);
    expect(measures[0].reason).toContain('open for other offences alone: Fraud');
    expect((await reach(eco.mixerTwo, alone, { offences: ['Fraud'] })).measures[0].partners).toHaveLength(1);
  });

  it('rests on no instrument that has expired on the day of the effect, and says which', async () => {
    const ends = (expiresAt: string) => ({
      addNodes: [{ ...eco.treaty, properties: { ...eco.treaty.properties, expiresAt } }],
    });
    const asOf = Date.parse('2026-01-01T00:00:00Z');
    const inTime = await reach(eco.shop, ends('2026-04-02T00:00:00.000Z'), { asOf });
    expect(inTime.measures[0].partners).toMatchObject([{ days: 90 }]);
    const late = await reach(eco.shop, ends('2026-03-31T00:00:00.000Z'), { asOf });
    const takedown = late.measures.find((each) => each.measureType === 'host-takedown');
    expect(takedown).toMatchObject({ partners: [] });
    expect(takedown?.reason).toBe('expired by the day it would take effect: treaty');
    const warrant = node('LegalInstrument', 'warrant', { expiresAt: '2026-01-20T00:00:00.000Z' });
    const own = node('Measure', 'own', { measureType: 'host-takedown' });
    const based = {
      addNodes: [warrant, own],
      addRelationships: [relationship('AGAINST', own, eco.mixerOne), relationship('BASED_ON', own, warrant)],
    };
    expect((await reach(eco.mixerOne, based, { asOf })).measures[0].reason).toContain('what it rests on');
    expect((await reach(eco.mixerOne, based)).measures[0].partners).toHaveLength(1);
  });

  it('lets a provider act against its own customers alone', async () => {
    const profile = node('MeasureProfile', 'suspension', {
      measureType: 'terms-of-service-suspension',
      effect: 'OUTAGE',
      partnerKinds: ['HOSTER'],
      targetTypes: ['Service'],
    });
    const organization = node('Organization', 'messenger');
    const messenger = node('Partner', 'messenger', { partnerKind: 'HOSTER' });
    const others = node('Partner', 'other hosters', { partnerKind: 'HOSTER' });
    const scenario = {
      addNodes: [profile, organization, messenger, others],
      addRelationships: [
        relationship('REPRESENTS', messenger, organization),
        relationship('HELD_BY', eco.host, organization),
      ],
    };
    const names = async (component: { readonly id: string }) =>
      (await reach(component, scenario)).measures
        .filter((each) => each.measureType === 'terms-of-service-suspension')
        .flatMap((each) => each.partners.map((partner) => partner.name));
    expect(await names(eco.host)).toEqual(['messenger']);
    expect(await names({ id: eco.shop.id })).toEqual([]);
    expect((await reach(eco.shop, scenario)).measures.some((each) => each.reason?.includes('US'))).toBe(true);
  });

  it('refuses what is no component', async () => {
    await expect(reach(eco.attack)).rejects.toMatchObject({ code: 'COMPONENT_NOT_FOUND' });
  });
});
