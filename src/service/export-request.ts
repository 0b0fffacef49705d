/** A query for an export as it comes in an address: every parameter by name, nothing ignored. */
import { AppError } from '../errors';
import { brief, isTimestamp } from '../model/validate';
import type { ExportQuery } from './export.service';
import type { ReadScope } from './view.service';

/** Parameters of an address; one that is given several times has several values. */
export type ExportParameters = ReadonlyMap<string, readonly string[]>;

const NAMES: ReadonlySet<string> = new Set([
  'type',
  'where',
  'id',
  'hops',
  'operation',
  'asOf',
  'knownAt',
  'claims',
]);

/** @throws AppError BAD_INPUT naming the parameter */
export function readExportQuery(format: string, parameters: ExportParameters): ExportQuery {
  for (const name of parameters.keys()) {
    if (!NAMES.has(name)) throw bad('parameter', `one of ${[...NAMES].join(', ')}`, name);
  }
  const hops = only(parameters, 'hops');
  if (hops !== undefined && !/^\d+$/.test(hops)) throw bad('hops', 'a whole number', hops);
  const claims = only(parameters, 'claims');
  if (claims !== undefined && !['true', 'false'].includes(claims))
    throw bad('claims', 'true or false', claims);
  return {
    format,
    types: parameters.get('type'),
    where: readWhere(only(parameters, 'where')),
    ids: parameters.get('id'),
    hops: hops === undefined ? undefined : Number(hops),
    operation: only(parameters, 'operation'),
    asOf: only(parameters, 'asOf'),
    knownAt: only(parameters, 'knownAt'),
    hasNoClaims: claims === 'false',
  };
}

/** The address that asks for an export. */
export function writeExportQuery(query: ExportQuery): string {
  const { format, types, where, ids, hops, operation, asOf, knownAt, hasNoClaims } = query;
  const parameters = new URLSearchParams();
  for (const type of types ?? []) parameters.append('type', type);
  for (const id of ids ?? []) parameters.append('id', id);
  if (where !== undefined) parameters.set('where', JSON.stringify(where));
  if (hops !== undefined) parameters.set('hops', String(hops));
  if (operation !== undefined) parameters.set('operation', operation);
  if (asOf !== undefined) parameters.set('asOf', asOf);
  if (knownAt !== undefined) parameters.set('knownAt', knownAt);
  if (hasNoClaims) parameters.set('claims', 'false');
  return `/export/${encodeURIComponent(format)}?${parameters}`;
}

/** The view that a query is asked of. @throws AppError BAD_INPUT where a time is none */
export function scopeOf({ asOf, knownAt }: ExportQuery): Pick<ReadScope, 'asOf' | 'knownAt'> {
  for (const [what, time] of Object.entries({ asOf, knownAt })) {
    if (time !== undefined && !isTimestamp(time)) throw bad(what, 'an RFC 3339 time', time);
  }
  return { asOf, knownAt };
}

/** A filter as JSON. @throws AppError BAD_INPUT where it is no object */
export function readWhere(text: string | undefined): ExportQuery['where'] {
  if (text === undefined) return undefined;
  const value = parsed(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw bad('where', 'a filter as a JSON object, such as {"name": {"contains": "x"}}', text);
  }
  return value as ExportQuery['where'];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function only(parameters: ExportParameters, name: string): string | undefined {
  const values = parameters.get(name) ?? [];
  if (values.length > 1) throw bad(name, 'one value', values);
  return values[0];
}

const bad = (what: string, expected: string, got: unknown): AppError =>
  new AppError('BAD_INPUT', { what, expected, got: brief(got) });
