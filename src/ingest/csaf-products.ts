/** The product tree of a CSAF advisory: products by their id, and how they are parts of each other. */
import type { Json } from '../model/values';
import { isObject, type JsonObject, objectsOf, textOf, textsOf } from './json-document';
import type { ReadItem } from './reader';
import { implied, linkItem, type NodeItem, type Product, softwareItem } from './shared-nodes';

/** Deepest nesting of branches in a product tree that is followed. */
export const MAX_BRANCHES = 30;

/** A product of an advisory; `versions` where it stands for a range of them. */
export interface NamedProduct {
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

export interface ProductTree {
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

export function treeOf(tree: JsonObject): ProductTree {
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
export function combinationItems({ products, combinations }: ProductTree): ReadItem[] {
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
