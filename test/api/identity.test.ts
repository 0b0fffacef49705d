import { type ApiServer, startApi } from '../support/api-server';
import { bundleOf, stixId, stixObject, stixRelationship } from '../support/memory-atlas';

const MITRE = stixId('identity', 1);
const ACME = stixId('identity', 2);
const VENDOR = stixId('identity', 3);
const author = (number: number, name: string) =>
  stixObject('identity', number, { name, identity_class: 'organization' });

/** A view of a reporter. */
const view = (number: number, by: string, name: string, aliases: readonly string[] = [], more: object = {}) =>
  stixObject('intrusion-set', number, { name, aliases: [name, ...aliases], created_by_ref: by, ...more });
const idOf = (number: number) => stixId('intrusion-set', number);

const IMPORT = `mutation ($text: String!, $dryRun: Boolean, $link: Boolean) {
  importBundle(input: { content: { text: $text }, dryRun: $dryRun, linkIdentities: $link }) {
    seq identity { linked overlapping unchanged withdrawn ambiguous proposed
      examples { a { name reporter } b { name reporter } judgement rule reason } } } }`;
const PROPOSALS = `query ($where: IdentityProposalWhere, $types: [NodeType!], $first: Int, $after: ID) {
  identityProposals(where: $where, types: $types, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor }
    nodes { id kind score isAmbiguous status automatic nodes { id name } rivals { name }
      evidence { kind weight says nodes { name } relationships { id } } } } }`;
const JUDGE = `mutation ($judgements: [JudgementInput!]!, $dryRun: Boolean! = false) {
  judgeIdentity(judgements: $judgements, dryRun: $dryRun) {
    seq isDryRun items { id status problemCode problem chain { name } judgement { judgement judgedBy reason judgedAt inferred revoked } } } }`;
const WITHDRAW = `mutation ($ids: [ID!]!, $reason: String!, $dryRun: Boolean! = false) {
  withdrawJudgements(ids: $ids, reason: $reason, dryRun: $dryRun) { seq items { id status problemCode judgement { revoked } } } }`;
const GROUP = `query ($id: ID!) { identityGroup(id: $id) { size representative { id } members { id name }
  names { name usedBy } judgements { judgement } contradictions { judgement { judgement } chain { name } } } }`;

interface Evidence {
  readonly kind: string;
  readonly weight: number;
  readonly says: string;
}
interface Proposal {
  readonly id: string;
  readonly kind: string;
  readonly score: number;
  readonly isAmbiguous: boolean;
  readonly status: string;
  readonly automatic: string | null;
  readonly nodes: readonly { readonly id: string; readonly name: string }[];
  readonly rivals: readonly { readonly name: string }[];
  readonly evidence: readonly Evidence[];
}
interface Item {
  readonly id: string;
  readonly status: string;
  readonly problemCode: string | null;
  readonly problem: string | null;
  readonly chain: readonly { readonly name: string }[] | null;
}

describe('identity over the API', () => {
  let api: ApiServer;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());

  const importing = async (objects: readonly object[], rest: object = {}) =>
    (
      await api.data<{ importBundle: { seq: number | null; identity: Record<string, unknown> | null } }>(
        IMPORT,
        {
          text: JSON.stringify(bundleOf(...objects)),
          ...rest,
        },
      )
    ).importBundle;
  const proposals = async (where: object = {}, rest: object = {}) =>
    (
      await api.data<{ identityProposals: { totalCount: number; nodes: Proposal[] } }>(PROPOSALS, {
        where,
        ...rest,
      })
    ).identityProposals;
  const judge = async (judgements: readonly object[], rest: object = {}) =>
    (await api.data<{ judgeIdentity: { seq: number | null; items: Item[] } }>(JUDGE, { judgements, ...rest }))
      .judgeIdentity;
  const group = async (number: number) =>
    (
      await api.data<{
        identityGroup: {
          size: number;
          contradictions: unknown[];
          members: { name: string }[];
          names: unknown;
        };
      }>(GROUP, { id: idOf(number) })
    ).identityGroup;
  const say = (a: number, b: number, judgement: string, reason = 'the report of May says so') => ({
    a: idOf(a),
    b: idOf(b),
    judgement,
    reason,
  });
  const authors = [author(1, 'MITRE'), author(2, 'Acme'), author(3, 'Vendor')];

  it('joins views by a name that only they can mean, whatever its case, blanks and punctuation', async () => {
    const objects = [
      ...authors,
      view(1, MITRE, 'APT28', ['Sofacy']),
      view(2, ACME, 'apt 28', ['Fancy-Bear']),
    ];
    const dry = await importing(objects, { dryRun: true });
    expect(dry).toMatchObject({ seq: null, identity: { linked: 1, ambiguous: 0 } });
    const first = await importing(objects);
    expect(first.identity).toMatchObject({
      linked: 1,
      overlapping: 0,
      unchanged: 0,
      ambiguous: 0,
      examples: [
        {
          a: { name: 'APT28', reporter: 'MITRE' },
          b: { name: 'apt 28', reporter: 'Acme' },
          judgement: 'SAME',
          rule: 'UNIQUE_NAME',
        },
      ],
    });
    expect(await importing(objects)).toMatchObject({ seq: null, identity: { linked: 0, unchanged: 1 } });
    expect(await group(2)).toMatchObject({
      size: 2,
      members: [{ name: 'APT28' }, { name: 'apt 28' }],
      names: expect.arrayContaining([
        { name: 'Sofacy', usedBy: ['MITRE'] },
        { name: 'Fancy-Bear', usedBy: ['Acme'] },
      ]),
    });
    const { nodes } = await proposals();
    expect(nodes).toMatchObject([{ kind: 'SAME', status: 'LINKED', automatic: 'SAME', isAmbiguous: false }]);
    expect(nodes[0].evidence).toMatchObject([
      { kind: 'NAME', weight: 9, says: '"APT28" (name by MITRE) = "apt 28" (name by Acme)' },
    ]);
  });

  it('joins nobody when linking is switched off', async () => {
    const off = await importing([...authors, view(1, MITRE, 'APT28'), view(2, ACME, 'APT28')], {
      link: false,
    });
    expect(off.identity).toBeNull();
    expect((await group(1)).size).toBe(1);
    expect((await proposals()).nodes).toMatchObject([{ status: 'OPEN', kind: 'SAME' }]);
  });

  it('never joins by an ambiguous name, nor by one that merely resembles another', async () => {
    const { identity } = await importing([
      ...authors,
      view(1, MITRE, 'APT29', ['Nobelium']),
      view(2, ACME, 'APT29'),
      view(3, ACME, 'UNC2452', ['NOBELIUM']),
      view(4, MITRE, 'Turla'),
      view(5, ACME, 'Turia'),
    ]);
    expect(identity).toMatchObject({ linked: 0, overlapping: 0, ambiguous: 2 });
    for (const each of [1, 2, 3, 4, 5]) expect((await group(each)).size).toBe(1);
    const { nodes } = await proposals();
    expect(nodes.map(({ nodes: [a, b] }) => [a.name, b.name])).toEqual([
      ['APT29', 'APT29'],
      ['APT29', 'UNC2452'],
    ]);
    expect(nodes).toMatchObject([
      { isAmbiguous: true, status: 'OPEN', rivals: [{ name: 'UNC2452' }] },
      { isAmbiguous: true, status: 'OPEN', rivals: [{ name: 'APT29' }] },
    ]);
  });

  it('takes back a link when another view could be meant now, and makes it again when that is judged distinct', async () => {
    await importing([...authors, view(1, MITRE, 'APT29', ['Nobelium']), view(2, ACME, 'APT29')]);
    expect((await group(1)).size).toBe(2);
    const later = await importing([view(3, ACME, 'UNC2452', ['Nobelium'])]);
    expect(later.identity).toMatchObject({ linked: 0, withdrawn: 1, ambiguous: 1 });
    expect((await group(1)).size).toBe(1);
    await judge([say(1, 3, 'DISTINCT')]);
    expect((await importing([view(3, ACME, 'UNC2452', ['Nobelium'])])).identity).toMatchObject({ linked: 1 });
    expect((await group(1)).size).toBe(2);
  });

  it('links as overlapping, and does not join, what a source calls similar but a name leaves open', async () => {
    const { identity } = await importing([
      ...authors,
      view(1, MITRE, 'APT17'),
      view(2, MITRE, 'Axiom'),
      view(3, ACME, 'APT17', ['Axiom']),
      stixRelationship(1, 'similar', idOf(3), idOf(2)),
      stixRelationship(2, 'similar', idOf(3), idOf(1)),
    ]);
    expect(identity).toMatchObject({ linked: 0, overlapping: 2, ambiguous: 2 });
    expect((await group(3)).size).toBe(1);
    expect((await proposals({ automatic: undefined, ambiguous: { eq: true } })).nodes).toMatchObject([
      { status: 'OPEN', automatic: 'OVERLAP' },
      { status: 'OPEN', automatic: 'OVERLAP' },
    ]);
  });

  it('weighs what both use by how few others do, and lets common tools and countries count as they should', async () => {
    const users = Array.from({ length: 20 }, (_, i) => view(10 + i, VENDOR, `Group ${i}`));
    const malware = (number: number, name: string) =>
      stixObject('malware', number, { name, is_family: true });
    let next = 1;
    const uses = (actor: number, what: string) => stixRelationship(next++, 'uses', idOf(actor), what);
    await importing([
      ...authors,
      ...users,
      view(1, MITRE, 'Alpha'),
      view(2, ACME, 'Beta'),
      malware(1, 'Rare RAT'),
      malware(2, 'Rarer RAT'),
      malware(3, 'Common RAT'),
      stixObject('tool', 1, { name: 'PsExec' }),
      ...[1, 2].flatMap((each) => [
        uses(each, stixId('malware', 1)),
        uses(each, stixId('malware', 2)),
        uses(each, stixId('malware', 3)),
        uses(each, stixId('tool', 1)),
      ]),
      ...users.map((_, i) => uses(10 + i, stixId('malware', 3))),
    ]);
    const [proposal, ...others] = (await proposals({ node: { eq: idOf(1) } })).nodes;
    expect(others).toEqual([]);
    expect(proposal).toMatchObject({ kind: 'OVERLAP', isAmbiguous: false, status: 'OPEN' });
    expect(proposal.evidence.map(({ says, weight }) => [says, weight])).toEqual([
      ['both use Rare RAT, as 0 others do', 3],
      ['both use Rarer RAT, as 0 others do', 3],
    ]);
    expect((await proposals({ evidence: { eq: 'NAME' } })).nodes).toEqual([]);
  });

  it('never proposes again what was judged distinct, renamed and read again', async () => {
    const objects = [
      ...authors,
      view(1, MITRE, 'Cleaver'),
      view(2, ACME, 'Cleaver'),
      view(3, ACME, 'Cleaver'),
    ];
    await importing(objects);
    expect((await proposals({ node: { eq: idOf(1) } })).totalCount).toBe(2);
    await judge([say(1, 2, 'DISTINCT')]);
    const pairs = async () =>
      (await proposals({ node: { eq: idOf(1) } })).nodes.map(({ nodes }) => nodes.map(({ id }) => id));
    expect(await pairs()).toEqual([[idOf(1), idOf(3)]]);
    await importing(objects);
    expect(await pairs()).toEqual([[idOf(1), idOf(3)]]);
    await importing([
      view(2, ACME, 'CLEAVER', ['Threat Group 2889'], { modified: '2025-01-01T00:00:00.000Z' }),
    ]);
    expect(await pairs()).toEqual([[idOf(1), idOf(3)]]);
    expect((await group(1)).size).toBe(2);
    expect((await judge([say(3, 2, 'SAME')])).items).toMatchObject([{ status: 'CREATED' }]);
    expect(await group(1)).toMatchObject({ size: 1 });
    expect(await group(2)).toMatchObject({ size: 2, contradictions: [] });
    await importing(objects);
    expect(await pairs()).toEqual([]);
    expect((await group(1)).size).toBe(1);
  });

  it('refuses a judgement that contradicts others, and names the chain', async () => {
    await importing([...authors, view(1, MITRE, 'One'), view(2, ACME, 'Two'), view(3, VENDOR, 'Three')]);
    const { items } = await judge([say(1, 2, 'SAME'), say(2, 3, 'SAME'), say(1, 3, 'DISTINCT')]);
    expect(items.map(({ status }) => status)).toEqual(['CREATED', 'CREATED', 'REJECTED']);
    expect(items[2]).toMatchObject({
      problemCode: 'IDENTITY_CONTRADICTION',
      problem: expect.stringContaining('One = Two = Three'),
      chain: [{ name: 'One' }, { name: 'Two' }, { name: 'Three' }],
    });
    expect((await group(1)).size).toBe(3);
    const again = await judge([say(2, 3, 'DISTINCT'), say(1, 3, 'SAME')]);
    expect(again.items.map(({ status, problemCode }) => [status, problemCode])).toEqual([
      ['UPDATED', null],
      ['REJECTED', 'IDENTITY_CONTRADICTION'],
    ]);
    expect((await group(1)).members).toEqual([
      { name: 'One', id: idOf(1) },
      { name: 'Two', id: idOf(2) },
    ]);
    const part = await judge([say(1, 2, 'PART')]);
    expect(part.items).toMatchObject([{ status: 'CREATED' }]);
    expect((await group(1)).size).toBe(1);
  });

  it('withdraws a judgement, and all reads as before but for the history', async () => {
    await importing([
      ...authors,
      view(1, MITRE, 'Snake'),
      view(2, ACME, 'Uroburos'),
      view(3, ACME, 'Snake Keylogger'),
    ]);
    const reads = async () => [await group(1), await group(2), await proposals({}, { first: 50 })];
    const before = await reads();
    const { items } = await judge([say(1, 2, 'SAME')]);
    expect(await reads()).not.toEqual(before);
    const dry = await api.data<{ withdrawJudgements: { items: Item[] } }>(WITHDRAW, {
      ids: [items[0].id],
      reason: 'mistake',
      dryRun: true,
    });
    expect(dry.withdrawJudgements.items).toMatchObject([{ status: 'UPDATED', judgement: { revoked: null } }]);
    expect((await group(1)).size).toBe(2);
    const { withdrawJudgements } = await api.data<{ withdrawJudgements: { items: Item[] } }>(WITHDRAW, {
      ids: [items[0].id],
      reason: 'mistake',
    });
    expect(withdrawJudgements.items).toMatchObject([{ status: 'UPDATED', judgement: { revoked: true } }]);
    expect(await reads()).toEqual(before);
    const list = await api.data<{ identityJudgements: { nodes: unknown[] } }>(
      '{ identityJudgements(where: { withdrawn: { eq: true } }) { totalCount nodes { judgement judgedBy reason from { name } to { name } customProperties } } }',
    );
    expect(list.identityJudgements).toMatchObject({
      totalCount: 1,
      nodes: [
        {
          judgement: 'SAME',
          judgedBy: 'local',
          customProperties: { x_atlas_retraction: { by: 'local', reason: 'mistake' } },
        },
      ],
    });
    expect(await api.data(WITHDRAW, { ids: [items[0].id], reason: 'again' })).toMatchObject({
      withdrawJudgements: { items: [{ status: 'REJECTED', problemCode: 'JUDGEMENT_NOT_FOUND' }] },
    });
    expect(await api.codes(WITHDRAW, { ids: [items[0].id], reason: ' ' })).toEqual(['BAD_INPUT']);
  });

  it('does not make a link again that a person took back', async () => {
    const objects = [...authors, view(1, MITRE, 'Turla'), view(2, ACME, 'Turla')];
    await importing(objects);
    const { identityJudgements } = await api.data<{ identityJudgements: { nodes: { id: string }[] } }>(
      '{ identityJudgements(where: { automatic: { eq: true } }) { nodes { id inferred judgedBy reason } } }',
    );
    expect(identityJudgements.nodes).toMatchObject([{ inferred: true, judgedBy: 'rule' }]);
    await api.data(WITHDRAW, { ids: [identityJudgements.nodes[0].id], reason: 'two of a name' });
    expect((await importing(objects)).identity).toMatchObject({ linked: 0, unchanged: 0, proposed: 1 });
    expect((await group(1)).size).toBe(1);
    expect((await proposals()).nodes).toMatchObject([{ status: 'OPEN' }]);
  });

  it('judges once: the same again is unchanged, and a person may confirm what the rule made', async () => {
    await importing([...authors, view(1, MITRE, 'Turla'), view(2, ACME, 'Turla')]);
    const dry = await judge([say(1, 2, 'SAME')], { dryRun: true });
    expect(dry).toMatchObject({ seq: null, items: [{ status: 'UPDATED' }] });
    expect(await judge([say(2, 1, 'SAME')])).toMatchObject({
      items: [
        {
          status: 'UPDATED',
          judgement: { judgement: 'SAME', judgedBy: 'local', inferred: null, judgedAt: expect.any(String) },
        },
      ],
    });
    expect(await judge([say(1, 2, 'SAME')])).toMatchObject({ seq: null, items: [{ status: 'UNCHANGED' }] });
    expect((await proposals()).nodes).toEqual([]);
  });

  it('says what is wrong with a judgement', async () => {
    await importing([
      ...authors,
      view(1, MITRE, 'One'),
      view(2, ACME, 'Two'),
      stixObject('malware', 1, { is_family: true }),
    ]);
    const { items, seq } = await judge([
      say(1, 1, 'SAME'),
      say(1, 9, 'SAME'),
      say(1, 2, 'SAME', '  '),
      { ...say(1, 2, 'SAME'), b: stixId('malware', 1) },
    ]);
    expect(seq).toBeNull();
    expect(items.map(({ problemCode }) => problemCode)).toEqual([
      'BAD_INPUT',
      'NODE_NOT_FOUND',
      'BAD_INPUT',
      'IDENTITY_TYPES',
    ]);
    expect((await judge([say(1, 2, 'SAME'), say(2, 1, 'DISTINCT')])).items[1].problemCode).toBe('BAD_INPUT');
    expect(await api.codes(JUDGE, { judgements: [] })).toEqual(['BAD_INPUT']);
    expect((await api.data<{ identityGroup: unknown }>(GROUP, { id: 'nobody' })).identityGroup).toBeNull();
  });

  it('reads nobody as one whose judgements contradict each other, however they came', async () => {
    const link = (number: number, a: number, b: number, judgement: string) => ({
      id: stixId('relationship', number),
      type: 'SAME_AS',
      from: idOf(a),
      to: idOf(b),
      properties: { judgement, judgedBy: 'x', reason: 'y' },
    });
    await importing([...authors, view(1, MITRE, 'One'), view(2, ACME, 'Two'), view(3, VENDOR, 'Three')]);
    const relationships = [link(1, 1, 2, 'SAME'), link(2, 2, 3, 'SAME'), link(3, 1, 3, 'DISTINCT')];
    await api.services.writes.write(
      { nodes: [], relationships, claims: [] },
      { kind: 'TEST', actor: 'another store' },
    );
    expect((await group(1)).contradictions).toMatchObject([
      { judgement: { judgement: 'DISTINCT' }, chain: [{ name: 'One' }, { name: 'Two' }, { name: 'Three' }] },
    ]);
    const node = await api.data<{ node: { identity: { size: number } } }>(
      'query ($id: ID!) { node(id: $id) { identity { size representative { id } } } }',
      { id: idOf(1) },
    );
    expect(node.node.identity.size).toBe(3);
  });

  it('lets nobody contradict what people judged by writing a relationship either', async () => {
    const sameAs = (a: number, b: number, judgement: string) => ({
      sameAs: { from: idOf(a), to: idOf(b), judgement, judgedBy: 'x', reason: 'y' },
    });
    await importing([...authors, view(1, MITRE, 'One'), view(2, ACME, 'Two'), view(3, VENDOR, 'Three')]);
    const objects = [sameAs(1, 2, 'SAME'), sameAs(2, 3, 'SAME'), sameAs(1, 3, 'DISTINCT')];
    const { importObjects } = await api.data<{
      importObjects: { items: { status: string; problemCode: string | null; problem: string | null }[] };
    }>(
      'mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { items { status problemCode problem } } }',
      { objects: objects.map((relationship) => ({ relationship })) },
    );
    expect(importObjects.items.map(({ status, problemCode }) => [status, problemCode])).toEqual([
      ['CREATED', null],
      ['CREATED', null],
      ['REJECTED', 'IDENTITY_CONTRADICTION'],
    ]);
    expect(importObjects.items[2].problem).toContain('One = Two = Three');
    const create = 'mutation ($input: RelationshipInput!) { createRelationship(input: $input) { id } }';
    expect(await api.codes(create, { input: objects[2] })).toEqual(['IDENTITY_CONTRADICTION']);
    await importing([view(4, MITRE, 'Four')]);
    const { createRelationship } = await api.data<{ createRelationship: { id: string } }>(create, {
      input: sameAs(3, 4, 'OVERLAP'),
    });
    expect((await judge([say(1, 4, 'DISTINCT')])).items[0].problemCode).toBeNull();
    const update =
      'mutation ($id: ID!, $input: RelationshipInput!) { updateRelationship(id: $id, expectedRevision: 1, input: $input) { id } }';
    expect(await api.codes(update, { id: createRelationship.id, input: sameAs(3, 4, 'SAME') })).toEqual([
      'IDENTITY_CONTRADICTION',
    ]);
    expect((await group(1)).contradictions).toEqual([]);
  });

  it('pages through proposals without a gap, and by likelihood', async () => {
    const both = (by: string, from: number) =>
      Array.from({ length: 12 }, (_, i) => view(from + i, by, `Group ${i}`, i % 2 ? [`Alias ${i}`] : []));
    await importing([...authors, ...both(MITRE, 100), ...both(ACME, 200)], { link: false });
    const all = (await proposals({}, { first: 50 })).nodes;
    expect(all).toHaveLength(12);
    expect([...all].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))).toEqual(all);
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const page: {
        identityProposals: {
          nodes: Proposal[];
          totalCount: number;
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      } = await api.data(PROPOSALS, { first: 5, after });
      expect(page.identityProposals.totalCount).toBe(12);
      seen.push(...page.identityProposals.nodes.map(({ id }) => id));
      after = page.identityProposals.pageInfo.endCursor;
      more = page.identityProposals.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(all.map(({ id }) => id));
    expect(await api.codes(PROPOSALS, { after: 'x' })).toEqual(['BAD_CURSOR']);
    expect((await proposals({ score: { gte: 0.99 } })).totalCount).toBe(6);
  });
});
