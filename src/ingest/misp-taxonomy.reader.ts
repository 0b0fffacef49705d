/** Reads MISP taxonomies: each predicate and each entry of a predicate is one machine tag. */
import { nodeId } from '../model/identity';
import {
  compact,
  type JsonObject,
  objectsOf,
  readObject,
  textOf,
  unexpected,
  without,
} from './json-document';
import type { Content, FormatReader, ReadItem } from './reader';
import { implied, linkItem, type NodeItem } from './shared-nodes';
import { straysOf } from './strays';

const STRUCTURE = ['value', 'expanded', 'description', 'entry'];

function tagItem(tag: string, described: JsonObject): ReadItem {
  const properties = compact({
    name: tag,
    description: textOf(described.description) ?? textOf(described.expanded),
    aliases: [textOf(described.expanded)].filter((each) => each !== undefined && each !== tag) as string[],
    stixType: 'x-misp-taxonomy-tag',
    customProperties: without(described, STRUCTURE),
  });
  return { kind: 'node', value: { id: nodeId('Thing', 'misp-taxonomy', tag), type: 'Thing', properties } };
}

const unnamed = (what: string): ReadItem => ({
  kind: 'rejected',
  id: '',
  code: 'MISSING_ID',
  message: `${what} needs a value`,
});

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const taxonomy = await readObject(content, 'misp-taxonomy');
  const namespace = textOf(taxonomy.namespace);
  if (namespace === undefined) throw unexpected(content, 'misp-taxonomy', 'it has no namespace');
  const whole = taxonomyItem(taxonomy, namespace);
  const items: ReadItem[] = objectsOf(taxonomy.predicates).map((predicate) => {
    const value = textOf(predicate.value);
    return value === undefined ? unnamed('a predicate') : tagItem(`${namespace}:${value}`, predicate);
  });
  items.push(
    ...straysOf(taxonomy.predicates, 'a predicate'),
    ...straysOf(taxonomy.values, 'a group of entries'),
  );
  for (const group of objectsOf(taxonomy.values)) {
    items.push(...straysOf(group.entry, 'an entry'));
    for (const entry of objectsOf(group.entry)) {
      const value = textOf(entry.value);
      const tag = `${namespace}:${textOf(group.predicate) ?? ''}="${value}"`;
      items.push(value === undefined ? unnamed('an entry') : tagItem(tag, entry));
    }
  }
  const links = items.flatMap((item) =>
    item.kind === 'node' ? [implied(linkItem('RELATED_TO', item, whole, { stixType: 'tag-of' }))] : [],
  );
  yield [whole, ...items, ...links];
}

/** The taxonomy itself: what it says of itself, and of all of its tags. */
function taxonomyItem(taxonomy: JsonObject, namespace: string): NodeItem {
  const value = {
    id: nodeId('Thing', 'misp-taxonomy', namespace),
    type: 'Thing',
    properties: compact({
      name: namespace,
      description: textOf(taxonomy.description),
      aliases: [textOf(taxonomy.expanded)].filter(
        (each) => each !== undefined && each !== namespace,
      ) as string[],
      stixType: 'x-misp-taxonomy',
      customProperties: without(taxonomy, ['namespace', 'description', 'expanded', 'predicates', 'values']),
    }),
  };
  return implied({ kind: 'node', value });
}

export const mispTaxonomyReader: FormatReader = { format: 'misp-taxonomy', read };
