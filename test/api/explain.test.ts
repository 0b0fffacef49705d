/** Why a fact is held, since when, and what differs between two states, over HTTP. */
import { nodeId } from '../../src/model/identity';
import { useApi } from '../support/api-server';
import { add, published, report, service } from '../support/claims';

describe('why, since when, what differs', () => {
  const api = useApi();

  it('explain says who claims it, how sure it is, what contradicts it and who changed it', async () => {
    const factId = await service(api());
    await add(api(), [
      { factId, report: report('R1', published('S1', 'B')), values: { price: 3 }, credibility: 2 },
      { factId, report: report('R2', published('S2', 'C')), values: { price: 4 } },
    ]);
    const { explain } = await api().data<{ explain: Record<string, unknown> }>(
      `query ($id: ID!) { explain(factId: $id) { id node { __typename } relationship { id } claims { values reliabilityOf: report { name } }
        confidence { percent formula origins { key percent claims { reliability percent } } } conflicts { property }
        derivation { rule because { totalCount } } history { totalCount nodes { action actor kind } } } }`,
      { id: factId },
    );
    expect(explain).toMatchObject({
      id: factId,
      node: { __typename: 'Service' },
      relationship: null,
      conflicts: [{ property: 'price' }],
      derivation: { rule: 'STATED', because: { totalCount: 0 } },
      history: {
        totalCount: 2,
        nodes: [
          { action: 'UPDATED', actor: 'local', kind: 'CLAIM' },
          { action: 'CREATED', actor: 'local', kind: 'CREATE' },
        ],
      },
    });
    expect((explain.confidence as { origins: unknown[] }).origins).toHaveLength(2);
    expect((explain.confidence as { percent: number }).percent).toBeCloseTo(
      100 * (1 - (1 - 0.8) * (1 - 0.55)),
      9,
    );
    expect(await api().codes('{ explain(factId: "malware--none") { id } }')).toEqual(['OBJECT_NOT_FOUND']);
  });

  it('explain names the rule and the facts behind a standing operation', async () => {
    const objects = [
      { node: { intrusionSet: { id: 'intrusion-set--g', name: 'G' } } },
      { node: { malware: { id: 'malware--m', name: 'M', availability: 'PRIVATE' } } },
      {
        node: {
          technique: {
            id: 'attack-pattern--t',
            name: 'T',
            killChainPhases: [{ kill_chain_name: 'mitre-attack', phase_name: 'execution' }],
          },
        },
      },
      { relationship: { uses: { id: 'relationship--gm', from: 'intrusion-set--g', to: 'malware--m' } } },
      {
        relationship: {
          usesTechnique: { id: 'relationship--mt', from: 'malware--m', to: 'attack-pattern--t' },
        },
      },
    ];
    await api().data('mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { seq } }', {
      objects,
    });
    const id = nodeId('Operation', 'standing', 'intrusion-set--g');
    const { explain } = await api().data<{
      explain: { derivation: { rule: string; description: string; because: { nodes: { id: string }[] } } };
    }>(
      'query ($id: ID!) { explain(factId: $id) { derivation { rule description because { nodes { id } } } } }',
      { id },
    );
    expect(explain.derivation.rule).toBe('STANDING_OPERATION');
    expect(explain.derivation.description).toContain('Standing operation of G');
    expect(explain.derivation.because.nodes.map((each) => each.id)).toEqual([
      'relationship--gm',
      'relationship--mt',
    ]);
  });

  it('history shows each write with before and after, page by page', async () => {
    const id = await service(api(), { price: 1 });
    const update = (revision: number, properties: object) =>
      api().data(
        `mutation ($id: ID!, $input: NodeInput!) { updateNode(id: $id, expectedRevision: ${revision}, input: $input) { id } }`,
        { id, input: { service: properties } },
      );
    await update(1, { price: 2 });
    await update(2, { price: null, currency: 'EUR' });
    await api().data('mutation ($id: ID!) { retract(id: $id, expectedRevision: 3, reason: "gone") { id } }', {
      id,
    });
    const page = async (after: string | null) =>
      (
        await api().data<{
          history: {
            totalCount: number;
            nodes: { action: string; before: { price?: number } | null; changed: { property: string }[] }[];
            pageInfo: { endCursor: string; hasNextPage: boolean };
          };
        }>(
          `query ($id: ID!, $after: ID) { history(id: $id, first: 3, after: $after) { totalCount pageInfo { endCursor hasNextPage }
            nodes { action before after changed { property before after } } } }`,
          { id, after },
        )
      ).history;
    const first = await page(null);
    expect([first.totalCount, first.pageInfo.hasNextPage]).toEqual([4, true]);
    expect(first.nodes.map((each) => each.action)).toEqual(['RETRACTED', 'UPDATED', 'UPDATED']);
    expect(first.nodes[1].changed).toEqual(
      expect.arrayContaining([
        { property: 'currency', before: null, after: 'EUR' },
        { property: 'price', before: 2, after: null },
      ]),
    );
    const rest = await page(first.pageInfo.endCursor);
    expect(rest.nodes.map((each) => [each.action, each.before])).toEqual([['CREATED', null]]);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  it('diff shows what came, changed and was taken back between two moments, and not what changed back', async () => {
    const stays = await service(api(), { price: 1 });
    const back = await service(api(), { price: 1 });
    const goes = await service(api());
    const { changeCursor: from } = await api().data<{ changeCursor: string }>('{ changeCursor }');
    const update = (id: string, revision: number, properties: object) =>
      api().data(
        `mutation ($id: ID!, $input: NodeInput!) { updateNode(id: $id, expectedRevision: ${revision}, input: $input) { id } }`,
        { id, input: { service: properties } },
      );
    await update(stays, 1, { price: 5 });
    const comes = await service(api());
    await api().data('mutation ($id: ID!) { retract(id: $id, expectedRevision: 1, reason: "x") { id } }', {
      id: goes,
    });
    const { changeCursor: to } = await api().data<{ changeCursor: string }>('{ changeCursor }');
    await update(stays, 2, { price: 6 });
    const diff = async (args: string) =>
      (
        await api().data<{
          diff: {
            totalCount: number;
            nodes: { id: string; action: string; changed: { property: string; after: unknown }[] }[];
          };
        }>(
          `query ($from: ID!, $to: ID!) { diff(from: { cursor: $from }, ${args}) { totalCount nodes { id action changed { property after } } } }`.replace(
            args.includes('$to') ? '' : ', $to: ID!',
            '',
          ),
          { from, to },
        )
      ).diff;
    const between = await diff('to: { cursor: $to }');
    expect(new Map(between.nodes.map((each) => [each.id, each.action]))).toEqual(
      new Map([
        [stays, 'UPDATED'],
        [comes, 'CREATED'],
        [goes, 'RETRACTED'],
      ]),
    );
    expect(between.nodes.map((each) => each.id)).toEqual([...between.nodes.map((each) => each.id)].sort());
    const price = between.nodes
      .find((each) => each.id === stays)
      ?.changed.find((each) => each.property === 'price');
    expect(price?.after).toBe(5);
    expect(between.nodes.some((each) => each.id === back)).toBe(false);
    expect((await diff('to: { cursor: $to }, actions: [CREATED]')).nodes.map((each) => each.id)).toEqual([
      comes,
    ]);
    expect((await diff('to: { cursor: $to }, nodeTypes: [MALWARE]')).totalCount).toBe(0);
    expect((await diff('first: 10')).totalCount).toBe(3);
    expect(
      await api().codes(
        'query ($a: ID!, $b: ID!) { diff(from: { cursor: $a }, to: { cursor: $b }) { totalCount } }',
        { a: to, b: from },
      ),
    ).toEqual(['BAD_INPUT']);
    const { diff: all } = await api().data<{ diff: { totalCount: number } }>(
      '{ diff(from: { at: "1999-01-01T00:00:00Z" }) { totalCount } }',
    );
    expect(all.totalCount).toBeGreaterThanOrEqual(4);
  });
});
