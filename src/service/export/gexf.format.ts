/**
 * GEXF 1.3 (https://gexf.net): a dynamic directed graph whose elements exist from the day of validFrom to that of validTo. Days, as
 * networkx reads no other times; to the second they are among the attributes.
 */
import { timeOf } from '../../model/validate';
import type { Json } from '../../model/values';
import type { ExportEntry, ExportFormat, ExportGraph } from './export-entry';
import { type AttributeType, attributesOf, attributeText } from './graph-attributes';
import { xmlText } from './xml-text';

const TYPES: Readonly<Record<AttributeType, string>> = {
  text: 'string',
  whole: 'long',
  real: 'double',
  flag: 'boolean',
};

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
<meta><creator>Chokepoint Atlas</creator></meta>
<graph defaultedgetype="directed" mode="dynamic" timeformat="date">
`;

async function* write(graph: ExportGraph): AsyncIterable<string> {
  const attributes = attributesOf(graph);
  yield HEAD;
  for (const [domain, columns] of [
    ['node', attributes.node],
    ['edge', attributes.relationship],
  ] as const) {
    const lines = columns.map(
      ({ name, type }) => `<attribute id="${name}" title="${name}" type="${TYPES[type]}"/>`,
    );
    yield `<attributes class="${domain}">${lines.join('')}</attributes>\n`;
  }
  let section = 'node';
  yield '<nodes>\n';
  for await (const entries of graph.entries()) {
    for (const entry of entries) {
      if (entry.kind === 'relationship' && section === 'node') {
        section = 'edge';
        yield '</nodes>\n<edges>\n';
      }
      yield elementOf(entry);
    }
  }
  yield section === 'node' ? '</nodes>\n<edges>\n</edges>\n' : '</edges>\n';
  yield '</graph>\n</gexf>\n';
}

function elementOf(entry: ExportEntry): string {
  const { value } = entry;
  const { validFrom, validTo, name } = value.properties;
  const cells = Object.entries({ type: value.type, ...value.properties })
    .filter(([, each]) => each !== null && each !== undefined)
    .map(([key, each]) => `<attvalue for="${key}" value="${xmlText(attributeText(each))}"/>`);
  const spell = [
    validFrom === undefined ? '' : ` start="${dayOf(validFrom)}"`,
    validTo === undefined ? '' : ` end="${dayOf(validTo)}"`,
  ].join('');
  const values = `<attvalues>${cells.join('')}</attvalues>`;
  if (entry.kind === 'node') {
    const label = xmlText(String(name ?? value.id));
    return `<node id="${xmlText(value.id)}" label="${label}"${spell}>${values}</node>\n`;
  }
  const ends = `source="${xmlText(entry.value.from)}" target="${xmlText(entry.value.to)}"`;
  const kind = xmlText(value.type);
  return `<edge id="${xmlText(value.id)}" ${ends} label="${kind}" kind="${kind}"${spell}>${values}</edge>\n`;
}

/** Day of an RFC 3339 time, in UTC. */
const dayOf = (time: Json): string => new Date(timeOf(time)).toISOString().slice(0, 10);

export const gexfFormat: ExportFormat = {
  name: 'gexf',
  mediaType: 'application/gexf+xml',
  ending: 'gexf',
  write,
};
