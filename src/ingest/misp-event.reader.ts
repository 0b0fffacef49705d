/** Reads MISP events in JSON: as feeds, exports and searches give them, whole, by their attributes or objects, or only named. */
import type { Json } from '../model/values';
import { isObject, type JsonObject, jsonPieces, objectsOf, textOf, unexpected } from './json-document';
import { MispEvent } from './misp-event';
import { rejected } from './misp-frame';
import type { Content, FormatReader, ReadItem } from './reader';

const STREAMED: ReadonlySet<string> = new Set(['response']);
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a document is the manifest of a feed: what events there are, by their UUIDs. */
export const isManifestKey = (key: string): boolean => UUID.test(key);

/** What an answer or a list holds, however it is wrapped; undefined where it is nothing of MISP. */
function entriesIn(value: Json): readonly JsonObject[] | undefined {
  if (Array.isArray(value)) {
    const found = (value as readonly Json[]).map(entriesIn);
    return found.every((each) => each !== undefined) ? found.flat() : undefined;
  }
  if (!isObject(value)) return undefined;
  if (value.response !== undefined) return entriesIn(value.response);
  if (isObject(value.Event)) return [value];
  if (Array.isArray(value.Event)) return objectsOf(value.Event).map((Event) => ({ Event }));
  const isEvent = textOf(value.info) !== undefined || (textOf(value.uuid) !== undefined && 'Orgc' in value);
  if (isEvent) return [{ Event: value }];
  for (const name of ['Attribute', 'Object']) {
    const found = value[name];
    if (isObject(found)) return [{ [name]: found }];
    if (Array.isArray(found)) return objectsOf(found).map((each) => ({ [name]: each }));
  }
  const keys = Object.keys(value);
  if (!keys.every(isManifestKey)) return undefined;
  return keys.flatMap((uuid) => objectsOf([value[uuid]]).map((each) => ({ Event: { ...each, uuid } })));
}

function itemsOf({ Event, Attribute, Object: found }: JsonObject): readonly ReadItem[] {
  if (isObject(Event)) {
    const uuid = textOf(Event.uuid);
    return uuid === undefined ? [rejected('an event')] : new MispEvent(Event, uuid).read();
  }
  // What a search finds apart names its event, which is told elsewhere.
  const part = (Attribute ?? found) as JsonObject;
  const around = isObject(part.Event) ? part.Event : {};
  const uuid = textOf(around.uuid) ?? textOf(part.event_uuid);
  const event = new MispEvent(around, uuid ?? '');
  return event.part(Attribute === undefined ? 'object' : 'attribute', part, uuid !== undefined);
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  for await (const pieces of jsonPieces(content, STREAMED)) {
    for (const piece of pieces) {
      if (piece.kind === 'document' && piece.elements > 0) continue;
      const entries = entriesIn(piece.value);
      if (!entries) throw unexpected(content, 'misp-event', 'it holds something that is no Event');
      for (const entry of entries) yield itemsOf(entry);
    }
  }
}

export const mispEventReader: FormatReader = { format: 'misp-event', read };
