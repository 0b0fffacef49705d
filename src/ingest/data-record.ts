/** One record of a table or of JSON, as a mapping sees it: values by the name of a column or by a path of members. */
import type { Json } from '../model/values';
import { isObject } from './json-document';

export interface DataRecord {
  /** Where it stands in the file, for messages: `line 12`, `groups.Akira.chats.3`. */
  readonly place: string;
  /** The value under a name; undefined where there is none or it is empty. */
  value(name: string): Json | undefined;
  /** Everything but the names given, empty values left out. */
  rest(names: ReadonlySet<string>): Record<string, Json>;
}

const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null || value === '';

/** A row of a table. */
export class TableRow implements DataRecord {
  constructor(
    private readonly columns: ReadonlyMap<string, number>,
    private readonly cells: readonly string[],
    private readonly line: number,
  ) {}

  get place(): string {
    return `line ${this.line}`;
  }

  value(name: string): Json | undefined {
    if (name === '$line') return this.line;
    const at = this.columns.get(name);
    const cell = at === undefined ? '' : this.cells[at].trim();
    return cell === '' ? undefined : cell;
  }

  rest(names: ReadonlySet<string>): Record<string, Json> {
    const left = [...this.columns].filter(([name, at]) => !names.has(name) && this.cells[at].trim() !== '');
    return Object.fromEntries(left.map(([name, at]) => [name, this.cells[at].trim()]));
  }
}

/** A value of a JSON document. */
export class JsonRecord implements DataRecord {
  /** @param keys what each `*` of the path stood for */
  constructor(
    private readonly json: Json,
    readonly place: string,
    private readonly keys: readonly string[] = [],
  ) {}

  value(name: string): Json | undefined {
    if (name === '$') return this.json;
    if (/^\$[1-9]$/.test(name)) return this.keys[Number(name[1]) - 1];
    let found: Json | undefined = this.json;
    for (const step of name.split('.')) {
      if (!isObject(found) || !Object.hasOwn(found, step)) return undefined;
      found = found[step];
    }
    return isEmpty(found) ? undefined : found;
  }

  rest(names: ReadonlySet<string>): Record<string, Json> {
    if (!isObject(this.json)) return {};
    const firsts = new Set([...names].map((name) => name.split('.')[0]));
    return Object.fromEntries(
      Object.entries(this.json).filter(([name, value]) => !firsts.has(name) && !isEmpty(value)),
    );
  }
}

/** A record that cannot be used, with the reason. */
export interface BadRecord {
  readonly place: string;
  readonly problem: string;
}

export const isBad = (record: DataRecord | BadRecord): record is BadRecord => 'problem' in record;
