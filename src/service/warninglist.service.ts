/**
 * Applies warninglists: which lists an address, the pattern of an indicator or another observed value is on. It is found when it is asked, from the
 * lists on record, so a list applies to what came before it too.
 */

import { edgeCell, type Projection, vertexCell } from '../analysis';
import { isObject } from '../ingest/json-document';
import type { Json, Properties } from '../model/values';
import type { StoreEngine } from '../store/engine';
import { findNodes } from '../store/node.store';
import { type LookedFor, type Warning, WarninglistIndex } from './warninglist-index';

export type { Warning } from './warninglist-index';

const LIST = 'x-misp-warninglist';
const NO_LISTS = new WarninglistIndex([]);

export class WarninglistService {
  private readonly indexes = new WeakMap<Projection, Promise<WarninglistIndex>>();

  constructor(private readonly engine: StoreEngine) {}

  /** The lists of a state of the graph, ready to be asked. */
  indexOf(projection: Projection): Promise<WarninglistIndex> {
    let index = this.indexes.get(projection);
    if (!index) {
      index = this.read(projection);
      this.indexes.set(projection, index);
    }
    return index;
  }

  private async read(projection: Projection): Promise<WarninglistIndex> {
    const entries = entriesByList(projection);
    if (entries.size === 0) return NO_LISTS;
    const { ids } = projection.vertices;
    const lists = await findNodes(
      this.engine,
      [...entries.keys()].map((vertex) => ids[vertex]),
    );
    const named = [...entries].flatMap(([vertex, values]) => {
      const node = lists.get(ids[vertex]);
      return node ? [{ list: listOf(node.properties), entries: values }] : [];
    });
    return new WarninglistIndex(named.sort((a, b) => (a.list.name < b.list.name ? -1 : 1)));
  }
}

function entriesByList(projection: Projection): Map<number, string[]> {
  const entries = new Map<number, string[]>();
  const { offsets, edges } = projection.in;
  projection.vertices.ids.forEach((_, vertex) => {
    if (vertexCell(projection, 'stixType', vertex) !== LIST) return;
    const values = [...edges.subarray(offsets[vertex], offsets[vertex + 1])]
      .filter((edge) => edgeCell(projection, 'stixType', edge) === 'listed-on')
      .map((edge) => vertexCell(projection, 'name', projection.from[edge]));
    entries.set(
      vertex,
      values.filter((value) => typeof value === 'string'),
    );
  });
  return entries;
}

function listOf(properties: Properties) {
  const custom = (properties.customProperties ?? {}) as { readonly [name: string]: Json };
  const text = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
  const attributes = custom.matching_attributes;
  return {
    name: text(properties.name) ?? '',
    description: text(properties.description),
    category: text(custom.category),
    type: text(custom.type) ?? 'string',
    attributes: Array.isArray(attributes) ? attributes.map(String) : [],
  };
}

/**
 * Values in quotes of a STIX pattern, but not parts of a path (`file:hashes.'SHA-256'`). One that never ends takes the rest, so
 * that no character is looked at twice.
 */
const QUOTED = /(\.?)'((?:[^'\\]|\\.)*)(?:'|\\?$)/gs;
/** Values of one node that are looked for. */
const MOST = 100;

/** Observables of STIX that are known by hashes. */
const HASHED: ReadonlySet<string> = new Set(['file', 'artifact', 'x509-certificate']);

/** What is to be looked up of a node: its address, the values of its pattern, or what was observed. */
function valuesOf({ address, pattern, stixType, customProperties }: Properties): readonly LookedFor[] {
  if (typeof address === 'string') return [{ value: address }];
  if (typeof pattern === 'string') {
    const quoted = [...pattern.matchAll(QUOTED)].filter(([, dot]) => dot === '');
    return quoted.slice(0, MOST).map(([, , value]) => ({ value: value.replace(/\\(.)/g, '$1') }));
  }
  if (!isObject(customProperties)) return [];
  const { type, value, hashes } = customProperties;
  if (stixType === 'x-misp-attribute' && typeof type === 'string' && typeof value === 'string')
    return value.split('|', 2).map((part) => ({ value: part, attributes: [type] }));
  const isFile = HASHED.has(String(stixType));
  const observed = isFile && isObject(hashes) ? Object.values(hashes) : [stixType === 'email-addr' && value];
  return observed.flatMap((each) => (typeof each === 'string' ? [{ value: each }] : [])).slice(0, MOST);
}

/** Lists that a node is on, each once. */
export function warningsOf(index: WarninglistIndex, properties: Properties): readonly Warning[] {
  const found = valuesOf(properties).flatMap((each) => index.find(each));
  return [...new Map(found.map((warning) => [warning.list.name, warning])).values()];
}
