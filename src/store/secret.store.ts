import type { Transaction } from './engine';

/** The secret of a name, shared by all replicas: the one given is kept if there is none yet. */
export async function mergeSecret(transaction: Transaction, name: string, value: string): Promise<string> {
  const [row] = await transaction.run('secret/merge', { name, value });
  return row.value;
}
