import { useApi } from '../support/api-server';
import { claim, node, relationship } from '../support/values';

const report = node('Report', 'report');
const host = node('Service', 'host', { category: 'bulletproof-hosting', setupDays: 90 });
const panel = node('Infrastructure', 'panel', { setupDays: 90 });
const mixers = ['mixer a', 'mixer b'].map((name) =>
  node('Service', name, { category: 'mixer', setupDays: 90 }),
);
const open = node('Tool', 'open tool', { availability: 'OPEN' });
const operation = node('Operation', 'campaign', { severity: 5 });
const need = (key: string) =>
  node('Requirement', key, { need: key, mode: 'ANY', completeness: 'COMPLETE', criticality: 1 });
const [hosting, cashing, tooling] = ['hosting', 'cashing', 'tooling'].map(need);
const links = [
  relationship('NEEDS', operation, hosting),
  relationship('NEEDS', operation, cashing),
  relationship('NEEDS', operation, tooling),
  relationship('SATISFIED_BY', hosting, panel, { switchDays: 0 }),
  relationship('DEPENDS_ON', panel, host),
  ...mixers.map((mixer) => relationship('SATISFIED_BY', cashing, mixer, { switchDays: 0 })),
  relationship('SATISFIED_BY', tooling, open, { switchDays: 0 }),
];

describe('disruption', () => {
  const api = useApi();
  beforeAll(() =>
    api().services.writes.write(
      {
        nodes: [report, host, panel, ...mixers, open, operation, hosting, cashing, tooling],
        relationships: links,
        claims: links.map((link) => claim(link, report.id, { says: `fact of ${link.type}` })),
      },
      { kind: 'TEST', actor: 'test' },
    ),
  );

  it('ranks chokepoints with cut sets, reach and the evidence down to the report', async () => {
    const { chokepoints } = await api().data<{
      chokepoints: { chokepoints: { name: string }[] };
    }>(`{ chokepoints {
      totalCount operationsInScope severityInScope status graphVersion
      chokepoints { rank name component { id __typename } operationsLost severityLost operations { name }
        cheapestCutSets { members { name } cost severityLost } importance { cutSetsByOrder severityShare }
        reach evidence { type fromName toName relationship { id } claims { says report { name } } } }
    } }`);
    expect(chokepoints).toMatchObject({
      totalCount: 4,
      operationsInScope: 1,
      severityInScope: 5,
      status: 'COMPLETE',
      graphVersion: 1,
    });
    expect(
      chokepoints.chokepoints
        .map((each) => each.name)
        .slice(0, 2)
        .sort(),
    ).toEqual(['host', 'panel']);
    expect(chokepoints.chokepoints).not.toContainEqual(expect.objectContaining({ name: 'open tool' }));
    expect(chokepoints.chokepoints.find((each) => each.name === 'mixer a')).toMatchObject({
      operationsLost: 0,
      severityLost: 0,
      cheapestCutSets: [
        { members: [{ name: expect.any(String) }, { name: expect.any(String) }], cost: 2, severityLost: 5 },
      ],
    });
    expect(chokepoints.chokepoints.find((each) => each.name === 'host')).toMatchObject({
      component: { id: host.id, __typename: 'Service' },
      operations: [{ name: 'campaign' }],
      reach: 'DISRUPTABLE',
      evidence: expect.arrayContaining([
        expect.objectContaining({
          type: 'DEPENDS_ON',
          fromName: 'panel',
          toName: 'host',
          claims: [{ says: 'fact of DEPENDS_ON', report: { name: 'report' } }],
        }),
      ]),
    });
  });

  it('lists the minimal cut sets of an operation', async () => {
    const { cutSets } = await api().data<{ cutSets: unknown }>(
      'query ($id: ID!) { cutSets(operation: $id) { operation { id } count byOrder status sets { order cost members { name node { id } } } } }',
      { id: operation.id },
    );
    expect(cutSets).toMatchObject({
      operation: { id: operation.id },
      count: 3,
      byOrder: [2, 1],
      status: 'COMPLETE',
    });
  });

  it('says what is up before and after a removal, and what cannot be removed', async () => {
    const { disruption } = await api().data<{ disruption: unknown }>(
      `query ($removing: [ID!]!) { disruption(removing: $removing) {
        removed { name } refused { node { name } reason } before { operationsUp severity } after { operationsUp severity }
        lost { name severity node { id } } severityLost withMarket { operationsLost } } }`,
      { removing: [host.id, open.id] },
    );
    expect(disruption).toMatchObject({
      removed: [{ name: 'host' }],
      refused: [{ node: { name: 'open tool' }, reason: expect.stringContaining('UNREACHABLE') }],
      before: { operationsUp: 1, severity: 5 },
      after: { operationsUp: 0, severity: 0 },
      lost: [{ name: 'campaign', severity: 5, node: { id: operation.id } }],
      severityLost: 5,
    });
  });

  it('takes a scope, and says how the result came about', async () => {
    const { chokepoints, cutSets } = await api().data<Record<string, unknown>>(
      `query ($scope: DisruptionScope, $id: ID!) {
        chokepoints(first: 1, scope: $scope) {
          severityInScope operationsUntargeted basis { method exactness bound graphVersion seconds }
          chokepoints { node { id } defence cheapestCutSets { hits { id } cost } }
        }
        cutSets(operation: $id) { basis { exactness } }
      }`,
      {
        id: operation.id,
        scope: {
          operationIds: [operation.id],
          severities: [{ id: operation.id, weight: 7 }],
          costs: [{ id: host.id, weight: 3 }],
        },
      },
    );
    expect(chokepoints).toEqual({
      severityInScope: 7,
      operationsUntargeted: 0,
      basis: {
        method: expect.stringContaining('least fixed point'),
        exactness: 'EXACT',
        bound: null,
        graphVersion: 1,
        seconds: expect.any(Number),
      },
      chokepoints: [
        { node: { id: expect.any(String) }, defence: null, cheapestCutSets: [expect.any(Object)] },
      ],
    });
    expect(cutSets).toEqual({ basis: { exactness: 'EXACT' } });
  });

  it('ranks defences under the lever DEFEND', async () => {
    const { chokepoints } = await api().data<{ chokepoints: unknown }>(
      '{ chokepoints(scope: {lever: DEFEND, defences: [MITIGATION]}) { totalCount chokepoints { defence component { id } } } }',
    );
    expect(chokepoints).toEqual({ totalCount: 0, chokepoints: [] });
    expect(await api().codes('{ chokepoints(scope: {sectorIds: ["none"]}) { totalCount } }')).toEqual([
      'BAD_INPUT',
    ]);
  });

  it('says how sure a ranking is, when asked', async () => {
    const fields = `rankInterval { low high stability exactness } pChokepoint { value low high exactness }
      severityLostInterval { low high mean { value exactness } exactness }`;
    const { plain, sure } = await api().data<Record<string, { chokepoints: object[] }>>(`{
      plain: chokepoints(first: 1) { confidence { scenarios } chokepoints { ${fields} } }
      sure: chokepoints(first: 1, confidence: {scenarios: 64, seed: 3}) {
        confidence { facts claims origins unclaimedFacts scenarios seed status } chokepoints { ${fields} } }
    }`);
    expect(plain).toEqual({
      confidence: null,
      chokepoints: [{ rankInterval: null, pChokepoint: null, severityLostInterval: null }],
    });
    expect(sure).toMatchObject({
      confidence: {
        facts: 8,
        claims: 8,
        origins: 1,
        unclaimedFacts: 0,
        scenarios: 64,
        seed: 3,
        status: 'COMPLETE',
      },
      chokepoints: [
        {
          rankInterval: { exactness: 'ESTIMATE' },
          pChokepoint: { exactness: 'EXACT' },
          severityLostInterval: { mean: { exactness: 'EXACT' } },
        },
      ],
    });
    expect(await api().codes('{ chokepoints(confidence: {scenarios: 1}) { totalCount } }')).toEqual([
      'BAD_INPUT',
    ]);
  });

  it('explains a chokepoint by the facts that suffice and those that would change it', async () => {
    const { explainChokepoint } = await api().data<{ explainChokepoint: object }>(
      `query ($id: ID!) { explainChokepoint(id: $id) {
        id name hits { id } severityLost rank sufficientCount turningFactCount basis { exactness bound }
        sufficient { operationId exactness bound pAll facts { type claims { says } } }
        turningFacts { kind fact { type } at { id } pHolds severityLost severityChange rank rankChange } } }`,
      { id: host.id },
    );
    expect(explainChokepoint).toMatchObject({
      id: host.id,
      severityLost: 5,
      sufficientCount: 1,
      sufficient: [
        {
          operationId: operation.id,
          exactness: 'EXACT',
          bound: 3,
          facts: expect.arrayContaining([{ type: 'DEPENDS_ON', claims: [{ says: 'fact of DEPENDS_ON' }] }]),
        },
      ],
      turningFacts: expect.arrayContaining([
        expect.objectContaining({ kind: 'FALSE', severityLost: 0, severityChange: -5 }),
      ]),
      basis: { exactness: 'EXACT', bound: 3 },
    });
    expect(await api().codes(`{ explainChokepoint(id: "${open.id}") { rank } }`)).toEqual(['NOT_HITTABLE']);
  });

  it('weighs pairs and importance', async () => {
    const { removalPairs, importance } = await api().data<Record<string, object>>(
      `query ($id: ID!) {
        removalPairs(first: 1) { evaluated synergies pairs { members { id } severityLost alone synergy } basis { exactness } }
        importance(first: 1, jointWith: $id) { totalCount expectedLoss unsolved basis { exactness }
          components { id name probability birnbaum criticality fussellVesely diagnostic riskAchievementWorth
            riskReductionWorth occurrence joint } }
      }`,
      { id: mixers[0].id },
    );
    // The two mixers together, and each with a host: nothing beats the operation's severity of 5.
    expect(removalPairs).toMatchObject({
      evaluated: 6,
      synergies: 1,
      pairs: [{ severityLost: 5, synergy: 5, alone: [0, 0] }],
      basis: { exactness: 'EXACT' },
    });
    // Up while host and panel are up and one mixer is: 5 (1 - 1/4 * 3/4).
    expect(importance).toMatchObject({
      totalCount: 4,
      expectedLoss: 5 * (1 - (1 / 4) * (3 / 4)),
      unsolved: 0,
      components: [{ probability: 0.5, birnbaum: 5 * (1 / 2) * (3 / 4), occurrence: '1' }],
      basis: { exactness: 'EXACT' },
    });
  });

  it('has no factor of a loss that nobody expects', async () => {
    const { importance } = await api().data<Record<string, object>>(
      `{ importance(first: 1, probability: 0) { expectedLoss
          components { birnbaum criticality diagnostic riskAchievementWorth riskReductionWorth } } }`,
    );
    expect(importance).toEqual({
      expectedLoss: 0,
      components: [
        {
          birnbaum: 5,
          criticality: 0,
          diagnostic: null,
          riskAchievementWorth: null,
          riskReductionWorth: null,
        },
      ],
    });
  });

  it('keeps one of two equal suppliers from counting', async () => {
    const { disruption } = await api().data<{ disruption: { severityLost: number } }>(
      'query ($removing: [ID!]!) { disruption(removing: $removing) { severityLost } }',
      { removing: [mixers[0].id] },
    );
    expect(disruption.severityLost).toBe(0);
  });

  it.each([
    ['{ cutSets(operation: "nobody") { count } }', 'OPERATION_NOT_FOUND'],
    ['{ disruption(removing: ["nobody"]) { severityLost } }', 'COMPONENT_NOT_FOUND'],
    ['{ chokepoints(scope: { minDowntimeDays: -1 }) { totalCount } }', 'BAD_INPUT'],
    ['{ chokepoints(scope: { operationIds: ["nobody"] }) { totalCount } }', 'OPERATION_NOT_FOUND'],
    ['{ chokepoints(scope: { asOf: "soon" }) { totalCount } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ chokepoints(first: 501) { totalCount } }', 'PAGE_TOO_LARGE'],
    ['{ chokepoints(first: 0) { totalCount } }', 'BAD_INPUT'],
    ['{ cutSets(operation: "x", maxOrder: 0) { count } }', 'BAD_INPUT'],
    ['{ chokepoints(scope: { hittableInIds: ["RU"] }) { totalCount } }', 'BAD_INPUT'],
    [
      '{ chokepoints(scope: { costs: [{ id: "nobody", weight: 3 }] }) { totalCount } }',
      'COMPONENT_NOT_FOUND',
    ],
    [
      `{ chokepoints(scope: { costs: [{ id: "${host.id}", weight: 3 }, { id: "${host.id}", weight: 4 }] }) { totalCount } }`,
      'BAD_INPUT',
    ],
    ['{ chokepoints(scope: { asOf: "2026-01-01T00:00:00Z", isAllTime: true }) { totalCount } }', 'BAD_INPUT'],
    ['{ explainChokepoint(id: "nobody") { rank } }', 'COMPONENT_NOT_FOUND'],
    ['{ importance(jointWith: "nobody") { totalCount } }', 'COMPONENT_NOT_FOUND'],
  ])('refuses %s with %s', async (query, code) => {
    expect(await api().codes(query)).toEqual([code]);
  });
});
