import { type ApiServer, startApi } from '../support/api-server';
import { node, relationship } from '../support/values';

/**
 * One group under three names: the actor A and the views V1 and V2. V1 uses T1 and M, V2 uses T1 and T2. Another group, W, uses T1.
 * V1 is linked with V2 by a source.
 */
const actor = node('ThreatActor', 'Actor A', { kind: 'GROUP', aliases: ['Alpha'] });
const v1 = node('IntrusionSet', 'View 1', { reporter: 'One', aliases: ['Kilo'] });
const v2 = node('IntrusionSet', 'View 2', { reporter: 'Two' });
const other = node('IntrusionSet', 'Other', { reporter: 'One' });
const [t1, t2] = ['T1', 'T2'].map((id) => node('Technique', id, { externalId: id }));
const malware = node('Malware', 'M', { availability: 'PRIVATE' });
const links = [
  relationship('USES_TECHNIQUE', v1, t1),
  relationship('USES_TECHNIQUE', v2, t1),
  relationship('USES_TECHNIQUE', v2, t2),
  relationship('USES_TECHNIQUE', other, t1),
  relationship('USES', v1, malware),
  relationship('RELATED_TO', v1, v2, { stixType: 'similar' }),
];
const JUDGE = `mutation ($judgements: [JudgementInput!]!) { judgeIdentity(judgements: $judgements) { items { id status problem } } }`;
const WITHDRAW =
  'mutation ($ids: [ID!]!) { withdrawJudgements(ids: $ids, reason: "test") { items { status } } }';

/** Everything that is read over, joined or not. */
const READS = (joined: boolean) => `{
  actors(joined: ${joined}) { totalCount nodes { id name identity { size names { name } } } }
  intrusionSets(joined: ${joined}) { totalCount
    distributionOver(relation: USES_TECHNIQUE) { buckets { count node { name } } }
    pairsSharing(relation: USES_TECHNIQUE) { total pairs { count nodes { name } } } }
  techniques(joined: ${joined}) { nodes { name
    techniqueUsedBy { totalCount edges { node { id } relationship { id fromId from { id name } evidence { totalCount } } } } } }
  node(id: "${v1.id}", joined: ${joined}) { id name ... on Actor { usesTechnique { totalCount } uses { nodes { name } } } relations(types: [RELATED_TO]) { totalCount } }
  search(text: "kilo", joined: ${joined}) { totalCount nodes { id } }
  resolveName(name: "View 1", joined: ${joined}) { isAmbiguous candidates { node { id } } }
  neighbourhood(id: "${t1.id}", joined: ${joined}) { nodes { name } relationships { id fromId } }
  shortestPaths(from: "${t2.id}", to: "${malware.id}", joined: ${joined}) { paths { length } }
  chokepoints(joined: ${joined}) { operationsInScope }
  count(joined: ${joined})
}`;
interface Reads {
  readonly actors: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly id: string; readonly identity: { readonly size: number } }[];
  };
  readonly intrusionSets: { readonly totalCount: number };
  readonly techniques: {
    readonly nodes: readonly {
      readonly name: string;
      readonly techniqueUsedBy: {
        readonly totalCount: number;
        readonly edges: readonly {
          readonly node: { readonly id: string };
          readonly relationship: { readonly id: string; readonly fromId: string };
        }[];
      };
    }[];
  };
  readonly node: {
    readonly id: string;
    readonly usesTechnique: { readonly totalCount: number };
    readonly uses: { readonly nodes: unknown[] };
    readonly relations: { readonly totalCount: number };
  };
  readonly search: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] };
  readonly resolveName: {
    readonly isAmbiguous: boolean;
    readonly candidates: readonly { readonly node: { readonly id: string } }[];
  };
  readonly neighbourhood: { readonly nodes: readonly { readonly name: string }[] };
  readonly shortestPaths: { readonly paths: readonly { readonly length: number }[] };
  readonly chokepoints: { readonly operationsInScope: number };
  readonly count: number;
}

describe('reading who is one as one', () => {
  let api: ApiServer;
  beforeEach(async () => {
    api = await startApi();
    await api.services.writes.write(
      { nodes: [actor, v1, v2, other, t1, t2, malware], relationships: links, claims: [] },
      { kind: 'TEST', actor: 'test' },
    );
  });
  afterEach(() => api.close());

  const reads = (joined: boolean) => api.data<Reads>(READS(joined));
  const judge = async (...pairs: readonly (readonly [{ id: string }, { id: string }, string])[]) => {
    const judgements = pairs.map(([a, b, judgement]) => ({ a: a.id, b: b.id, judgement, reason: 'test' }));
    const { judgeIdentity } = await api.data<{
      judgeIdentity: { items: { id: string; problem: string | null }[] };
    }>(JUDGE, { judgements });
    expect(judgeIdentity.items.map(({ problem }) => problem)).toEqual(pairs.map(() => null));
    return judgeIdentity.items.map(({ id }) => id);
  };

  it('reads nothing as one that nobody judged', async () => {
    expect(await reads(true)).toEqual(await reads(false));
  });

  it('counts one actor, and gives it the relations of all', async () => {
    const before = await reads(false);
    await judge([v1, actor, 'SAME'], [v2, v1, 'SAME']);
    const apart = await reads(false);
    const joined = await reads(true);
    expect({ ...apart, actors: null }).toEqual({ ...before, actors: null });
    expect(joined.actors.totalCount).toBe(2);
    expect(joined.actors.nodes).toMatchObject([
      { id: actor.id, identity: { size: 3 } },
      { id: other.id, identity: { size: 1 } },
    ]);
    expect(joined.intrusionSets.totalCount).toBe(1);
    expect(joined.count).toBe(before.count - 2);
    expect(joined.node).toMatchObject({
      id: actor.id,
      usesTechnique: { totalCount: 3 },
      relations: { totalCount: 0 },
    });
    expect(joined.node.uses.nodes).toEqual([{ name: 'M' }]);
    const [used] = joined.techniques.nodes;
    expect(new Set(used.techniqueUsedBy.edges.map(({ node }) => node.id))).toEqual(
      new Set([actor.id, other.id]),
    );
    const stated = used.techniqueUsedBy.edges.map(({ relationship: link }) => link.fromId).sort();
    expect(stated).toEqual([v1.id, v2.id, other.id].sort());
    expect(joined.search.nodes).toEqual([{ id: actor.id }]);
    expect(joined.resolveName).toEqual({ isAmbiguous: false, candidates: [{ node: { id: actor.id } }] });
    expect(joined.neighbourhood.nodes.map(({ name }) => name).sort()).toEqual(['Actor A', 'Other', 'T1']);
    expect(joined.shortestPaths.paths).toEqual([{ length: 2 }]);
    expect(joined.chokepoints.operationsInScope).toBeLessThanOrEqual(before.chokepoints.operationsInScope);
  });

  it('counts a technique once for a group, in the figures of components too', async () => {
    await judge([v1, v2, 'SAME']);
    const { components } = await api.data<{
      components: { distributionOver: { buckets: { count: number; node: { name: string } }[] } };
    }>(
      '{ components: techniques(joined: true) { distributionOver(relation: TECHNIQUE_USED_BY) { buckets { count node { name } } } } }',
    );
    expect(components.distributionOver.buckets).toEqual([
      { count: 2, node: { name: 'View 2' } },
      { count: 1, node: { name: 'Other' } },
    ]);
    const { intrusionSets } = await api.data<{ intrusionSets: { distributionOver: { buckets: unknown } } }>(
      '{ intrusionSets(joined: true) { distributionOver(relation: USES_TECHNIQUE) { buckets { count node { name } } } } }',
    );
    expect(intrusionSets.distributionOver.buckets).toEqual([
      { count: 2, node: { name: 'T1' } },
      { count: 1, node: { name: 'T2' } },
    ]);
  });

  it('is undone to the byte but for the history of judgements', async () => {
    const state = async () => {
      const projection = await api.services.projections.current();
      const nodes = await api.services.nodes.find(projection.vertices.ids);
      const keys = projection.edges.ids.flatMap(
        (id) => api.services.relationships.keyOf(projection, id) ?? [],
      );
      const found = await api.services.relationships.find(keys);
      return JSON.stringify([[...nodes], [...found].filter(([, value]) => value.type !== 'SAME_AS')]);
    };
    const [before, separate, joined] = [await state(), await reads(false), await reads(true)];
    const ids = await judge([actor, v1, 'SAME'], [v1, v2, 'SAME'], [other, actor, 'DISTINCT']);
    expect(await reads(true)).not.toEqual(joined);
    expect(await state()).toBe(before);
    await api.data(WITHDRAW, { ids });
    expect(await state()).toBe(before);
    expect(JSON.stringify(await reads(false))).toBe(JSON.stringify(separate));
    expect(JSON.stringify(await reads(true))).toBe(JSON.stringify(joined));
  });

  it('joins as it was known at a moment', async () => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const then = new Date().toISOString();
    await new Promise((resolve) => setTimeout(resolve, 5));
    await judge([actor, v1, 'SAME']);
    const ask = async (rest: string) =>
      (await api.data<{ actors: { totalCount: number } }>(`{ actors(joined: true${rest}) { totalCount } }`))
        .actors.totalCount;
    expect(await ask('')).toBe(3);
    expect(await ask(`, knownAt: "${then}"`)).toBe(4);
    expect(await ask(', asOf: "2020-01-01T00:00:00Z"')).toBe(3);
  });

  it('leaves apart whose judgements contradict each other', async () => {
    await judge([actor, v1, 'SAME'], [v1, v2, 'SAME']);
    const relationship = {
      id: 'relationship--d',
      type: 'SAME_AS',
      from: actor.id,
      to: v2.id,
      properties: { judgement: 'DISTINCT', judgedBy: 'x', reason: 'y' },
    };
    await api.services.writes.write(
      { nodes: [], relationships: [relationship], claims: [] },
      { kind: 'TEST', actor: 'another store' },
    );
    expect((await reads(true)).actors.totalCount).toBe(4);
  });
});
