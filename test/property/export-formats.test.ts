/** What other tools read from an export is what the graph holds, however hostile its texts are. */
import fc from 'fast-check';
import type { Batch, Json } from '../../src/model/values';
import { openEmbeddedServices } from '../support/embedded-services';
import { batchArbitrary } from '../support/graph-arbitrary';
import { exported } from '../support/graph-state';
import {
  type ParsedGraph,
  parseCsv,
  parseCsvGraph,
  parseDot,
  parseGexf,
  parseGraphml,
} from '../support/parsed-graph';
import { node, relationship } from '../support/values';

const RUNS = { numRuns: 25 };

/** What XML 1.0 cannot say becomes the replacement character. */
const inXml = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML has no way to write
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd');
const asIs = (text: string): string => text;

const textOf = (value: Json): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

function expectedOf(batch: Batch, written: (text: string) => string): ParsedGraph {
  const cells = (
    type: string,
    properties: { readonly [name: string]: Json },
    more: [string, string][] = [],
  ) =>
    new Map<string, string>([
      ['type', type],
      ...Object.entries(properties).map(
        ([name, value]) => [name, written(textOf(value))] as [string, string],
      ),
      ...more,
    ]);
  return {
    nodes: new Map(batch.nodes.map(({ id, type, properties }) => [written(id), cells(type, properties)])),
    relationships: new Map(
      batch.relationships.map(({ id, type, from, to, properties }) => [
        written(id),
        cells(type, properties, [
          ['from', written(from)],
          ['to', written(to)],
        ]),
      ]),
    ),
  };
}

async function withExports(
  batch: Batch,
  check: (text: (format: string) => Promise<string>) => Promise<void>,
) {
  const { services, close } = await openEmbeddedServices();
  try {
    await services.writes.write(batch, { kind: 'test', actor: 'test' });
    await check((format) => exported(services, { format }));
  } finally {
    await close();
  }
}

const withoutEmpty = (graph: ParsedGraph): ParsedGraph => {
  const dropped = (map: ParsedGraph['nodes']) =>
    new Map([...map].map(([id, cells]) => [id, new Map([...cells].filter(([, value]) => value !== ''))]));
  return { nodes: dropped(graph.nodes), relationships: dropped(graph.relationships) };
};

const sortedCells = (graph: ParsedGraph) => {
  const list = (map: ParsedGraph['nodes']) =>
    [...map]
      .map(([id, cells]) => [id, Object.fromEntries(cells)] as const)
      .sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return { nodes: list(graph.nodes), relationships: list(graph.relationships) };
};

describe('exports, read back by other readers', () => {
  it('GraphML and GEXF hold every node, relationship and value', () =>
    fc.assert(
      fc.asyncProperty(batchArbitrary, (batch) =>
        withExports(batch, async (textOf) => {
          const expected = sortedCells(expectedOf(batch, inXml));
          expect(sortedCells(parseGraphml(await textOf('graphml')))).toEqual(expected);
          expect(sortedCells(parseGexf(await textOf('gexf')))).toEqual(expected);
        }),
      ),
      RUNS,
    ));

  it('GEXF gives the days between which something holds, the only times that networkx reads too', async () => {
    const times = { validFrom: '2024-03-01T23:30:00-06:00', validTo: '2024-04-01T00:00:00Z' };
    const [a, b] = [node('Malware', 'a'), node('Tool', 'b')];
    const batch = { nodes: [a, b], relationships: [relationship('USES', a, b, times)], claims: [] };
    await withExports(batch, async (textOf) => {
      const text = await textOf('gexf');
      expect(text).toContain('timeformat="date"');
      expect(text).toContain(' start="2024-03-02" end="2024-04-01"');
      expect(text).toContain(times.validFrom);
    });
  });

  it('CSV holds them too, and nothing that a spreadsheet takes for a formula', () =>
    fc.assert(
      fc.asyncProperty(batchArbitrary, (batch) =>
        withExports(batch, async (textOf) => {
          const text = await textOf('csv');
          const parsed = parseCsvGraph(text);
          const frame = (map: ParsedGraph['nodes']) =>
            new Map(
              [...map].map(([id, cells]) => [
                id,
                new Map([...cells].filter(([name]) => !['record', 'id'].includes(name))),
              ]),
            );
          expect(
            sortedCells({ nodes: frame(parsed.nodes), relationships: frame(parsed.relationships) }),
          ).toEqual(sortedCells(withoutEmpty(expectedOf(batch, asIs))));
          const cells = parseCsv(text).flat();
          expect(
            cells.filter((cell) => /^[=+@\t\r\n]/.test(cell) || /^-(?!\d+(\.\d+)?(e[-+]\d+)?$)/.test(cell)),
          ).toEqual([]);
        }),
      ),
      RUNS,
    ));

  it('DOT holds every id, name and type', () =>
    fc.assert(
      fc.asyncProperty(batchArbitrary, (batch) =>
        withExports(batch, async (textOf) => {
          const lines = (text: string) => text.replaceAll('\u0000', '\ufffd').replace(/\r\n|\r/g, '\n');
          const parsed = parseDot(await textOf('dot'));
          expect(new Set(parsed.nodes.keys())).toEqual(new Set(batch.nodes.map(({ id }) => lines(id))));
          for (const { id, type, properties } of batch.nodes) {
            expect(parsed.nodes.get(lines(id))?.get('label')).toBe(
              lines(`${properties.name ?? id}\n${type}`),
            );
          }
          for (const { id, from, to, type } of batch.relationships) {
            const cells = parsed.relationships.get(lines(id));
            expect(Object.fromEntries(cells ?? [])).toEqual({
              id,
              from: lines(from),
              to: lines(to),
              label: type,
            });
          }
        }),
      ),
      RUNS,
    ));
});
