/** Reads MISP events in JSON: attributes, objects with their attributes and references, tags and galaxy clusters. */
import { relationshipId } from '../model/identity';
import type { Json } from '../model/values';
import {
  compact,
  isObject,
  type JsonObject,
  objectsOf,
  readDocument,
  textOf,
  timeTextOf,
  unexpected,
  without,
} from './json-document';
import { meaningOfTags, type TagMeaning } from './misp-tags';
import type { Content, Evidence, FormatReader, ReadItem } from './reader';
import { implied, linkItem, type NodeItem, vulnerabilityItem, walletItem } from './shared-nodes';

/** Kinds of infrastructure behind the types of attributes. */
const INFRASTRUCTURE: ReadonlyMap<string, string> = new Map([
  ['ip-src', 'ip-address'],
  ['ip-dst', 'ip-address'],
  ['ip-src|port', 'ip-address'],
  ['ip-dst|port', 'ip-address'],
  ['domain', 'domain-name'],
  ['hostname', 'domain-name'],
  ['hostname|port', 'domain-name'],
  ['domain|ip', 'domain-name'],
  ['url', 'url'],
  ['uri', 'url'],
  ['AS', 'asn'],
]);
const WALLETS: ReadonlySet<string> = new Set(['btc', 'xmr', 'dash']);
const PATTERNS: ReadonlySet<string> = new Set([
  'yara',
  'sigma',
  'snort',
  'pattern-in-file',
  'pattern-in-traffic',
]);

const idOf = (kind: string, uuid: string): string => `x-misp-${kind}--${uuid.toLowerCase()}`;

const rejected = (what: string): ReadItem => ({
  kind: 'rejected',
  id: '',
  code: 'MISSING_ID',
  message: `${what} needs a uuid`,
});

/** Seconds since 1970, as MISP writes them, as a time. */
function timestampOf(value: Json | undefined): string | undefined {
  const seconds = Number(textOf(value));
  return Number.isFinite(seconds) && seconds > 0 && seconds < 1e11
    ? new Date(seconds * 1000).toISOString()
    : undefined;
}

const tagsOf = (object: JsonObject): readonly string[] =>
  objectsOf(object.Tag).flatMap((tag) => textOf(tag.name) ?? []);

/** What tags say of the word of their author. */
const evidenceOf = ({ confidence, credibility }: TagMeaning): Evidence =>
  compact({ confidence, credibility });

/**
 * Who something is for: the organisation alone, or a sharing group; nobody in particular where it goes further, and the event
 * decides where it says so.
 */
function sharedWithOf(object: JsonObject, around: readonly string[] = []): readonly string[] {
  const distribution = textOf(object.distribution);
  const group = isObject(object.SharingGroup) ? object.SharingGroup : {};
  const organisation = isObject(object.Orgc) ? textOf(object.Orgc.name) : undefined;
  if (distribution === '4') {
    const name = textOf(group.name) ?? textOf(group.uuid) ?? textOf(object.sharing_group_id);
    return name === undefined ? around : [name];
  }
  if (distribution === '0') return organisation === undefined ? around : [organisation];
  return distribution === undefined || distribution === '5' ? around : [];
}

class Event {
  private readonly items: ReadItem[] = [];
  private readonly report: NodeItem;
  /** What the tags of the event say of all that is in it. */
  private readonly meaning: TagMeaning;
  private readonly sharedWith: readonly string[];

  constructor(
    private readonly event: JsonObject,
    uuid: string,
  ) {
    const tags = tagsOf(event);
    this.meaning = meaningOfTags(tags);
    this.sharedWith = sharedWithOf(event);
    this.report = {
      kind: 'node',
      evidence: evidenceOf(this.meaning),
      value: {
        id: idOf('event', uuid),
        type: 'Report',
        properties: compact({
          name: textOf(event.info) ?? uuid,
          published: timeTextOf(event.date),
          modified: timestampOf(event.timestamp),
          publisher: isObject(event.Orgc) ? textOf(event.Orgc.name) : undefined,
          labels: tags,
          markings: this.meaning.markings,
          reliability: this.meaning.reliability,
          sharedWith: this.sharedWith,
          stixType: 'x-misp-event',
          customProperties: without(event, [
            'uuid',
            'info',
            'date',
            'timestamp',
            'Tag',
            'Attribute',
            'Object',
            'Galaxy',
          ]),
        }),
      },
    };
  }

  read(): readonly ReadItem[] {
    this.items.push(this.report);
    this.clusters(this.event, this.report);
    for (const attribute of objectsOf(this.event.Attribute)) this.attribute(attribute, this.report);
    for (const object of objectsOf(this.event.Object)) this.object(object);
    return this.items;
  }

  private attribute(attribute: JsonObject, holder: NodeItem): void {
    const uuid = textOf(attribute.uuid);
    const value = textOf(attribute.value);
    if (uuid === undefined || value === undefined) {
      this.items.push(rejected('an attribute'));
      return;
    }
    const node = attributeNode(attribute, uuid, value, { ...this.meaning, sharedWith: this.sharedWith });
    this.items.push(node, implied(linkItem('CONTAINS', holder, node)));
    const natural = naturalNode(attribute, value);
    if (natural)
      this.items.push(
        implied(natural),
        implied(linkItem('RELATED_TO', node, natural, { stixType: 'refers-to' })),
      );
    this.clusters(attribute, node);
  }

  private object(object: JsonObject): void {
    const uuid = textOf(object.uuid);
    if (uuid === undefined) {
      this.items.push(rejected('an object'));
      return;
    }
    const node: NodeItem = {
      kind: 'node',
      evidence: evidenceOf(this.meaning),
      value: {
        id: idOf('object', uuid),
        type: 'Thing',
        properties: compact({
          name: textOf(object.comment) ?? textOf(object.name) ?? uuid,
          description: textOf(object.description),
          modified: timestampOf(object.timestamp),
          markings: this.meaning.markings,
          sharedWith: sharedWithOf(object, this.sharedWith),
          stixType: 'x-misp-object',
          customProperties: without(object, [
            'uuid',
            'timestamp',
            'description',
            'Attribute',
            'ObjectReference',
          ]),
        }),
      },
    };
    this.items.push(node, implied(linkItem('CONTAINS', this.report, node)));
    for (const attribute of objectsOf(object.Attribute)) this.attribute(attribute, node);
    for (const reference of objectsOf(object.ObjectReference)) this.reference(reference, node.value.id);
  }

  private reference(reference: JsonObject, from: string): void {
    const target = textOf(reference.referenced_uuid);
    if (target === undefined) {
      this.items.push(rejected('a reference'));
      return;
    }
    const kind = textOf(reference.referenced_type) === '0' ? 'attribute' : 'object';
    const stixType = textOf(reference.relationship_type) ?? 'related-to';
    const to = idOf(kind, target);
    this.items.push({
      kind: 'relationship',
      value: {
        id: relationshipId('misp-reference', from, to, textOf(reference.uuid) ?? stixType),
        type: 'RELATED_TO',
        from,
        to,
        properties: compact({ stixType, description: textOf(reference.comment) }),
      },
    });
  }

  /** Links to the galaxy clusters that something is tagged with. */
  private clusters(tagged: JsonObject, node: NodeItem): void {
    const { confidence = this.meaning.confidence } = meaningOfTags(tagsOf(tagged));
    for (const galaxy of objectsOf(tagged.Galaxy)) {
      for (const cluster of objectsOf(galaxy.GalaxyCluster)) {
        const uuid = textOf(cluster.uuid);
        if (uuid === undefined) continue;
        const evidence = confidence === undefined ? undefined : { confidence };
        const to = `x-misp-galaxy-cluster--${uuid.toLowerCase()}`;
        this.items.push(implied(linkItem('RELATED_TO', node, to, { stixType: 'tagged-with' }, { evidence })));
      }
    }
  }
}

/** @param around what the tags of its event say: its own tags say more */
function attributeNode(
  attribute: JsonObject,
  uuid: string,
  value: string,
  around: TagMeaning & { readonly sharedWith: readonly string[] },
): NodeItem {
  const type = textOf(attribute.type) ?? '';
  const infrastructureType = INFRASTRUCTURE.get(type);
  const isPattern = PATTERNS.has(type);
  const tags = tagsOf(attribute);
  const own = meaningOfTags(tags);
  return {
    kind: 'node',
    evidence: { ...evidenceOf(around), ...evidenceOf(own) },
    value: {
      id: idOf('attribute', uuid),
      type: infrastructureType ? 'Infrastructure' : isPattern ? 'Indicator' : 'Thing',
      properties: compact({
        name: value.length > 200 ? `${value.slice(0, 199)}…` : value,
        description: textOf(attribute.comment),
        modified: timestampOf(attribute.timestamp),
        infrastructureType,
        address: infrastructureType ? value : undefined,
        pattern: isPattern ? value : undefined,
        patternType: isPattern ? type : undefined,
        labels: tags,
        markings: own.markings.length > 0 ? own.markings : around.markings,
        sharedWith: sharedWithOf(attribute, around.sharedWith),
        stixType: 'x-misp-attribute',
        customProperties: without(attribute, ['uuid', 'timestamp', 'comment', 'Tag', 'Galaxy']),
      }),
    },
  };
}

/** The node that others speak of under the same value: a vulnerability or a wallet. */
function naturalNode(attribute: JsonObject, value: string): NodeItem | undefined {
  const type = textOf(attribute.type) ?? '';
  if (type === 'vulnerability') return vulnerabilityItem(value);
  return WALLETS.has(type) ? walletItem(value) : undefined;
}

/** The events of an export: one, a list of them, or the answer of a search. */
function eventsOf(document: Json): readonly JsonObject[] | undefined {
  const list = isObject(document) && Array.isArray(document.response) ? document.response : document;
  const events = Array.isArray(list)
    ? list
    : isObject(list) && isObject(list.response)
      ? [list.response]
      : [list];
  const found = events.map((each: Json) => (isObject(each) && isObject(each.Event) ? each.Event : undefined));
  return found.every((each) => each !== undefined) ? (found as readonly JsonObject[]) : undefined;
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const events = eventsOf(await readDocument(content));
  if (!events) throw unexpected(content, 'misp-event', 'it holds something that is no Event');
  for (const event of events) {
    const uuid = textOf(event.uuid);
    yield uuid === undefined ? [rejected('an event')] : new Event(event, uuid).read();
  }
}

export const mispEventReader: FormatReader = { format: 'misp-event', read };
