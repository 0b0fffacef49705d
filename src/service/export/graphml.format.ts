/** GraphML 1.0: a directed graph with typed attributes (http://graphml.graphdrawing.org/specification.html). */
import type { ExportEntry, ExportFormat, ExportGraph } from './export-entry';
import { type AttributeType, attributesOf, attributeText } from './graph-attributes';
import { xmlText } from './xml-text';

const TYPES: Readonly<Record<AttributeType, string>> = {
  text: 'string',
  whole: 'long',
  real: 'double',
  flag: 'boolean',
};

async function* write(graph: ExportGraph): AsyncIterable<string> {
  const attributes = attributesOf(graph);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n';
  for (const [domain, columns] of [
    ['node', attributes.node],
    ['edge', attributes.relationship],
  ] as const) {
    for (const { name, type } of columns) {
      yield `<key id="${domain}-${name}" for="${domain}" attr.name="${name}" attr.type="${TYPES[type]}"/>\n`;
    }
  }
  yield '<graph id="atlas" edgedefault="directed">\n';
  for await (const entries of graph.entries()) yield entries.map(elementOf).join('');
  yield '</graph>\n</graphml>\n';
}

function elementOf(entry: ExportEntry): string {
  const { value } = entry;
  const domain = entry.kind === 'node' ? 'node' : 'edge';
  const ends =
    entry.kind === 'node' ? '' : ` source="${xmlText(entry.value.from)}" target="${xmlText(entry.value.to)}"`;
  const cells = Object.entries({ type: value.type, ...value.properties })
    .filter(([, each]) => each !== null && each !== undefined)
    .map(([name, each]) => `<data key="${domain}-${name}">${xmlText(attributeText(each))}</data>`);
  return `<${domain} id="${xmlText(value.id)}"${ends}>${cells.join('')}</${domain}>\n`;
}

export const graphmlFormat: ExportFormat = {
  name: 'graphml',
  mediaType: 'application/graphml+xml',
  ending: 'graphml',
  write,
};
