/**
 * CSV (RFC 4180): one table, nodes before relationships, a column for every property. Texts that a spreadsheet would take
 * for a formula begin with an apostrophe, as it shows them then as they are.
 */
import type { Json } from '../../model/values';
import type { ExportEntry, ExportFormat, ExportGraph } from './export-entry';
import { plainText } from './export-entry';
import { attributesOf } from './graph-attributes';

const FRAME = ['record', 'id', 'type', 'from', 'to'] as const;

async function* write(graph: ExportGraph): AsyncIterable<string> {
  const attributes = attributesOf(graph);
  const names = new Set([...attributes.node, ...attributes.relationship].map(({ name }) => name));
  names.delete('type');
  const columns = [...names].sort();
  // `name` of the model and the frame never meet: no property is called as a column of the frame.
  yield line([...FRAME, ...columns]);
  for await (const entries of graph.entries()) yield entries.map((entry) => rowOf(entry, columns)).join('');
}

function rowOf(entry: ExportEntry, columns: readonly string[]): string {
  const { id, type, properties } = entry.value;
  const ends = entry.kind === 'node' ? ['', ''] : [entry.value.from, entry.value.to];
  return line([entry.kind, id, type, ...ends, ...columns.map((name) => properties[name] ?? '')]);
}

const line = (cells: readonly Json[]): string => `${cells.map(cellOf).join(',')}\r\n`;

/** Characters with which spreadsheets begin formulas (OWASP, CSV injection), and an apostrophe, so that it can be told. */
const FORMULA = /^[=+\-@\t\r\n'＝＋－＠]/;

export function cellOf(value: Json): string {
  const text = plainText(value);
  const guarded = typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n']/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

export const csvFormat: ExportFormat = { name: 'csv', mediaType: 'text/csv', ending: 'csv', write };
