/** What contradicts itself: refused of people, kept of sources with a warning, and read in one stated way. */
import { useApi } from '../support/api-server';
import { bundleOf, stixId, stixObject } from '../support/memory-atlas';
import { node, relationship } from '../support/values';

const CREATE =
  'mutation ($input: NodeInput!, $dry: Boolean!) { createNode(input: $input, dryRun: $dry) { id status } }';
const LINK =
  'mutation ($input: RelationshipInput!, $dry: Boolean!) { createRelationship(input: $input, dryRun: $dry) { id status } }';
const UPDATE = `mutation ($id: ID!, $rev: Int!, $input: NodeInput!) {
  updateNode(id: $id, expectedRevision: $rev, input: $input) { status } }`;
const IMPORT = `mutation ($text: String!) { importBundle(input: { content: { text: $text } }) {
  totals { created rejected } files { reasons { code count example } } } }`;

const LATE = '2026-01-01T00:00:00Z';
const EARLY = '2020-01-01T00:00:00Z';

interface Imported {
  readonly importBundle: {
    readonly totals: object;
    readonly files: readonly [
      { readonly reasons: readonly { code: string; count: number; example: string }[] },
    ];
  };
}

describe('what contradicts itself', () => {
  const api = useApi();
  const count = async () => (await api().data<{ count: number }>('{ count }')).count;
  const problem = async (query: string, input: object, dry: boolean) =>
    (await api().ask(query, { input, dry })).errors?.map(({ extensions }) => [
      extensions.code,
      extensions.problem,
    ]);
  const importing = async (...objects: readonly object[]) =>
    (await api().data<Imported>(IMPORT, { text: JSON.stringify(bundleOf(...objects)) })).importBundle;

  it.each([
    [{ operation: { name: 'o', revenueLowUsd: 5, revenueHighUsd: 1 } }],
    [{ operation: { name: 'o', firstSeen: LATE, lastSeen: EARLY } }],
    [{ service: { name: 's', validFrom: LATE, validTo: EARLY } }],
    [{ requirement: { name: 'r', mode: 'AT_LEAST' } }],
    [{ requirement: { name: 'r', mode: 'ANY', atLeast: 3 } }],
    [{ operation: { id: 'malware--1', name: 'o' } }],
  ])('is refused of people, dry run or not: %j', async (input) => {
    for (const dry of [true, false]) {
      expect(await problem(CREATE, input, dry)).toEqual([['INVALID_OBJECT', 'CONTRADICTION']]);
    }
    expect(await count()).toBe(0);
  });

  it('is refused in relationships and among many objects, and kept out by changes', async () => {
    const need = node('Requirement', 'need', { mode: 'ANY' });
    const supplier = node('Service', 'supplier');
    await api().services.writes.write(
      { nodes: [need, supplier], relationships: [], claims: [] },
      { kind: 'test', actor: 'test' },
    );
    const reversed = { from: need.id, to: supplier.id, validFrom: LATE, validTo: EARLY };
    const loop = { from: supplier.id, to: supplier.id };
    for (const dry of [true, false]) {
      expect(await problem(LINK, { satisfiedBy: reversed }, dry)).toEqual([
        ['INVALID_OBJECT', 'CONTRADICTION'],
      ]);
      expect(await problem(LINK, { dependsOn: loop }, dry)).toEqual([['INVALID_OBJECT', 'CONTRADICTION']]);
    }
    const objects = [{ relationship: { satisfiedBy: reversed } }, { node: { service: { name: 'fine' } } }];
    const { importObjects } = await api().data<{ importObjects: unknown }>(
      'mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { items { status problemCode } } }',
      { objects },
    );
    expect(importObjects).toEqual({
      items: [
        { status: 'REJECTED', problemCode: 'CONTRADICTION' },
        { status: 'CREATED', problemCode: null },
      ],
    });
    const change = { id: need.id, rev: 1, input: { requirement: { mode: 'AT_LEAST' } } };
    expect(await api().codes(UPDATE, change)).toEqual(['INVALID_OBJECT']);
    await api().data(UPDATE, { ...change, input: { requirement: { mode: 'AT_LEAST', atLeast: 1 } } });
  });

  it('is kept of a source, and said of each object; it can still be worked on', async () => {
    const campaign = stixObject('campaign', 1, { first_seen: LATE, last_seen: EARLY });
    const { totals, files } = await importing(
      campaign,
      stixObject('indicator', 2, { valid_from: LATE, valid_until: EARLY }),
      stixObject('malware', 3, { first_seen: LATE, last_seen: EARLY }),
      stixObject('observed-data', 4, { first_observed: LATE, last_observed: EARLY, number_observed: 0 }),
      stixObject('relationship', 5, {
        relationship_type: 'uses',
        source_ref: stixId('campaign', 1),
        target_ref: stixId('malware', 3),
        start_time: LATE,
        stop_time: EARLY,
      }),
    );
    expect(totals).toEqual({ created: 5, rejected: 0 });
    const counts = files[0].reasons.map(({ code, count: often }) => [code, often]);
    expect(counts).toEqual([
      ['CONTRADICTION', 5],
      ['KEPT_AS_SAID', 1],
    ]);
    const change = (input: object, rev: number) =>
      api().codes(UPDATE, { id: campaign.id, rev, input: { operation: input } });
    expect(await change({ description: 'looked at' }, 1)).toEqual([]);
    expect(await change({ revenueLowUsd: 2, revenueHighUsd: 1 }, 2)).toEqual(['INVALID_OBJECT']);
    expect(await change({ lastSeen: LATE }, 2)).toEqual([]);
  });

  it('keeps words that are no time beside, says so, and exports what STIX takes, without loss', async () => {
    const odd = stixObject('tool', 7, { created: 'not a date', modified: 'neither', first_seen: 'free' });
    const scan = stixObject('observed-data', 8, { first_observed: 'once', last_observed: EARLY });
    const { files } = await importing(odd, scan);
    expect(files[0].reasons).toEqual([
      { code: 'KEPT_AS_SAID', count: 3, example: expect.stringContaining(odd.id as string) },
    ]);
    const exported = async (...ids: readonly unknown[]) => {
      const response = await fetch(`${api().url}/export/stix?${ids.map((id) => `id=${id}`).join('&')}`);
      return (await response.json()) as { objects: { id: string; [name: string]: unknown }[] };
    };
    const bundle = await exported(odd.id, scan.id);
    const found = bundle.objects.find(({ id }) => id === odd.id);
    const TIME = /^\d{4}-\d\d-\d\dT.*Z$/;
    // STIX says nothing of `first_seen` on tools: there it is a word of the source.
    expect(found).toMatchObject({
      created: expect.stringMatching(TIME),
      modified: expect.stringMatching(TIME),
      first_seen: 'free',
    });
    expect(bundle.objects.find(({ id }) => id === scan.id)).toMatchObject({
      first_observed: EARLY,
      last_observed: EARLY,
      number_observed: 1,
    });
    const { totals } = await importing(...bundle.objects);
    expect(totals).toEqual({ created: 0, rejected: 0 });
    const { node: kept } = await api().data<{ node: { customProperties: object; revision: number } }>(
      'query ($id: ID!) { node(id: $id) { customProperties revision } }',
      { id: odd.id },
    );
    expect(kept).toEqual({
      customProperties: { created: 'not a date', modified: 'neither', first_seen: 'free' },
      revision: 1,
    });
  });
});

describe('an analysis of what contradicts itself', () => {
  const api = useApi();
  const operation = node('Operation', 'raid', { severity: 4 });
  const needs = [
    node('Requirement', 'no number', { mode: 'AT_LEAST', completeness: 'COMPLETE' }),
    node('Requirement', 'no use of the number', { mode: 'ANY', atLeast: 2, completeness: 'COMPLETE' }),
    node('Requirement', 'too many', { mode: 'AT_LEAST', atLeast: 3, completeness: 'COMPLETE' }),
    node('Requirement', 'never', { mode: 'ANY', completeness: 'COMPLETE' }),
  ];
  const [bare, unused, tooMany, never] = needs;
  const [one, two, gone] = ['one', 'two', 'gone'].map((name) => node('Service', name));
  const unheld = relationship('SATISFIED_BY', never, gone, { validFrom: LATE, validTo: EARLY });
  beforeAll(async () => {
    const relationships = [
      ...needs.map((need) => relationship('NEEDS', operation, need)),
      ...[bare, unused, tooMany].flatMap((need) =>
        [one, two].map((to) => relationship('SATISFIED_BY', need, to)),
      ),
      relationship('SATISFIED_BY', never, one),
      relationship('SATISFIED_BY', never, two),
      unheld,
    ];
    const nodes = [operation, ...needs, one, two, gone];
    await api().services.writes.write({ nodes, relationships, claims: [] }, { kind: 'test', actor: 'test' });
  });
  const ranking = (scope: string) =>
    api().data<{ chokepoints: { chokepoints: unknown[]; warnings: { code: string; id: string }[] } }>(
      `{ chokepoints(scope: { ${scope} }) { chokepoints { id severityLost } warnings { code id } } }`,
    );
  const sorted = (warnings: readonly { code: string; id: string }[]) =>
    warnings.map(({ code, id }) => `${code} ${id}`).sort();

  it('reads it as docs/analysis/chokepoints.md says, and warns of it', async () => {
    const { chokepoints } = await ranking('isAllTime: false');
    expect(sorted(chokepoints.warnings)).toEqual(
      [
        `CONTRADICTION ${bare.id}`,
        `CONTRADICTION ${unused.id}`,
        `CONTRADICTION ${unheld.id}`,
        `TOO_FEW_SUPPLIERS ${tooMany.id}`,
      ].sort(),
    );
    // Of three suppliers that are wanted the two on record are both needed, so either brings the raid down.
    expect(chokepoints.chokepoints).toEqual(
      [
        { id: one.id, severityLost: 4 },
        { id: two.id, severityLost: 4 },
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  it('takes all on record where no instant is asked of', async () => {
    const { chokepoints } = await ranking('isAllTime: true');
    expect(sorted(chokepoints.warnings)).not.toContain(`CONTRADICTION ${unheld.id}`);
    expect(sorted(chokepoints.warnings)).toContain(`CONTRADICTION ${bare.id}`);
  });
});
