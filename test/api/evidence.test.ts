/** Claims over HTTP: added, judged, taken back; origins, confidence, conflicts. */
import { useApi } from '../support/api-server';
import { add, change, published, report, retract, service, shown } from '../support/claims';

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
    report: report(name, published(`${name} of its own`, reliability)),
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
