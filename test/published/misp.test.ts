/** Shapes in which MISP publishes what it has. */
import type { Json } from '../../src/model/values';
import { stixId } from '../support/memory-atlas';
import { describeShapes } from '../support/published-shapes';

describeShapes('MISP', (shapes) => {
  const uuid = (number: number) => `5f0b2f6e-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const attribute = (number: number, type: string, value: Json, more: object = {}) => ({
    uuid: uuid(number),
    type,
    value,
    timestamp: '1706745600',
    ...more,
  });
  const event = (more: object = {}) => ({
    uuid: uuid(1),
    info: 'A campaign',
    date: '2024-02-01',
    timestamp: '1706745600',
    Orgc: { name: 'CERT', uuid: uuid(90) },
    Attribute: [attribute(2, 'ip-dst|port', '198.51.100.7|443'), attribute(3, 'boolean', true)],
    Object: [
      {
        uuid: uuid(4),
        name: 'file',
        Attribute: [attribute(5, 'domain|ip', 'panel.example|198.51.100.9', { deleted: true })],
      },
    ],
    ...more,
  });

  it.each<[string, object]>([
    ['in its wrapper', { Event: event() }],
    ['without any', event()],
    ['in a list', [{ Event: event() }]],
    ['in a list without wrappers', [event()]],
    ['in an answer', { response: [{ Event: event() }] }],
    ['as the answer', { response: { Event: event() } }],
  ])('as an event %s', async (_name, content) => {
    await shapes.expectRead(content, 5, 'misp-event');
    expect(await shapes.names('Report')).toContain('A campaign');
    const found = await shapes.nodes();
    const at = (number: number) => found.get(`x-misp-attribute--${uuid(number)}`)?.properties;
    expect(at(2)).toMatchObject({ address: '198.51.100.7', name: '198.51.100.7|443' });
    expect(at(3)).toMatchObject({ name: 'true' });
    expect(at(5)).toMatchObject({ address: 'panel.example', revoked: true });
  });

  it('as attributes and objects that a search found, with the event that they are of', async () => {
    const { Attribute, Object: objects, ...around } = event();
    const found = Attribute.map((each) => ({ ...each, Event: around }));
    await shapes.expectRead({ response: { Attribute: found } }, 2, 'misp-event');
    await shapes.expectRead({ response: objects.map((each) => ({ Object: each })) }, 2, 'misp-event');
    expect(await shapes.links()).toEqual([
      'A campaign CONTAINS 198.51.100.7|443',
      'A campaign CONTAINS true',
      'file CONTAINS panel.example|198.51.100.9',
    ]);
  });

  it('as a manifest or list of events, which takes nothing from an event that is known', async () => {
    await shapes.atlas.importOne({ Event: event() });
    const known = (await shapes.nodes()).get(`x-misp-event--${uuid(1)}`);
    const { Attribute: _a, Object: _o, uuid: own, ...named } = event({ analysis: 2 });
    const manifest = { [own]: named, [uuid(6)]: { ...named, info: 'Another' } };
    const list = [{ ...named, uuid: own, EventTag: [{ Tag: { name: 'tlp:green' } }] }];
    await shapes.expectRead(manifest, 2, 'misp-event');
    expect((await shapes.nodes()).get(`x-misp-event--${uuid(1)}`)).toEqual(known);
    expect(await shapes.atlas.importOne(list)).toMatchObject({ read: 1, updated: 1 });
    expect(await shapes.atlas.importOne(list)).toMatchObject({ read: 1, unchanged: 1 });
    expect((await shapes.nodes()).get(`x-misp-event--${uuid(1)}`)?.properties).toMatchObject({
      markings: ['tlp:green'],
      customProperties: known?.properties.customProperties,
    });
    expect(await shapes.names('Report')).toEqual(expect.arrayContaining(['A campaign', 'Another']));
  });

  it('with names for the clusters that an event is tagged with, which their galaxy may tell better', async () => {
    const cluster = { uuid: uuid(20), value: 'Gang', description: 'short', meta: { synonyms: ['Crew'] } };
    const galaxy = { type: 'threat-actor', name: 'Threat Actor', GalaxyCluster: [cluster] };
    const tagged = { Event: event({ Galaxy: [galaxy] }) };
    await shapes.expectRead(tagged, 5, 'misp-event');
    const id = `x-misp-galaxy-cluster--${uuid(20)}`;
    expect((await shapes.nodes()).get(id)).toMatchObject({
      type: 'IntrusionSet',
      properties: { name: 'Gang', aliases: ['Crew'] },
    });
    await shapes.atlas.importOne({
      type: 'threat-actor',
      values: [{ value: 'Gang', uuid: uuid(20), description: 'long', meta: { country: 'XX' } }],
    });
    expect(await shapes.atlas.importOne(tagged)).toMatchObject({ unchanged: 5 });
    expect((await shapes.nodes()).get(id)?.properties).toMatchObject({ description: 'long' });
  });

  it('as galaxies: definitions, values without a UUID, lists where one text is expected', async () => {
    await shapes.expectRead(
      { uuid: uuid(30), name: 'Threat Actor', type: 'threat-actor', namespace: 'misp', version: 3 },
      1,
      'misp-galaxy',
    );
    await shapes.expectRead(
      {
        uuid: uuid(30),
        type: 'threat-actor',
        name: 'Threat actor',
        authors: ['A'],
        values: [{ value: 'Nameless' }, { value: 'Gang', meta: { country: ['IR'], synonyms: 'Crew' } }],
      },
      2,
      'misp-galaxy',
    );
    expect(await shapes.names('IntrusionSet')).toEqual(['Gang', 'Nameless']);
    expect(await shapes.names('Jurisdiction')).toEqual(['IR']);
    expect((await shapes.nodes()).get(`x-misp-galaxy--${uuid(30)}`)?.properties).toMatchObject({
      name: 'Threat Actor',
      customProperties: { definition: { version: 3 }, clusters: { authors: ['A'] } },
    });
  });

  it('as clusters that an instance exports', async () => {
    const GalaxyCluster = {
      uuid: uuid(40),
      type: 'threat-actor',
      value: 'Gang',
      GalaxyElement: [
        { key: 'synonyms', value: 'Crew' },
        { key: 'synonyms', value: 'Mob' },
      ],
      GalaxyClusterRelation: [
        {
          referenced_galaxy_cluster_uuid: uuid(41),
          referenced_galaxy_cluster_type: 'similar',
          Tag: [{ name: 'estimative-language:likelihood-probability="likely"' }],
        },
      ],
    };
    const file = await shapes.atlas.importOne([{ GalaxyCluster }]);
    expect(file).toMatchObject({ format: 'misp-galaxy', read: 2, created: 1, stubbed: 1 });
    expect(await shapes.atlas.importOne({ GalaxyCluster })).toMatchObject({ read: 2, unchanged: 2 });
    expect((await shapes.nodes()).get(`x-misp-galaxy-cluster--${uuid(40)}`)?.properties).toMatchObject({
      aliases: ['Crew', 'Mob'],
    });
  });

  it('as the warninglist that an instance answers with', async () => {
    const list = { name: 'Hosts', type: 'hostname', WarninglistType: [{ type: 'domain' }] };
    const Warninglist = { ...list, WarninglistEntry: [{ id: '1', value: 'cdn.example' }] };
    await shapes.expectRead({ Warninglist }, 1, 'misp-warninglist');
    const { reasons } = await shapes.atlas.importOne([
      { type: 'domain-name', id: stixId('domain-name', 1), value: 'a.cdn.example' },
    ]);
    expect(reasons).toEqual([expect.objectContaining({ code: 'ON_WARNINGLIST', count: 1 })]);
  });

  it('with all that an event says of what it extends, refers to and is tagged with', async () => {
    const meta = { country: ['XX'], synonyms: ['Crew'] };
    const galaxy = [{ type: 'threat-actor', GalaxyCluster: [{ uuid: uuid(20), value: 'Gang', meta }] }];
    const object = event().Object[0];
    const given = event({
      extends_uuid: uuid(70),
      Galaxy: galaxy,
      Object: [
        {
          ...object,
          ObjectReference: [
            { uuid: uuid(71), referenced_uuid: uuid(2), relationship_type: 'connects-to' },
            { uuid: uuid(72), referenced_uuid: uuid(5), relationship_type: 'names' },
          ],
        },
      ],
    });
    await shapes.expectRead({ Event: given }, 7, 'misp-event');
    expect(await shapes.links()).toEqual(
      expect.arrayContaining([
        'file connects-to 198.51.100.7|443',
        'file names panel.example|198.51.100.9',
        `A campaign extends x-misp-event--${uuid(70)}`,
      ]),
    );
    const report = (await shapes.nodes()).get(`x-misp-event--${uuid(1)}`);
    expect(report?.properties.customProperties).toMatchObject({ Galaxy: galaxy });
  });

  it('as taxonomies, with what they say of themselves', async () => {
    const entry = { value: 'x', expanded: 'X', numerical_value: 50 };
    const taxonomy = {
      namespace: 'scale',
      description: 'A scale',
      version: 5,
      exclusive: true,
      predicates: [{ value: 'grade', colour: '#f00' }],
      values: [{ predicate: 'grade', entry: [entry] }],
    };
    await shapes.expectRead(taxonomy, 2, 'misp-taxonomy');
    const known = [...(await shapes.nodes()).values()].find(({ properties }) => properties.name === 'scale');
    expect(known?.properties).toMatchObject({
      description: 'A scale',
      customProperties: { version: 5, exclusive: true },
    });
    expect(await shapes.links()).toEqual(['scale:grade tag-of scale', 'scale:grade="x" tag-of scale']);
  });

  it('as warninglists whose entries have comments', async () => {
    const list = {
      name: 'Hosts',
      type: 'hostname',
      list: ['a.example', { value: 'b.example', comment: 'ours' }],
    };
    await shapes.expectRead(list, 2, 'misp-warninglist');
    const entry = [...(await shapes.nodes()).values()].find(
      ({ properties }) => properties.name === 'b.example',
    );
    expect(entry?.properties).toMatchObject({ description: 'ours' });
  });
});
