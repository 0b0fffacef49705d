/**
 * Reads MISP warninglists: each entry is a value that many share and that therefore proves little. An entry is kept as a
 * node of the list it is on, so that a match can say which list it is.
 */
import { nodeId } from '../model/identity';
import { listPatterns } from '../model/list-pattern';
import type { Json } from '../model/values';
import {
  compact,
  isObject,
  type JsonObject,
  listOf,
  objectsOf,
  readObject,
  textOf,
  textsOf,
  unexpected,
} from './json-document';
import type { Content, Fault, FormatReader, ReadItem } from './reader';
import { implied, linkItem, type NodeItem } from './shared-nodes';

/** A list as an instance of MISP answers with it, in the form in which lists are published. */
function publishedList(document: JsonObject): JsonObject {
  const { Warninglist: list } = document;
  if (!isObject(list)) return document;
  return {
    ...list,
    list: listOf(list.WarninglistEntry),
    matching_attributes: objectsOf(list.WarninglistType).flatMap(({ type }) => textOf(type) ?? []),
  };
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const document = publishedList(await readObject(content, 'misp-warninglist'));
  const name = textOf(document.name);
  if (name === undefined || !Array.isArray(document.list)) {
    throw unexpected(content, 'misp-warninglist', 'it needs a name and a list');
  }
  const list: NodeItem = {
    kind: 'node',
    value: {
      id: nodeId('Thing', 'misp-warninglist', name),
      type: 'Thing',
      properties: compact({
        name,
        description: textOf(document.description),
        stixType: 'x-misp-warninglist',
        customProperties: compact({
          type: textOf(document.type),
          category: textOf(document.category),
          version: document.version,
          matching_attributes: textsOf(document.matching_attributes),
        }),
      }),
    },
    implied: true,
  };
  const items: ReadItem[] = [list];
  const entries = listOf(document.list);
  const faultOf = document.type === 'regex' ? patternFaults(entries, name) : () => undefined;
  for (const each of entries) items.push(...entryItems(each, name, list, faultOf));
  yield items;
}

/** An entry is a text, or a value with a comment. */
const entryTextOf = (entry: Json): string | undefined => textOf(isObject(entry) ? entry.value : entry);

type FaultOf = (entry: string) => Fault | undefined;

/** What is wrong with entries that are regular expressions: they are kept, and match nothing. */
function patternFaults(entries: readonly Json[], name: string): FaultOf {
  const { unmatched } = listPatterns(entries.flatMap((each) => entryTextOf(each) ?? []));
  return (entry) => {
    const reason = unmatched.get(entry);
    return reason === undefined
      ? undefined
      : {
          code: 'PATTERN_NOT_MATCHED',
          message: `${entry} of ${name} is kept and matches nothing: ${reason}`,
        };
  };
}

function entryItems(each: Json, name: string, list: NodeItem, faultOf: FaultOf): ReadItem[] {
  const value = entryTextOf(each);
  if (value === undefined) {
    return [{ kind: 'rejected', id: '', code: 'MISSING_ID', message: 'an entry has no value' }];
  }
  const entry: NodeItem = {
    kind: 'node',
    value: {
      id: nodeId('Thing', 'misp-warninglist', name, value),
      type: 'Thing',
      properties: compact({
        name: value,
        description: isObject(each) ? textOf(each.comment) : undefined,
        stixType: 'x-misp-warninglist-entry',
      }),
    },
  };
  const fault = faultOf(value);
  const item = fault ? { ...entry, faults: [fault] } : entry;
  return [item, implied(linkItem('RELATED_TO', entry, list, { stixType: 'listed-on' }))];
}

export const mispWarninglistReader: FormatReader = { format: 'misp-warninglist', read };
