/** A MISP event: its attributes, objects with their attributes and references, tags and galaxy clusters. */
import { relationshipId } from '../model/identity';
import { compact, isObject, type JsonObject, objectsOf, textOf, timeTextOf, without } from './json-document';
import { attributeNode, naturalNode, valueTextOf } from './misp-attribute';
import { namedCluster } from './misp-cluster';
import { evidenceOf, idOf, isDeleted, rejected, sharedWithOf, tagsOf, timestampOf } from './misp-frame';
import { meaningOfTags, type TagMeaning } from './misp-tags';
import type { ReadItem } from './reader';
import { implied, linkItem, type NodeItem } from './shared-nodes';
import { straysOf } from './strays';

/** Members that list what an event holds. */
const CONTENTS = ['Attribute', 'Object'];

/** Members of an event that are no property of its own kind. */
const STRUCTURE = ['uuid', 'info', 'date', 'timestamp', 'Tag', 'EventTag', ...CONTENTS];

/** Members of a reference that stand elsewhere in it, or that only the database it comes from can use. */
const REFERENCE = [
  ...['uuid', 'comment', 'relationship_type', 'referenced_uuid', 'referenced_type', 'deleted'],
  ...['id', 'event_id', 'object_id', 'object_uuid', 'referenced_id', 'Object', 'Attribute'],
];

export class MispEvent {
  private readonly items: ReadItem[] = [];
  private readonly report: NodeItem;
  /** What the tags of the event say of all that is in it. */
  private readonly meaning: TagMeaning;
  private readonly sharedWith: readonly string[];
  /** UUIDs of its attributes, those of its objects included: a reference need not say what it leads to. */
  private readonly attributeIds: ReadonlySet<string>;

  constructor(
    private readonly event: JsonObject,
    uuid: string,
  ) {
    const tags = tagsOf(event);
    this.meaning = meaningOfTags(tags);
    this.sharedWith = sharedWithOf(event);
    const attributes = [event, ...objectsOf(event.Object)].flatMap((each) => objectsOf(each.Attribute));
    this.attributeIds = new Set(attributes.flatMap(({ uuid: own }) => textOf(own) ?? []));
    // Manifests and lists of events only name them: that adds to what is known and takes nothing's place.
    const isWhole = CONTENTS.some((name) => name in event);
    this.report = {
      kind: 'node',
      evidence: evidenceOf(this.meaning),
      ...(isWhole ? {} : { isShared: true }),
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
          customProperties: isWhole ? without(event, STRUCTURE) : undefined,
        }),
      },
    };
  }

  /** All of the event. */
  read(): readonly ReadItem[] {
    this.items.push(this.report);
    const extended = textOf(this.event.extends_uuid);
    if (extended !== undefined)
      this.items.push(
        implied(linkItem('RELATED_TO', this.report, idOf('event', extended), { stixType: 'extends' })),
      );
    this.clusters(this.event, this.report);
    for (const attribute of objectsOf(this.event.Attribute)) this.attribute(attribute, this.report);
    for (const object of objectsOf(this.event.Object)) this.object(object, this.report);
    this.items.push(
      ...straysOf(this.event.Attribute, 'an attribute'),
      ...straysOf(this.event.Object, 'an object'),
    );
    return this.items;
  }

  /** One attribute or object of it alone; the event comes along if it is known which one it is. */
  part(kind: 'attribute' | 'object', part: JsonObject, isKnown: boolean): readonly ReadItem[] {
    const holder = isKnown ? this.report : undefined;
    if (holder) this.items.push(implied(holder));
    const own = without(part, ['Event']) ?? {};
    if (kind === 'attribute') this.attribute(own, holder);
    else this.object(own, holder);
    return this.items;
  }

  private attribute(attribute: JsonObject, holder: NodeItem | undefined): void {
    const uuid = textOf(attribute.uuid);
    const value = valueTextOf(attribute.value);
    if (uuid === undefined || value === undefined) {
      this.items.push(rejected('an attribute'));
      return;
    }
    const node = attributeNode(attribute, uuid, value, { ...this.meaning, sharedWith: this.sharedWith });
    this.items.push(node, ...contained(holder, node));
    const natural = naturalNode(attribute, value);
    if (natural)
      this.items.push(
        implied(natural),
        implied(linkItem('RELATED_TO', node, natural, { stixType: 'refers-to' })),
      );
    this.clusters(attribute, node);
  }

  private object(object: JsonObject, holder: NodeItem | undefined): void {
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
          revoked: isDeleted(object),
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
    this.items.push(node, ...contained(holder, node));
    for (const attribute of objectsOf(object.Attribute)) this.attribute(attribute, node);
    for (const reference of objectsOf(object.ObjectReference)) this.reference(reference, node.value.id);
    this.items.push(
      ...straysOf(object.Attribute, 'an attribute'),
      ...straysOf(object.ObjectReference, 'a reference'),
    );
  }

  private reference(reference: JsonObject, from: string): void {
    const target = textOf(reference.referenced_uuid);
    if (target === undefined) {
      this.items.push(rejected('a reference'));
      return;
    }
    const isAttribute = textOf(reference.referenced_type) === '0' || this.attributeIds.has(target);
    const kind = isAttribute ? 'attribute' : 'object';
    const stixType = textOf(reference.relationship_type) ?? 'related-to';
    const to = idOf(kind, target);
    this.items.push({
      kind: 'relationship',
      value: {
        id: relationshipId('misp-reference', from, to, textOf(reference.uuid) ?? stixType),
        type: 'RELATED_TO',
        from,
        to,
        properties: compact({
          stixType,
          description: textOf(reference.comment),
          revoked: isDeleted(reference),
          customProperties: without(reference, REFERENCE),
        }),
      },
    });
  }

  /** Links to the galaxy clusters that something is tagged with. */
  private clusters(tagged: JsonObject, node: NodeItem): void {
    const { confidence = this.meaning.confidence } = meaningOfTags(tagsOf(tagged));
    for (const galaxy of objectsOf(tagged.Galaxy)) {
      for (const cluster of objectsOf(galaxy.GalaxyCluster)) {
        const named = namedCluster(cluster, galaxy);
        if (named === undefined) continue;
        const evidence = confidence === undefined ? undefined : { confidence };
        const link = linkItem('RELATED_TO', node, named, { stixType: 'tagged-with' }, { evidence });
        this.items.push(implied(named), implied(link));
      }
    }
  }
}

const contained = (holder: NodeItem | undefined, node: NodeItem): readonly ReadItem[] =>
  holder ? [implied(linkItem('CONTAINS', holder, node))] : [];
