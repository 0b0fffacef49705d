/** DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html). */
import type { ExportEntry, ExportFormat, ExportGraph } from './export-entry';

async function* write(graph: ExportGraph): AsyncIterable<string> {
  yield 'digraph atlas {\n  node [shape=box];\n';
  for await (const entries of graph.entries()) yield entries.map(statementOf).join('');
  yield '}\n';
}

function statementOf(entry: ExportEntry): string {
  const { id, type, properties } = entry.value;
  if (entry.kind === 'node') {
    const label = `${String(properties.name ?? id)}\n${type}`;
    return `  ${quoted(id)} [label=${quoted(label)}, type=${quoted(type)}];\n`;
  }
  const { from, to } = entry.value;
  return `  ${quoted(from)} -> ${quoted(to)} [id=${quoted(id)}, label=${quoted(type)}];\n`;
}

/** Graphviz ends a text at a NUL; a backslash would begin an escape of its own. */
export const quoted = (text: string): string =>
  `"${text
    .replaceAll('\u0000', '\ufffd')
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replace(/\r\n|\r|\n/g, '\\n')}"`;

export const dotFormat: ExportFormat = { name: 'dot', mediaType: 'text/vnd.graphviz', ending: 'dot', write };
