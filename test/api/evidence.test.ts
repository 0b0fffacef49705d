/** Claims over HTTP: added, judged, taken back; origins, confidence, conflicts; why, since when, and what differs. */
import { nodeId } from '../../src/model/identity';
import { type ApiServer, useApi } from '../support/api-server';

interface Result {
  readonly items: readonly {
    readonly id: string;
    readonly status: string;
    readonly problemCode: string | null;
    readonly claim: { readonly says: string | null } | null;
  }[];
  readonly seq: number | null;
  readonly isDryRun: boolean;
}

const RESULT = 'items { id status problemCode claim { says } } seq isDryRun';
const add = async (api: ApiServer, claims: readonly object[], dryRun = false): Promise<Result> =>
  (
    await api.data<{ addClaims: Result }>(
      `mutation ($claims: [ClaimInput!]!, $dryRun: Boolean) { addClaims(claims: $claims, dryRun: $dryRun) { ${RESULT} } }`,
      { claims, dryRun },
    )
  ).addClaims;
const change = async (api: ApiServer, claims: readonly object[]): Promise<Result> =>
  (
    await api.data<{ changeClaims: Result }>(
      `mutation ($claims: [ClaimChangeInput!]!) { changeClaims(claims: $claims) { ${RESULT} } }`,
      { claims },
    )
  ).changeClaims;
const retract = async (api: ApiServer, ids: readonly string[]): Promise<Result> =>
  (
    await api.data<{ retractClaims: Result }>(
      `mutation ($ids: [ID!]!) { retractClaims(ids: $ids, reason: "It was a mix-up") { ${RESULT} } }`,
      { ids },
    )
  ).retractClaims;

let serial = 0;
const service = async (api: ApiServer, properties: object = {}): Promise<string> => {
  serial += 1;
  const input = { service: { name: `Service ${serial}`, ...properties } };
  const { createNode } = await api.data<{ createNode: { id: string } }>(
    'mutation ($input: NodeInput!) { createNode(input: $input) { id } }',
    { input },
  );
  return createNode.id;
};
const report = (name: string, more: object = {}) => ({ create: { name: `${name} ${serial}`, ...more } });
const published = (source: string, reliability?: string) => ({ source: { name: source, reliability } });

interface Shown {
  readonly price: number | null;
  readonly corroboration: number;
  readonly confidence: { readonly percent: number | null; readonly origins: { key: string }[] };
  readonly conflicts: {
    property: string;
    shown: unknown;
    shownBy: string;
    preferred: unknown;
    preferredBy: string | null;
    values: { value: unknown; isShown: boolean; claims: { says: string | null }[] }[];
  }[];
  readonly evidence: { nodes: { says: string | null; isRetracted: boolean; recordedBy: string }[] };
}
const shown = async (api: ApiServer, id: string): Promise<Shown> =>
  (
    await api.data<{ node: Shown }>(
      `query ($id: ID!) { node(id: $id) { ... on Service { price corroboration confidence { percent formula origins { key } }
        conflicts { property shown shownBy preferred preferredBy values { value isShown claims { says } } }
        evidence { nodes { says isRetracted recordedBy } } } } }`,
      { id },
    )
  ).node;

describe('claims', () => {
  const api = useApi();

  it('are added with the reports and sources they come from, each with a status', async () => {
    const factId = await service(api());
    const given = { factId, report: report('Found', published('CERT', 'B')), says: 'Seen', credibility: 2 };
    const dry = await add(api(), [given], true);
    expect([dry.items[0].status, dry.seq, dry.isDryRun]).toEqual(['CREATED', null, true]);
    expect((await shown(api(), factId)).corroboration).toBe(0);
    const first = await add(api(), [given]);
    expect(first.items[0]).toMatchObject({ status: 'CREATED', problemCode: null, claim: { says: 'Seen' } });
    expect((await add(api(), [given])).items[0].status).toBe('UNCHANGED');
    const { corroboration, confidence, evidence } = await shown(api(), factId);
    expect([corroboration, confidence.percent]).toEqual([1, 80]);
    expect(evidence.nodes).toEqual([{ says: 'Seen', isRetracted: false, recordedBy: 'local' }]);
  });

  it('are refused one by one, each with a reason, and the others kept', async () => {
    const factId = await service(api());
    const good = report('Good');
    const { items } = await add(api(), [
      { factId, report: good, says: 'kept' },
      { factId: 'malware--none', report: good },
      { factId, report: { id: 'report--none' } },
      { factId, report: report('r1'), credibility: 7 },
      { factId, report: report('r2'), confidence: 101 },
      { factId, report: report('r3'), values: { nonsense: 1 } },
      { factId, report: report('r4'), values: { price: -1 } },
      { factId, report: report('r5'), values: { description: 'mine' } },
      { factId, report: report('r6'), validFrom: '2025-01-01T00:00:00Z', validTo: '2024-01-01T00:00:00Z' },
    ]);
    expect(items.map((item) => item.problemCode)).toEqual([
      null,
      'FACT_NOT_FOUND',
      'REPORT_NOT_FOUND',
      'OUT_OF_RANGE',
      'OUT_OF_RANGE',
      'UNKNOWN_PROPERTY',
      'OUT_OF_RANGE',
      'BAD_VALUE',
      'BAD_VALUE',
    ]);
    expect(items.map((item) => item.status)).toEqual(['CREATED', ...Array(8).fill('REJECTED')]);
    expect((await shown(api(), factId)).evidence.nodes).toHaveLength(1);
    const other = await add(api(), [{ factId, report: good, says: 'otherwise' }]);
    expect(other.items[0].problemCode).toBe('CLAIM_EXISTS');
  });

  it('are changed and taken back, not deleted, and counted no more', async () => {
    const factId = await service(api());
    const { items } = await add(api(), [
      { factId, report: report('One', published('One')), says: 'one', confidence: 40 },
      { factId, report: report('Two', published('Two')), says: 'two' },
    ]);
    const [one, two] = items.map((item) => item.id);
    expect((await change(api(), [{ id: one, says: 'one, mended', confidence: null }])).items[0].status).toBe(
      'UPDATED',
    );
    expect((await shown(api(), factId)).corroboration).toBe(2);
    expect((await retract(api(), [two])).items[0].status).toBe('UPDATED');
    expect((await retract(api(), [two])).items[0].status).toBe('UNCHANGED');
    const now = await shown(api(), factId);
    expect([now.corroboration, now.confidence.percent]).toEqual([1, 50]);
    expect(now.evidence.nodes.map((claim) => claim.says)).toEqual(['one, mended']);
    const { node } = await api().data<{ node: { evidence: { totalCount: number; nodes: object[] } } }>(
      `query ($id: ID!) { node(id: $id) { ... on Service { evidence(retracted: true) { totalCount
        nodes { says isRetracted retractedBy retractionReason } } } } }`,
      { id: factId },
    );
    expect(node.evidence.totalCount).toBe(2);
    expect(node.evidence.nodes).toContainEqual({
      says: 'two',
      isRetracted: true,
      retractedBy: 'local',
      retractionReason: 'It was a mix-up',
    });
    const refused = await change(api(), [
      { id: two, says: 'again' },
      { id: 'claim--none', says: 'x' },
    ]);
    expect(refused.items.map((item) => item.problemCode)).toEqual(['CLAIM_RETRACTED', 'CLAIM_NOT_FOUND']);
    expect(await api().codes(`mutation { retractClaims(ids: ["${one}"], reason: " ") { seq } }`)).toEqual([
      'BAD_INPUT',
    ]);
    const many = Array.from({ length: 5001 }, () => 'claim--x');
    expect(
      await api().codes('mutation ($ids: [ID!]!) { retractClaims(ids: $ids, reason: "x") { seq } }', {
        ids: many,
      }),
    ).toEqual(['BAD_INPUT']);
  });

  it('count origins, not reports: one source, one origin key, and what is only repeated', async () => {
    const factId = await service(api());
    const original = report('Original', published('Agency'));
    const { items } = await add(api(), [
      { factId, report: original },
      { factId, report: report('Second of the same', published('Agency')) },
      { factId, report: report('Wire 1', published('Paper')), originKey: 'wire' },
      { factId, report: report('Wire 2', published('Gazette')), originKey: 'wire' },
    ]);
    expect(items.every((item) => item.status === 'CREATED')).toBe(true);
    expect((await shown(api(), factId)).corroboration).toBe(2);
    const { node } = await api().data<{ node: { evidence: { nodes: { reportId: string }[] } } }>(
      'query ($id: ID!) { node(id: $id) { ... on Service { evidence { nodes { reportId } } } } }',
      { id: factId },
    );
    const repeats = [node.evidence.nodes[0].reportId];
    await add(api(), [{ factId, report: report('Echo', published('Blog')), repeats }]);
    expect((await shown(api(), factId)).corroboration).toBe(2);
    await add(api(), [{ factId, report: report('Own', published('Blog')) }]);
    expect((await shown(api(), factId)).corroboration).toBe(3);
  });
});

describe('values on which claims disagree', () => {
  const api = useApi();
  const says = (price: number, name: string, reliability?: string, more: object = {}) => ({
    report: report(name, published(`${name} ${serial}`, reliability)),
    says: name,
    values: { price },
    ...more,
  });

  it('are kept side by side; the object shows that of the more reliable source, then the more credible claim, then the later', async () => {
    const factId = await service(api());
    await add(api(), [{ factId, ...says(10, 'Weak', 'D') }]);
    expect((await shown(api(), factId)).price).toBe(10);
    expect((await shown(api(), factId)).conflicts).toEqual([]);
    await add(api(), [{ factId, ...says(20, 'Strong', 'A') }]);
    const byReliability = await shown(api(), factId);
    expect(byReliability.price).toBe(20);
    expect(byReliability.conflicts).toEqual([
      {
        property: 'price',
        shown: 20,
        shownBy: 'RELIABILITY',
        preferred: 20,
        preferredBy: 'RELIABILITY',
        values: [
          { value: 20, isShown: true, claims: [{ says: 'Strong' }] },
          { value: 10, isShown: false, claims: [{ says: 'Weak' }] },
        ],
      },
    ]);
    await add(api(), [{ factId, ...says(30, 'Credible', 'A', { credibility: 1 }) }]);
    expect((await shown(api(), factId)).conflicts[0]).toMatchObject({ shown: 30, shownBy: 'CREDIBILITY' });
    await add(api(), [{ factId, ...says(40, 'Late', 'A', { credibility: 1 }) }]);
    expect((await shown(api(), factId)).conflicts[0]).toMatchObject({ shown: 40, shownBy: 'RECENCY' });
    await add(api(), [{ factId, ...says(50, 'Later but weak', 'E') }]);
    expect((await shown(api(), factId)).price).toBe(40);
  });

  it('fall back to the next best when the best is taken back', async () => {
    const factId = await service(api());
    const { items } = await add(api(), [
      { factId, ...says(1, 'Best', 'A') },
      { factId, ...says(2, 'Next', 'B') },
    ]);
    expect((await shown(api(), factId)).price).toBe(1);
    await retract(api(), [items[0].id]);
    expect(await shown(api(), factId)).toMatchObject({ price: 2, conflicts: [] });
  });

  it('leave alone what somebody set by hand', async () => {
    const factId = await service(api(), { price: 99 });
    await add(api(), [{ factId, ...says(1, 'Claimed', 'A') }]);
    expect(await shown(api(), factId)).toMatchObject({
      price: 99,
      conflicts: [{ shown: 99, shownBy: 'EDIT', preferred: 1, preferredBy: null }],
    });
  });

  it('do not let a marked claim decide what all can see', async () => {
    const factId = await service(api());
    await add(api(), [
      { factId, ...says(1, 'Open', 'C') },
      { factId, ...says(2, 'Marked', 'A', { markings: ['marking-definition--secret'] }) },
    ]);
    expect((await shown(api(), factId)).price).toBe(1);
  });

  it('can be asked for, by type and page by page', async () => {
    const disputed: string[] = [];
    for (let i = 0; i < 3; i++) {
      const factId = await service(api());
      disputed.push(factId);
      await add(api(), [
        { factId, ...says(1, `A${i}`, 'A') },
        { factId, ...says(2, `B${i}`, 'B') },
      ]);
    }
    const page = (after: string | null, types = '[SERVICE]') =>
      api().data<{
        conflicts: {
          totalCount: number;
          nodes: { id: string; conflicts: { property: string }[] }[];
          pageInfo: { endCursor: string; hasNextPage: boolean };
        };
      }>(
        `query ($after: ID) { conflicts(first: 2, after: $after, nodeTypes: ${types}) { totalCount nodes { id conflicts { property } }
          pageInfo { endCursor hasNextPage } } }`,
        { after },
      );
    const seen: string[] = [];
    for (let after: string | null = null; ; ) {
      const { conflicts } = await page(after);
      seen.push(...conflicts.nodes.map((each) => each.id));
      after = conflicts.pageInfo.endCursor;
      if (!conflicts.pageInfo.hasNextPage) {
        expect(seen).toHaveLength(conflicts.totalCount);
        break;
      }
    }
    expect(seen).toEqual([...seen].sort());
    expect(seen).toEqual(expect.arrayContaining(disputed));
    expect((await page(null, '[MALWARE]')).conflicts.totalCount).toBe(0);
  });
});

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
