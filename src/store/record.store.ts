/** Everything that a store holds, as it holds it: for backups, and for erasing what refers to an object. */
import { toKebabCase } from '../model/naming';
import { inBuckets } from './bucket';
import type { Reader, Row, StatementName, Transaction } from './engine';
import { inPieces } from './pieces';
import { RECORD_LABELS } from './record-labels.generated';

export type RecordLabel = (typeof RECORD_LABELS)[number]['label'];
export type RecordProperties = Readonly<Record<string, unknown>>;

export interface NodeRecord {
  readonly label: RecordLabel;
  readonly properties: RecordProperties;
}

export interface LinkRecord {
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: RecordProperties;
}

/** Kinds of records. */
export const recordLabels: readonly RecordLabel[] = RECORD_LABELS.map((each) => each.label);

const keyNames = new Map<RecordLabel, string>(RECORD_LABELS.map(({ label, key }) => [label, key]));
const keyOf = ({ label, properties }: NodeRecord): string =>
  properties[keyNames.get(label) as string] as string;

const bucketed = new Set<RecordLabel>(
  RECORD_LABELS.filter(({ isBucketed }) => isBucketed).map(({ label }) => label),
);

/** Keys as the statements of a kind take them. */
const keysFor = (label: RecordLabel, keys: readonly string[]) =>
  (bucketed.has(label) ? inBuckets(keys) : keys) as readonly string[];

const statement = <V extends 'list' | 'find' | 'merge' | 'delete'>(verb: V, label: RecordLabel) =>
  `record/${verb}-${toKebabCase(label)}` as `record/${V}-claim`;

/** What is not there is left out: one engine gives properties without a value as null. */
const present = (properties: RecordProperties): RecordProperties =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null && value !== undefined));

/** What tells the records of a kind apart, in order. */
export async function listRecordKeys(reader: Reader, label: RecordLabel): Promise<string[]> {
  return (await reader.read(statement('list', label), {})).map((row) => row.key).sort();
}

/** Records of a kind, in order of key. */
export async function findRecords(
  reader: Reader,
  label: RecordLabel,
  keys: readonly string[],
): Promise<NodeRecord[]> {
  const name = statement('find', label);
  const rows = await inPieces(keysFor(label, keys), (piece) => reader.read(name, { keys: piece }));
  return rows
    .map(({ properties }) => ({ label, properties: present(properties) }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const linksOf = (rows: readonly Row<'relationship/find-from'>[]): LinkRecord[] =>
  rows
    .map(({ properties, ...row }) => ({ ...row, properties: present(properties) }))
    .sort((a, b) => (String(a.properties.id) < String(b.properties.id) ? -1 : 1));

/** Relationships that leave some nodes, in order of id. */
export async function findLinkRecords(reader: Reader, nodeIds: readonly string[]): Promise<LinkRecord[]> {
  return linksOf(await inPieces(nodeIds, (piece) => reader.read('relationship/find-from', { ids: piece })));
}

/** Relationships that enter some nodes, in order of id. */
export async function findIncomingLinkRecords(
  reader: Reader,
  nodeIds: readonly string[],
): Promise<LinkRecord[]> {
  return linksOf(await inPieces(nodeIds, (piece) => reader.read('relationship/find-to', { ids: piece })));
}

/** Writes records as they are given; nodes of the graph get the labels of their type. */
export async function mergeRecords(transaction: Transaction, records: readonly NodeRecord[]): Promise<void> {
  const groups = new Map<string, NodeRecord[]>();
  for (const record of records) {
    const { label, properties } = record;
    const isDescribed = label === 'Entity' && typeof properties.digest === 'string';
    const name = isDescribed
      ? `node/merge-${toKebabCase(String(properties.type))}`
      : statement('merge', label);
    const group = groups.get(name);
    if (group) group.push(record);
    else groups.set(name, [record]);
  }
  for (const [name, group] of groups) {
    const rows = group.map((record) => ({ id: keyOf(record), key: keyOf(record), props: record.properties }));
    await inPieces(rows, (piece) =>
      transaction.run(name as StatementName & 'node/merge-malware', { rows: piece }),
    );
  }
}

/** Writes relationships as they are given, between nodes that are there. */
export async function mergeLinkRecords(
  transaction: Transaction,
  records: readonly LinkRecord[],
): Promise<void> {
  const byType = new Map<string, LinkRecord[]>();
  for (const record of records) {
    const group = byType.get(record.type);
    if (group) group.push(record);
    else byType.set(record.type, [record]);
  }
  for (const [type, group] of byType) {
    const name = `relationship/merge-${toKebabCase(type)}` as StatementName & 'relationship/merge-uses';
    const rows = group.map(({ from, to, properties }) => ({
      id: properties.id as string,
      from,
      to,
      props: { ...properties },
    }));
    await inPieces(rows, (piece) => transaction.run(name, { rows: piece }));
  }
}

/** Deletes records of a kind, with the relationships that they have. */
export async function deleteRecords(
  transaction: Transaction,
  label: RecordLabel,
  keys: readonly string[],
): Promise<void> {
  const name = statement('delete', label);
  await inPieces(keysFor(label, keys), (piece) => transaction.run(name, { keys: piece }));
}
