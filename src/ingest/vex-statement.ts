/** A statement on whether products are affected by a vulnerability, however its format words it. */
import { nodeId } from '../model/identity';
import type { Json } from '../model/values';
import { compact } from './json-document';
import type { ReadItem } from './reader';
import { implied, linkItem, type NodeItem } from './shared-nodes';

/** Terms of the model for the words of CycloneDX, CSAF and OpenVEX. */
const STATUSES: ReadonlyMap<string, string> = new Map([
  ['not_affected', 'NOT_AFFECTED'],
  ['known_not_affected', 'NOT_AFFECTED'],
  ['false_positive', 'NOT_AFFECTED'],
  ['affected', 'AFFECTED'],
  ['known_affected', 'AFFECTED'],
  ['first_affected', 'AFFECTED'],
  ['last_affected', 'AFFECTED'],
  ['exploitable', 'AFFECTED'],
  ['fixed', 'FIXED'],
  ['first_fixed', 'FIXED'],
  ['resolved', 'FIXED'],
  ['resolved_with_pedigree', 'FIXED'],
  ['under_investigation', 'UNDER_INVESTIGATION'],
  ['in_triage', 'UNDER_INVESTIGATION'],
]);

export interface VexWords {
  /** Document and place in it: the natural key of the statement. */
  readonly key: readonly string[];
  readonly status: string;
  readonly justification?: string;
  readonly author?: string;
  readonly statedAt?: string;
  readonly description?: string;
  readonly more?: { readonly [name: string]: Json | undefined };
}

/** Versions of a product that a statement is about, where it says more than the product does. */
export type VersionsOf = (product: NodeItem) => readonly string[] | undefined;

/** The statement as a node, and what it links: its vulnerability and the products it is about. */
export function vexItems(
  words: VexWords,
  vulnerability: NodeItem,
  products: readonly NodeItem[],
  versionsOf: VersionsOf = () => undefined,
): ReadItem[] {
  const status = STATUSES.get(words.status);
  const more = compact({ ...words.more, status: status === undefined ? words.status : undefined });
  const statement: NodeItem = {
    kind: 'node',
    value: {
      id: nodeId('VexStatement', ...words.key),
      type: 'VexStatement',
      properties: compact({
        name: `${vulnerability.value.properties.name}: ${words.status}`,
        description: words.description,
        status,
        justification: words.justification,
        author: words.author,
        statedAt: words.statedAt,
        customProperties: Object.keys(more).length > 0 ? more : undefined,
      }),
    },
  };
  return [
    statement,
    implied(linkItem('STATES', statement, vulnerability)),
    ...products.map((product) =>
      implied(linkItem('AFFECTS', statement, product, { versions: versionsOf(product) })),
    ),
  ];
}
