/** Reads of what is on record of persons and victims leave a trace that an administrator can read. */
import { useApi } from '../support/api-server';
import { JWT_ENVIRONMENT, tokenOf } from '../support/tokens';
import { node, relationship } from '../support/values';

const person = node('ThreatActor', 'somebody', {
  kind: 'PERSON',
  standing: 'SUSPECT',
  legalBasis: 'Public charge',
  reviewAt: '2030-01-01T00:00:00Z',
});
const group = node('ThreatActor', 'a gang', { kind: 'GROUP' });
const victim = node('Organization', 'hit', { organizationRoles: ['VICTIM', 'PARTNER'] });
const vendor = node('Organization', 'vendor', { organizationRoles: ['VENDOR'] });
const secret = node('ThreatActor', 'informant', {
  kind: 'PERSON',
  standing: 'SUSPECT',
  legalBasis: 'Public charge',
  reviewAt: '2030-01-01T00:00:00Z',
  markings: ['TLP:RED'],
  sharedWith: ['desk'],
});

interface Accesses {
  readonly accesses: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly viewer: string; readonly nodeIds: string[]; readonly at: string }[];
  };
}

describe('the log of accesses', () => {
  const api = useApi(JWT_ENVIRONMENT);
  const nodes = [person, group, victim, vendor, secret].map(({ properties, ...rest }) => ({
    ...rest,
    properties: Object.fromEntries(
      Object.entries(properties).filter(([name]) => !['basis', 'reviewBy'].includes(name)),
    ),
  }));
  beforeAll(async () => {
    await api().services.writes.write(
      { nodes, relationships: [relationship('MEMBER_OF', person, group)], claims: [] },
      { kind: 'TEST', actor: 'test' },
    );
  });
  const admin = tokenOf('ADMIN', 'AMBER', [], 'root');
  const log = async (where: object, token = admin) =>
    (
      await api().ask<Accesses>(
        'query ($where: AccessWhere) { accesses(where: $where) { totalCount nodes { viewer nodeIds at } } }',
        { where },
        token,
      )
    ).data?.accesses;

  it('has who read what, by whatever way, and no more than that', async () => {
    const bob = tokenOf('READER', 'AMBER', [], 'bob');
    await api().ask('{ threatActors { nodes { name } } }', {}, bob);
    await api().ask('query ($id: ID!) { node(id: $id) { id } }', { id: victim.id }, bob);
    await api().ask('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: [vendor.id, group.id] }, bob);
    await api().ask('{ count }', {}, bob);
    const found = await log({ viewer: 'bob' });
    expect(found?.totalCount).toBe(2);
    expect(found?.nodes.map((each) => each.nodeIds)).toEqual([[victim.id], [person.id]]);
    expect(await log({ viewer: 'nobody' })).toMatchObject({ totalCount: 0 });
    expect(await log({ viewer: 'bob', nodeId: person.id })).toMatchObject({ totalCount: 1 });
    expect(await log({ viewer: 'bob', until: '2020-01-01T00:00:00+02:00' })).toMatchObject({ totalCount: 0 });
  });

  it('shows an administrator nothing of what they may not see', async () => {
    const eve = tokenOf('READER', 'RED', ['desk'], 'eve');
    const { data } = await api().ask<{ node: object }>(
      'query ($id: ID!) { node(id: $id) { id } }',
      { id: secret.id },
      eve,
    );
    expect(data?.node).toEqual({ id: secret.id });
    expect(await log({ viewer: 'eve' })).toMatchObject({ totalCount: 0 });
    expect(await log({ viewer: 'eve' }, tokenOf('ADMIN', 'RED', ['desk'], 'root'))).toMatchObject({
      totalCount: 1,
    });
  });

  it('is read in pages', async () => {
    const query =
      'query ($after: ID) { accesses(first: 1, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { id } } }';
    type Page = {
      accesses: {
        totalCount: number;
        pageInfo: { hasNextPage: boolean; endCursor: string };
        nodes: { id: string }[];
      };
    };
    const first = (await api().ask<Page>(query, {}, admin)).data!.accesses;
    const second = (await api().ask<Page>(query, { after: first.pageInfo.endCursor }, admin)).data!.accesses;
    expect(second.nodes[0].id).not.toBe(first.nodes[0].id);
    expect([first.pageInfo.hasNextPage, second.totalCount]).toEqual([true, first.totalCount]);
  });
});
