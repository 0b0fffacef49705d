/** Reads exports back with readers that know nothing of the writers: saxes for XML, and RFC 4180 and DOT by their grammars. */
import { SaxesParser } from 'saxes';

/** Nodes by id and relationships by id, with what the format keeps of each. */
export interface ParsedGraph {
  readonly nodes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly relationships: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** @throws Error when the text is not well-formed */
export function parseXml(text: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => {
    const element = {
      name: tag.name,
      attributes: tag.attributes as Record<string, string>,
      children: [],
      text: '',
    };
    open[open.length - 1].children.push(element);
    if (!tag.isSelfClosing) open.push(element);
  });
  parser.on('closetag', (tag) => {
    if (!tag.isSelfClosing) open.pop();
  });
  parser.on('text', (piece) => {
    open[open.length - 1].text += piece;
  });
  parser.write(text).close();
  return root;
}

const find = (element: Element, name: string): Element[] =>
  element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...find(child, name)]);

export function parseGraphml(text: string): ParsedGraph {
  const root = parseXml(text);
  const names = new Map(find(root, 'key').map(({ attributes }) => [attributes.id, attributes['attr.name']]));
  const cells = (element: Element): [string, string][] =>
    find(element, 'data').map((data) => [named(names, data.attributes.key), data.text]);
  return {
    nodes: new Map(find(root, 'node').map((each) => [each.attributes.id, new Map(cells(each))])),
    relationships: new Map(
      find(root, 'edge').map((each) => [
        each.attributes.id,
        new Map([...cells(each), ['from', each.attributes.source], ['to', each.attributes.target]]),
      ]),
    ),
  };
}

function named(names: ReadonlyMap<string, string>, key: string): string {
  const name = names.get(key);
  if (name === undefined) throw new Error(`${key} is not declared`);
  return name;
}

export function parseGexf(text: string): ParsedGraph {
  const root = parseXml(text);
  const declared = (kind: string) =>
    new Map(
      find(root, 'attributes')
        .filter(({ attributes }) => attributes.class === kind)
        .flatMap((list) => list.children.map(({ attributes }) => [attributes.id, attributes.title] as const)),
    );
  const cells = (element: Element, kind: string): [string, string][] =>
    find(element, 'attvalue').map(({ attributes }) => [
      named(declared(kind), attributes.for),
      attributes.value,
    ]);
  return {
    nodes: new Map(find(root, 'node').map((each) => [each.attributes.id, new Map(cells(each, 'node'))])),
    relationships: new Map(
      find(root, 'edge').map((each) => [
        each.attributes.id,
        new Map([...cells(each, 'edge'), ['from', each.attributes.source], ['to', each.attributes.target]]),
      ]),
    ),
  };
}

/** Rows of RFC 4180. @throws Error for a quote out of place */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  const pattern = /("((?:[^"]|"")*)"|[^",\r\n]*)(,|\r\n)/gy;
  let row: string[] = [];
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new Error(`no cell at character ${at}: ${text.slice(at, at + 40)}`);
    row.push(match[2] === undefined ? match[1] : match[2].replaceAll('""', '"'));
    if (match[3] === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A cell as it was before spreadsheets were kept from taking it for a formula. */
const unguarded = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);

export function parseCsvGraph(text: string): ParsedGraph {
  const [head, ...rows] = parseCsv(text);
  const records = rows.map((row) => new Map(head.map((name, at) => [name, unguarded(row[at])])));
  const of = (kind: string) =>
    new Map(
      records
        .filter((record) => record.get('record') === kind)
        .map((record) => [record.get('id')!, new Map([...record].filter(([, value]) => value !== ''))]),
    );
  return { nodes: of('node'), relationships: of('relationship') };
}

/** Statements of the DOT that exports use: quoted identifiers and attribute lists. @throws Error for anything else */
export function parseDot(text: string): ParsedGraph {
  const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
  const list = `\\[((?:\\w+=${quoted}(?:, )?)*)\\];`;
  const line = new RegExp(`^  ${quoted}(?: -> ${quoted})? ${list}$`, 's');
  const [open, style, ...rest] = text.split('\n');
  if (open !== 'digraph atlas {' || style !== '  node [shape=box];') throw new Error('no digraph');
  const plain = (each: string) =>
    each.replace(/\\(.)/gs, (_, character) => (character === 'n' ? '\n' : character));
  const nodes = new Map<string, ReadonlyMap<string, string>>();
  const relationships = new Map<string, ReadonlyMap<string, string>>();
  for (const each of rest.slice(0, -2)) {
    const match = line.exec(each);
    if (!match) throw new Error(`no statement: ${each}`);
    const cells = [...match[3].matchAll(new RegExp(`(\\w+)=${quoted}`, 'gs'))];
    const attributes = new Map(cells.map(([, name, value]) => [name, plain(value)]));
    if (match[2] === undefined) nodes.set(plain(match[1]), attributes);
    else {
      attributes.set('from', plain(match[1])).set('to', plain(match[2]));
      relationships.set(attributes.get('id')!, attributes);
    }
  }
  return { nodes, relationships };
}
