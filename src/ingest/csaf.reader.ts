/** Reads CSAF 2.0 advisories: each vulnerability is an entry; what it says of products becomes VEX statements. */

import { nodeId } from '../model/identity';
import { combinationItems, MAX_BRANCHES, type NamedProduct, type ProductTree, treeOf } from './csaf-products';
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
import { type Content, type FormatReader, isWritable, type ReadItem } from './reader';
import { implied, linkItem, type NodeItem, silent, softwareItem, vulnerabilityItem } from './shared-nodes';
import { straysOf } from './strays';
import { vexItems } from './vex-statement';

/** Statuses that leave a product open to attack. */
const OPEN: ReadonlySet<string> = new Set([
  'known_affected',
  'first_affected',
  'last_affected',
  'under_investigation',
]);

const FIXED: ReadonlySet<string> = new Set(['fixed', 'first_fixed']);

/** Types of packages whose versions name one build of one distribution: what is true of it is so wherever it is installed. */
const BUILDS: ReadonlySet<string> = new Set(['alpm', 'apk', 'deb', 'rpm']);

const isBuild = ({ value }: NodeItem): boolean => {
  const [, type, version] = /^pkg:([^/]+)\/[^?]*@([^?]+)/.exec(textOf(value.properties.purl) ?? '') ?? [];
  return version !== undefined && BUILDS.has(type);
};

/** Whether a statement on a part of something holds for the part wherever it is. */
function holdsForPart(part: NodeItem, status: string, justification: string | undefined): boolean {
  if (OPEN.has(status)) return true;
  const isOfItself = FIXED.has(status) || justification === 'vulnerable_code_not_present';
  return isOfItself && isBuild(part);
}

/**
 * Products that a statement is about. CSAF states something of a part within a whole, and says nothing of the part elsewhere. What
 * leaves open is taken to be about the part too, which is what inventories list: rather a warning too many. What closes is not,
 * for the whole may use the part in a way that is safe; but a build of a distribution that is fixed is so everywhere.
 */
function statedProducts(
  ids: readonly string[],
  { status, justification }: { readonly status: string; readonly justification?: string },
  tree: ProductTree,
): readonly NamedProduct[] {
  const stated = ids.flatMap((id) => {
    const own = tree.products.get(id) ?? { item: softwareItem({ name: id }) };
    const parts: NamedProduct[] = [];
    let { part } = tree.combinations.get(id) ?? {};
    for (let depth = 0; part !== undefined && depth < MAX_BRANCHES; depth++) {
      const found = tree.products.get(part);
      if (found && holdsForPart(found.item, status, justification)) parts.push(found);
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

/** Why a product is not affected, where a flag says so. */
function justificationsOf(vulnerability: JsonObject, { tree }: Advisory): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const flag of objectsOf(vulnerability.flags)) {
    const label = textOf(flag.label);
    const grouped = textsOf(flag.group_ids).flatMap((group) => tree.groups.get(group) ?? []);
    for (const id of [...textsOf(flag.product_ids), ...grouped])
      if (label !== undefined && !labels.has(id)) labels.set(id, label);
  }
  return labels;
}

interface Stating {
  readonly status: string;
  readonly justification?: string;
  readonly ids: readonly string[];
}

/** What a vulnerability states of products: those of one status apart by why. */
function statingsOf(vulnerability: JsonObject, advisory: Advisory): readonly Stating[] {
  const { product_status: given } = vulnerability;
  const labels = justificationsOf(vulnerability, advisory);
  return Object.entries(isObject(given) ? given : {}).flatMap(([status, ids]) => {
    const byLabel = new Map<string | undefined, string[]>();
    for (const id of textsOf(ids)) {
      const label = OPEN.has(status) ? undefined : labels.get(id);
      byLabel.set(label, [...(byLabel.get(label) ?? []), id]);
    }
    return [...byLabel].map(([justification, of]) => ({ status, justification, ids: of }));
  });
}

/** A name that is the same vulnerability wherever it stands: numbers of a tracking system are no such names without it. */
function nameOf(vulnerability: JsonObject): string | undefined {
  const cve = textOf(vulnerability.cve);
  if (cve !== undefined) return cve;
  const [id] = objectsOf(vulnerability.ids);
  const text = textOf(id?.text);
  if (text === undefined || /^[A-Z][A-Z0-9]+-\w/.test(text)) return text;
  return [textOf(id.system_name), text].join(' ');
}

function vulnerabilityItems(vulnerability: JsonObject, advisory: Advisory, index: number): ReadItem[] {
  const name =
    nameOf(vulnerability) ?? `${advisory.author ?? advisory.namespace} ${advisory.id} #${index + 1}`;
  const says = without(vulnerability, ['cve']) ?? {};
  const item = vulnerabilityItem(name, {
    slot: `csaf:${advisory.namespace}:${advisory.id}`,
    says,
    at: advisory.at,
  });
  const items: ReadItem[] = [item];
  for (const stating of statingsOf(vulnerability, advisory)) {
    const { status, justification, ids } = stating;
    const named = statedProducts(ids, stating, advisory.tree);
    const products = named.map((product) => product.item);
    const versionsOf = (item: NodeItem) => named.find((product) => product.item === item)?.versions;
    const words = {
      key: [advisory.namespace, advisory.id, advisory.version, name, status, justification ?? ''],
      status,
      justification,
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

/** What others speak of too bears the marking of the advisory on the claim alone; whose word it is stands there too. */
function claimed(
  item: ReadItem,
  author: string | undefined,
  markings: readonly string[] | undefined,
): ReadItem {
  return !isWritable(item)
    ? item
    : { ...item, evidence: compact({ ...item.evidence, originKey: author, markings }) };
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
    ...items.map((item) => claimed(item, advisory.author, markings)),
    ...straysOf(root.vulnerabilities, 'a vulnerability'),
    ...vulnerabilities.map((item) => implied(linkItem('CONTAINS', report, item))),
  ];
}

export const csafReader: FormatReader = { format: 'csaf', read };
