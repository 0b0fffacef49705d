/** Reads CSAF 2.0 advisories: each vulnerability is an entry; what it says of products becomes VEX statements. */

import { nodeId } from '../model/identity';
import type { Json } from '../model/values';
import {
  compact,
  isObject,
  type JsonObject,
  objectsOf,
  readObject,
  textOf,
  textsOf,
  timeTextOf,
  unexpected,
  without,
} from './json-document';
import type { Content, FormatReader, ReadItem } from './reader';
import {
  implied,
  linkItem,
  type NodeItem,
  type Product,
  silent,
  softwareItem,
  vulnerabilityItem,
} from './shared-nodes';
import { vexItems } from './vex-statement';

/** Deepest nesting of branches in a product tree that is followed. */
const MAX_BRANCHES = 30;

/** A product of an advisory; `versions` where it stands for a range of them. */
interface NamedProduct {
  readonly item: NodeItem;
  readonly versions?: readonly string[];
}

/** A product as a part of another: `log4j as a component of AppStream`. */
interface Combination {
  readonly whole: NodeItem;
  readonly category: string;
  /** Ids of the part, and of what it is a part of. */
  readonly part: string;
  readonly of: string;
}

interface ProductTree {
  /** Products by their id in the advisory. */
  readonly products: ReadonlyMap<string, NamedProduct>;
  /** Combinations by the id of the product that they make. */
  readonly combinations: ReadonlyMap<string, Combination>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

function productItem(product: JsonObject, id: string, vendor?: string): NodeItem {
  const identifiers = isObject(product.product_identification_helper)
    ? product.product_identification_helper
    : {};
  const known: Product = {
    name: textOf(product.name) ?? id,
    vendor,
    purl: textOf(identifiers.purl) ?? textsOf(identifiers.purls)[0],
    cpe: textOf(identifiers.cpe),
  };
  return softwareItem(known);
}

function treeOf(tree: JsonObject): ProductTree {
  const products = new Map<string, NamedProduct>();
  const add = (product: Json | undefined, vendor?: string, versions?: readonly string[]): void => {
    const id = isObject(product) ? textOf(product.product_id) : undefined;
    if (isObject(product) && id !== undefined)
      products.set(id, { item: productItem(product, id, vendor), versions });
  };
  const walk = (branches: readonly JsonObject[], vendor: string | undefined, depth: number): void => {
    if (depth > MAX_BRANCHES) return;
    for (const branch of branches) {
      const named = branch.category === 'vendor' ? textOf(branch.name) : vendor;
      const range = branch.category === 'product_version_range' ? textOf(branch.name) : undefined;
      add(branch.product, named, range === undefined ? undefined : [range]);
      walk(objectsOf(branch.branches), named, depth + 1);
    }
  };
  walk(objectsOf(tree.branches), undefined, 0);
  for (const product of objectsOf(tree.full_product_names)) add(product);
  const combinations = new Map<string, Combination>();
  for (const relationship of objectsOf(tree.relationships)) {
    add(relationship.full_product_name);
    const { full_product_name: name } = relationship;
    const id = isObject(name) ? textOf(name.product_id) : undefined;
    const part = textOf(relationship.product_reference);
    const of = textOf(relationship.relates_to_product_reference);
    if (id === undefined || part === undefined || of === undefined) continue;
    const category = textOf(relationship.category)?.replaceAll('_', '-') ?? 'related-to';
    combinations.set(id, { whole: (products.get(id) as NamedProduct).item, category, part, of });
  }
  const groups = new Map(
    objectsOf(tree.product_groups).map((group) => [textOf(group.group_id) ?? '', textsOf(group.product_ids)]),
  );
  return { products, combinations, groups };
}

/** What combinations are made of. */
function combinationItems({ products, combinations }: ProductTree): ReadItem[] {
  const linked = (whole: NodeItem, id: string, stixType: string): ReadItem[] => {
    const end = products.get(id)?.item;
    const more = { discriminators: [stixType] };
    return end ? [implied(linkItem('RELATED_TO', whole, end, { stixType }, more))] : [];
  };
  return [...combinations.values()].flatMap(({ whole, category, part, of }) => [
    ...linked(whole, part, 'combines'),
    ...linked(whole, of, category),
  ]);
}

/** Statuses that leave a product open to attack. */
const OPEN: ReadonlySet<string> = new Set([
  'known_affected',
  'first_affected',
  'last_affected',
  'under_investigation',
]);

const hasVersion = ({ value }: NodeItem): boolean =>
  /@[^@/?]+(\?|$)/.test(textOf(value.properties.purl) ?? '');

/**
 * Products that a statement is about. One on a part of something is about the part too, which is what inventories list; but
 * where it closes, only if the part names its version: on another platform the same part may be open.
 */
function statedProducts(ids: readonly string[], status: string, tree: ProductTree): readonly NamedProduct[] {
  const stated = ids.flatMap((id) => {
    const own = tree.products.get(id) ?? { item: softwareItem({ name: id }) };
    const parts: NamedProduct[] = [];
    let { part } = tree.combinations.get(id) ?? {};
    for (let depth = 0; part !== undefined && depth < MAX_BRANCHES; depth++) {
      const found = tree.products.get(part);
      if (found && (OPEN.has(status) || hasVersion(found.item))) parts.push(found);
      ({ part } = tree.combinations.get(part) ?? { part: undefined });
    }
    return [own, ...parts];
  });
  return [...new Map(stated.map((product) => [product.item.value.id, product])).values()];
}

interface Advisory {
  readonly id: string;
  /** Whose id it is: an advisory is told from all others by this and its id (CSAF 2.0, section 3.2.1.12.4). */
  readonly namespace: string;
  /** Version and time of release: each version states anew what holds. */
  readonly version: string;
  readonly author?: string;
  readonly at?: string;
  readonly tree: ProductTree;
}

function justificationOf(
  vulnerability: JsonObject,
  productIds: readonly string[],
  advisory: Advisory,
): string | undefined {
  const flag = objectsOf(vulnerability.flags).find((each) => {
    const grouped = textsOf(each.group_ids).flatMap((group) => advisory.tree.groups.get(group) ?? []);
    return [...textsOf(each.product_ids), ...grouped].some((id) => productIds.includes(id));
  });
  return flag && textOf(flag.label);
}

function vulnerabilityItems(vulnerability: JsonObject, advisory: Advisory, index: number): ReadItem[] {
  const name =
    textOf(vulnerability.cve) ??
    textOf(objectsOf(vulnerability.ids)[0]?.text) ??
    `${advisory.id} #${index + 1}`;
  const says = without(vulnerability, ['cve']) ?? {};
  const item = vulnerabilityItem(name, {
    slot: `csaf:${advisory.namespace}:${advisory.id}`,
    says,
    at: advisory.at,
  });
  const statements = Object.entries(
    isObject(vulnerability.product_status) ? vulnerability.product_status : {},
  );
  const items: ReadItem[] = [{ ...item, evidence: compact({ originKey: advisory.author }) }];
  for (const [status, given] of statements) {
    const ids = textsOf(given);
    const named = statedProducts(ids, status, advisory.tree);
    const products = named.map((product) => product.item);
    const versionsOf = (item: NodeItem) => named.find((product) => product.item === item)?.versions;
    const words = {
      key: [advisory.namespace, advisory.id, advisory.version, name, status],
      status,
      justification: justificationOf(vulnerability, ids, advisory),
      author: advisory.author,
      statedAt: advisory.at,
    };
    items.push(...products.map(implied), ...vexItems(words, item, products, versionsOf).map(silent));
  }
  return items;
}

/** The advisory itself: what it says of itself, and under which marking. */
function advisoryItem(document: JsonObject, productTree: JsonObject, advisory: Advisory): NodeItem {
  const tracking = isObject(document.tracking) ? document.tracking : {};
  const distribution = isObject(document.distribution) ? document.distribution : {};
  const tlp = isObject(distribution.tlp) ? textOf(distribution.tlp.label) : undefined;
  const value = {
    id: nodeId('Report', 'csaf', advisory.namespace, advisory.id),
    type: 'Report',
    properties: compact({
      name: textOf(document.title) ?? advisory.id,
      published: timeTextOf(tracking.initial_release_date),
      modified: advisory.at,
      publisher: advisory.author,
      markings: tlp === undefined ? undefined : [`TLP:${tlp}`],
      stixType: 'x-csaf-advisory',
      customProperties: {
        csaf: document,
        ...(Object.keys(productTree).length > 0 ? { product_tree: productTree } : {}),
      },
    }),
  };
  return implied({ kind: 'node', value });
}

/** What others speak of too bears the marking of the advisory on the claim alone. */
function marked(item: ReadItem, markings: readonly string[] | undefined): ReadItem {
  if (markings === undefined || item.kind === 'rejected' || item.kind === 'skipped') return item;
  return { ...item, evidence: { ...item.evidence, markings } };
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const root = await readObject(content, 'csaf');
  const document = isObject(root.document) ? root.document : undefined;
  if (!document) throw unexpected(content, 'csaf', 'it has no document section');
  const tracking = isObject(document.tracking) ? document.tracking : {};
  const publisher = isObject(document.publisher) ? document.publisher : {};
  const tree = isObject(root.product_tree) ? root.product_tree : {};
  const advisory: Advisory = {
    id: textOf(tracking.id) ?? content.name,
    namespace: textOf(publisher.namespace) ?? textOf(publisher.name) ?? '',
    version: [textOf(tracking.version), textOf(tracking.current_release_date)].join(' '),
    author: textOf(publisher.name),
    at: timeTextOf(tracking.current_release_date),
    tree: treeOf(tree),
  };
  const report = advisoryItem(document, tree, advisory);
  const markings = report.value.properties.markings as readonly string[] | undefined;
  const items = objectsOf(root.vulnerabilities).flatMap((each, index) =>
    vulnerabilityItems(each, advisory, index),
  );
  const vulnerabilities = items.filter((item) => item.kind === 'node' && !item.implied) as NodeItem[];
  yield [
    report,
    ...[...advisory.tree.products.values()].map(({ item }) => implied(item)),
    ...combinationItems(advisory.tree),
    ...items.map((item) => marked(item, markings)),
    ...vulnerabilities.map((item) => implied(linkItem('CONTAINS', report, item))),
  ];
}

export const csafReader: FormatReader = { format: 'csaf', read };
