import type { Reader, Transaction } from './engine';

/** The secret of a name, shared by all replicas: the one given is kept if there is none yet. */
export async function mergeSecret(transaction: Transaction, name: string, value: string): Promise<string> {
  const [row] = await transaction.run('secret/merge', { name, value });
  return row.value;
}

/** The secret of a name, if there is one. */
export async function findSecret(reader: Reader, name: string): Promise<string | undefined> {
  return (await reader.read('secret/find', { name }))[0]?.value;
}
