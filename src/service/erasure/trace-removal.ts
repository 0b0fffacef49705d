/** Takes every trace of some ids out of records: what is about them goes, what mentions them says the tombstone instead. */
import type { LinkRecord, NodeRecord, RecordProperties } from '../../store/record.store';

export type Verdict = 'keep' | 'delete' | RecordProperties;

export class TraceRemoval {
  private readonly own: ReadonlySet<string>;

  /**
   * @param ids objects that are erased: the one named first, then its relationships
   * @param claimIds claims that are erased
   * @param tombstone what stands in their place
   */
  constructor(
    private readonly ids: readonly string[],
    private readonly claimIds: ReadonlySet<string>,
    private readonly tombstone: string,
  ) {
    this.own = new Set(ids);
  }

  /** What becomes of a record beside the graph: claims and versions of what is erased go. */
  ofRecord({ label, properties }: NodeRecord): Verdict {
    const is = (name: string): boolean => this.own.has(String(properties[name]));
    if (label === 'Claim' && (is('factId') || is('reportId'))) return 'delete';
    const isVersionOf = is('objectId') || this.claimIds.has(String(properties.objectId));
    if (label === 'Version' && (isVersionOf || is('from') || is('to'))) return 'delete';
    return this.ofProperties(properties);
  }

  ofLink({ properties }: LinkRecord): Verdict {
    return this.ofProperties(properties);
  }

  private ofProperties(properties: RecordProperties): Verdict {
    if (!this.isMentioned(properties)) return 'keep';
    return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, this.without(value)]));
  }

  /** As a value of its own, or the first of them anywhere inside a text. */
  private isMentioned(properties: RecordProperties): boolean {
    const values = Object.values(properties).flat();
    if (values.some((value) => typeof value === 'string' && this.own.has(value))) return true;
    const [id] = this.ids;
    const text = JSON.stringify(properties);
    return text.includes(escaped(id)) || text.includes(escaped(escaped(id)));
  }

  private without(value: unknown): unknown {
    if (Array.isArray(value)) return [...new Set(value.map((each) => this.without(each)))];
    if (typeof value !== 'string') return value;
    if (this.own.has(value)) return this.tombstone;
    const [id] = this.ids;
    return value.replaceAll(id, this.tombstone).replaceAll(escaped(id), this.tombstone);
  }
}

/** As it stands inside JSON text. */
const escaped = (id: string): string => JSON.stringify(id).slice(1, -1);
