import { toKebabCase } from '../model/naming';
import type { NodeValue } from '../model/values';
import type { Reader, Row, StatementName, Transaction } from './engine';
import { byTypeOf, inPieces } from './pieces';
import { decodeNode, encodeNode, placeNode, type Stored, TextTable } from './record';

export type NodeState = Row<'node/find-states'>;

/** A node to write, with the digest of its content. */
export interface DigestedNode {
  readonly value: NodeValue;
  readonly digest: string;
}

export async function findNodeStates(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, NodeState>> {
  const rows = await inPieces(ids, (piece) => reader.read('node/find-states', { ids: piece }));
  return new Map(rows.map((row) => [row.id, row]));
}

/** Nodes by id; an id that is not there has no entry. */
export async function findNodes(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, Stored<NodeValue>>> {
  const rows = await inPieces(ids, (piece) => reader.read('node/find', { ids: piece }));
  return new Map(rows.map((row) => decodeNode(row.properties)).map((node) => [node.id, node]));
}

export async function mergeNodes(
  transaction: Transaction,
  nodes: readonly DigestedNode[],
  changeId: string,
): Promise<void> {
  for (const [type, group] of byTypeOf(nodes)) {
    const statement = `node/merge-${toKebabCase(type)}` as StatementName & `node/merge-malware`;
    const rows = group.map(({ value, digest }) => ({
      id: value.id,
      props: encodeNode(value, digest, changeId),
    }));
    await inPieces(rows, (piece) => transaction.run(statement, { rows: piece }));
  }
}

/** Creates nodes of which not even a placeholder is there: a caller knows that from their states. */
export async function createNodes(
  transaction: Transaction,
  nodes: readonly DigestedNode[],
  changeId: string,
): Promise<void> {
  for (const [type, group] of byTypeOf(nodes)) {
    const statement = `node/create-${toKebabCase(type)}` as StatementName & `node/create-malware`;
    await inPieces(group, (piece) => {
      const table = new TextTable();
      const rows = piece.map(({ value, digest }) => placeNode(value, digest, table));
      return transaction.run(statement, { rows, texts: table.texts, changeId });
    });
  }
}

/** Creates placeholders for ids that relationships refer to. */
export async function mergeStubs(
  transaction: Transaction,
  stubs: readonly { readonly id: string; readonly type: string; readonly standsFor?: string }[],
  changeId: string,
): Promise<void> {
  const rows = stubs.map(({ id, type, standsFor = null }) => ({ id, type, standsFor, changeId }));
  await inPieces(rows, (piece) => transaction.run('node/merge-stub', { rows: piece }));
}

/** Takes the content of nodes away; what leads to them stays. */
export async function deleteNodeContents(
  transaction: Transaction,
  nodes: readonly { readonly id: string; readonly type: string }[],
  changeId: string,
): Promise<void> {
  const rows = nodes.map(({ id, type }) => ({ id, props: { id, type, stub: true, changeId } }));
  await inPieces(rows, (piece) => transaction.run('node/delete-contents', { rows: piece }));
}

export async function deleteNodes(transaction: Transaction, ids: readonly string[]): Promise<void> {
  await inPieces(ids, (piece) => transaction.run('node/delete', { ids: piece }));
}

/** One row a node of a type: id, changeId and the columns of the projection. */
export function loadNodeColumns(reader: Reader, type: string): Promise<Record<string, unknown>[]> {
  return reader.read(`node/load-${toKebabCase(type)}` as 'node/load-malware', {});
}

export function loadStubs(reader: Reader): Promise<Row<'node/load-stubs'>[]> {
  return reader.read('node/load-stubs', {});
}

/** The texts by which every node is searched. */
export function listNodeTexts(reader: Reader): Promise<Row<'node/list-texts'>[]> {
  return reader.read('node/list-texts', {});
}
