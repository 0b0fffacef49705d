/**
 * Reads GraphSense TagPacks (a tag says who holds a cryptocurrency address) and actor packs (who the holders are, and under
 * which jurisdictions).
 */
import { nodeId } from '../model/identity';
import type { Json } from '../model/values';
import {
  compact,
  isObject,
  type JsonObject,
  listOf,
  textOf,
  textsOf,
  timeTextOf,
  unexpected,
  without,
} from './json-document';
import type { Content, FormatReader, ReadItem } from './reader';
import { implied, jurisdictionItem, linkItem, type NodeItem, walletItem } from './shared-nodes';
import { readYaml } from './yaml-document';

/** Confidence in percent of the words that GraphSense uses for how a tag came about. */
const CONFIDENCE: ReadonlyMap<string, number> = new Map([
  ['ownership', 100],
  ['manual_transaction', 90],
  ['service_data', 70],
  ['authority_data', 60],
  ['trusted_provider', 60],
  ['service_api', 50],
  ['forensic', 50],
  ['forensic_investigation', 50],
  ['untrusted_transaction', 40],
  ['web_crawl', 20],
  ['heuristic', 10],
]);

/** Members of a pack that are about the pack; all others are defaults of its tags and actors. */
const HEADER = ['title', 'creator', 'description', 'tags', 'actors', 'is_public'];

const actorId = (actor: string): string => nodeId('Organization', 'graphsense', actor);

const rejected = (message: string): ReadItem => ({ kind: 'rejected', id: '', code: 'MISSING_ID', message });

/** Who a tag says holds the address: a known actor, or whatever the label names. */
function holderOf(tag: JsonObject, label: string | undefined): NodeItem | string | undefined {
  const actor = textOf(tag.actor);
  if (actor !== undefined) return actorId(actor);
  const name = label ?? textOf(tag.category) ?? textOf(tag.abuse);
  if (name === undefined) return undefined;
  const id = nodeId('Thing', 'graphsense-label', name.toLowerCase());
  const properties = { name: name.toLowerCase(), stixType: 'x-graphsense-label' };
  return { kind: 'node', value: { id, type: 'Thing', properties }, implied: true };
}

/** What a tag is about: an address, else a transaction. */
function subjectOf(tag: JsonObject): NodeItem | undefined {
  const address = textOf(tag.address);
  if (address !== undefined) return walletItem(address);
  const name = textOf(tag.tx_hash)?.toLowerCase();
  if (name === undefined) return undefined;
  const properties = { name, stixType: 'x-graphsense-transaction' };
  return {
    kind: 'node',
    isShared: true,
    value: { id: nodeId('Thing', 'transaction', name), type: 'Thing', properties },
  };
}

/** What a pack says of itself. */
function packItem(pack: JsonObject, title: string, creator: string): NodeItem {
  const properties = compact({
    name: title,
    description: textOf(pack.description),
    stixType: 'x-graphsense-pack',
    customProperties: without(pack, ['title', 'description', 'tags', 'actors']),
  });
  return implied({
    kind: 'node',
    value: { id: nodeId('Thing', 'graphsense-pack', creator, title), type: 'Thing', properties },
  });
}

function tagItems(given: Json, defaults: JsonObject, pack: string): ReadItem[] {
  const tag: JsonObject = isObject(given) ? { ...defaults, ...given } : {};
  const subject = subjectOf(tag);
  if (subject === undefined)
    return [rejected('a tag needs an address or the hash of a transaction (tx_hash)')];
  const label = textOf(tag.label);
  const holder = holderOf(tag, label);
  if (holder === undefined) return [rejected(`the tag of ${subject.value.properties.name} needs a label`)];
  const confidence = CONFIDENCE.get(textOf(tag.confidence) ?? '');
  const isWallet = subject.value.type === 'FinancialChannel';
  const link = linkItem(
    isWallet ? 'HELD_BY' : 'RELATED_TO',
    subject,
    holder,
    {
      stixType: isWallet ? 'held-by' : 'tagged-as',
      description: label,
      modified: timeTextOf(tag.lastmod),
      externalReferences: textsOf(tag.source).map((source) => ({ source_name: source })),
      customProperties: without(tag, [isWallet ? 'address' : 'tx_hash', 'label', 'lastmod', 'source']),
    },
    {
      discriminators: [
        pack,
        label ?? '',
        textOf(tag.currency) ?? '',
        textOf(tag.source) ?? '',
        ...(textOf(tag.network) === undefined ? [] : [textOf(tag.network) as string]),
      ],
      evidence: {
        originKey: textOf(tag.source) ?? pack,
        ...(confidence === undefined ? {} : { confidence }),
      },
    },
  );
  return [implied(subject), ...(typeof holder === 'string' ? [] : [holder]), link];
}

function actorItems(given: Json, defaults: JsonObject, creator: string): ReadItem[] {
  const actor: JsonObject = isObject(given) ? { ...defaults, ...given } : {};
  const key = textOf(actor.id);
  if (key === undefined) return [rejected('an actor needs an id')];
  const node: NodeItem = {
    kind: 'node',
    value: {
      id: actorId(key),
      type: 'Organization',
      properties: compact({
        name: textOf(actor.label) ?? key,
        aliases: textsOf(actor.aliases),
        sourceIds: [key],
        organizationRoles: ['PROVIDER'],
        externalReferences: textsOf(actor.uri).map((url) => ({ source_name: 'website', url })),
        customProperties: without(actor, ['id', 'label', 'aliases', 'uri', 'jurisdictions']),
      }),
    },
    evidence: { originKey: creator },
  };
  const places = textsOf(actor.jurisdictions).flatMap((code) => {
    const place = jurisdictionItem(code);
    return [implied(place), linkItem('UNDER_JURISDICTION', node, place, { stixType: 'located-at' })];
  });
  return [node, ...places];
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const pack = await readYaml(content);
  if (!isObject(pack) || !(Array.isArray(pack.tags) || Array.isArray(pack.actors))) {
    throw unexpected(content, 'graphsense', 'it has neither tags nor actors');
  }
  const creator = textOf(pack.creator) ?? 'GraphSense';
  const title = textOf(pack.title) ?? content.name;
  const defaults = without(pack, HEADER) ?? {};
  yield [packItem(pack, title, creator)];
  for (const tag of listOf(pack.tags)) yield tagItems(tag, defaults, title);
  for (const actor of listOf(pack.actors)) yield actorItems(actor, defaults, creator);
}

export const tagpackReader: FormatReader = { format: 'graphsense', read };
