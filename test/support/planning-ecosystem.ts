/** A small ecosystem for planning: a shop with two mixers and a host, partners in two countries, and ways between them. */
import type { Batch, Json } from '../../src/model/values';
import type { PlanningSource } from '../../src/service/planning/planning-source';
import type { Services } from '../../src/service/services';
import { claim, node, relationship } from './values';

const at = { validFrom: '2020-01-01T00:00:00Z' };
const named = (type: string, name: string, properties: { [name: string]: Json } = {}) =>
  node(type, name, properties);

export const NL = named('Jurisdiction', 'Netherlands', { iso3166: 'NL' });
export const US = named('Jurisdiction', 'United States', { iso3166: 'US' });
export const RU = named('Jurisdiction', 'Russia', { iso3166: 'RU' });

export const report = named('Report', 'report', { reliability: 'A' });
export const shop = named('Service', 'shop', {
  category: 'ddos-for-hire',
  detectDays: 0,
  setupDays: 20,
  ...at,
});
export const mixerOne = named('FinancialChannel', 'mixer one', { channelType: 'MIXER', setupDays: 100 });
export const mixerTwo = named('FinancialChannel', 'mixer two', { channelType: 'MIXER', setupDays: 50 });
export const host = named('Service', 'host', { category: 'bulletproof-hosting', setupDays: 10 });
export const openTool = named('Tool', 'open tool', { availability: 'OPEN' });
export const owner = named('ThreatActor', 'owner', {
  kind: 'PERSON',
  standing: 'SUSPECT',
  legalBasis: 'Public charge',
  reviewAt: '2030-01-01T00:00:00Z',
});
export const attack = named('Operation', 'attack', { severity: 10 });

const requirement = (name: string, properties: { [name: string]: Json }) =>
  named('Requirement', name, {
    mode: 'ANY',
    criticality: 1,
    graceDays: 0,
    completeness: 'COMPLETE',
    ...properties,
  });
export const needShop = requirement('need shop', { need: 'ddos-for-hire' });
export const needMixing = requirement('need mixing', { need: 'mixer' });
export const needTool = requirement('need tool', { need: 'tool' });

export const takedown = named('MeasureProfile', 'takedown', {
  measureType: 'host-takedown',
  effect: 'OUTAGE',
  strength: 1,
  cost: 4,
  leadDays: 30,
  pSuccess: 0.5,
  legalBasis: 'warrant',
  partnerKinds: ['LAW_ENFORCEMENT', 'VENDOR'],
  targetTypes: ['Service', 'FinancialChannel'],
  targetKinds: ['ddos-for-hire', 'bulletproof-hosting', 'MIXER'],
});
export const warning = named('MeasureProfile', 'warning', {
  measureType: 'warn-customers',
  effect: 'HARM',
  strength: 0.2,
  holdMedianDays: 60,
  holdSigma: 0,
  cost: 1,
  atHome: true,
  partnerKinds: ['CERT', 'LAW_ENFORCEMENT'],
  targetTypes: ['Service'],
});
export const police = named('Partner', 'Dutch police', { partnerKind: 'LAW_ENFORCEMENT' });
export const vendor = named('Partner', 'vendor', { partnerKind: 'VENDOR' });
export const treaty = named('LegalInstrument', 'treaty', { instrumentKind: 'TREATY' });
export const way = named('CooperationPath', 'way', { medianDays: 60, daysSigma: 0.5, pGranted: 0.5 });

const links = [
  relationship('NEEDS', attack, needShop),
  relationship('NEEDS', attack, needMixing),
  relationship('NEEDS', attack, needTool),
  relationship('SATISFIED_BY', needShop, shop, { supplierRole: 'PRIMARY', share: 1 }),
  relationship('SATISFIED_BY', needMixing, mixerOne, { supplierRole: 'PRIMARY', share: 0.6 }),
  relationship('SATISFIED_BY', needMixing, mixerTwo, { supplierRole: 'BACKUP', share: 0.4, switchDays: 7 }),
  relationship('SATISFIED_BY', needTool, openTool, { supplierRole: 'PRIMARY' }),
  relationship('DEPENDS_ON', shop, host, { reason: 'HOSTED_ON' }),
  relationship('PROVIDED_BY', shop, owner, { autonomousDays: 30 }),
  relationship('UNDER_JURISDICTION', shop, US),
  relationship('UNDER_JURISDICTION', mixerOne, NL),
  relationship('UNDER_JURISDICTION', mixerTwo, RU),
  relationship('UNDER_JURISDICTION', police, NL),
  relationship('UNDER_JURISDICTION', vendor, US),
  relationship('COOPERATES_FROM', way, NL),
  relationship('COOPERATES_TO', way, US),
  relationship('UNDER_INSTRUMENT', way, treaty),
];

export const SMALL_ECOSYSTEM: Batch = {
  nodes: [
    ...[NL, US, RU, report, shop, mixerOne, mixerTwo, host, openTool, owner, attack],
    ...[needShop, needMixing, needTool, takedown, warning, police, vendor, treaty, way],
  ],
  relationships: links,
  claims: [claim(links[7], report.id, { confidence: 49 })],
};

/** What planning reads of services that answer everybody. */
export async function sourceOf({ content, views }: Services): Promise<PlanningSource> {
  const view = await views.whole();
  return {
    projection: view.recorded,
    nodes: (ids) => content.nodes(view, ids),
    claims: (ids) => content.claims(view, ids),
  };
}
