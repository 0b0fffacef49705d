import { embeddedObservables, observableId, observableName } from '../../src/ingest/stix-observables';
import type { Json } from '../../src/model/values';
import {
  bundleOf,
  type MemoryAtlas,
  openMemoryAtlas,
  stixId,
  stixObject,
  stixRelationship,
} from '../support/memory-atlas';

interface State {
  readonly nodes: readonly {
    id: string;
    type: string;
    properties: Record<string, Json>;
    isDescribed: boolean;
  }[];
  readonly edges: readonly (readonly [string, string, string])[];
}

const object = (type: string, number: number, more: object = {}) => stixObject(type, number, more);
const step = (type: string, number: number, more: object = {}) =>
  object(`attack-${type}`, number, {
    extensions: {
      'extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4': { extension_type: 'new-sdo' },
    },
    ...more,
  });
const refs = (type: string, ...numbers: number[]) =>
  numbers.map((number) => stixId(`attack-${type}`, number));

describe('identifiers and names of observables', () => {
  // As the reference implementation of OASIS makes them (stix2 3.0.1).
  it.each([
    [{ type: 'ipv4-addr', value: '198.51.100.3' }, 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4'],
    [{ type: 'domain-name', value: 'example.com' }, 'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7'],
    [
      { type: 'file', name: 'x', hashes: { 'SHA-256': 'a'.repeat(64), MD5: 'b'.repeat(32) } },
      'file--b86e92d6-0d32-52c1-9fee-554106946d9a',
    ],
    [{ type: 'autonomous-system', number: 64500 }, 'autonomous-system--0a5f7072-df00-5729-9f0a-4eb18631a446'],
    [
      {
        type: 'network-traffic',
        protocols: ['tcp'],
        src_ref: 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4',
        dst_port: 80,
      },
      'network-traffic--793969cb-232e-5798-8987-2c75c6383278',
    ],
    [
      { type: 'windows-registry-key', key: 'hklm\\a' },
      'windows-registry-key--15fcea52-c45a-5217-937a-9c11f9f445ba',
    ],
  ])('are those of the standard', (observable, id) => {
    expect(observableId(observable)).toBe(id);
  });

  it('are made of one hash of several, and not made for what has no content of its own', () => {
    const all: readonly Record<string, string>[] = [{ MD5: 'x' }, { MD5: 'x', 'SHA-256': 'y' }];
    const [a, b] = all.map((hashes) => observableId({ type: 'file', hashes }));
    expect(a).toBe(b);
    expect(observableId({ type: 'process', pid: 1 })).toBeUndefined();
  });

  it('name what has no name', () => {
    expect(observableName({ type: 'autonomous-system', number: 64500 })).toBe('AS64500');
    expect(observableName({ type: 'file', hashes: { 'SHA-256': 'abc' } })).toBe('abc');
    expect(observableName({ type: 'email-message', subject: 'Invoice' })).toBe('Invoice');
    expect(observableName({ type: 'network-traffic', protocols: ['tcp'] })).toBeUndefined();
  });

  it('resolve the keys of STIX 2.0', () => {
    const found = embeddedObservables(
      {
        objects: {
          0: { type: 'domain-name', value: 'example.com', resolves_to_refs: ['1'] },
          1: { type: 'ipv4-addr', value: '198.51.100.3' },
        },
      },
      'observed-data--1',
    );
    expect(found).toEqual([
      expect.objectContaining({
        id: 'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7',
        resolves_to_refs: ['ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4'],
      }),
      expect.objectContaining({ id: 'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4' }),
    ]);
  });
});

describe('importing STIX', () => {
  let atlas: MemoryAtlas;
  beforeEach(async () => {
    atlas = await openMemoryAtlas();
  });
  afterEach(() => atlas.engine.close());

  const state = async () => (await atlas.state()) as State;
  const importing = async (...objects: readonly unknown[]) => {
    const file = await atlas.importOne(bundleOf(...objects));
    expect(file.read).toBe(objects.length);
    return file;
  };
  /** Links between ids, by their name in STIX. */
  async function links(): Promise<readonly string[]> {
    const { edges } = await state();
    const found = await atlas.services.relationships.find(edges.map(([id, from, to]) => ({ id, from, to })));
    return [...found.values()]
      .map((each) => `${each.from} ${each.type} ${each.properties.stixType} ${each.to}`)
      .sort();
  }

  it('makes relationships of what objects name, and stubs of what is not there', async () => {
    const malware = stixId('malware', 1);
    await importing(
      object('report', 1, { object_refs: [malware, stixId('relationship', 1)] }),
      object('sighting', 1, {
        sighting_of_ref: malware,
        where_sighted_refs: [stixId('identity', 9)],
        count: 3,
      }),
      object('opinion', 1, { opinion: 'agree', object_refs: [malware] }),
      object('malware-analysis', 1, { product: 'sandbox', sample_ref: stixId('file', 1) }),
      object('language-content', 1, { object_ref: malware, contents: { de: { name: 'Schadsoftware' } } }),
      object('attack-pattern', 1, {
        x_capec_child_of_refs: [stixId('attack-pattern', 2)],
        x_capec_can_precede_refs: [stixId('attack-pattern', 3)],
      }),
      object('x-mitre-matrix', 1, {
        tactic_refs: [stixId('x-mitre-tactic', 1)],
        created_by_ref: stixId('identity', 1),
        x_mitre_modified_by_ref: stixId('identity', 1),
      }),
      object('x-mitre-collection', 1, {
        x_mitre_contents: [{ object_ref: malware, object_modified: '2024-01-01T00:00:00Z' }],
      }),
    );
    expect(await links()).toEqual(
      [
        `${stixId('report', 1)} CONTAINS object ${malware}`,
        `${stixId('sighting', 1)} SIGHTED sighting-of ${malware}`,
        `${stixId('sighting', 1)} RELATED_TO where-sighted ${stixId('identity', 9)}`,
        `${stixId('opinion', 1)} RELATED_TO object ${malware}`,
        `${stixId('malware-analysis', 1)} RELATED_TO sample ${stixId('file', 1)}`,
        `${stixId('language-content', 1)} RELATED_TO object ${malware}`,
        `${stixId('attack-pattern', 1)} RELATED_TO child-of ${stixId('attack-pattern', 2)}`,
        `${stixId('attack-pattern', 1)} RELATED_TO can-precede ${stixId('attack-pattern', 3)}`,
        `${stixId('x-mitre-matrix', 1)} CONTAINS tactic ${stixId('x-mitre-tactic', 1)}`,
        `${stixId('x-mitre-collection', 1)} CONTAINS contents ${malware}`,
      ].sort(),
    );
    expect((await state()).nodes.find((node) => node.id === malware)).toMatchObject({
      type: 'Malware',
      isDescribed: false,
    });
    await importing(object('malware', 1));
    expect((await state()).nodes.find((node) => node.id === malware)).toMatchObject({ isDescribed: true });
  });

  it('keeps addresses as infrastructure, and every other observable whole', async () => {
    await importing(
      {
        type: 'ipv4-addr',
        spec_version: '2.1',
        id: stixId('ipv4-addr', 1),
        value: '198.51.100.3',
        x_note: 'n',
      },
      { type: 'autonomous-system', spec_version: '2.1', id: stixId('autonomous-system', 1), number: 64500 },
      { type: 'mutex', spec_version: '2.1', id: stixId('mutex', 1), name: 'm' },
      { type: 'user-account', spec_version: '2.1', id: stixId('user-account', 1), account_login: 'root' },
    );
    const found = Object.fromEntries(
      (await state()).nodes.map(({ id, type, properties }) => [id.split('--')[0], { type, ...properties }]),
    );
    expect(found['ipv4-addr']).toEqual({
      type: 'Infrastructure',
      name: '198.51.100.3',
      address: '198.51.100.3',
      infrastructureType: 'ip-address',
      stixType: 'ipv4-addr',
      customProperties: { value: '198.51.100.3', x_note: 'n' },
    });
    expect(found['autonomous-system']).toMatchObject({
      type: 'Infrastructure',
      name: 'AS64500',
      infrastructureType: 'asn',
    });
    expect(found.mutex).toMatchObject({ type: 'Thing', stixType: 'mutex', name: 'm' });
    expect(found['user-account']).toMatchObject({ type: 'Account', handle: 'root', name: 'root' });
  });

  it('takes the observables out of observed data of STIX 2.0, the same ones only once', async () => {
    const observed = (number: number) => ({
      type: 'observed-data',
      id: stixId('observed-data', number),
      created: '2024-01-01T00:00:00Z',
      modified: '2024-01-01T00:00:00Z',
      number_observed: 1,
      objects: {
        0: { type: 'ipv4-addr', value: '198.51.100.3' },
        1: { type: 'network-traffic', dst_ref: '0', protocols: ['tcp'] },
      },
    });
    await importing(observed(1), observed(2));
    const { nodes } = await state();
    expect(nodes.filter((node) => node.type === 'Infrastructure').map((node) => node.id)).toEqual([
      'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4',
    ]);
    expect((await links()).filter((link) => link.includes('RELATED_TO dst'))).toHaveLength(2);
  });

  describe('an attack flow', () => {
    const flow = object('attack-flow', 1, { scope: 'incident', start_refs: refs('action', 1, 2, 3) });
    const action = (number: number, effects: readonly string[] = []) =>
      step('action', number, {
        name: `a${number}`,
        technique_ref: stixId('attack-pattern', number),
        ...(effects.length > 0 ? { effect_refs: effects } : {}),
      });
    const techniques = [1, 2, 3, 4, 5].map((number) => object('attack-pattern', number));

    /** Names of the techniques of each requirement of the flow. */
    async function needs(): Promise<readonly string[]> {
      const { nodes } = await state();
      const found = (await links())
        .filter((link) => link.includes('SATISFIED_BY'))
        .map((link) => link.split(' '));
      const requirements = nodes.filter((node) => node.type === 'Requirement');
      return requirements
        .map(({ id }) =>
          found
            .filter(([from]) => from === id)
            .map(([, , , to]) => to.replace(/^.*0/, ''))
            .sort()
            .join('|'),
        )
        .sort();
    }

    it('needs all of what an AND joins, and one of what an OR or nothing joins', async () => {
      await importing(
        flow,
        ...techniques,
        action(1, refs('operator', 1)),
        action(2, refs('operator', 1)),
        action(3, refs('action', 4)),
        step('operator', 1, { operator: 'AND', effect_refs: refs('action', 4) }),
        action(4, refs('condition', 1)),
        step('condition', 1, { description: 'in', on_true_refs: refs('action', 5) }),
        action(5),
      );
      expect(await needs()).toEqual(['1|3', '2|3', '4', '5']);
    });

    it('rests after a failure on what was there before it, and ends where either way ends', async () => {
      await importing(
        flow,
        ...techniques,
        action(1, refs('action', 2)),
        action(2, refs('condition', 1)),
        step('condition', 1, {
          description: 'd',
          on_true_refs: refs('action', 4),
          on_false_refs: refs('action', 5),
        }),
        action(4),
        action(5),
        action(3, refs('action', 1)),
      );
      // Start 2 lets 2 be reached alone; 5 stands in for what 2 and 4 give.
      expect(await needs()).toEqual(['2|5', '4|5']);
    });

    it('ends though steps lead in a circle, and uses what is tied to an action instead of its technique', async () => {
      await importing(
        { ...flow, start_refs: refs('action', 1) },
        ...techniques,
        object('infrastructure', 1),
        action(1, refs('action', 2)),
        action(2, [...refs('action', 1), ...refs('action', 3)]),
        action(3),
        stixRelationship(1, 'related-to', stixId('infrastructure', 1), stixId('attack-action', 3)),
      );
      const { chokepoints } = await atlas.services.chokepoints.chokepoints(
        await atlas.services.views.whole(),
        {
          operationIds: [stixId('attack-flow', 1)],
        },
      );
      expect(chokepoints.map((each) => each.id)).toContain(stixId('infrastructure', 1));
    });
  });
});
