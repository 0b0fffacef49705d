/** Brings the schema of a store up to date: numbered files, each applied once and recorded. */
import { AppError } from '../errors';
import type { StoreEngine } from './engine';
import { schemaMigrations } from './statement-text';

/**
 * Applies the migrations a store lacks, in order, and returns their names. Every schema statement can be repeated, so a
 * migration that was cut off is simply run again.
 *
 * @throws AppError STORE_SCHEMA_NEWER when the store has a migration that this version does not know.
 */
export async function migrate(engine: StoreEngine, now: () => Date): Promise<readonly string[]> {
  const known = schemaMigrations(engine.schemaFolder);
  const applied = new Set((await engine.read('migration/load', {})).map((row) => row.name));
  const names = new Set(known.map((each) => each.name));
  const unknown = [...applied].filter((name) => !names.has(name));
  if (unknown.length > 0) throw new AppError('STORE_SCHEMA_NEWER', { unknown });
  const missing = known.filter((each) => !applied.has(each.name));
  for (const migration of missing) {
    for (const statement of migration.statements) await engine.defineSchema(statement);
    await engine.write((transaction) =>
      transaction.run('migration/merge', { name: migration.name, at: now().toISOString() }),
    );
  }
  return missing.map((each) => each.name);
}
