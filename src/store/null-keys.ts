/** A MERGE on a null key is accepted by one engine and makes a node nobody can find: refuse it before the statement. */
import { AppError } from '../errors';

const KEYS = ['id', 'from', 'to'] as const;

/** A row that is a list begins with its keys, as many of them as its kind of record has. */
const keyCountOf = (statement: string): number => (statement.startsWith('relationship/') ? KEYS.length : 1);

type KeyedRow = Record<string, unknown> | readonly unknown[];

const isList = (row: KeyedRow): row is readonly unknown[] => Array.isArray(row);

const isKey = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** @throws AppError NULL_KEY when a row of a statement lacks a key that it carries. */
export function refuseNullKeys(statement: string, params: object): void {
  const rows = (params as { rows?: readonly KeyedRow[] }).rows ?? [params as Record<string, unknown>];
  const keyCount = keyCountOf(statement);
  for (const row of rows) {
    KEYS.forEach((key, place) => {
      const isKeyed = isList(row) ? place < keyCount : key in row;
      const value = isList(row) ? row[place] : row[key];
      if (isKeyed && !isKey(value)) throw new AppError('NULL_KEY', { statement, key });
    });
  }
}
