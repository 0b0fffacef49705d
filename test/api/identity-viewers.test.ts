/** Who is who, as a viewer sees it who may not see everything: as in a graph that never held the rest. */
import fc from 'fast-check';
import { graphql } from 'graphql';
import { createServices } from '../../src/compose';
import { createContext } from '../../src/graphql/context';
import { apiSchema } from '../../src/graphql/schema';
import { bytesSource } from '../../src/ingest/byte-source';
import type { Batch, Json, NodeValue, RelationshipValue } from '../../src/model/values';
import type { Viewer } from '../../src/model/viewer';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import { migrate } from '../../src/store/migrate';
import { bundleOf, stixId, stixObject } from '../support/memory-atlas';
import { node, relationship } from '../support/values';

const RED = ['TLP:RED'];
const low: Viewer = { id: 'ann', role: 'EDITOR', clearance: 'GREEN', groups: [], seesAll: false };

const QUERY = `query ($ids: [ID!]!) {
  identityProposals(first: 500) { totalCount nodes { id kind score isAmbiguous status automatic nodes { id } rivals { id }
    evidence { kind weight says nodes { id } relationships { id } } } }
  identityJudgements(first: 500) { totalCount nodes { id judgement fromId toId } }
  nodes(ids: $ids) { id identity { size representative { id } members { id } names { name usedBy } judgements { id }
    contradictions { chain { id } } } }
  actors(joined: true, first: 500) { totalCount nodes { id ... on Actor { usesTechnique { totalCount } uses { totalCount } } } }
  techniques(joined: true) { distributionOver(relation: TECHNIQUE_USED_BY) { buckets { count node { id } } } }
  search(text: "alpha", joined: true) { totalCount nodes { id } }
}`;

/** What another reporter calls its clusters: an import links them by the rule, with what the importer sees. */
const IMPORTED = bundleOf(
  stixObject('identity', 1, { name: 'Four', identity_class: 'organization' }),
  ...['alpha', 'beta'].map((alias, i) =>
    stixObject('intrusion-set', 2 + i, {
      name: `Cluster ${i}`,
      aliases: [alias],
      created_by_ref: stixId('identity', 1),
    }),
  ),
);

async function answer(batch: Batch, viewer: Viewer, ids: readonly string[]): Promise<unknown> {
  const engine = EmbeddedEngine.open(undefined);
  try {
    await migrate(engine, () => new Date());
    const services = createServices(engine);
    await services.writes.write(batch, { kind: 'TEST', actor: 'test' });
    const read = async () => {
      const contextValue = await createContext(services, { pageSize: 500 }, 'test', viewer);
      const { data, errors } = await graphql({
        schema: apiSchema(),
        source: QUERY,
        contextValue,
        variableValues: { ids },
      });
      if (errors) throw errors[0].originalError ?? errors[0];
      return data;
    };
    const before = await read();
    const linked: unknown[] = [];
    for (const isDryRun of [true, false, false]) {
      const sources = [bytesSource(Buffer.from(JSON.stringify(IMPORTED)), 'four.json')];
      const { identity } = await services.importing.import(sources, { actor: viewer.id, viewer, isDryRun });
      linked.push(identity);
    }
    expect(linked[0]).not.toBeNull();
    return { before, linked, after: await read() };
  } finally {
    await engine.close();
  }
}

const actors = Array.from({ length: 6 }, (_, i) => i);
const names = ['alpha', 'beta', 'gamma'];
const graphs = fc.record({
  views: fc.tuple(
    ...actors.map(() =>
      fc.record({
        reporter: fc.constantFrom('One', 'Two', 'Three'),
        aliases: fc.uniqueArray(fc.constantFrom(...names), { maxLength: 2 }),
        isHidden: fc.boolean(),
      }),
    ),
  ),
  judged: fc.uniqueArray(
    fc.record({
      a: fc.nat(5),
      b: fc.nat(5),
      judgement: fc.constantFrom('SAME', 'SAME', 'DISTINCT', 'PART', 'OVERLAP'),
      isHidden: fc.boolean(),
    }),
    { maxLength: 5, selector: ({ a, b }) => [a, b].sort().join() },
  ),
  uses: fc.uniqueArray(fc.record({ actor: fc.nat(5), what: fc.nat(3), isHidden: fc.boolean() }), {
    maxLength: 8,
    selector: ({ actor, what }) => `${actor} ${what}`,
  }),
});

describe('identity for viewers', () => {
  it('is that of a graph that never held what they may not see', async () => {
    await fc.assert(
      fc.asyncProperty(graphs, async ({ views, judged, uses }) => {
        const marked = (isHidden: boolean): Record<string, Json> => (isHidden ? { markings: RED } : {});
        const nodes = views.map(({ reporter, aliases, isHidden }, i) =>
          node('IntrusionSet', `View ${i}`, { reporter, aliases, ...marked(isHidden) }),
        );
        const things: NodeValue[] = [
          node('Malware', 'M0', { availability: 'PRIVATE' }),
          node('Malware', 'M1', { availability: 'PRIVATE', ...marked(true) }),
          node('Technique', 'T0'),
          node('Technique', 'T1', marked(true)),
        ];
        const relationships: RelationshipValue[] = [
          ...judged
            .filter(({ a, b }) => a !== b)
            .map(({ a, b, judgement, isHidden }) =>
              relationship('SAME_AS', nodes[a], nodes[b], {
                judgement,
                judgedBy: 'x',
                reason: 'y',
                ...marked(isHidden),
              }),
            ),
          ...uses.map(({ actor, what, isHidden }) =>
            relationship(what < 2 ? 'USES' : 'USES_TECHNIQUE', nodes[actor], things[what], marked(isHidden)),
          ),
        ];
        const isSeen = ({ properties }: { properties: { readonly markings?: unknown } }) =>
          properties.markings === undefined;
        const seen = [...nodes, ...things].filter(isSeen);
        const ids = new Set(seen.map(({ id }) => id));
        const rest = relationships.filter((each) => isSeen(each) && ids.has(each.from) && ids.has(each.to));
        const asked = nodes.map(({ id }) => id);
        const restricted = await answer(
          { nodes: [...nodes, ...things], relationships, claims: [] },
          low,
          asked,
        );
        const never = await answer({ nodes: seen, relationships: rest, claims: [] }, low, asked);
        expect(restricted).toEqual(never);
      }),
      { numRuns: 20 },
    );
  }, 120_000);
});
