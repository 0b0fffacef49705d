/** Reads any table or JSON by a mapping: each record becomes nodes and relationships, one of which is the entry it counts as. */
import { nodeId, relationshipId } from '../model/identity';
import { nodeProperties, type PropertySpec, relationshipProperties } from '../model/ontology/ontology';
import type { Json } from '../model/values';
import { type BadRecord, type DataRecord, isBad } from './data-record';
import { jsonLines, jsonRecords } from './json-records';
import type { MappedFact, MappedNode, MappedRelationship, Mapping, RecordSet } from './mapping.format';
import { type CheckedMapping, columnsNamed } from './mapping-check';
import { filled, fitted, meets, termValue } from './mapping-value';
import type { Content, Evidence, FormatReader, ReadItem } from './reader';
import { tableRows } from './table-records';

type Format = NonNullable<Mapping['format']>;

/** What records are in, by the name of the file where the mapping does not say. */
function formatOf({ format }: Mapping, file: string): Format {
  if (format) return format;
  const ending = /\.(csv|tsv|tab|ndjson|jsonl|json)(\.gz)?$/i.exec(file)?.[1].toLowerCase();
  if (ending === 'csv') return 'csv';
  if (ending === 'tsv' || ending === 'tab') return 'tsv';
  return ending === 'ndjson' || ending === 'jsonl' ? 'ndjson' : 'json';
}

/** A record set with what does not depend on the record. */
class SetReader {
  private readonly entry: MappedFact;
  private readonly specs = new Map<MappedFact, ReadonlyMap<string, PropertySpec>>();
  /** Columns that the set has used up, for each fact that keeps the rest. */
  private readonly used: ReadonlySet<string>;

  constructor(
    private readonly set: RecordSet,
    mapping: Mapping,
  ) {
    const facts: readonly MappedFact[] = [...set.nodes, ...set.relationships];
    this.entry = facts.find((fact) => fact.entry === true) ?? facts[facts.length - 1];
    for (const node of set.nodes) this.specs.set(node, byName(nodeProperties(node.type)));
    for (const link of set.relationships) this.specs.set(link, byName(relationshipProperties(link.type)));
    this.used = columnsNamed({ ...mapping, records: [set] });
  }

  read(record: DataRecord): ReadItem[] {
    if (!meets(this.set.where, record)) {
      return [{ kind: 'skipped', code: 'NOT_MAPPED', message: `${record.place} does not meet where` }];
    }
    const items: ReadItem[] = [];
    const ids = new Map<string, string>();
    for (const node of this.set.nodes) {
      const id = meets(node.when, record) ? idOf(node, record) : undefined;
      if (id === undefined) continue;
      ids.set(node.as, id);
      items.push({
        kind: 'node',
        value: { id, type: node.type, properties: this.propertiesOf(node, record) },
        ...this.frameOf(node, record),
        ...(node.shared ? { isShared: true as const } : {}),
      });
    }
    for (const link of this.set.relationships) {
      const item = this.link(link, record, ids);
      if (item) items.push(item);
    }
    const hasEntry = items.some(
      (item) => item.kind !== 'rejected' && item.kind !== 'skipped' && !item.implied,
    );
    return hasEntry ? items : [...items, incomplete(record, this.entry)];
  }

  private link(
    link: MappedRelationship,
    record: DataRecord,
    ids: ReadonlyMap<string, string>,
  ): ReadItem | undefined {
    const [from, to] = [ids.get(link.from), ids.get(link.to)];
    const keys = link.key.map((each) => filled(each, record) ?? '');
    if (from === undefined || to === undefined || !meets(link.when, record)) return undefined;
    const id = relationshipId(link.type, from, to, ...keys);
    const value = { id, type: link.type, from, to, properties: this.propertiesOf(link, record) };
    return { kind: 'relationship', value, ...this.frameOf(link, record) };
  }

  private frameOf(
    fact: MappedFact,
    record: DataRecord,
  ): { readonly evidence?: Evidence; readonly implied?: true } {
    const confidence =
      fact.confidence === undefined ? Number.NaN : Number(termValue(fact.confidence, record));
    const says = fact.says === undefined ? undefined : termValue(fact.says, record);
    const originKey = fact.originKey === undefined ? undefined : termValue(fact.originKey, record);
    const evidence: Evidence = {
      ...(confidence >= 0 && confidence <= 100 ? { confidence } : {}),
      ...(says === undefined ? {} : { says: String(says) }),
      ...(originKey === undefined ? {} : { originKey: String(originKey) }),
    };
    return {
      ...(Object.keys(evidence).length > 0 ? { evidence } : {}),
      ...(fact === this.entry ? {} : { implied: true as const }),
    };
  }

  private propertiesOf(fact: MappedFact, record: DataRecord): Record<string, Json> {
    const specs = this.specs.get(fact) as ReadonlyMap<string, PropertySpec>;
    const properties: Record<string, Json> = {};
    const custom: [string, Json][] = [];
    for (const [name, term] of Object.entries(fact.properties)) {
      const value = termValue(term, record);
      if (value === undefined) continue;
      const made = fitted(value, specs.get(name) as PropertySpec);
      // What does not fit stays as it came, apart, as STIX values do that are of the wrong kind.
      if (made === undefined) custom.push([name, value]);
      else properties[name] = made;
    }
    const keep = fact.keep ?? fact === this.entry;
    if (keep === true) custom.push(...Object.entries(record.rest(this.used)));
    else if (keep !== false) {
      custom.push(
        ...keep.flatMap((name): [string, Json][] => {
          const value = record.value(name);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    }
    if (custom.length > 0) properties.customProperties = Object.fromEntries(custom);
    return properties;
  }
}

const byName = (specs: readonly PropertySpec[]): ReadonlyMap<string, PropertySpec> =>
  new Map(specs.map((spec) => [spec.name, spec]));

/** Id of a node; undefined where a column that makes it is empty. */
function idOf(node: MappedNode, record: DataRecord): string | undefined {
  if (node.id !== undefined) return filled(node.id, record);
  const keys = (node.key as readonly string[]).map((each) => filled(each, record));
  return keys.includes(undefined) ? undefined : nodeId(node.type, ...(keys as string[]));
}

const incomplete = ({ place }: DataRecord, { type }: MappedFact): ReadItem => ({
  kind: 'rejected',
  id: '',
  code: 'MISSING_ID',
  message: `${place} lacks what its ${type} is known by`,
});

const bad = ({ place, problem }: BadRecord): ReadItem => ({
  kind: 'rejected',
  id: '',
  code: 'BAD_RECORD',
  message: `${place}: ${problem}`,
});

/** @param checked a mapping that `readMapping` has checked */
export function mappingReader({ mapping }: CheckedMapping): FormatReader {
  const readers = mapping.records.map((set) => new SetReader(set, mapping));
  const [first] = readers;
  const itemsOf = (reader: SetReader, records: readonly (DataRecord | BadRecord)[]): ReadItem[] =>
    records.flatMap((record) => (isBad(record) ? bad(record) : reader.read(record)));
  async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
    const format = formatOf(mapping, content.name);
    if (format === 'json') {
      const paths = mapping.records.map((set) => set.path ?? '*');
      for await (const { set, records } of jsonRecords(content, paths)) yield itemsOf(readers[set], records);
    } else if (format === 'ndjson') {
      for await (const records of jsonLines(content))
        yield readers.flatMap((reader) => itemsOf(reader, records));
    } else {
      const shape = { ...mapping, format };
      for await (const rows of tableRows(content, shape, columnsNamed(mapping))) yield itemsOf(first, rows);
    }
  }
  return { format: 'mapping', read };
}
