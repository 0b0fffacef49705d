/** Reads CSAF 2.0 advisories: each vulnerability is an entry; what it says of products becomes VEX statements. */

import { nodeId } from '../model/identity';
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

/** Products of an advisory by their id in it. */
function productsOf(tree: JsonObject): ReadonlyMap<string, NamedProduct> {
  const products = new Map<string, NamedProduct>();
  const add = (given: unknown, vendor?: string, versions?: readonly string[]): void => {
    const product = given as JsonObject;
    const id = isObject(product) ? textOf(product.product_id) : undefined;
    if (id === undefined) return;
    const identifiers = isObject(product.product_identification_helper)
      ? product.product_identification_helper
      : {};
    const known: Product = {
      name: textOf(product.name) ?? id,
      vendor,
      purl: textOf(identifiers.purl),
      cpe: textOf(identifiers.cpe),
    };
    products.set(id, { item: softwareItem(known), versions });
  };
  const walk = (branches: readonly JsonObject[], vendor: string | undefined, depth: number): void => {
    if (depth > MAX_BRANCHES) return;
    for (const branch of branches) {
      const named = branch.category === 'vendor' ? textOf(branch.name) : vendor;
      const range = branch.category === 'product_version_range' ? textOf(branch.name) : undefined;
      if (isObject(branch.product)) add(branch.product, named, range === undefined ? undefined : [range]);
      walk(objectsOf(branch.branches), named, depth + 1);
    }
  };
  walk(objectsOf(tree.branches), undefined, 0);
  for (const product of objectsOf(tree.full_product_names)) add(product);
  for (const relationship of objectsOf(tree.relationships)) add(relationship.full_product_name);
  return products;
}

interface Advisory {
  readonly id: string;
  readonly author?: string;
  readonly at?: string;
  readonly products: ReadonlyMap<string, NamedProduct>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

function justificationOf(
  vulnerability: JsonObject,
  productIds: readonly string[],
  advisory: Advisory,
): string | undefined {
  const flag = objectsOf(vulnerability.flags).find((each) => {
    const grouped = textsOf(each.group_ids).flatMap((group) => advisory.groups.get(group) ?? []);
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
  const item = vulnerabilityItem(name, { slot: `csaf:${advisory.id}`, says });
  const statements = Object.entries(
    isObject(vulnerability.product_status) ? vulnerability.product_status : {},
  );
  const items: ReadItem[] = [{ ...item, evidence: compact({ originKey: advisory.author }) }];
  for (const [status, given] of statements) {
    const ids = textsOf(given);
    const named = ids.map((id) => advisory.products.get(id) ?? { item: softwareItem({ name: id }) });
    const products = named.map((product) => product.item);
    const versionsOf = (item: NodeItem) => named.find((product) => product.item === item)?.versions;
    const words = {
      key: [advisory.id, name, status],
      status,
      justification: justificationOf(vulnerability, ids, advisory),
      author: advisory.author,
      statedAt: advisory.at,
    };
    items.push(...products.map(implied), ...vexItems(words, item, products, versionsOf).map(silent));
  }
  return items;
}

const silent = (item: ReadItem): ReadItem =>
  item.kind === 'node' || item.kind === 'relationship' ? implied(item) : item;

/** The advisory itself: what it says of itself, and under which marking. */
function advisoryItem(document: JsonObject, advisory: Advisory): NodeItem {
  const tracking = isObject(document.tracking) ? document.tracking : {};
  const distribution = isObject(document.distribution) ? document.distribution : {};
  const tlp = isObject(distribution.tlp) ? textOf(distribution.tlp.label) : undefined;
  const value = {
    id: nodeId('Report', 'csaf', advisory.author ?? '', advisory.id),
    type: 'Report',
    properties: compact({
      name: textOf(document.title) ?? advisory.id,
      published: timeTextOf(tracking.initial_release_date),
      modified: advisory.at,
      publisher: advisory.author,
      markings: tlp === undefined ? undefined : [`TLP:${tlp}`],
      stixType: 'x-csaf-advisory',
      customProperties: { csaf: document },
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
    author: textOf(publisher.name),
    at: timeTextOf(tracking.current_release_date),
    products: productsOf(tree),
    groups: new Map(
      objectsOf(tree.product_groups).map((group) => [
        textOf(group.group_id) ?? '',
        textsOf(group.product_ids),
      ]),
    ),
  };
  const report = advisoryItem(document, advisory);
  const markings = report.value.properties.markings as readonly string[] | undefined;
  const items = objectsOf(root.vulnerabilities).flatMap((each, index) =>
    vulnerabilityItems(each, advisory, index),
  );
  const vulnerabilities = items.filter((item) => item.kind === 'node' && !item.implied) as NodeItem[];
  yield [
    report,
    ...[...advisory.products.values()].map(({ item }) => implied(item)),
    ...items.map((item) => marked(item, markings)),
    ...vulnerabilities.map((item) => implied(linkItem('CONTAINS', report, item))),
  ];
}

export const csafReader: FormatReader = { format: 'csaf', read };
