/** Gathers entries of a file into batches for the write path, each fact with the claim of the report it came from. */
import type { Edition, Fault, WritableItem } from '../ingest/reader';
import { canonicalJson } from '../model/digest';
import { claimId } from '../model/identity';
import type { Batch, ClaimValue, Json, NodeValue, RelationshipValue } from '../model/values';
import { isDisputable } from './evidence/conflicts';
import type { Contested } from './import-slots';

/** Whose word a batch is, where its entries do not say. */
export interface Provenance {
  readonly reportId: string;
  readonly confidence?: number;
  readonly originKey?: string;
  /** Marking of what bears none. */
  readonly marking?: string;
}

export class ImportBatch {
  private readonly nodes: NodeValue[] = [];
  private readonly relationships: RelationshipValue[] = [];
  private readonly claims: ClaimValue[] = [];
  private readonly carried: ClaimValue[] = [];
  private readonly shared = new Map<string, number>();
  private readonly editions = new Map<string, Edition>();
  private readonly countedNodes: boolean[] = [];
  private readonly countedLinks: boolean[] = [];
  private readonly faults = new Map<NodeValue | RelationshipValue, readonly Fault[]>();

  constructor(private readonly provenance: Provenance) {}

  get size(): number {
    return this.nodes.length + this.relationships.length;
  }

  /** Nodes that other sources speak of too. */
  get sharedIds(): readonly string[] {
    return [...this.shared.keys()];
  }

  /** Those nodes, with what was there of them. */
  get sharedNodes(): readonly NodeValue[] {
    return [...this.shared.values()].map((position) => this.nodes[position]);
  }

  /** Which edition of a set says what it says of shared nodes, by id. */
  get editionsOfShared(): ReadonlyMap<string, Edition> {
    return this.editions;
  }

  /** Shared nodes of which an edition says something else than is there. */
  contested(existing: ReadonlyMap<string, NodeValue>): Contested {
    return new Map(
      [...this.editions].filter(([id, { slot }]) => {
        const known = existing.get(id);
        const said = known && entriesOf(known)[slot];
        const own = entriesOf(this.nodes[this.shared.get(id)!])[slot];
        return said !== undefined && canonicalJson(said) !== canonicalJson(own ?? null);
      }),
    );
  }

  /**
   * Adds to shared nodes what is there of them already. What a source says otherwise stands in its claim.
   *
   * @param outdated those of which a newer edition has spoken: what it said stays
   */
  mergeShared(existing: ReadonlyMap<string, NodeValue>, outdated: ReadonlySet<string> = new Set()): void {
    for (const [id, position] of this.shared) {
      const known = existing.get(id);
      if (!known) continue;
      const values = dissent(known, this.nodes[position]);
      this.nodes[position] = mergedNode(known, this.nodes[position], outdated.has(id));
      if (Object.keys(values).length === 0) continue;
      const claim = this.claims.findIndex((each) => each.factId === id);
      this.claims[claim] = { ...this.claims[claim], about: Object.keys(values).sort(), values };
    }
  }

  add(item: WritableItem): void {
    if (item.kind === 'node') {
      if (item.isShared) this.shared.set(item.value.id, this.nodes.length);
      if (item.edition) this.editions.set(item.value.id, item.edition);
      this.nodes.push(item.value);
      this.countedNodes.push(!item.implied);
    } else {
      this.relationships.push(item.value);
      this.countedLinks.push(!item.implied);
    }
    if (item.faults) this.faults.set(item.value, item.faults);
    this.claims.push(this.claimOf(item));
    if (item.claims) this.carried.push(...item.claims);
  }

  /** Adds what describes the import itself: it is no entry of the file and needs no claim. */
  addFrame(frame: Pick<Batch, 'nodes' | 'relationships'>): void {
    for (const node of frame.nodes) {
      this.nodes.push(node);
      this.countedNodes.push(false);
    }
    for (const link of frame.relationships) {
      this.relationships.push(link);
      this.countedLinks.push(false);
    }
  }

  get batch(): Batch {
    const { nodes, relationships, claims, carried } = this;
    return { nodes, relationships, claims, carried };
  }

  /** Whether an entry of the file stands behind an item of the write report, by its position. */
  isCounted(position: number): boolean {
    const { length } = this.countedNodes;
    return position < length ? this.countedNodes[position] : this.countedLinks[position - length];
  }

  /** What is to be looked at in a value that was added. */
  faultsOf(value: NodeValue | RelationshipValue): readonly Fault[] {
    return this.faults.get(value) ?? [];
  }

  /** Markings of the claim: those of its fact stand on the fact. */
  private markingsOf({ value, evidence }: WritableItem): { readonly markings?: readonly string[] } {
    const { marking } = this.provenance;
    if (evidence?.markings && evidence.markings.length > 0) return { markings: evidence.markings };
    return marking === undefined || value.properties.markings !== undefined ? {} : { markings: [marking] };
  }

  /** The value behind an item of the write report, by its position. */
  valueAt(position: number): NodeValue | RelationshipValue {
    const { length } = this.nodes;
    return position < length ? this.nodes[position] : this.relationships[position - length];
  }

  private claimOf(item: WritableItem): ClaimValue {
    const { reportId } = this.provenance;
    const factId = item.value.id;
    const confidence = item.evidence?.confidence ?? this.provenance.confidence;
    const originKey = originOf(item) ?? this.provenance.originKey;
    return {
      id: claimId(factId, reportId),
      factId,
      reportId,
      derivation: item.implied ? 'INFERRED' : 'REPORTED',
      ...(item.evidence?.says === undefined ? {} : { says: item.evidence.says }),
      ...(item.evidence?.credibility === undefined ? {} : { credibility: item.evidence.credibility }),
      ...(confidence === undefined ? {} : { confidence }),
      ...(originKey === undefined ? {} : { originKey }),
      ...this.markingsOf(item),
    };
  }
}

/** Values of properties that are known to be something else. */
function dissent(known: NodeValue, added: NodeValue): Record<string, Json> {
  if (known.type !== added.type) return {};
  return Object.fromEntries(
    Object.entries(added.properties).filter(([name, value]) => {
      const before = known.properties[name] ?? null;
      return isDisputable(name) && before !== null && canonicalJson(before) !== canonicalJson(value);
    }),
  );
}

/** Whose word an entry is. A file that passes on what others claim adds no origin of its own. */
function originOf({ claims, evidence }: WritableItem): string | undefined {
  const [first] = claims ?? [];
  return first ? (first.originKey ?? first.reportId) : evidence?.originKey;
}

/** What is known stays, what is not is added; of custom properties each source has its own, as its newest edition says it. */
function mergedNode(known: NodeValue, added: NodeValue, isOutdated: boolean): NodeValue {
  if (known.type !== added.type) return added;
  const said = [entriesOf(known), entriesOf(added)];
  const customProperties = Object.assign({}, ...(isOutdated ? said.reverse() : said)) as Record<string, Json>;
  const properties: Record<string, Json> = { ...added.properties, ...known.properties };
  if (Object.keys(customProperties).length > 0) properties.customProperties = customProperties;
  return { ...known, properties };
}

const entriesOf = ({ properties }: NodeValue): Record<string, Json> =>
  (properties.customProperties ?? {}) as Record<string, Json>;
