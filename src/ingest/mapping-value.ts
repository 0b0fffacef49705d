/** Terms of a mapping: what a property is made of, and how its text becomes a value of the kind the ontology wants. */
import { addressKindOf } from '../model/address';
import type { PropertySpec } from '../model/ontology/ontology';
import { problemOf } from '../model/validate';
import type { Json } from '../model/values';
import type { DataRecord } from './data-record';
import { textOf, textsOf, timeTextOf } from './json-document';
import type { Condition, Term, Test } from './mapping.format';

/** Parts of a template: literal text, and names of columns. */
export type Template = readonly (string | { readonly name: string })[];

/** Splits `{a}-{b}` into its parts; `{{` and `}}` are literal braces. @returns a text that says what is wrong, if anything is */
export function templateOf(text: string): Template | string {
  const parts: (string | { name: string })[] = [];
  let literal = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if ((character === '{' || character === '}') && text[at + 1] === character) {
      literal += character;
      at++;
    } else if (character === '{') {
      const end = text.indexOf('}', at);
      const name = end < 0 ? '' : text.slice(at + 1, end).trim();
      if (name === '') return `${JSON.stringify(text)} opens a brace that names no column`;
      if (literal !== '') parts.push(literal);
      literal = '';
      parts.push({ name });
      at = end;
    } else if (character === '}') return `${JSON.stringify(text)} closes a brace that is not open`;
    else literal += character;
  }
  if (literal !== '') parts.push(literal);
  return parts;
}

/** Templates of a mapping that was checked, each parsed once. */
const templates = new Map<string, Template>();

function parsedTemplate(text: string): Template {
  let template = templates.get(text);
  if (!template) {
    template = templateOf(text) as Template;
    if (templates.size > 10_000) templates.clear();
    templates.set(text, template);
  }
  return template;
}

/** Text of a template; undefined where a column it names is empty. */
export function filled(text: string, record: DataRecord): string | undefined {
  let result = '';
  for (const part of parsedTemplate(text)) {
    const value = typeof part === 'string' ? part : flat(record.value(part.name));
    if (value === undefined) return undefined;
    result += value;
  }
  return result === '' ? undefined : result;
}

const flat = (value: Json | undefined): string | undefined =>
  typeof value === 'boolean'
    ? String(value)
    : Array.isArray(value)
      ? textsOf(value).join(', ')
      : textOf(value);

/** Value of a term, before it is fitted to a property. */
export function termValue(term: Term, record: DataRecord): Json | undefined {
  if (typeof term === 'string') return rawOf(term, record);
  if (typeof term !== 'object') return term;
  const found = rawOf(term.from, record);
  const values = (Array.isArray(found) ? (found as readonly Json[]) : [found]).flatMap((each) =>
    typeof each === 'string' && term.split !== undefined ? each.split(term.split) : [each],
  );
  const made = values.map((each) => transformed(each, term)).filter((each) => each !== undefined);
  if (made.length === 0) return term.default;
  return made.length === 1 && term.split === undefined && !Array.isArray(found) ? made[0] : made;
}

/** A template of one column gives the value as it is, any other gives text. */
function rawOf(text: string, record: DataRecord): Json | undefined {
  const template = parsedTemplate(text);
  const [only] = template;
  return template.length === 1 && typeof only === 'object' ? record.value(only.name) : filled(text, record);
}

function transformed(
  value: Json | undefined,
  term: Exclude<Term, string | number | boolean>,
): Json | undefined {
  if (value === undefined || value === null) return undefined;
  let result: Json | undefined = typeof value === 'string' ? value.trim() : value;
  if (typeof result === 'string' && term.case) {
    result = term.case === 'lower' ? result.toLowerCase() : result.toUpperCase();
  }
  if (term.map) {
    const key = flat(result) ?? '';
    result = Object.hasOwn(term.map, key) ? term.map[key] : term.default;
  }
  if (term.classify) result = addressKindOf(flat(result) ?? '') ?? term.default;
  if (term.format !== undefined && result !== undefined)
    result = timeIn(flat(result) ?? '', term.format) ?? result;
  return result === '' ? undefined : result;
}

const FIELDS = { YYYY: 0, MM: 1, DD: 2, HH: 3, mm: 4, ss: 5 } as const;

/** A time written as `format` says (`YYYYMMDD`, `DD.MM.YYYY HH:mm`, `unix`, `unix-ms`; `*` for any rest). */
export function timeIn(text: string, format: string): string | undefined {
  if (format === 'unix' || format === 'unix-ms') {
    const milliseconds = Number(text) * (format === 'unix' ? 1000 : 1);
    return text !== '' && Math.abs(milliseconds) < 8.64e15 ? new Date(milliseconds).toISOString() : undefined;
  }
  const fields = [Number.NaN, 1, 1, 0, 0, 0];
  let at = 0;
  for (let i = 0; i < format.length; ) {
    if (format[i] === '*') {
      at = text.length;
      break;
    }
    const token = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).find((each) => format.startsWith(each, i));
    const piece = text.slice(at, at + (token?.length ?? 1));
    if (token === undefined ? piece !== format[i] : piece.length < token.length || !/^\d+$/.test(piece))
      return undefined;
    if (token !== undefined) fields[FIELDS[token]] = Number(piece);
    at += piece.length;
    i += piece.length;
  }
  const [year, month, day, hour, minute, second] = fields;
  const time = new Date(Date.UTC(year, month - 1, day, hour, minute, second));
  const isReal = time.getUTCMonth() === month - 1 && time.getUTCDate() === day && time.getUTCHours() === hour;
  return at === text.length && isReal ? time.toISOString() : undefined;
}

/** A value as a property wants it; undefined where it cannot be one. */
export function fitted(value: Json, spec: PropertySpec): Json | undefined {
  const made = ofKind(value, spec);
  return made === undefined || problemOf(spec, made) ? undefined : made;
}

function ofKind(value: Json, { kind, vocabulary }: PropertySpec): Json | undefined {
  switch (kind) {
    case 'json':
      return value;
    case 'strings': {
      const texts = textsOf(value);
      return texts.length === 0 ? undefined : texts;
    }
    case 'int':
    case 'float':
      return typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    case 'boolean':
      return typeof value === 'string' ? BOOLEANS.get(value.toLowerCase()) : value;
    case 'datetime':
      return timeTextOf(value);
    default: {
      const text = flat(value);
      return vocabulary && text ? text.toUpperCase().replace(/[\s-]+/g, '_') : text;
    }
  }
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'y', '1'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0'].map((word) => [word, false] as const),
]);

/** Whether a record meets all tests. */
export const meets = (condition: Condition | undefined, record: DataRecord): boolean =>
  condition === undefined ||
  Object.entries(condition).every(([name, test]) => passes(test, flat(record.value(name)) ?? ''));

function passes(test: Test, text: string): boolean {
  if (typeof test !== 'object') return text === String(test);
  if (Array.isArray(test)) return test.some((each) => text === String(each));
  const { not, startsWith, endsWith, contains, isEmpty } = test;
  if (not !== undefined && passes(not, text)) return false;
  if (isEmpty !== undefined && isEmpty !== (text === '')) return false;
  return text.startsWith(startsWith ?? '') && text.endsWith(endsWith ?? '') && text.includes(contains ?? '');
}
