/**
 * Edge lists: two ids a line, separated by whitespace or a comma, or adjacency lines `id: neighbours`. `#` and `%` start
 * comments, a lone number on the first line is the number of vertices, gzip is inflated.
 *
 * Lines that name the same two vertices are one edge in either direction; a loop adds its vertex and no edge.
 */
import { AppError } from '../errors';
import { type ByteLimits, type ByteSource, contentOf } from './byte-source';

/** Ids are numbers when all of them are written as whole numbers, else text; vertices are numbered in ascending order of id. */
export interface EdgeList {
  readonly ids: readonly (string | number)[];
  readonly sources: Int32Array;
  readonly targets: Int32Array;
}

export const EDGE_LIST_LIMITS: ByteLimits = { maxBytes: 2 ** 30, maxRatio: 250 };
/** More vertices than this are not announced by a lone number: the rest of the file would have to name them. */
const MOST_ANNOUNCED = 50_000_000;

/**
 * @throws AppError EDGE_LIST_LINE for a line of another form, BAD_ENCODING, BAD_GZIP, TOO_LARGE or FILE_NOT_FOUND.
 */
export async function readEdgeList(source: ByteSource, limits = EDGE_LIST_LIMITS): Promise<EdgeList> {
  const lines = new LineReader(source.name);
  for await (const line of linesOf(source, limits)) lines.take(line);
  return lines.finish();
}

async function* linesOf(source: ByteSource, limits: ByteLimits): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let offset = 0;
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (error) {
      throw new AppError('BAD_ENCODING', { file: source.name, offset }, { cause: error });
    }
  };
  for await (const chunk of contentOf(source, limits)) {
    const text = rest + decode(chunk);
    offset += chunk.length;
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      yield text.slice(start, end);
      start = end + 1;
    }
    rest = text.slice(start);
  }
  rest += decode();
  if (rest !== '') yield rest;
}

class LineReader {
  private readonly numberOf = new Map<string, number>();
  private readonly sources: number[] = [];
  private readonly targets: number[] = [];
  private lineNumber = 0;
  private form: 'pairs' | 'adjacency' | undefined;
  private announced: { count: number; line: number } | undefined;

  constructor(private readonly file: string) {}

  take(raw: string): void {
    this.lineNumber += 1;
    const line = raw.replace(/(^|\s)[#%].*$/s, '').trim();
    if (line === '') return;
    if (line.includes('\u0000')) throw this.badLine(raw);
    const adjacency = /^([^\s,:]+)\s*:(?:\s+(.*))?$/s.exec(line);
    const isFirst = this.form === undefined && this.announced === undefined;
    if (isFirst && /^\d+$/.test(line)) {
      const count = Number(line);
      if (count > MOST_ANNOUNCED) throw this.badLine(raw);
      this.announced = { count, line: this.lineNumber };
      return;
    }
    this.form ??= adjacency === null ? 'pairs' : 'adjacency';
    if (this.form === 'adjacency') this.takeNeighbours(adjacency, raw);
    else this.takePair(line, raw);
  }

  private takePair(line: string, raw: string): void {
    const ids = line.split(/\s*,\s*|\s+/);
    if (ids.length !== 2 || ids[0] === '' || ids[1] === '') throw this.badLine(raw);
    this.add(ids[0], ids[1]);
  }

  private takeNeighbours(match: RegExpExecArray | null, raw: string): void {
    if (match === null) throw this.badLine(raw);
    this.vertex(match[1]);
    const neighbours = match[2] === undefined ? [] : match[2].split(/\s*,\s*|\s+/);
    for (const id of neighbours) {
      if (id === '') throw this.badLine(raw);
      this.add(match[1], id);
    }
  }

  private add(from: string, to: string): void {
    this.sources.push(this.vertex(from));
    this.targets.push(this.vertex(to));
  }

  private vertex(id: string): number {
    const known = this.numberOf.get(id);
    if (known !== undefined) return known;
    this.numberOf.set(id, this.numberOf.size);
    return this.numberOf.size - 1;
  }

  private badLine(raw: string, expected?: string): AppError {
    return new AppError('EDGE_LIST_LINE', {
      file: this.file,
      line: this.lineNumber,
      got: raw.length > 80 ? `${raw.slice(0, 80)}…` : raw,
      expected: expected ?? (this.form === 'adjacency' ? 'an id, a colon and its neighbours' : 'two ids'),
    });
  }

  finish(): EdgeList {
    this.addAnnounced();
    const names = [...this.numberOf.keys()];
    const isNumeric = names.every((id) => /^(0|-?[1-9]\d{0,14})$/.test(id));
    const ids: (string | number)[] = isNumeric ? names.map(Number) : names;
    const order = Int32Array.from(ids.keys()).sort((a, b) => (ids[a] < ids[b] ? -1 : 1));
    const rankOf = new Int32Array(order.length);
    order.forEach((vertex, rank) => {
      rankOf[vertex] = rank;
    });
    return {
      ids: Array.from(order, (vertex) => ids[vertex]),
      sources: Int32Array.from(this.sources, (v) => rankOf[v]),
      targets: Int32Array.from(this.targets, (v) => rankOf[v]),
    };
  }

  /** Vertices that a count on the first line promises and no line names, where ids run from 0 or from 1. */
  private addAnnounced(): void {
    if (this.announced === undefined) return;
    const { count, line } = this.announced;
    const highest = this.highestId();
    const start = this.numberOf.has('0') || highest < count ? 0 : 1;
    if (highest >= 0 && highest < count + start) {
      for (let i = start; i < count + start; i += 1) this.vertex(String(i));
    }
    if (this.numberOf.size <= count) return;
    this.lineNumber = line;
    throw this.badLine(String(count), `at least ${this.numberOf.size}, the vertices named below,`);
  }

  /** The highest id, 0 without any, -1 when an id is no natural number. */
  private highestId(): number {
    let highest = 0;
    for (const id of this.numberOf.keys()) {
      if (!/^(0|[1-9]\d{0,14})$/.test(id)) return -1;
      highest = Math.max(highest, Number(id));
    }
    return highest;
  }
}
