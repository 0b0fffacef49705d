/** Erasure and legal holds over HTTP: what the API shows of them, and no longer shows of what was erased. */
import { type ApiServer, useApi } from '../support/api-server';
import { type Subscriber, subscribe } from '../support/subscriber';

const NAME = 'John Example';
/** What a natural person is kept on. */
const BASIS = { standing: 'SUSPECT', legalBasis: 'Public charge', reviewAt: '2030-01-01T00:00:00Z' };
const ID = 'threat-actor--john';
const ERASE = `mutation ($id: ID!, $reason: String!, $basis: String!, $dryRun: Boolean) {
  erase(id: $id, reason: $reason, basis: $basis, dryRun: $dryRun) {
    tombstone nodes relationships claims versions mentions isDryRun seq } }`;
const ORDER = { id: ID, reason: 'Asked for', basis: 'GDPR Art. 17' };

/** A run with what it found; members of groups are read when it is asked, ids are kept. */
const RUN = 'id status result { ... on GroupsResult { groups { ids } } }';
interface Run {
  readonly id: string;
  readonly status: string;
  readonly result: unknown;
}

interface Accesses {
  readonly totalCount: number;
  readonly nodes: readonly { readonly id: string; readonly viewer: string; readonly nodeIds: string[] }[];
}

async function person(api: ApiServer): Promise<void> {
  const objects = [
    { node: { threatActor: { id: ID, name: NAME, kind: 'PERSON', ...BASIS } } },
    { node: { service: { id: 'x-atlas-service--shop', name: 'Shop' } } },
    { relationship: { providedBy: { id: 'relationship--runs', from: 'x-atlas-service--shop', to: ID } } },
  ];
  await api.data(
    `mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects, evidence: { reportId: "report--r", says: "${NAME}" }) { seq } }`,
    { objects },
  );
}

describe('erasure', () => {
  const api = useApi();
  let follower: Subscriber<unknown> | undefined;
  afterAll(() => follower?.stop());

  it('is kept from by a hold, and done when that is lifted', async () => {
    await person(api());
    const dry = `mutation { placeHold(id: "${ID}", reason: "Case 7", dryRun: true) { id isActive } }`;
    expect(await api().data(dry)).toMatchObject({ placeHold: { isActive: true } });
    expect(await api().data('{ holds { totalCount } }')).toEqual({ holds: { totalCount: 0 } });
    const { placeHold } = await api().data<{
      placeHold: { id: string; isActive: boolean; placedBy: string };
    }>(`mutation { placeHold(id: "${ID}", reason: "Case 7") { id isActive placedBy placedAt reason } }`);
    expect(placeHold).toMatchObject({ isActive: true, placedBy: 'local' });
    expect(await api().codes(ERASE, ORDER)).toEqual(['LEGAL_HOLD']);
    const lift = `mutation { liftHold(id: "${placeHold.id}", reason: "Closed") { isActive liftedBy liftReason } }`;
    const dryLift = lift.replace('reason:', 'dryRun: true, reason:');
    expect(await api().data(dryLift)).toMatchObject({ liftHold: { isActive: false } });
    expect(await api().codes(ERASE, ORDER)).toEqual(['LEGAL_HOLD']);
    expect(await api().data(lift)).toEqual({
      liftHold: { isActive: false, liftedBy: 'local', liftReason: 'Closed' },
    });
    expect(await api().codes(lift)).toEqual(['HOLD_NOT_FOUND']);
    const { holds } = await api().data<{ holds: { totalCount: number } }>(
      `{ holds(objectId: "${ID}") { totalCount nodes { objectId isActive } } }`,
    );
    expect(holds.totalCount).toBe(1);
    expect(await api().codes('mutation { placeHold(id: "x", reason: "y") { id } }')).toEqual([
      'OBJECT_NOT_FOUND',
    ]);
    expect(await api().codes(`mutation { placeHold(id: "${ID}", reason: " ") { id } }`)).toEqual([
      'BAD_INPUT',
    ]);
  });

  it('shows in a dry run what would go, and takes it out of every answer, past ones too', async () => {
    const { changeCursor } = await api().data<{ changeCursor: string }>('{ changeCursor }');
    follower = subscribe(
      api().url,
      'subscription ($after: ID) { changes(after: $after) { cursor objects { nodes { id } } } }',
      {
        after: changeCursor,
      },
    );
    const before = new Date().toISOString();
    const GROUPS = 'analyseGroups(waitSeconds: 20)';
    const { run, file } = await api().data<{ run: Run; file: { id: string } }>(
      `mutation ($text: String!) { run: ${GROUPS} { ${RUN} }
         file: importFiles(input: { files: [{ name: "actors.json", content: { text: $text } }], dryRun: true }) { id } }`,
      {
        text: JSON.stringify({
          type: 'bundle',
          id: 'bundle--1',
          objects: [{ type: 'threat-actor', id: ID }],
        }),
      },
    );
    await api().services.importRuns.settled(file.id, 'local', 20);
    expect([run.status, JSON.stringify(run.result).includes(ID)]).toEqual(['DONE', true]);
    const dry = await api().data<{ erase: object }>(ERASE, { ...ORDER, dryRun: true });
    expect(dry.erase).toMatchObject({ nodes: 1, relationships: 1, claims: 2, isDryRun: true, seq: null });
    expect(await api().data(`{ node(id: "${ID}") { id } }`)).toEqual({ node: { id: ID } });
    await Promise.all([1, 2, 3].map(() => api().data(`{ node(id: "${ID}") { name } }`)));
    const read = '{ accesses(first: 500) { totalCount nodes { id viewer nodeIds } } }';
    const log = (await api().data<{ accesses: Accesses }>(read)).accesses;
    expect(log.nodes.every(({ nodeIds }) => nodeIds.includes(ID))).toBe(true);
    expect(log.totalCount).toBeGreaterThanOrEqual(3);
    const { erase } = await api().data<{ erase: { tombstone: string } }>(ERASE, ORDER);
    const after = (await api().data<{ accesses: Accesses }>(read)).accesses;
    expect(after.nodes).toEqual(log.nodes.map((each) => ({ ...each, nodeIds: [erase.tombstone] })));
    expect(erase).toMatchObject({ nodes: 1, relationships: 1, claims: 2, isDryRun: false });
    const answer = await api().data(`{
      node(id: "${ID}") { id }
      relationship(id: "relationship--runs") { id }
      search(text: "${NAME}") { totalCount }
      history(id: "${ID}") { totalCount }
      threatActors { totalCount }
      changes(where: { ids: ["${ID}"] }) { nodes { kind } }
      diff(from: { at: "1999-01-01T00:00:00Z" }) { nodes { id } }
      past: threatActors(knownAt: "${before}") { totalCount }
      tombstones { totalCount nodes { id reason basis erasedBy } }
      erased(ids: ["${ID}", "x-atlas-service--shop"])
    }`);
    expect(answer).toEqual({
      node: null,
      relationship: null,
      search: { totalCount: 0 },
      history: { totalCount: 0 },
      threatActors: { totalCount: 0 },
      changes: { nodes: [] },
      diff: { nodes: [{ id: 'x-atlas-service--shop' }] },
      past: { totalCount: 0 },
      tombstones: {
        totalCount: 1,
        nodes: [{ id: erase.tombstone, reason: 'Asked for', basis: 'GDPR Art. 17', erasedBy: 'local' }],
      },
      erased: [ID],
    });
    const kept = await api().data<{ analysisRun: Run }>(`{ analysisRun(id: "${run.id}") { ${RUN} } }`);
    expect(kept.analysisRun).toMatchObject({ status: 'EXPIRED', result: null });
    expect(await api().codes(`{ importRun(id: "${file.id}") { id } }`)).toEqual(['IMPORT_RUN_NOT_FOUND']);
    expect(await api().codes(ERASE, ORDER)).toEqual(['OBJECT_NOT_FOUND']);
    expect(await api().codes(ERASE, { ...ORDER, id: 'x-atlas-service--shop', reason: ' ' })).toEqual([
      'BAD_INPUT',
    ]);
  });

  it('refuses the id from then on, and followers go on undisturbed', async () => {
    const { importObjects } = await api().data<{
      importObjects: { items: { status: string; problemCode: string | null }[] };
    }>(
      `mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { items { status problemCode } } }`,
      {
        objects: [
          { node: { threatActor: { id: ID, name: NAME } } },
          {
            relationship: {
              providedBy: { id: 'relationship--again', from: 'x-atlas-service--shop', to: ID },
            },
          },
          { node: { venue: { id: 'x-atlas-venue--v', name: 'V' } } },
        ],
      },
    );
    expect(importObjects.items).toEqual([
      { status: 'REJECTED', problemCode: 'ERASED' },
      { status: 'REJECTED', problemCode: 'ERASED' },
      { status: 'CREATED', problemCode: null },
    ]);
    const events = await follower?.until(1);
    expect(events).toEqual([
      { changes: { cursor: expect.any(String), objects: { nodes: [{ id: 'x-atlas-venue--v' }] } } },
    ]);
  });
});
