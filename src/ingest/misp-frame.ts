/** What all parts of a MISP event have: an id, times, tags, and whom they are for. */
import type { Json } from '../model/values';
import { compact, isObject, type JsonObject, objectsOf, textOf } from './json-document';
import type { TagMeaning } from './misp-tags';
import type { Evidence, ReadItem } from './reader';

export const idOf = (kind: string, uuid: string): string => `x-misp-${kind}--${uuid.toLowerCase()}`;

export const rejected = (what: string): ReadItem => ({
  kind: 'rejected',
  id: '',
  code: 'MISSING_ID',
  message: `${what} needs a uuid`,
});

/** Seconds since 1970, as MISP writes them, as a time. */
export function timestampOf(value: Json | undefined): string | undefined {
  const seconds = Number(textOf(value));
  return Number.isFinite(seconds) && seconds > 0 && seconds < 1e11
    ? new Date(seconds * 1000).toISOString()
    : undefined;
}

/** Names of the tags; in lists of events each stands inside its tie to the event. */
export const tagsOf = (object: JsonObject): readonly string[] => [
  ...new Set(
    [
      ...objectsOf(object.Tag),
      ...objectsOf(object.EventTag).flatMap(({ Tag }) => (isObject(Tag) ? [Tag] : [])),
    ].flatMap((tag) => textOf(tag.name) ?? []),
  ),
];

/** Deleted at its source, where the deletion itself is published: as a revoked object, kept and not active. */
export const isDeleted = ({ deleted }: JsonObject): true | undefined =>
  deleted === true || deleted === 1 || deleted === '1' || deleted === 'true' ? true : undefined;

/** What tags say of the word of their author. */
export const evidenceOf = ({ confidence, credibility }: TagMeaning): Evidence =>
  compact({ confidence, credibility });

/**
 * Who something is for: the organisation alone, or a sharing group; nobody in particular where it goes further, and the event
 * decides where it says so.
 */
export function sharedWithOf(object: JsonObject, around: readonly string[] = []): readonly string[] {
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
