/** What is asked as of an instant, and what viewers see who may not see everything. */
import { graphql } from 'graphql';
import { createContext } from '../../src/graphql/context';
import { apiSchema } from '../../src/graphql/schema';
import { claimId } from '../../src/model/identity';
import type { ClaimValue } from '../../src/model/values';
import type { Viewer } from '../../src/model/viewer';
import { useApi } from '../support/api-server';
import { claim, node, relationship } from '../support/values';

const RED = 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1';

const operation = node('Operation', 'campaign', { severity: 4, description: 'what the raid found' });
const open = node('Service', 'open service');
const gone = node('Service', 'old service', { validTo: '2023-01-01T00:00:00Z' });
const coming = node('Service', 'new service', { validFrom: '2024-01-01T00:00:00Z' });
const secret = node('Service', 'secret service', { markings: [RED], sharedWith: ['desk'] });
const whispered = node('Service', 'whispered service');
const openReport = node('Report', 'open report');
const secretReport = node('Report', 'secret report', { markings: ['TLP:RED'], sharedWith: ['desk'] });
const usesOpen = relationship('USES', operation, open);
const usesGone = relationship('USES', operation, gone, { validTo: '2023-01-01T00:00:00Z' });
const usesComing = relationship('USES', operation, coming);
const usesSecret = relationship('USES', operation, secret);
const usesWhispered = relationship('USES', operation, whispered);
const severityClaim: ClaimValue = {
  ...claim(operation, secretReport.id, { about: ['severity', 'description'] }),
  id: claimId(operation.id, secretReport.id, 'severity'),
};
const graph = {
  nodes: [operation, open, gone, coming, secret, whispered, openReport, secretReport],
  relationships: [usesOpen, usesGone, usesComing, usesSecret, usesWhispered],
  claims: [
    claim(operation, openReport.id),
    severityClaim,
    claim(usesOpen, openReport.id),
    claim(usesOpen, secretReport.id),
    claim(whispered, secretReport.id),
  ],
};

const viewer = (more: Partial<Viewer> = {}): Viewer => ({
  id: 'ann',
  role: 'READER',
  clearance: 'AMBER',
  groups: [],
  seesAll: false,
  ...more,
});

describe('views', () => {
  const api = useApi();
  beforeAll(() => api().services.writes.write(graph, { kind: 'TEST', actor: 'test' }));

  async function seenBy<T>(who: Viewer, source: string, variableValues = {}): Promise<T> {
    const contextValue = await createContext(api().services, { pageSize: 500 }, 'test', who);
    const { data, errors } = await graphql({ schema: apiSchema(), source, contextValue, variableValues });
    if (errors) throw errors[0].originalError ?? errors[0];
    return data as T;
  }

  describe('as of an instant', () => {
    const names = (asOf: string) =>
      `operations${asOf} { nodes { uses(orderBy: [NAME_ASC]) { totalCount nodes { name usedBy { totalCount } } } } }`;

    it('hold what holds then, in the fields below too, each root field by itself', async () => {
      type Uses = { nodes: { uses: { totalCount: number; nodes: { name: string }[] } }[] };
      const data = await api().data<Record<string, Uses>>(
        `{ earlier: ${names('(asOf: "2022-06-01T00:00:00Z")')} ${names('')} later: ${names('(asOf: "2024-06-01T00:00:00Z")')} }`,
      );
      const used = (list: Uses) => list.nodes[0].uses.nodes.map((each) => each.name);
      expect(used(data.earlier)).toEqual([
        'old service',
        'open service',
        'secret service',
        'whispered service',
      ]);
      expect(used(data.later)).toEqual([
        'new service',
        'open service',
        'secret service',
        'whispered service',
      ]);
      expect(data.operations.nodes[0].uses.totalCount).toBe(5);
    });

    it('have no node that does not exist then', async () => {
      const data = await api().data<Record<string, unknown>>(
        `query ($id: ID!) { node(id: $id) { id } earlier: node(id: $id, asOf: "2024-01-01T00:00:00Z") { id }
          count(asOf: "2024-01-01T00:00:00Z") paths: neighbourhood(id: "${operation.id}", asOf: "2024-01-01T00:00:00Z") { nodes { id } } }`,
        { id: gone.id },
      );
      expect(data).toMatchObject({ node: { id: gone.id }, earlier: null, count: 7 });
      expect(JSON.stringify(data.paths)).not.toContain(gone.id);
    });
  });

  it('hide what is marked, what only hidden reports say, and what is only claimed there', async () => {
    const query = `query ($ids: [ID!]!) {
      services { totalCount nodes { name } } count
      nodes(ids: $ids) { id }
      operations { nodes { severity description corroboration evidence { totalCount } revision
        uses { totalCount edges { relationship { corroboration evidence { nodes { reportId } } } } } } }
      severe: operations(where: { severity: { gte: 1 } }) { totalCount }
      byWord: search(text: "raid") { totalCount }
      byName: search(text: "secret") { totalCount }
    }`;
    const ids = [secret.id, whispered.id, secretReport.id, open.id];
    const low = await seenBy<Record<string, never>>(viewer(), query, { ids });
    expect(low).toMatchObject({
      services: { totalCount: 3 },
      count: 5,
      nodes: [null, null, null, { id: open.id }],
      operations: {
        nodes: [
          {
            severity: null,
            description: null,
            corroboration: 1,
            evidence: { totalCount: 1 },
            uses: { totalCount: 3 },
          },
        ],
      },
      severe: { totalCount: 0 },
      byWord: { totalCount: 0 },
      byName: { totalCount: 0 },
    });
    const high = await seenBy<Record<string, never>>(viewer({ clearance: 'RED', groups: ['desk'] }), query, {
      ids,
    });
    expect(high).toMatchObject({
      services: { totalCount: 5 },
      count: 8,
      operations: { nodes: [{ severity: 4, corroboration: 2, uses: { totalCount: 5 } }] },
      severe: { totalCount: 1 },
      byWord: { totalCount: 1 },
      byName: { totalCount: 2 },
    });
  });

  it('follow what is written: a claim that opens a fact, and a marking that closes it', async () => {
    const query = 'query ($id: ID!) { node(id: $id) { id } }';
    const write = (batch: Partial<typeof graph>) =>
      api().services.writes.write(
        { nodes: [], relationships: [], claims: [], ...batch },
        { kind: 'TEST', actor: 'test' },
      );
    const variables = { id: whispered.id };
    expect(await seenBy(viewer(), query, variables)).toEqual({ node: null });
    await write({ claims: [claim(whispered, openReport.id)] });
    expect(await seenBy(viewer(), query, variables)).toEqual({ node: variables });
    await write({ nodes: [{ ...whispered, properties: { name: 'x', markings: ['TLP:RED'] } }] });
    expect(await seenBy(viewer(), query, variables)).toEqual({ node: null });
    await write({ nodes: [whispered] });
    expect(await seenBy(viewer(), query, variables)).toEqual({ node: variables });
  });

  it('search what a viewer has written over words that a hidden claim kept from them', async () => {
    const query = '{ search(text: "as ann has it") { totalCount } }';
    const update = `mutation ($id: ID!) { updateNode(id: $id, expectedRevision: 1, input: { operation: { description: "as ann has it" } }) { status } }`;
    const ann = viewer({ role: 'EDITOR' });
    await seenBy(ann, update, { id: operation.id });
    expect(await seenBy(ann, query)).toEqual({ search: { totalCount: 1 } });
    expect(await seenBy(viewer({ id: 'bob' }), query)).toEqual({ search: { totalCount: 1 } });
    await api().services.writes.write(graph, { kind: 'TEST', actor: 'test' });
  });

  it('refuse a field to a role that is too low', async () => {
    const query = '{ chokepoints { totalCount } }';
    await expect(seenBy(viewer(), query)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(seenBy(viewer({ role: 'ANALYST' }), query)).resolves.toBeDefined();
  });
});
