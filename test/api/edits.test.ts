import type { AppError } from '../../src/errors';
import { useApi } from '../support/api-server';
import { openAskedAtlas, viewerOf } from '../support/asking';
import { node } from '../support/values';

interface Result {
  readonly id: string;
  readonly status: string;
  readonly seq: number | null;
  readonly isDryRun: boolean;
  readonly node: {
    readonly revision: number;
    readonly active: boolean;
    readonly name?: string | null;
  } | null;
}

const RESULT =
  'id status isDryRun seq node { revision active name ... on Operation { severity operationType } ... on Service { category price } }';
const CREATE = `mutation ($input: NodeInput!, $dryRun: Boolean! = false) { createNode(input: $input, dryRun: $dryRun) { ${RESULT} } }`;
const UPDATE = `mutation ($input: NodeInput!, $id: ID!, $revision: Int!, $dryRun: Boolean! = false) {
  updateNode(input: $input, id: $id, expectedRevision: $revision, dryRun: $dryRun) { ${RESULT} } }`;
const RETRACT = `mutation ($id: ID!, $revision: Int!, $reason: String! = "it was wrong") {
  retract(id: $id, expectedRevision: $revision, reason: $reason) { ${RESULT} } }`;
const LINK = `mutation ($input: RelationshipInput!) { createRelationship(input: $input) { id status relationship { type ... on SatisfiedByRelationship { switchDays supplierRole } } } }`;

describe('edits', () => {
  const api = useApi();
  const create = async (input: object, rest: object = {}) =>
    (await api().data<{ createNode: Result }>(CREATE, { input, ...rest })).createNode;
  const count = async () => (await api().data<{ count: number }>('{ count }')).count;

  it('create a node once, under an id that its name implies', async () => {
    const input = {
      service: { name: 'Host', category: 'BULLETPROOF_HOSTING', price: 250.5, firstSeen: undefined },
    };
    const dry = await create(input, { dryRun: true });
    expect(dry).toMatchObject({ status: 'CREATED', isDryRun: true, seq: null, node: null });
    expect(await count()).toBe(0);
    const first = await create(input);
    expect(first).toMatchObject({
      id: node('Service', 'Host').id,
      status: 'CREATED',
      node: { revision: 1, active: true, category: 'BULLETPROOF_HOSTING', price: 250.5 },
    });
    expect(await create(input)).toMatchObject({ status: 'UNCHANGED', seq: null });
    expect(await api().codes(CREATE, { input: { service: { name: 'Host', price: 1 } } })).toEqual([
      'ALREADY_EXISTS',
    ]);
    expect(await count()).toBe(1);
  });

  it('keep a natural person only with a standing, a basis and a review date', async () => {
    const person = { name: 'Somebody', kind: 'PERSON' };
    const basis = { standing: 'SUSPECT', legalBasis: 'public indictment', reviewAt: '2027-01-01T00:00:00Z' };
    const problem = async (threatActor: object) =>
      (await api().ask(CREATE, { input: { threatActor } })).errors?.map(
        ({ extensions }) => extensions.problem,
      );
    expect(await problem(person)).toEqual(['PERSON_WITHOUT_BASIS']);
    expect(await problem({ ...person, ...basis, reviewAt: undefined })).toEqual(['PERSON_WITHOUT_BASIS']);
    expect(await problem({ ...person, ...basis, legalBasis: ' ' })).toEqual(['PERSON_WITHOUT_BASIS']);
    const { id } = await create({ threatActor: { ...person, ...basis } });
    const input = { threatActor: { legalBasis: null } };
    expect(await api().codes(UPDATE, { id, revision: 1, input })).toEqual(['INVALID_OBJECT']);
    await api().data(RETRACT, { id, revision: 1 });
  });

  it('change what is given, take away what is null, and count revisions', async () => {
    const { id } = await create({ operation: { name: 'Campaign', severity: 5, operationType: 'DDOS' } });
    const change = async (input: object, revision: number, rest: object = {}) =>
      (
        await api().data<{ updateNode: Result }>(UPDATE, {
          id,
          revision,
          input: { operation: input },
          ...rest,
        })
      ).updateNode;
    expect(await change({ severity: 7 }, 1, { dryRun: true })).toMatchObject({
      status: 'UPDATED',
      node: { severity: 5 },
    });
    expect(await change({ severity: 7, operationType: null }, 1)).toMatchObject({
      status: 'UPDATED',
      node: { revision: 2, severity: 7, operationType: null, name: 'Campaign' },
    });
    expect(await api().codes(UPDATE, { id, revision: 1, input: { operation: { severity: 1 } } })).toEqual([
      'STALE_REVISION',
    ]);
    expect(await change({ severity: 8 }, 2)).toMatchObject({ node: { revision: 3, severity: 8 } });
  });

  it('let one of two changes against one revision through', async () => {
    const { id } = await create({ operation: { name: 'Contested', severity: 1 } });
    const codes = await Promise.all(
      [2, 3, 4, 5].map((severity) =>
        api().codes(UPDATE, { id, revision: 1, input: { operation: { severity } } }),
      ),
    );
    expect(codes.flat()).toEqual(['STALE_REVISION', 'STALE_REVISION', 'STALE_REVISION']);
  });

  it('take back without losing, and say why', async () => {
    const { id } = await create({ venue: { name: 'Forum', customProperties: { kept: 1 } } });
    const { retract } = await api().data<{ retract: Result }>(RETRACT, { id, revision: 1 });
    expect(retract).toMatchObject({ status: 'UPDATED', node: { active: false, revision: 2, name: 'Forum' } });
    const data = await api().data<{ venues: { totalCount: number }; node: { customProperties: unknown } }>(
      'query ($id: ID!) { venues(where: { active: { eq: true } }) { totalCount } node(id: $id) { customProperties } }',
      { id },
    );
    expect(data).toEqual({
      venues: { totalCount: 0 },
      node: { customProperties: { kept: 1, x_atlas_retraction: { by: 'local', reason: 'it was wrong' } } },
    });
  });

  it('create, change and take back relationships, and keep their ends', async () => {
    const { id: from } = await create({ requirement: { name: 'Hosting', mode: 'ANY' } });
    const { id: to } = await create({ service: { name: 'Supplier' } });
    const { createRelationship } = await api().data<{ createRelationship: { id: string } }>(LINK, {
      input: { satisfiedBy: { from, to, switchDays: 3, supplierRole: 'BACKUP' } },
    });
    expect(createRelationship).toMatchObject({
      status: 'CREATED',
      relationship: { type: 'SATISFIED_BY', switchDays: 3, supplierRole: 'BACKUP' },
    });
    const { id } = createRelationship;
    const data = await api().data<Record<string, unknown>>(
      `mutation ($id: ID!) {
        updateRelationship(id: $id, expectedRevision: 1, input: { satisfiedBy: { switchDays: 9 } }) { status relationship { ... on SatisfiedByRelationship { switchDays supplierRole fromId } } }
        retract(id: $id, expectedRevision: 2, reason: "gone") { status relationship { revoked } }
      }`,
      { id },
    );
    expect(data).toEqual({
      updateRelationship: {
        status: 'UPDATED',
        relationship: { switchDays: 9, supplierRole: 'BACKUP', fromId: from },
      },
      retract: { status: 'UPDATED', relationship: { revoked: true } },
    });
  });

  it('write many at once, and say of each what became of it, in the order given', async () => {
    const report = node('Report', 'behind it');
    await create({ report: { id: report.id, name: 'behind it' } });
    const [a, b] = ['A', 'B'].map((name) => node('Infrastructure', name));
    const objects = [
      { relationship: { dependsOn: { from: a.id, to: b.id } } },
      { node: { infrastructure: { name: 'A', setupDays: 3 } } },
      { node: { infrastructure: { name: 'B', setupDays: -3 } } },
      { relationship: { needs: { from: a.id, to: b.id } } },
      { relationship: { uses: { from: a.id, to: 'tool--11111111-1111-4111-8111-111111111111' } } },
    ];
    const { importObjects } = await api().data<{ importObjects: unknown }>(
      `mutation ($objects: [ObjectInput!]!, $reportId: ID!) {
        importObjects(objects: $objects, evidence: { reportId: $reportId, says: "so it is", confidence: 80 }) {
          totals { read created stubbed rejected } isDryRun
          items { status problemCode node { name evidence { nodes { says confidence report { name } } } } relationship { corroboration } } } }`,
      { objects, reportId: report.id },
    );
    const evidence = { nodes: [{ says: 'so it is', confidence: 80, report: { name: 'behind it' } }] };
    expect(importObjects).toEqual({
      totals: { read: 5, created: 1, stubbed: 2, rejected: 2 },
      isDryRun: false,
      items: [
        { status: 'STUBBED', problemCode: null, node: null, relationship: { corroboration: 1 } },
        { status: 'CREATED', problemCode: null, node: { name: 'A', evidence }, relationship: null },
        {
          status: 'REJECTED',
          problemCode: 'OUT_OF_RANGE',
          node: { name: null, evidence: { nodes: [] } },
          relationship: null,
        },
        { status: 'REJECTED', problemCode: 'NOT_ALLOWED_BETWEEN', node: null, relationship: null },
        { status: 'STUBBED', problemCode: null, node: null, relationship: { corroboration: 1 } },
      ],
    });
  });

  it('write ten thousand relationships in one mutation', async () => {
    const services = Array.from({ length: 101 }, (_, i) => ({ node: { service: { name: `bulk ${i}` } } }));
    const ids = Array.from({ length: 101 }, (_, i) => node('Service', `bulk ${i}`).id);
    const links = ids.flatMap((from) =>
      ids.filter((to) => to !== from).map((to) => ({ relationship: { resells: { from, to } } })),
    );
    const objects = [...services, ...links];
    const { importObjects } = await api().data<{ importObjects: { totals: unknown } }>(
      'mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { totals { read created rejected } } }',
      { objects },
    );
    expect(importObjects.totals).toEqual({ read: 10_201, created: 10_201, rejected: 0 });
    const { services: found } = await api().data<{
      services: { nodes: { resells: { totalCount: number } }[] };
    }>('{ services(where: { name: { eq: "bulk 7" } }) { nodes { resells { totalCount } } } }');
    expect(found.nodes).toEqual([{ resells: { totalCount: 100 } }]);
  });

  const ID = 'x-atlas-service--00000000-0000-4000-8000-000000000000';
  it.each([
    [CREATE, { input: { service: { name: 'x', setupDays: -1 } } }, 'INVALID_OBJECT'],
    [CREATE, { input: { service: { name: 'x', category: 'nonsense' } } }, 'BAD_USER_INPUT'],
    [CREATE, { input: { service: { name: 'x' }, venue: { name: 'x' } } }, 'BAD_USER_INPUT'],
    [CREATE, { input: {} }, 'BAD_USER_INPUT'],
    [CREATE, { input: { service: { id: 'x'.repeat(600), name: 'x' } } }, 'INVALID_OBJECT'],
    [CREATE, { input: { indicator: { name: 'x', indicatorFrom: 'soon' } } }, 'BAD_USER_INPUT'],
    [UPDATE, { id: ID, revision: 1, input: { service: { price: 1 } } }, 'NODE_NOT_FOUND'],
    [RETRACT, { id: ID, revision: 1 }, 'OBJECT_NOT_FOUND'],
    [RETRACT, { id: ID, revision: 1, reason: ' ' }, 'BAD_INPUT'],
    [LINK, { input: { needs: { from: 'a', to: 'b', reason: 'x' } } }, 'BAD_USER_INPUT'],
    [LINK, { input: { needs: { from: 'a' } } }, 'INVALID_OBJECT'],
    [
      'mutation ($id: ID!) { updateRelationship(id: $id, expectedRevision: 1, input: { uses: { revoked: true } }) { id } }',
      { id: ID },
      'RELATIONSHIP_NOT_FOUND',
    ],
  ])('refuse case %# and write nothing', async (mutation, variables, code) => {
    const before = await count();
    expect(await api().codes(mutation, variables)).toEqual([code]);
    expect(await count()).toBe(before);
  });

  it('refuse ends that are not there, ids that are no word and names without one, dry run or not', async () => {
    const { id } = await create({ service: { name: 'Here' } });
    const before = await count();
    const link = `mutation ($input: RelationshipInput!, $dry: Boolean!) { createRelationship(input: $input, dryRun: $dry) { id } }`;
    for (const dry of [true, false]) {
      for (const [from, to] of [
        [id, 'x-atlas-service--mistyped'],
        ['x-atlas-service--mistyped', id],
        ['nobody', id],
      ]) {
        expect(await api().codes(link, { input: { dependsOn: { from, to } }, dry })).toEqual([
          'NODE_NOT_FOUND',
        ]);
      }
      const refused = [
        { id: 'bad id', name: 'x' },
        { id: 'bad\u0007', name: 'x' },
        { name: '' },
        { name: ' ' },
      ];
      for (const service of refused)
        expect(await api().codes(CREATE, { input: { service }, dryRun: dry })).toEqual(['BAD_INPUT']);
    }
    expect(await api().codes(UPDATE, { id, revision: 1, input: { service: { name: '' } } })).toEqual([
      'BAD_INPUT',
    ]);
    expect(await count()).toBe(before);
  });

  it('refuse another type, and more objects than one call may write', async () => {
    const { id } = await create({ service: { name: 'Typed' } });
    expect(await api().codes(UPDATE, { id, revision: 1, input: { venue: { name: 'x' } } })).toEqual([
      'BAD_INPUT',
    ]);
    const objects = Array.from({ length: 20_001 }, () => ({ node: { service: { name: 'x' } } }));
    const many = 'mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { isDryRun } }';
    expect(await api().codes(many, { objects })).toEqual(['BAD_INPUT']);
  });
});

describe('edits of somebody who does not see everything', () => {
  it('learn nothing of a hidden end: it is not there, as any other', async () => {
    const atlas = await openAskedAtlas();
    const [seen, hidden] = [node('Service', 'seen'), node('Service', 'hidden', { markings: ['TLP:RED'] })];
    await atlas.services.writes.write(
      { nodes: [seen, hidden], relationships: [], claims: [] },
      { kind: 'test', actor: 'test' },
    );
    const eve = viewerOf('eve', { clearance: 'GREEN' });
    const link = `mutation ($to: ID!, $dry: Boolean!) {
      createRelationship(input: { dependsOn: { from: "${seen.id}", to: $to } }, dryRun: $dry) { id } }`;
    for (const dry of [true, false]) {
      const errorOf = async (to: string) => {
        const asked = atlas.data(eve, link, { to, dry }).catch((error: unknown) => error);
        const { code, message } = (await asked) as AppError;
        return { code, message: message.replaceAll(to, 'ID') };
      };
      const unknown = await errorOf(node('Service', 'nobody').id);
      expect(unknown.code).toBe('NODE_NOT_FOUND');
      expect(await errorOf(hidden.id)).toEqual(unknown);
    }
    await atlas.close();
  });
});
