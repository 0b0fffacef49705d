import { openMemoryAtlas } from '../support/memory-atlas';

const cluster = (type: string, ...values: readonly object[]) => ({
  type,
  name: 'Threat Actor',
  version: 1,
  values,
});
const value = (uuid: number, name: string, meta: object) => ({
  uuid: `00000000-0000-4000-8000-00000000000${uuid}`,
  value: name,
  meta,
});

describe('actors of a MISP galaxy', () => {
  it('are under the jurisdiction of the country that they are attributed to, as sure as the galaxy is', async () => {
    const { engine, importOne, services } = await openMemoryAtlas();
    const galaxy = cluster(
      'threat-actor',
      value(1, 'A', { country: 'ru', 'attribution-confidence': '50' }),
      value(2, 'B', { country: 'RU' }),
      value(3, 'C', { country: '', 'attribution-confidence': '50' }),
      value(4, 'D', { country: 'Russia' }),
    );
    expect(await importOne(galaxy)).toMatchObject({ read: 4, created: 4, rejected: 0 });
    const projection = await services.projections.current();
    const links = projection.edges.ids.map((id, edge) => ({
      id,
      from: projection.from[edge],
      to: projection.to[edge],
    }));
    const nodes = await services.nodes.find(projection.vertices.ids);
    const named = (vertex: number) => nodes.get(projection.vertices.ids[vertex])?.properties.name;
    expect(links.map(({ from, to }) => [named(from), named(to)]).sort()).toEqual([
      ['A', 'RU'],
      ['B', 'RU'],
    ]);
    const [a] = links.filter(({ from }) => named(from) === 'A');
    const claims = await services.evidence.find([a.id]);
    expect(claims.get(a.id)).toMatchObject([{ confidence: 50, derivation: 'INFERRED' }]);
    expect(await importOne(galaxy)).toMatchObject({ unchanged: 4 });
    await engine.close();
  });

  it('are no actors in a galaxy of something else', async () => {
    const { engine, importOne, services } = await openMemoryAtlas();
    await importOne(cluster('ransomware', value(1, 'A', { country: 'RU' })));
    expect((await services.projections.current()).edges.ids).toEqual([]);
    await engine.close();
  });
});
