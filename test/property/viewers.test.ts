/**
 * The equality of views: what a viewer is answered equals what a database answers that never held what they may not see, for
 * random graphs, markings, recipients and claims, over HTTP with tokens. Cursors are opaque: they are taken out before
 * answers are compared, and followed.
 */
import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { apiSchema } from '../../src/graphql/schema';
import type { Batch } from '../../src/model/values';
import type { Viewer } from '../../src/model/viewer';
import { type ApiServer, type GraphqlAnswer, startApi } from '../support/api-server';
import { markedGraph } from '../support/marked-graph';
import { JWT_ENVIRONMENT, tokenOf } from '../support/tokens';
import { node, relationship } from '../support/values';
import { visiblePart } from '../support/visible-part';

const viewer = fc.record({
  clearance: fc.constantFrom('CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED') as fc.Arbitrary<
    Viewer['clearance']
  >,
  groups: fc.subarray(['desk', 'house rule']),
});

const id = (kind: string, i: number): string => node(kind, `${kind.toLowerCase()} ${i}`).id;

const CLAIMS = 'corroboration evidence { totalCount nodes { id reportId about originKey report { name } } }';
const NODE = `id name aliases description markings sharedWith revision active ${CLAIMS}`;
const CUT = 'members { id name } order cost';

/** One query of each kind; `$after` of those that page. */
const QUERIES: readonly string[] = [
  `{ operations(orderBy: [SEVERITY_DESC]) { totalCount nodes { ${NODE} severity
      needs { totalCount edges { node { ${NODE} satisfiedBy { nodes { ${NODE} ... on Service { price } } } } relationship { id fromId toId ${CLAIMS} } } } } } }`,
  `{ a: allNodes(where: { corroboration: { gte: 1 } }, orderBy: [CONFIDENCE_DESC, CORROBORATION_ASC]) { totalCount
        distribution(by: CORROBORATION) { total missing buckets { value count } } nodes { id confidence { percent } } }
     b: relationships(where: { OR: [{ confidence: { gt: 50 } }, { to: { corroboration: { eq: 0 } } }] }, orderBy: [CONFIDENCE_ASC]) { totalCount nodes { id confidence { percent } corroboration } }
     c: operations(where: { needs: { relationship: { confidence: { isNull: true } }, some: { corroboration: { lt: 2 } } } }) { totalCount nodes { id } } }`,
  `{ services(where: { price: { gte: 2 } }) { totalCount distribution(by: PRICE) { total missing distinct buckets { value count } }
      distributionOver(relation: SATISFIES) { total missing buckets { count node { id name } } } nodes { ${NODE} } } }`,
  `{ count distribution(by: TYPE) { total missing buckets { value count } } }`,
  `{ a: search(text: "raid") { totalCount edges { score matchedText matchKind node { id } } }
     b: search(text: "service") { totalCount edges { score matchedText node { id } } }
     c: resolveName(name: "the lot") { isAmbiguous candidates { matchedText score node { id } } }
     d: resolveName(name: "operation 1") { candidates { node { id } } } }`,
  `{ nodes(ids: [${['Operation', 'Service', 'Infrastructure'].flatMap((kind) => [0, 1, 2, 3].map((i) => `"${id(kind, i)}"`)).join()}]) { ${NODE} } }`,
  `{ operations(where: { needs: { some: { satisfiedBy: { none: { name: { eq: "service 1" } } } } } }) { totalCount nodes { id } } }`,
  `{ components(where: { NOT: { description: { isNull: true } } }) { totalCount nodes { id } } }`.replace(
    'description: { isNull: true }',
    'name: { isNull: true }',
  ),
  `{ neighbourhood(id: "${id('Operation', 0)}", depth: 3) { nodes { id name } relationships { id } isTruncated } }`,
  `{ shortestPaths(from: "${id('Operation', 0)}", to: "${id('ThreatActor', 1)}") { paths { length nodes { id } relationships { id } } status explored } }`,
  `{ paths(from: "${id('Operation', 1)}", to: "${id('Infrastructure', 1)}", maxLength: 5) { paths { length nodes { id } } status explored } }`,
  `{ chokepoints { totalCount operationsInScope severityInScope status graphVersion warnings { code id }
      chokepoints { rank id name operationsLost severityLost operationIds evidenceCount evidence { id fromName toName claims { id } }
        cheapestCutSets { members { id } severityLost } reach reachReason } } }`,
  `{ cutSets(operation: "${id('Operation', 0)}") { count byOrder status sets { ${CUT} } } }`,
  `{ disruption(removing: ["${id('Service', 0)}", "${id('Infrastructure', 0)}"]) { severityLost graphVersion before { operationsUp severity } after { operationsUp severity } lost { id name } refused { id reason } } }`,
  `{ changes { nodes { kind actor objects { totalCount nodes { id action } } } } }`,
  `{ later: operations(asOf: "2030-01-01T00:00:00Z") { totalCount nodes { id severity } } }`,
  `{ identityProposals(types: [THREAT_ACTOR]) { totalCount nodes { score } } }`,
];

const PAGED: readonly string[] = [
  `query ($after: ID) { page: allNodes(first: 3, after: $after, orderBy: [NAME_DESC]) { totalCount pageInfo { hasNextPage endCursor } nodes { id name } } }`,
  `query ($after: ID) { page: search(text: "r", first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } edges { score node { id } } } }`,
];

async function serverWith(batches: readonly Batch[]): Promise<ApiServer> {
  const api = await startApi({ ...JWT_ENVIRONMENT, ATLAS_MAX_COST: '1000000000' });
  for (const batch of batches) {
    const { items } = await api.services.writes.write(batch, { kind: 'TEST', actor: 'test' });
    expect(items.filter((item) => item.status === 'rejected')).toEqual([]);
  }
  return api;
}

interface Page {
  readonly page: { readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null } };
}

/** Everything a viewer is answered, without cursors, times and what took how long. */
async function answers(api: ApiServer, token: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const query of QUERIES) {
    const { data, errors } = await api.ask<unknown>(query, undefined, token);
    // A question that is refused as such would compare nothing.
    expect(errors?.filter(({ extensions: { code } }) => !code.endsWith('_NOT_FOUND'))).toEqual(errors && []);
    all.push({ query, data, errors: errors?.map(({ message, extensions }) => ({ message, extensions })) });
  }
  for (const query of PAGED) {
    let after: string | null = null;
    for (let pages = 0; pages < 40; pages++) {
      const answer: GraphqlAnswer<Page> = await api.ask<Page>(query, { after }, token);
      if (!answer.data) throw new Error(JSON.stringify(answer.errors));
      const { pageInfo, ...rest }: Page['page'] = answer.data.page;
      all.push({ query, pages, rest, hasNextPage: pageInfo.hasNextPage });
      if (!pageInfo.hasNextPage) break;
      after = pageInfo.endCursor;
    }
  }
  return all;
}

test('the queries are valid', () => {
  const problems = [...QUERIES, ...PAGED].flatMap((query) => validate(apiSchema(), parse(query)));
  expect(problems.map(({ message }) => message)).toEqual([]);
});

const CREATE =
  'mutation ($input: NodeInput!) { createNode(input: $input) { id status seq node { id name } } }';
const LINK =
  'mutation ($input: RelationshipInput!) { createRelationship(input: $input) { id status relationship { fromId toId } } }';
const UPDATE =
  'mutation ($id: ID!, $revision: Int!, $input: NodeInput!) { updateNode(id: $id, expectedRevision: $revision, input: $input) { status node { id name revision ... on Operation { severity } } } }';
const RETRACT =
  'mutation ($id: ID!, $revision: Int!) { retract(id: $id, expectedRevision: $revision, reason: "wrong") { status } }';
const MANY = `mutation ($objects: [ObjectInput!]!, $evidence: EvidenceInput) { importObjects(objects: $objects, evidence: $evidence) {
  totals { created updated unchanged stubbed rejected } seq items { id status problemCode problem } } }`;

/** What somebody writes who cannot see what is in the way. */
const WRITES: readonly (readonly [string, Record<string, unknown>])[] = [
  ...[0, 1, 2, 3].map(
    (i) => [CREATE, { input: { operation: { name: `operation ${i}`, severity: 2 } } }] as const,
  ),
  ...[0, 1].map(
    (i) => [LINK, { input: { needs: { from: id('Operation', i), to: id('Requirement', i) } } }] as const,
  ),
  ...[0, 1, 2].map(
    (i) => [UPDATE, { id: id('Operation', i), revision: 1, input: { operation: { severity: 5 } } }] as const,
  ),
  [UPDATE, { id: id('Operation', 3), revision: 7, input: { operation: { severity: 5 } } }],
  [RETRACT, { id: id('Service', 2), revision: 1 }],
  [
    MANY,
    {
      objects: [
        { node: { service: { id: id('Service', 0), name: 'service 0', description: 'again' } } },
        { node: { service: { id: id('Service', 1), name: 'service 1', markings: ['TLP:RED'] } } },
        { node: { sector: { id: id('Sector', 0), name: 'sector 0', sharedWith: ['ann'] } } },
        { relationship: { dependsOn: { from: id('Service', 0), to: id('Infrastructure', 3) } } },
        {
          relationship: {
            dependsOn: { from: id('Service', 3), to: id('Infrastructure', 2), sharedWith: ['others'] },
          },
        },
      ],
      evidence: { reportId: node('Report', 'report 0').id, confidence: 40 },
    },
  ],
];

/** What a viewer is answered to what they write, and then asks. */
async function afterWriting(api: ApiServer, token: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const [query, variables] of WRITES) {
    const { data, errors } = await api.ask<unknown>(query, variables, token);
    expect(
      errors?.filter(({ extensions: { code } }) => /^(INTERNAL|GRAPHQL|BAD_USER|STORE)/.test(code)),
    ).toEqual(errors && []);
    all.push({
      query,
      variables,
      data,
      errors: errors?.map(({ message, extensions }) => ({ message, extensions })),
    });
  }
  // Writes set the time of the clock, which the number of a graph covers.
  return JSON.parse(
    JSON.stringify([...all, ...(await answers(api, token))]).replace(
      /"graphVersion":\d+/g,
      '"graphVersion":0',
    ),
  );
}

/** Asked of the graph as it is, and as it was known: `AT` is where the moment goes. */
const OF_A_TIME: readonly string[] = [
  `{ a: operations(AT orderBy: [SEVERITY_DESC]) { totalCount nodes { id name severity aliases corroboration confidence { percent }
       needs { totalCount edges { node { id name } relationship { id corroboration } } } uses { nodes { id name } } } }
     b: allNodes(AT where: { corroboration: { gte: 1 } }, orderBy: [CONFIDENCE_DESC]) { totalCount nodes { id name } }
     c: count(AT) d: relationships(AT first: 500) { totalCount nodes { id fromId toId } }
     e: search(AT text: "service") { totalCount edges { score node { id } } }
     f: neighbourhood(AT id: "${id('Operation', 0)}", depth: 2) { nodes { id } relationships { id } isTruncated } }`,
  `{ chokepoints(AT) { totalCount severityInScope chokepoints { rank id severityLost operationIds } } }`,
];

/** What is answered of a moment, or of now. */
async function answersAt(api: ApiServer, token: string, moment?: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (const text of OF_A_TIME) {
    const query = text
      .replaceAll('AT', moment === undefined ? '' : `knownAt: "${moment}"`)
      .replaceAll('()', '');
    const { data, errors } = await api.ask<unknown>(query, undefined, token);
    expect(errors?.filter(({ extensions: { code } }) => !code.endsWith('_NOT_FOUND'))).toEqual(errors && []);
    all.push({ data, errors: errors?.map(({ message, extensions }) => ({ message, extensions })) });
  }
  return all;
}

/** What comes later: another severity, and something new. */
function laterBatch({ nodes, relationships }: Batch): Batch {
  const changed = nodes
    .filter(({ type }) => type === 'Operation')
    .map((each) => ({ ...each, properties: { ...each.properties, severity: 10 } }));
  const late = node('Service', 'late service');
  const gone = relationships
    .slice(0, 2)
    .map((each) => ({ ...each, properties: { ...each.properties, revoked: true } }));
  return {
    nodes: [...changed, late],
    relationships: [...gone, relationship('USES', changed[0], late)],
    claims: [],
  };
}

/** The part of a later batch that the viewer sees, beside an earlier one. */
function visibleLater(before: Batch, later: Batch, who: Viewer): Batch {
  const merged = <V extends { readonly id: string }>(a: readonly V[], b: readonly V[]): V[] => [
    ...new Map([...a, ...b].map((each) => [each.id, each])).values(),
  ];
  const seen = visiblePart(
    {
      nodes: merged(before.nodes, later.nodes),
      relationships: merged(before.relationships, later.relationships),
      claims: before.claims,
    },
    who,
  );
  const ids = new Set([...later.nodes, ...later.relationships].map((each) => each.id));
  return {
    nodes: seen.nodes.filter((each) => ids.has(each.id)),
    relationships: seen.relationships.filter((each) => ids.has(each.id)),
    claims: [],
  };
}

/** Writes a later batch, and compares what is answered now, and of the moment before. */
async function comparePast(
  servers: readonly [ApiServer, ApiServer],
  batches: readonly [Batch, Batch],
  token: string,
): Promise<void> {
  const [before] = await Promise.all(servers.map((api) => answersAt(api, token)));
  await new Promise((resolve) => setTimeout(resolve, 3));
  const moment = new Date().toISOString();
  await new Promise((resolve) => setTimeout(resolve, 3));
  for (const [index, api] of servers.entries()) {
    await api.services.writes.write(batches[index], { kind: 'TEST', actor: 'test' });
  }
  const [full, part] = servers;
  expect(await answersAt(full, token)).toEqual(await answersAt(part, token));
  const past = await answersAt(full, token, moment);
  expect(past).toEqual(await answersAt(part, token, moment));
  expect(past).toEqual(before);
}

/** The nodes that the viewer does not see, with all that is stored of them. */
async function hiddenNodes(
  { services }: ApiServer,
  all: readonly Batch[],
  seen: readonly Batch[],
): Promise<unknown> {
  const shown = new Set(seen.flatMap((batch) => batch.nodes.map((each) => each.id)));
  const ids = all.flatMap((batch) => batch.nodes.map((each) => each.id)).filter((each) => !shown.has(each));
  return [...(await services.nodes.find(ids))].sort(([x], [y]) => (x < y ? -1 : 1));
}

const RUNS = Number(process.env.ATLAS_TEST_RUNS ?? 12);

test('a viewer is answered, and may write, as in a database that never held what they may not see', async () => {
  await fc.assert(
    fc.asyncProperty(markedGraph, viewer, async (batches, { clearance, groups }) => {
      const who: Viewer = { id: 'ann', role: 'ADMIN', clearance, groups, seesAll: false };
      const token = tokenOf('ADMIN', clearance, groups);
      const full = await serverWith(batches);
      const seen = batches.map((batch) => visiblePart(batch, who));
      const part = await serverWith(seen);
      try {
        expect(await answers(full, token)).toEqual(await answers(part, token));
        const hidden = await hiddenNodes(full, batches, seen);
        expect(await afterWriting(full, token)).toEqual(await afterWriting(part, token));
        expect(await hiddenNodes(full, batches, seen)).toEqual(hidden);
      } finally {
        await Promise.all([full.close(), part.close()]);
      }
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 240_000);

test('a viewer is answered of the past as in a database that never held what they may not see', async () => {
  await fc.assert(
    fc.asyncProperty(markedGraph, viewer, async ([batch], { clearance, groups }) => {
      const who: Viewer = { id: 'ann', role: 'ADMIN', clearance, groups, seesAll: false };
      const later = laterBatch(batch);
      const full = await serverWith([batch]);
      const part = await serverWith([visiblePart(batch, who)]);
      try {
        const batches = [later, visibleLater(batch, later, who)] as const;
        await comparePast([full, part], batches, tokenOf('ADMIN', clearance, groups));
      } finally {
        await Promise.all([full.close(), part.close()]);
      }
    }),
    { numRuns: Math.ceil(RUNS / 2), endOnFailure: true },
  );
}, 240_000);
