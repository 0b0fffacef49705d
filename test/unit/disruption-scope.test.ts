/** Scope, weights and the lever DEFEND, rule by rule, on an ecosystem drawn here. */
import { LocalChokepoints } from '../../src/cli/local-chokepoints';
import { nodeId } from '../../src/model/identity';
import type { NodeValue } from '../../src/model/values';
import type { DisruptionScope } from '../../src/service/disruption/scope';
import type { ChokepointRanking } from '../../src/service/disruption/views';
import { openEmbeddedServices } from '../support/embedded-services';
import { node, relationship } from '../support/values';

/*
 *  raid (severity 5, targets finance, by crew)  -> loader: host 1 (NL)
 *  fraud (severity 2, targets retail, by gang)  -> loader: host 2 (FR)
 *  group (no needs; targets finance)            -> initial access: phishing (by hand), drive-by (by kit, OPEN)
 *                                               -> impact: encryption (by locker, PRIVATE)
 *  filtering mitigates phishing and drive-by, telemetry detects drive-by; raid exploits a vulnerability
 */
const phase = (name: string) => ({
  killChainPhases: [{ kill_chain_name: 'mitre-attack', phase_name: name }],
});
const [finance, retail] = ['finance', 'retail'].map((name) => node('Sector', name));
const [nl, fr] = ['NL', 'FR'].map((code) => node('Jurisdiction', code, { iso3166: code }));
const bank = node('Organization', 'bank');
const [crew, gang] = ['crew', 'gang'].map((name) => node('ThreatActor', name, { setupDays: 90 }));
const raid = node('Operation', 'raid', { severity: 5 });
const fraud = node('Operation', 'fraud', { severity: 2 });
/** Nobody says what it targets; it weighs nothing. */
const quiet = node('Operation', 'quiet', { severity: 0 });
/** Nobody knows who supplies it. */
const bare = node('Operation', 'bare', { severity: 0 });
const [host1, host2] = ['host 1', 'host 2'].map((name) => node('Service', name, { setupDays: 90 }));
const need = (name: string) => node('Requirement', name, { need: name, completeness: 'COMPLETE' });
const [raidNeed, fraudNeed, quietNeed, bareNeed] = ['raid', 'fraud', 'quiet', 'bare'].map((name) =>
  need(`${name} hosting`),
);
const group = node('IntrusionSet', 'group');
const kit = node('Tool', 'kit', { availability: 'OPEN' });
const locker = node('Malware', 'locker', { availability: 'PRIVATE' });
const phishing = node('Technique', 'phishing', { ...phase('initial-access'), externalId: 'T1' });
const driveBy = node('Technique', 'drive-by', { ...phase('initial-access'), externalId: 'T2' });
const encryption = node('Technique', 'encryption', { ...phase('impact'), externalId: 'T3' });
const filtering = node('Mitigation', 'filtering', { externalId: 'M1' });
const telemetry: NodeValue = {
  id: 'x-mitre-data-component--1',
  type: 'Thing',
  properties: { name: 'telemetry' },
};
const flaw = node('Vulnerability', 'flaw', { cve: 'CVE-2026-0001' });
const standing = nodeId('Operation', 'standing', group.id);

const links = [
  relationship('NEEDS', raid, raidNeed),
  relationship('SATISFIED_BY', raidNeed, host1, { supplierRole: 'PRIMARY' }),
  relationship('NEEDS', fraud, fraudNeed),
  relationship('SATISFIED_BY', fraudNeed, host2, { supplierRole: 'PRIMARY' }),
  relationship('NEEDS', quiet, quietNeed),
  relationship('SATISFIED_BY', quietNeed, host2, { supplierRole: 'PRIMARY' }),
  relationship('NEEDS', bare, bareNeed),
  relationship('UNDER_JURISDICTION', host1, nl),
  relationship('UNDER_JURISDICTION', host2, fr),
  relationship('ATTRIBUTED_TO', raid, crew),
  relationship('ATTRIBUTED_TO', fraud, gang),
  relationship('TARGETS', raid, finance),
  relationship('TARGETS', raid, bank),
  relationship('TARGETS', gang, retail),
  relationship('TARGETS', group, finance),
  relationship('TARGETS', group, nl),
  relationship('USES_TECHNIQUE', group, phishing),
  relationship('USES', group, kit),
  relationship('USES', group, locker),
  relationship('USES_TECHNIQUE', kit, driveBy),
  relationship('USES_TECHNIQUE', locker, encryption),
  relationship('MITIGATES', filtering, phishing),
  relationship('MITIGATES', filtering, driveBy),
  relationship('DETECTS', telemetry, driveBy),
  relationship('EXPLOITS', raid, flaw),
];
const nodes = [
  ...[finance, retail, nl, fr, bank, crew, gang, raid, fraud, host1, host2, raidNeed, fraudNeed, group],
  ...[quiet, quietNeed, bare, bareNeed],
  ...[kit, locker, phishing, driveBy, encryption, filtering, telemetry, flaw],
];

let ask: LocalChokepoints;
let close: () => Promise<void>;
beforeAll(async () => {
  const opened = await openEmbeddedServices();
  close = opened.close;
  const { items } = await opened.services.writes.write(
    { nodes, relationships: links, claims: [] },
    { kind: 'TEST', actor: 'test' },
  );
  expect(items.filter((item) => item.status !== 'created')).toEqual([]);
  ask = new LocalChokepoints(opened.services);
});
afterAll(() => close());

const lossesOf = ({ chokepoints }: ChokepointRanking) =>
  Object.fromEntries(chokepoints.map((each) => [each.name, each.severityLost]));
const losses = async (scope: DisruptionScope) => lossesOf(await ask.chokepoints(scope));

describe('scope', () => {
  test('counts every operation unless told otherwise', async () => {
    expect(await losses({})).toEqual({ 'host 1': 5, 'host 2': 2, locker: 1 });
  });

  test.each<[string, DisruptionScope, Record<string, number>]>([
    ['operation', { operationIds: [fraud.id] }, { 'host 2': 2 }],
    ['actor', { actorIds: [crew.id] }, { 'host 1': 5 }],
    ['group, by its standing operation', { actorIds: [group.id] }, { locker: 1 }],
    ['sector', { sectorIds: [finance.id] }, { 'host 1': 5, locker: 1 }],
    ['sector that only the actor is said to target', { sectorIds: [retail.id] }, { 'host 2': 2 }],
    ['organisation', { organizationIds: [bank.id] }, { 'host 1': 5 }],
    ['targeted jurisdiction', { jurisdictionIds: [nl.id] }, { locker: 1 }],
    ['sector and jurisdiction, both', { sectorIds: [finance.id], jurisdictionIds: [nl.id] }, { locker: 1 }],
    ['jurisdiction of what is hit', { hittableInIds: [fr.id] }, { 'host 2': 2 }],
  ])('by %s', async (_what, scope, expected) => {
    expect(await losses(scope)).toEqual(expected);
  });

  test('leaves out operations whose targets are not on record, counts them, and lets them in when asked', async () => {
    const scope = { sectorIds: [retail.id] };
    expect(await ask.chokepoints(scope)).toMatchObject({ operationsInScope: 1, operationsUntargeted: 2 });
    const wider = { ...scope, countsUntargeted: true };
    expect(await ask.chokepoints(wider)).toMatchObject({ operationsInScope: 3, operationsUntargeted: 0 });
  });

  test.each<[string, DisruptionScope, Record<string, number>]>([
    [
      'severity of its own',
      { severities: [{ id: fraud.id, weight: 9 }] },
      { 'host 1': 5, 'host 2': 9, locker: 1 },
    ],
    [
      'the greatest weight of its sectors',
      { sectorWeights: [{ id: finance.id, weight: 3 }] },
      { 'host 1': 15, 'host 2': 2, locker: 3 },
    ],
  ])('weighs an operation by %s', async (_what, scope, expected) => {
    expect(await losses(scope)).toEqual(expected);
  });

  test('warns of what the operations in scope can need, of nothing else', async () => {
    const warned = async (scope: DisruptionScope) =>
      (await ask.chokepoints(scope)).warnings.map(({ code, id }) => [code, id]);
    expect(await warned({})).toEqual([['UNKNOWN_SUPPLIER', bareNeed.id]]);
    expect(await warned({ operationIds: [bare.id] })).toEqual([['UNKNOWN_SUPPLIER', bareNeed.id]]);
    expect(await warned({ operationIds: [raid.id] })).toEqual([]);
  });

  test('prices cut sets by the costs that are given', async () => {
    const { chokepoints } = await ask.chokepoints({ costs: [{ id: host1.id, weight: 7 }] });
    expect(chokepoints.map((each) => each.cheapestCutSets[0].cost)).toEqual([7, 1, 1]);
  });

  test.each<[string, DisruptionScope, object]>([
    ['an operation', { operationIds: ['campaign--none'] }, { code: 'OPERATION_NOT_FOUND' }],
    ['an operation out of scope', { severities: [{ id: 'x', weight: 1 }] }, { code: 'OPERATION_NOT_FOUND' }],
    ['an actor', { actorIds: [finance.id] }, { code: 'BAD_INPUT' }],
    ['a sector', { sectorIds: ['none'] }, { code: 'BAD_INPUT' }],
    ['a sector with a weight', { sectorWeights: [{ id: bank.id, weight: 1 }] }, { code: 'BAD_INPUT' }],
    ['a weight', { costs: [{ id: host1.id, weight: -1 }] }, { code: 'BAD_INPUT' }],
  ])('refuses %s that is none', async (_what, scope, error) => {
    await expect(ask.chokepoints(scope)).rejects.toMatchObject(error);
  });
});

describe('DEFEND', () => {
  test('ranks techniques, mitigations, detections and patches by what they stop in the defended scope', async () => {
    const ranking = await ask.chokepoints({ lever: 'DEFEND', sectorIds: [finance.id] });
    // Initial access has two ways: only filtering stops both; the other two stop it together.
    expect(lossesOf(ranking)).toEqual({
      flaw: 5,
      filtering: 1,
      encryption: 1,
      phishing: 0,
      'drive-by': 0,
      telemetry: 0,
    });
    expect(Object.fromEntries(ranking.chokepoints.map((each) => [each.name, each.defence]))).toEqual({
      flaw: 'PATCH',
      filtering: 'MITIGATION',
      encryption: 'TECHNIQUE',
      phishing: 'TECHNIQUE',
      'drive-by': 'TECHNIQUE',
      telemetry: 'DETECTION',
    });
    expect(new Set(ranking.chokepoints.map((each) => each.reach))).toEqual(new Set(['DEFENDABLE']));
    expect(
      ranking.chokepoints.find((each) => each.name === 'filtering')?.evidence.map((each) => each.type),
    ).toEqual(expect.arrayContaining(['MITIGATES', 'USES_TECHNIQUE']));
  });

  test('counts only the kinds of defence that are asked for', async () => {
    const scope: DisruptionScope = { lever: 'DEFEND', defences: ['MITIGATION', 'DETECTION'] };
    expect(await losses(scope)).toEqual({ filtering: 1 });
  });

  test('BOTH adds what can be hit', async () => {
    expect(await losses({ lever: 'BOTH', defences: ['MITIGATION'] })).toEqual({
      'host 1': 5,
      'host 2': 2,
      filtering: 1,
      locker: 1,
    });
  });

  test('gives an operation with needs the tactics of its actors where nothing is said of itself', async () => {
    const scope: DisruptionScope = {
      lever: 'DEFEND',
      defences: ['MITIGATION', 'PATCH'],
      operationIds: [raid.id],
    };
    expect(await losses(scope)).toEqual({ flaw: 5 });
  });

  test('cut sets and what-if take the same scope', async () => {
    const scope: DisruptionScope = { lever: 'DEFEND' };
    const { byOrder } = await ask.cutSets(standing, scope);
    // encryption; filtering; phishing with drive-by or telemetry
    expect(byOrder).toEqual([2, 2]);
    const together = await ask.disruption([phishing.id, telemetry.id], scope);
    expect(together).toMatchObject({ severityLost: 1, refused: [], lost: [{ id: standing }] });
    expect(together.removed.map((each) => each.name).sort()).toEqual(['phishing', 'telemetry']);
  });

  test('DISRUPT refuses a technique, and does not know a mitigation as a component', async () => {
    const { refused } = await ask.disruption([phishing.id], {});
    expect(refused).toEqual([{ id: phishing.id, reason: expect.stringContaining('DEFENDABLE') }]);
    await expect(ask.disruption([filtering.id], {})).rejects.toMatchObject({ code: 'COMPONENT_NOT_FOUND' });
  });
});
