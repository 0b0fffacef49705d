/**
 * Hostile texts in every argument of text and every field of every input that holds one, found by walking the schema: each is
 * taken as text or refused with a code. What is written with them is there afterwards as it was sent, and nothing else went.
 */
import { useApi } from '../support/api-server';
import { HOSTILE } from '../support/hostile-texts';
import { requestAt, textPlaces } from '../support/input-places';
import { node } from '../support/values';

const OF_THE_SERVICE = /^(INTERNAL|STORE_|NULL_KEY|NOT_READY|ANALYSIS_CRASHED|ANALYSIS_OUT_OF_MEMORY)/;
const places = textPlaces();
const nameOf = ({ root, path }: (typeof places)[number], field: string): string =>
  `${root}.${field}(${path.join('.')})`;

describe('hostile text', () => {
  const api = useApi({ ATLAS_QUEUE: '10000' });
  const victims = Array.from({ length: 5 }, (_, i) => node('Operation', `survivor ${i}`));
  beforeAll(() =>
    api().services.writes.write(
      { nodes: victims, relationships: [], claims: [] },
      { kind: 'TEST', actor: 'test' },
    ),
  );
  afterEach(async () => {
    const found = await api().data<{ nodes: ({ name: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { name } }',
      { ids: victims.map(({ id }) => id) },
    );
    expect(found.nodes.map((each) => each?.name)).toEqual(victims.map(({ properties }) => properties.name));
  });

  it('has many places to be in', () => {
    expect(places.length).toBeGreaterThan(1500);
    const names = places.map((place) => nameOf(place, place.field.name));
    expect(names).toEqual(
      expect.arrayContaining([
        'Query.search(text)',
        'Query.node(id)',
        'Mutation.retract(reason)',
        'Mutation.createNode(input.operation.name)',
      ]),
    );
  });

  it('is taken as text or refused with a code, wherever it comes', async () => {
    const faults: string[] = [];
    const codes = new Set<string>();
    for (const [index, place] of places.entries()) {
      const isArgument = place.path.length === 1;
      // Arguments take a third of the texts, fields of inputs, which share their readers, one: all of them in turn.
      const texts = HOSTILE.filter((_, n) =>
        isArgument ? (index + n) % 3 === 0 : n === index % HOSTILE.length,
      );
      for (const text of texts) {
        const { query, variables } = requestAt(place, text);
        const { status, errors = [], data } = await api().ask<unknown>(query, variables);
        const got = errors.map(({ extensions }) => extensions.code);
        for (const code of got) codes.add(code);
        const isAnswered = data !== undefined && data !== null;
        const isFine =
          (status === 200 || status === 400) &&
          got.every((code) => typeof code === 'string' && !OF_THE_SERVICE.test(code)) &&
          (isAnswered || got.length > 0);
        if (isFine) continue;
        faults.push(
          `${nameOf(place, place.field.name)} ${JSON.stringify(text.slice(0, 20))}: ${status} ${got}`,
        );
      }
    }
    expect(faults).toEqual([]);
    expect([...codes].sort()).toEqual(expect.arrayContaining(['BAD_CURSOR', 'BAD_INPUT', 'BAD_USER_INPUT']));
  }, 240_000);

  it('comes back as it went in, in lists, by id, in search and in every export', async () => {
    const texts = HOSTILE.filter((text) => text !== '' && text.length < 5000);
    const answers = await api().data<{ importObjects: { items: { status: string; id: string }[] } }>(
      'mutation ($objects: [ObjectInput!]!) { importObjects(objects: $objects) { items { id status } } }',
      {
        objects: texts.map((text, i) => ({
          node: { malware: { id: `malware--${i}${text}`, name: text, description: text, aliases: [text] } },
        })),
      },
    );
    const kept = answers.importObjects.items.filter(({ status }) => status === 'CREATED');
    expect(kept.length).toBeGreaterThan(10);
    for (const { id } of kept) {
      const text = texts.find((each, i) => `malware--${i}${each}` === id) as string;
      const found = await api().data<{ node: object; malware: { nodes: object[] } }>(
        `query ($id: ID!, $name: String!) {
           node(id: $id) { id ... on Malware { name description aliases } }
           malware(where: { name: { eq: $name }, id: { eq: $id } }) { nodes { id name description aliases } } }`,
        { id, name: text },
      );
      const expected = { id, name: text, description: text, aliases: [text] };
      expect(found).toEqual({ node: expected, malware: { nodes: [expected] } });
    }
    for (const format of ['stix', 'graphml', 'gexf', 'csv', 'dot']) {
      const response = await fetch(`${api().url}/export/${format}`);
      expect(response.status).toBe(200);
      const body = await response.text();
      expect(body.length).toBeGreaterThan(1000);
      if (format === 'stix') expect(() => JSON.parse(body)).not.toThrow();
    }
  });
});
