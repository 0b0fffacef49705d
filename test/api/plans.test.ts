/** The life of a plan, in the names of several people. */
import { createHash } from 'node:crypto';
import type { AppError } from '../../src/errors';
import { type AskedAtlas, openAskedAtlas, viewerOf } from '../support/asking';
import { claim, node as nodeOf, relationship } from '../support/values';

const ana = viewerOf('ana', { role: 'ANALYST' });
const ben = viewerOf('ben');
const cay = viewerOf('cay', { role: 'ANALYST' });
const OBJECTS = `mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { totals { created rejected } } }`;
const CREATE = `mutation ($input: PlanDraftInput!, $dryRun: Boolean! = false) {
  createPlan(input: $input, dryRun: $dryRun) { id status isDryRun node { id revision } }
}`;
const UPDATE = `mutation ($id: ID!, $rev: Int!, $input: PlanDraftInput!) {
  updatePlan(id: $id, expectedRevision: $rev, input: $input) { id status }
}`;
const MOVE = `mutation ($id: ID!, $rev: Int!, $to: PlanStatus!, $reason: String, $digest: String) {
  movePlan(id: $id, expectedRevision: $rev, to: $to, reason: $reason, expectedDigest: $digest) { id status }
}`;
const STATE = `query ($id: ID!) {
  planState(id: $id) {
    status nextStatuses digest isApprovalValid
    plan { revision name proposedBy approvedBy markings sharedWith writtenBy statusReason }
    steps { measure { id measureType measureStatus } targets { id } partners { id } }
  }
}`;
interface State {
  planState: {
    status: string;
    nextStatuses: string[];
    digest: string;
    isApprovalValid: boolean;
    plan: { revision: number; [field: string]: unknown };
    steps: { measure: { id: string; measureType: string }; targets: { id: string }[] }[];
  };
}

const node = (field: string, value: object) => ({ node: { [field]: value } });
const HOST = 'infrastructure--a';
const FORUM = 'x-atlas-venue--b';
const POLICE = 'x-atlas-partner--police';
const BANK = 'x-atlas-partner--bank';
const objects = [
  node('infrastructure', { id: HOST, name: 'Panel "=1+1"', address: 'Panel.Example.' }),
  node('venue', { id: FORUM, name: 'Forum <b>' }),
  node('partner', { id: POLICE, name: 'Police', partnerKind: 'LAW_ENFORCEMENT' }),
  node('partner', { id: BANK, name: 'Bank', partnerKind: 'BANK' }),
  node('operation', { id: 'campaign--op', name: 'Operation', severity: 3 }),
];
const seizure = { measureType: 'SEIZE_DOMAIN', targetIds: [HOST], partnerId: POLICE, cost: 2, startDay: 3 };
const shared = { sharedWith: ['ana', 'ben'], markings: ['TLP:AMBER+STRICT'] };

describe('plans', () => {
  let atlas: AskedAtlas;
  beforeEach(async () => {
    atlas = await openAskedAtlas();
    await atlas.data(ben, OBJECTS, { objects });
  });
  afterEach(() => atlas.close());

  const create = async (input: object): Promise<string> => {
    const { createPlan } = await atlas.data<{ createPlan: { id: string } }>(ana, CREATE, { input });
    return createPlan.id;
  };
  const state = async (viewer: typeof ana, id: string) =>
    (await atlas.data<State>(viewer, STATE, { id })).planState;
  const move = async (viewer: typeof ana, id: string, to: string, more: object = {}) => {
    const { plan, digest } = await state(viewer, id);
    return atlas.codes(viewer, MOVE, { id, to, rev: plan.revision, digest, ...more });
  };

  it('begin as drafts for their authors alone', async () => {
    const id = await create({ name: 'Take the panel', measures: [seizure] });
    const { plan, status, nextStatuses, steps } = await state(ana, id);
    expect({ status, nextStatuses }).toEqual({ status: 'DRAFT', nextStatuses: ['REVIEW', 'ABANDONED'] });
    expect(plan).toMatchObject({
      proposedBy: 'ana',
      writtenBy: ['ana'],
      ...{ markings: ['TLP:AMBER+STRICT'] },
    });
    expect(plan.sharedWith).toEqual(['ana']);
    expect(steps[0]).toMatchObject({ measure: { measureType: 'SEIZE_DOMAIN' }, targets: [{ id: HOST }] });
    expect(await atlas.codes(ben, STATE, { id })).toEqual(['PLAN_NOT_FOUND']);
    const { measures } = await atlas.data<{ measures: { totalCount: number } }>(
      ben,
      '{ measures { totalCount } }',
    );
    expect(measures.totalCount).toBe(0);
  });

  it('are approved as they were reviewed, by somebody else, and executed as they were approved', async () => {
    const id = await create({
      name: 'Take the panel',
      measures: [seizure],
      operationIds: ['campaign--op'],
      ...shared,
    });
    expect(await move(ana, id, 'APPROVED')).toEqual(['PLAN_TRANSITION']);
    expect(await move(ana, id, 'REVIEW')).toEqual([]);
    const update = { id, input: { name: 'Other' }, rev: 2 };
    expect(await atlas.codes(ana, UPDATE, update)).toEqual(['PLAN_NOT_DRAFT']);
    expect(await move(ana, id, 'APPROVED')).toEqual(['FORBIDDEN']);
    expect(await move({ ...ana, role: 'EDITOR' }, id, 'APPROVED')).toEqual(['PLAN_TWO_PEOPLE']);
    const { digest } = await state(ben, id);
    for (const unread of [null, '', ' ']) {
      expect(await move(ben, id, 'APPROVED', { digest: unread })).toEqual(['BAD_INPUT']);
    }
    const other = atlas.data(ben, MOVE, { id, to: 'APPROVED', rev: 2, digest: 'another' });
    const refused = (await other.catch((error: unknown) => error)) as AppError;
    expect(refused.code).toBe('PLAN_CHANGED');
    expect(JSON.stringify([refused.message, refused.data])).not.toContain(digest);
    expect(await move(ben, id, 'APPROVED', { rev: 1 })).toEqual(['STALE_REVISION']);
    expect(await move(ben, id, 'APPROVED')).toEqual([]);
    expect(await state(ana, id)).toMatchObject({
      status: 'APPROVED',
      isApprovalValid: true,
      plan: { approvedBy: 'ben' },
    });
    const { steps } = await state(ana, id);
    const edit = `mutation ($id: ID!) { updateNode(id: $id, expectedRevision: 1, input: {measure: {cost: 9}}) { id } }`;
    await atlas.data(ben, edit, { id: steps[0].measure.id });
    expect((await state(ana, id)).isApprovalValid).toBe(false);
    expect(await move(ana, id, 'EXECUTING')).toEqual(['PLAN_CHANGED']);
    expect(await move(ana, id, 'DRAFT')).toEqual(['BAD_INPUT']);
    expect(await move(ana, id, 'DRAFT', { reason: 'Costs more' })).toEqual([]);
    expect((await state(ana, id)).plan).toMatchObject({ approvedBy: null, statusReason: 'Costs more' });
    for (const [viewer, to] of [
      [ana, 'REVIEW'],
      [ben, 'APPROVED'],
      [ana, 'EXECUTING'],
      [ana, 'DONE'],
    ] as const) {
      expect(await move(viewer, id, to)).toEqual([]);
    }
    expect(await move(ana, id, 'ABANDONED', { reason: 'x' })).toEqual(['PLAN_TRANSITION']);
  });

  it('refuse what is not lawful, not there, or empty, and write nothing of it', async () => {
    const codes = (input: object) => atlas.codes(ana, CREATE, { input });
    expect(await codes({ name: 'x', measures: [{ ...seizure, partnerId: BANK }] })).toEqual([
      'MEASURE_NOT_LAWFUL',
    ]);
    expect(
      await codes({ name: 'x', measures: [{ ...seizure, targetIds: ['infrastructure--none'] }] }),
    ).toEqual(['COMPONENT_NOT_FOUND']);
    expect(await codes({ name: 'x', measures: [{ ...seizure, targetIds: [] }] })).toEqual(['BAD_INPUT']);
    expect(await codes({ name: 'x', measures: [{ ...seizure, cost: -1 }] })).toEqual(['INVALID_OBJECT']);
    expect(await codes({ name: ' ' })).toEqual(['BAD_INPUT']);
    expect(await codes({ name: 'x', ownerId: HOST })).toEqual(['NODE_NOT_FOUND']);
    const { plans } = await atlas.data<{ plans: { totalCount: number } }>(ana, '{ plans { totalCount } }');
    expect(plans.totalCount).toBe(0);
    expect(await move(ana, await create({ name: 'empty' }), 'REVIEW')).toEqual(['PLAN_EMPTY']);
  });

  it('of an author whose clearance does not reach the default marking need markings of their own', async () => {
    const dan = viewerOf('dan', { role: 'ANALYST', clearance: 'GREEN' });
    const input = { name: 'Ours', measures: [seizure] };
    const asked = atlas.data(dan, CREATE, { input }).catch((error: unknown) => error);
    const refused = (await asked) as AppError;
    expect(refused).toMatchObject({ code: 'INVALID_OBJECT', data: { problem: 'MARKING_NOT_ALLOWED' } });
    expect(refused.message).toContain('the service gives it TLP:AMBER+STRICT');
    expect(await atlas.codes(dan, CREATE, { input: { ...input, markings: ['TLP:GREEN'] } })).toEqual([]);
  });

  it('take out the measures that a change no longer names', async () => {
    const id = await create({
      name: 'Two',
      measures: [seizure, { measureType: 'WARN_CUSTOMERS', targetIds: [FORUM] }],
    });
    expect((await state(ana, id)).steps).toHaveLength(2);
    await atlas.data(ana, UPDATE, { id, rev: 1, input: { measures: [seizure] } });
    expect((await state(ana, id)).steps.map(({ measure }) => measure.measureType)).toEqual(['SEIZE_DOMAIN']);
    await atlas.data(ana, UPDATE, { id, rev: 2, input: { description: 'Again', measures: null } });
    expect((await state(ana, id)).steps).toHaveLength(1);
  });

  it('are not approved by edits or imports', async () => {
    const id = await create({ name: 'Mine', measures: [seizure], ...shared });
    const edit = `mutation ($id: ID!) { updateNode(id: $id, expectedRevision: 1, input: {plan: {name: "x"}}) { id } }`;
    expect(await atlas.codes(ben, edit, { id })).toEqual(['INVALID_OBJECT']);
    const bundle = {
      type: 'bundle',
      id: 'bundle--00000000-0000-4000-8000-000000000001',
      objects: [
        {
          type: 'x-atlas-plan',
          spec_version: '2.1',
          id: 'x-atlas-plan--00000000-0000-4000-8000-000000000002',
          created: '2026-01-01T00:00:00.000Z',
          modified: '2026-01-01T00:00:00.000Z',
          name: 'Smuggled',
          plan_status: 'APPROVED',
          approved_by: 'nobody',
        },
      ],
    };
    const IMPORT = `mutation ($text: String!) { importBundle(input: {content: {text: $text}}) { totals { created rejected unchanged } } }`;
    await atlas.data(ben, IMPORT, { text: JSON.stringify(bundle) });
    const smuggled = await state(ben, bundle.objects[0].id);
    expect(smuggled).toMatchObject({ status: 'DRAFT', isApprovalValid: false, plan: { approvedBy: null } });
    const again = await atlas.data<{ importBundle: { totals: object } }>(ben, IMPORT, {
      text: JSON.stringify(bundle),
    });
    expect(again.importBundle.totals).toEqual({ created: 0, rejected: 0, unchanged: 1 });
  });

  it('are handed over as briefs, tables and STIX, with nothing that would run', async () => {
    const id = await create({ name: 'Take <i>', measures: [seizure], description: '| a | # b', ...shared });
    const BRIEF = `query ($id: ID!, $format: PlanBriefFormat!) { planBrief(id: $id, format: $format) { mediaType text } }`;
    type Brief = { planBrief: { mediaType: string; text: string } };
    const brief = async (format: string) => (await atlas.data<Brief>(ben, BRIEF, { id, format })).planBrief;
    const html = await brief('HTML');
    expect(html.mediaType).toBe('text/html');
    expect(html.text).toContain('Take &lt;i&gt;');
    expect(html.text).not.toMatch(/<script|<i>|src=/);
    const markdown = (await brief('MARKDOWN')).text;
    expect(markdown).toContain('# Take \\<i\\>');
    expect(markdown).toContain('TLP:AMBER\\+STRICT: ana, ben');
    expect(markdown).toContain('\\| a \\| \\# b');
    const csv = (await brief('CSV')).text.split('\r\n');
    expect(csv[0].split(',').slice(0, 3)).toEqual(['id', 'targets', 'targetIds']);
    expect(csv[1]).toContain('seize-domain');
    const stix = JSON.parse((await brief('STIX')).text) as {
      objects: { type: string; id: string; object_refs?: string[] }[];
    };
    const types = stix.objects.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['grouping', 'course-of-action', 'infrastructure', 'relationship']),
    );
    const ids = new Set(stix.objects.map((each) => each.id));
    const grouping = stix.objects.find(({ type }) => type === 'grouping');
    expect(grouping?.object_refs?.every((ref) => ids.has(ref))).toBe(true);
    expect(await atlas.codes(cay, BRIEF, { id, format: 'HTML' })).toEqual(['PLAN_NOT_FOUND']);
  });

  it('say where their evidence comes from with digests, and nothing of what the reader may not see', async () => {
    const open = nodeOf('Report', 'disk', { name: 'Seized disk', publisher: 'Lab', hash: 'a'.repeat(64) });
    const secret = { sharedWith: ['ana'], markings: ['TLP:AMBER+STRICT'] };
    const hidden = nodeOf('Report', 'informant', { name: 'Informant', hash: 'b'.repeat(64), ...secret });
    const other = nodeOf('Service', 'other', { name: 'Other panel' });
    const link = { ...relationship('DEPENDS_ON', other, other), from: other.id, to: HOST };
    const claims = [
      claim(link, open.id, { says: 'seen on the disk' }),
      claim(link, hidden.id, { says: 'said by an informant', ...secret }),
    ];
    await atlas.services.writes.write(
      { nodes: [open, hidden, other], relationships: [link], claims },
      { kind: 'TEST', actor: 'test' },
    );
    const id = await create({ name: 'With evidence', measures: [seizure], ...shared });
    const BRIEF = `query ($id: ID!, $format: PlanBriefFormat!) { planBrief(id: $id, format: $format) { text } }`;
    const text = async (viewer: typeof ana, format: string) =>
      (await atlas.data<{ planBrief: { text: string } }>(viewer, BRIEF, { id, format })).planBrief.text;
    const statement = [
      {
        about: [],
        claim: claims[0].id,
        confidence: null,
        credibility: null,
        derivation: null,
        fact: link.id,
        from: other.id,
        says: 'seen on the disk',
        to: HOST,
        type: 'DEPENDS_ON',
      },
    ];
    const digest = createHash('sha256').update(JSON.stringify(statement)).digest('hex');
    for (const format of ['MARKDOWN', 'HTML', 'STIX']) {
      const [seen, limited] = [await text(ana, format), await text(ben, format)];
      for (const each of [seen, limited]) {
        expect(each).toContain('a'.repeat(64));
        expect(each).toContain(digest);
      }
      expect(seen).toContain('b'.repeat(64));
      expect(limited).not.toMatch(/b{64}|nformant/);
    }
  });

  it('are held against what came of them', async () => {
    const id = await create({ name: 'Seen', measures: [seizure], ...shared });
    const OUTCOME = `mutation ($input: OutcomeDraftInput!) { recordOutcome(input: $input) { id node { ... on Outcome {
      before after changeShare changeLowShare changeHighShare sharedWith series } } } }`;
    const series = Array.from({ length: 40 }, (_, day) => ({
      at: new Date(Date.UTC(2026, 0, 1 + day)).toISOString(),
      value: (day < 20 ? 100 : 40) + (day % 3),
    }));
    const input = { achievedById: id, metric: 'visits', series, interruptedAt: series[20].at };
    const { recordOutcome } = await atlas.data<{ recordOutcome: { node: Record<string, number> } }>(
      ana,
      OUTCOME,
      { input },
    );
    const { before, after, changeShare, changeLowShare, changeHighShare, sharedWith } = recordOutcome.node;
    expect(before).toBeGreaterThan(95);
    expect(after).toBeLessThan(45);
    expect(changeShare).toBeLessThan(-0.55);
    expect(changeLowShare).toBeLessThan(changeShare);
    expect(changeHighShare).toBeGreaterThan(changeShare);
    expect(sharedWith).toEqual(['ana', 'ben']);
    const codes = (more: object) => atlas.codes(ana, OUTCOME, { input: { ...input, ...more } });
    expect(await codes({ series: [series[0], series[0]] })).toEqual(['OUTCOME_SERIES']);
    expect(await codes({ achievedById: HOST })).toEqual(['NODE_NOT_FOUND']);
    expect(await codes({ metric: '' })).toEqual(['BAD_INPUT']);
    const brief = await atlas.data<{ planBrief: { text: string } }>(
      ben,
      `query ($id: ID!) { planBrief(id: $id, format: MARKDOWN) { text } }`,
      { id },
    );
    expect(brief.planBrief.text).toContain('visits');
  });

  it('move what is believed of how long their kind of measure lasts', async () => {
    const BELIEFS = '{ durationBeliefs { measureType observed returned pNever medianDays middleDays } }';
    type Beliefs = {
      durationBeliefs: { measureType: string; observed: number; medianDays: number; pNever: number }[];
    };
    const belief = async () =>
      (await atlas.data<Beliefs>(ana, BELIEFS)).durationBeliefs.find(
        (each) => each.measureType === 'SEIZE_DOMAIN',
      )!;
    const before = await belief();
    expect(before.observed).toBe(0);
    const id = await create({ name: 'Back soon', measures: [seizure], ...shared });
    const { steps } = await state(ana, id);
    const OUTCOME = 'mutation ($input: OutcomeDraftInput!) { recordOutcome(input: $input) { id } }';
    const achievedById = steps[0].measure.id;
    const input = {
      achievedById,
      metric: 'site up',
      downtimeDays: 3,
      regeneratedAt: '2026-02-04T00:00:00.000Z',
    };
    await atlas.data(ana, OUTCOME, { input });
    const after = await belief();
    expect(after).toMatchObject({ observed: 1, returned: 1 });
    expect(after.medianDays).toBeLessThan(before.medianDays);
    expect(after.pNever).toBeLessThan(before.pNever);
    const SWITCHES = `{ switchingBeliefs { measureType observed moved medianDays }
      switchingBeliefsByTarget { targetKind observed moved highDays } durationBeliefsByTarget { targetKind observed returned } }`;
    const switches = async () =>
      atlas.data<{
        switchingBeliefs: { measureType: string; observed: number; moved: number; medianDays: number }[];
        switchingBeliefsByTarget: unknown[];
        durationBeliefsByTarget: unknown[];
      }>(ana, SWITCHES);
    const unseen = (await switches()).switchingBeliefs.find((each) => each.measureType === 'SEIZE_DOMAIN')!;
    expect(unseen.observed).toBe(0);
    await atlas.data(ana, OUTCOME, { input: { achievedById, metric: 'customers', switchDays: 2 } });
    const found = await switches();
    const seen = found.switchingBeliefs.find((each) => each.measureType === 'SEIZE_DOMAIN')!;
    expect(seen).toMatchObject({ observed: 1, moved: 1 });
    expect(seen.medianDays).toBeLessThan(unseen.medianDays);
    expect(found.switchingBeliefsByTarget).toMatchObject([
      { targetKind: 'Infrastructure', observed: 1, moved: 1 },
    ]);
    expect(found.durationBeliefsByTarget).toMatchObject([
      { targetKind: 'Infrastructure', observed: 1, returned: 1 },
    ]);
  });
});

describe('deconfliction', () => {
  let atlas: AskedAtlas;
  beforeEach(async () => {
    atlas = await openAskedAtlas({ deconfliction: { queriesPerDay: 3, pollMs: 20 } });
    await atlas.data(ben, OBJECTS, { objects });
  });
  afterEach(() => atlas.close());

  const ASK = `mutation ($input: DeconflictionInput!) {
    askDeconfliction(input: $input) { at actor caseReference contact componentIds addresses notices { message } } }`;
  const ALERTS = `{ deconflictionAlerts { query { id actor caseReference contact } plans { id } sharedTargets notices { message } } }`;
  type Alerts = { deconflictionAlerts: { query: { id: string; actor: string }; sharedTargets: string[] }[] };
  const ask = async (viewer: typeof cay, input: object) => {
    const { askDeconfliction } = await atlas.data<{ askDeconfliction: Record<string, unknown> }>(
      viewer,
      ASK,
      { input },
    );
    const { at: _at, ...answer } = askDeconfliction;
    return answer;
  };

  it('answers alike whether or not somebody plans the same, and tells who does', async () => {
    const input = {
      caseReference: 'C-1',
      contact: 'cay@example.org',
      componentIds: [HOST],
      addresses: ['panel.example'],
    };
    const before = await ask(cay, input);
    await atlas.data(ana, CREATE, { input: { name: 'Hidden', measures: [seizure] } });
    expect(await ask(cay, input)).toEqual(before);
    const { deconflictionAlerts: alerts } = await atlas.data<Alerts>(ana, ALERTS);
    expect(alerts).toHaveLength(1);
    expect(alerts[0]).toMatchObject({
      query: { actor: 'cay', caseReference: 'C-1', contact: 'cay@example.org' },
      sharedTargets: [HOST, 'panel.example'],
    });
    expect((await atlas.data<Alerts>(cay, ALERTS)).deconflictionAlerts).toEqual([]);
    const dry = ASK.replace('(input: $input)', '(input: $input, dryRun: true)');
    expect(await atlas.codes(cay, dry, { input: { ...input, caseReference: 'dry' } })).toEqual([]);
    expect((await atlas.data<Alerts>(ana, ALERTS)).deconflictionAlerts).toHaveLength(1);
    const own = await ask(ana, input);
    expect(own.notices).toEqual([]);
    expect((await atlas.data<Alerts>(ana, ALERTS)).deconflictionAlerts).toHaveLength(1);
  });

  it('lets the asker know what an owner publishes, and no one else', async () => {
    await atlas.data(ana, CREATE, { input: { name: 'Hidden', measures: [seizure] } });
    await ask(cay, { caseReference: 'C-2', addresses: ['PANEL.example'] });
    const [alert] = (await atlas.data<Alerts>(ana, ALERTS)).deconflictionAlerts;
    const PUBLISH = `mutation ($queryId: ID!, $message: String!) { publishDeconflictionNotice(queryId: $queryId, message: $message) { id } }`;
    const queryId = alert.query.id;
    expect(await atlas.codes(cay, PUBLISH, { queryId, message: 'me too' })).toEqual([
      'DECONFLICTION_NOT_FOUND',
    ]);
    expect(await atlas.codes(ana, PUBLISH, { queryId, message: ' ' })).toEqual(['BAD_INPUT']);
    const dry = PUBLISH.replace('message: $message', 'message: $message, dryRun: true');
    await atlas.data(ana, dry, { queryId, message: 'Never sent' });
    await atlas.data(ana, PUBLISH, { queryId, message: 'Call us' });
    const MINE = `{ deconflictionQueries { id notices { message actor } } }`;
    const mine = await atlas.data<{ deconflictionQueries: { id: string }[] }>(cay, MINE);
    expect(mine.deconflictionQueries).toEqual([
      { id: queryId, notices: [{ message: 'Call us', actor: 'ana' }] },
    ]);
  });

  it('tells owners as it happens', async () => {
    await atlas.data(ana, CREATE, { input: { name: 'Hidden', measures: [seizure] } });
    await ask(cay, { caseReference: 'before', componentIds: [HOST] });
    const events = atlas.services.deconfliction.followAlerts(() =>
      atlas.services.views.view({ viewer: ana }),
    );
    const first = events.next();
    await new Promise((resolve) => setTimeout(resolve, 100));
    await ask(cay, { caseReference: 'now', componentIds: [HOST] });
    expect((await first).value?.query.caseReference).toBe('now');
    const ended = events.next();
    await events.return?.();
    expect((await ended).done).toBe(true);
  });

  it('needs a case, has a limit, and is logged', async () => {
    const codes = (input: object) => atlas.codes(cay, ASK, { input });
    expect(await codes({ caseReference: ' ', componentIds: [HOST] })).toEqual(['BAD_INPUT']);
    expect(await codes({ caseReference: 'C', componentIds: [] })).toEqual(['BAD_INPUT']);
    expect(
      await codes({ caseReference: 'C', addresses: Array.from({ length: 26 }, (_, i) => `a${i}`) }),
    ).toEqual(['BAD_INPUT']);
    for (let n = 0; n < 3; n++) await ask(cay, { caseReference: `C${n}`, componentIds: ['nobody knows'] });
    expect(await codes({ caseReference: 'C', componentIds: [HOST] })).toEqual(['DECONFLICTION_LIMIT']);
    const dry = ASK.replace('(input: $input)', '(input: $input, dryRun: true)');
    const again = { caseReference: 'C', componentIds: [HOST] };
    expect(await atlas.codes(cay, dry, { input: again })).toEqual(['DECONFLICTION_LIMIT']);
    const LOG = `query ($after: ID) { deconflictionLog(first: 2, after: $after) { id actor caseReference planIds } }`;
    expect(await atlas.codes(cay, LOG)).toEqual(['FORBIDDEN']);
    const admin = viewerOf('root', { role: 'ADMIN' });
    type Log = { deconflictionLog: { id: string; actor: string }[] };
    const { deconflictionLog: page } = await atlas.data<Log>(admin, LOG);
    expect(page).toHaveLength(2);
    const { deconflictionLog: rest } = await atlas.data<Log>(admin, LOG, { after: page[1].id });
    expect(rest).toHaveLength(1);
    expect(await atlas.codes(admin, LOG, { after: 'none' })).toEqual(['DECONFLICTION_NOT_FOUND']);
  });
});
