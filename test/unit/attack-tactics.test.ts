import { bundleOf, openMemoryAtlas, stixId, stixObject } from '../support/memory-atlas';

const tactic = (number: number, shortname: string, domain?: string) =>
  stixObject('x-mitre-tactic', number, {
    x_mitre_shortname: shortname,
    ...(domain ? { x_mitre_domains: [domain] } : {}),
  });
const technique = (number: number, phases: readonly (readonly [string, string])[], domain?: string) =>
  stixObject('attack-pattern', number, {
    kill_chain_phases: phases.map(([kill_chain_name, phase_name]) => ({ kill_chain_name, phase_name })),
    ...(domain ? { x_mitre_domains: [domain] } : {}),
  });
const served = (number: number, to: number) => [
  stixId('attack-pattern', number),
  stixId('x-mitre-tactic', to),
];

describe('tactics of ATT&CK', () => {
  it('are served by the techniques whose phases name them, in whatever order and of their domain', async () => {
    const { engine, importOne, state, services } = await openMemoryAtlas();
    const objects = [
      technique(
        1,
        [
          ['mitre-attack', 'impact'],
          ['mitre-attack', 'execution'],
        ],
        'enterprise-attack',
      ),
      tactic(1, 'impact', 'enterprise-attack'),
      tactic(2, 'impact', 'mobile-attack'),
      tactic(3, 'execution'),
      technique(2, [['mitre-mobile-attack', 'impact']], 'mobile-attack'),
      technique(3, [
        ['lockheed-martin-cyber-kill-chain', 'impact'],
        ['mitre-attack', 'unheard-of'],
      ]),
    ];
    const first = await importOne(bundleOf(...objects));
    expect(first).toMatchObject({ read: 6, created: 6 });
    const { edges } = (await state()) as { edges: readonly (readonly string[])[] };
    const expected = [served(1, 1), served(1, 3), served(2, 2)];
    expect(edges.map(([, from, to]) => [from, to]).sort()).toEqual(expected.sort());
    const projection = await services.projections.current();
    expect(projection.edges.ids).toHaveLength(3);
    expect(await importOne(bundleOf(...[...objects].reverse()))).toMatchObject({ unchanged: 6 });
    expect(((await state()) as { edges: unknown[] }).edges).toEqual(edges);
    await engine.close();
  });
});
