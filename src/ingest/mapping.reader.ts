/** Reads any table or JSON by a mapping: each record becomes nodes and relationships, one of which is the entry it counts as. */
import { nodeId, relationshipId } from '../model/identity';
import { nodeProperties, type PropertySpec, relationshipProperties } from '../model/ontology/ontology';
import { brief } from '../model/validate';
import type { Json } from '../model/values';
import { type BadRecord, type DataRecord, isBad } from './data-record';
import { jsonLines, jsonRecords } from './json-records';
import type { MappedFact, MappedNode, MappedRelationship, Mapping, RecordSet } from './mapping.format';
import { type CheckedMapping, columnsNamed } from './mapping-check';
import { filled, fitted, meets, termValue } from './mapping-value';
import {
  type Content,
  type Evidence,
  type Fault,
  type FormatReader,
  isWritable,
  type ReadItem,
  type WritableItem,
} from './reader';
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

/** What a record says of one fact, and what is wrong with it. */
interface Filled {
  readonly properties: Record<string, Json>;
  readonly faults: readonly Fault[];
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
      const { properties, faults } = this.propertiesOf(node, record);
      items.push({
        kind: 'node',
        value: { id, type: node.type, properties },
        faults,
        ...this.frameOf(node, record),
        ...(node.shared ? { isShared: true as const } : {}),
      });
    }
    for (const link of this.set.relationships) {
      const item = this.link(link, record, ids);
      if (item) items.push(item);
    }
    const entry = items.findIndex((item) => isWritable(item) && !item.implied);
    if (entry < 0) return [...items, incomplete(record, this.entry)];
    // What is wrong with any of them is said of the entry, which alone is reported.
    const faults = items.flatMap((item) => (isWritable(item) ? (item.faults ?? []) : []));
    items[entry] = { ...(items[entry] as WritableItem), faults };
    return items;
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
    const { properties, faults } = this.propertiesOf(link, record);
    const value = { id, type: link.type, from, to, properties };
    return { kind: 'relationship', value, faults, ...this.frameOf(link, record) };
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

  private propertiesOf(fact: MappedFact, record: DataRecord): Filled {
    const specs = this.specs.get(fact) as ReadonlyMap<string, PropertySpec>;
    const properties: Record<string, Json> = {};
    const custom: [string, Json][] = [];
    const faults: Fault[] = [];
    for (const [name, term] of Object.entries(fact.properties)) {
      const value = termValue(term, record);
      if (value === undefined) continue;
      const made = fitted(value, specs.get(name) as PropertySpec);
      // What does not fit stays as it came, apart, as STIX values do that are of the wrong kind.
      if (made !== undefined) properties[name] = made;
      else {
        custom.push([name, value]);
        const reason = `${record.place}: ${name} does not take ${brief(value)}`;
        faults.push({ code: 'KEPT_AS_SAID', message: `${reason}; kept in customProperties` });
      }
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
    return { properties, faults };
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

/** Nothing to read, which is no fault of a file and mostly one of the mapping. */
const without = (message: string): ReadItem => ({ kind: 'skipped', code: 'NO_RECORDS', message });

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
      const empty = new Set(paths.keys());
      for await (const { set, records } of jsonRecords(content, paths)) {
        if (records.length > 0) empty.delete(set);
        yield itemsOf(readers[set], records);
      }
      yield [...empty].map((set) =>
        without(`the path ${paths[set]} of records.${set} leads to nothing in ${content.name}`),
      );
      return;
    }
    let count = 0;
    if (format === 'ndjson') {
      for await (const records of jsonLines(content)) {
        count += records.length;
        yield readers.flatMap((reader) => itemsOf(reader, records));
      }
    } else {
      const shape = { ...mapping, format };
      for await (const rows of tableRows(content, shape, columnsNamed(mapping))) {
        count += rows.length;
        yield itemsOf(first, rows);
      }
    }
    if (count === 0) yield [without(`${content.name} has no records`)];
  }
  return { format: 'mapping', read };
}
