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
  const texts = (name: string, member: string): readonly string[] =>
    objectsOf(list[name]).flatMap((each) => textOf(each[member]) ?? []);
  return {
    ...list,
    list: texts('WarninglistEntry', 'value'),
    matching_attributes: texts('WarninglistType', 'type'),
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

type FaultOf = (entry: string) => Fault | undefined;

/** What is wrong with entries that are regular expressions: they are kept, and match nothing. */
function patternFaults(entries: readonly Json[], name: string): FaultOf {
  const { unmatched } = listPatterns(entries.flatMap((each) => textOf(each) ?? []));
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
  const value = textOf(each);
  if (value === undefined) {
    return [{ kind: 'rejected', id: '', code: 'MISSING_ID', message: 'an entry is empty' }];
  }
  const entry: NodeItem = {
    kind: 'node',
    value: {
      id: nodeId('Thing', 'misp-warninglist', name, value),
      type: 'Thing',
      properties: { name: value, stixType: 'x-misp-warninglist-entry' },
    },
  };
  const fault = faultOf(value);
  const item = fault ? { ...entry, faults: [fault] } : entry;
  return [item, implied(linkItem('RELATED_TO', entry, list, { stixType: 'listed-on' }))];
}

export const mispWarninglistReader: FormatReader = { format: 'misp-warninglist', read };
