/** Takes every trace of some ids out of records: what is about them goes, what mentions them says the tombstone instead. */
import { readChangeLists, writeChangeLists } from '../../store/change-record';
import type { LinkRecord, NodeRecord, RecordProperties } from '../../store/record.store';

export type Verdict = 'keep' | 'delete' | RecordProperties;

/** What a record is, which no id stands for, whatever it is called. */
const STRUCTURAL: ReadonlySet<string> = new Set(['type', 'kind', 'digest', 'derivation', 'at']);

/** Records of claims, alone and in groups, and of what those of a group share. */
const CLAIMS: ReadonlySet<string> = new Set(['Claim', 'GroupedClaim', 'ClaimGroup']);

/** Whether an id cannot be a word: then it is taken out of prose. A word is an id only where it stands as a value. */
const isUnmistakable = (id: string): boolean => id.includes('--') || id.length >= 20;

export class TraceRemoval {
  private readonly own: ReadonlySet<string>;
  /** The first id as it stands inside a text, each with what takes its place. */
  private readonly inText: readonly (readonly [string, string])[];

  /**
   * @param ids objects that are erased: the one named first, then its relationships
   * @param claimIds claims that are erased
   * @param groupIds groups of claims of reports that are erased
   * @param tombstone what stands in their place
   */
  constructor(
    ids: readonly string[],
    private readonly claimIds: ReadonlySet<string>,
    private readonly groupIds: ReadonlySet<string>,
    private readonly tombstone: string,
  ) {
    this.own = new Set(ids);
    const [id] = ids;
    this.inText = isUnmistakable(id)
      ? [
          [id, tombstone],
          [escaped(id), tombstone],
        ]
      : [
          [JSON.stringify(id), JSON.stringify(tombstone)],
          [escaped(JSON.stringify(id)), escaped(JSON.stringify(tombstone))],
        ];
  }

  /** What becomes of a record beside the graph: claims and versions of what is erased go. */
  ofRecord({ label, properties }: NodeRecord): Verdict {
    const is = (name: string): boolean => this.own.has(String(properties[name]));
    if (CLAIMS.has(label) && (is('factId') || is('reportId'))) return 'delete';
    if (label === 'GroupedClaim' && this.groupIds.has(String(properties.groupId))) return 'delete';
    const isVersionOf = is('objectId') || this.claimIds.has(String(properties.objectId));
    if (label === 'Version' && (isVersionOf || is('from') || is('to'))) return 'delete';
    return label === 'Change' ? this.ofChange(properties) : this.ofProperties(properties);
  }

  /** A change lists ids as text, of which each is one by itself. */
  private ofChange(properties: RecordProperties): Verdict {
    const verdict = this.ofProperties({ ...properties, ...readChangeLists(properties) });
    return typeof verdict === 'string'
      ? verdict
      : { ...verdict, ...writeChangeLists(readChangeLists(verdict)) };
  }

  ofLink({ properties }: LinkRecord): Verdict {
    return this.ofProperties(properties);
  }

  private ofProperties(properties: RecordProperties): Verdict {
    if (!this.isMentioned(properties)) return 'keep';
    return Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [
        name,
        STRUCTURAL.has(name) ? value : this.without(value),
      ]),
    );
  }

  /** As a value of its own, or the first of them inside a text. */
  private isMentioned(properties: RecordProperties): boolean {
    const values = Object.entries(properties).flatMap(([name, value]) => (STRUCTURAL.has(name) ? [] : value));
    return values.some(
      (value) =>
        typeof value === 'string' &&
        (this.own.has(value) || this.inText.some(([found]) => value.includes(found))),
    );
  }

  private without(value: unknown): unknown {
    if (Array.isArray(value)) return [...new Set(value.map((each) => this.without(each)))];
    if (typeof value !== 'string') return value;
    if (this.own.has(value)) return this.tombstone;
    return this.inText.reduce((text, [found, instead]) => text.replaceAll(found, instead), value);
  }
}

/** As it stands inside JSON text. */
const escaped = (id: string): string => JSON.stringify(id).slice(1, -1);
