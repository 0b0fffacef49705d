/** A MERGE on a null key is accepted by one engine and makes a node nobody can find: refuse it before the statement. */
import { AppError } from '../errors';

const KEYS = ['id', 'from', 'to'] as const;

const isKey = (value: unknown): boolean => typeof value === 'string' && value !== '';

/** @throws AppError NULL_KEY when a row of a statement lacks a key that it carries. */
export function refuseNullKeys(statement: string, params: object): void {
  const rows = (params as { rows?: readonly Record<string, unknown>[] }).rows ?? [
    params as Record<string, unknown>,
  ];
  for (const row of rows) {
    for (const key of KEYS) {
      if (key in row && !isKey(row[key])) throw new AppError('NULL_KEY', { statement, key });
    }
  }
}
