/** STIX 2.1 bundles. What explains an object (markings, reports, extensions) comes before the first that refers to it. */
import { randomUUID } from 'node:crypto';
import { edgeOf, vertexCell, vertexOf } from '../../analysis';
import { EXTENSION_AUTHOR, EXTENSION_OBJECTS, type StixObject } from '../../model/stix-extension';
import type { ClaimValue, NodeValue, RelationshipValue } from '../../model/values';
import type { ExportEntry, ExportFormat, ExportGraph } from './export-entry';
import { type EndNode, stixNode, stixRelationship, type WrittenAt } from './stix-object';

const NEVER: WrittenAt = { first: '1970-01-01T00:00:00.000Z', last: '1970-01-01T00:00:00.000Z' };

/** Turns entries of a graph into STIX objects. */
export class StixMapper {
  constructor(private readonly graph: Pick<ExportGraph, 'projection' | 'recorded'>) {}

  /** The object of an entry; none for a node that nobody has described. */
  objectOf(entry: ExportEntry): StixObject | undefined {
    const at = this.writtenAt(entry.value.id);
    if (entry.kind === 'relationship') return this.relationship(entry.value, at, entry.claims);
    return entry.isStub ? undefined : this.node(entry.value, at, entry.claims);
  }

  /** A node as it was at some time. */
  nodeThen(value: NodeValue, first: number, last: number): StixObject {
    return this.node(value, between(first, last), []);
  }

  /** A relationship as it was at some time. */
  relationshipThen(value: RelationshipValue, first: number, last: number): StixObject {
    return this.relationship(value, between(first, last), []);
  }

  private node(value: NodeValue, at: WrittenAt, claims: readonly ClaimValue[]): StixObject {
    const { projection } = this.graph;
    return stixNode(value, at, claims, (id) => edgeOf(projection, id) >= 0);
  }

  private relationship(value: RelationshipValue, at: WrittenAt, claims: readonly ClaimValue[]): StixObject {
    return stixRelationship(value, { from: this.endOf(value.from), to: this.endOf(value.to) }, at, claims);
  }

  private writtenAt(id: string): WrittenAt {
    const times = this.graph.recorded.of(id);
    return times.length === 0 ? NEVER : between(times[0], times[times.length - 1]);
  }

  private endOf(id: string): EndNode {
    const { projection } = this.graph;
    const vertex = vertexOf(projection, id);
    const cell = (column: string) => vertexCell(projection, column, vertex);
    const stixType = cell('stixType');
    return {
      id,
      type: String(cell('type')),
      isStub: cell('stub') === true,
      ...(stixType === null ? {} : { stixType: String(stixType) }),
    };
  }
}

/** Times in microseconds as RFC 3339. */
function between(first: number, last: number): WrittenAt {
  const textOf = (microseconds: number) => new Date(Math.floor(microseconds / 1000)).toISOString();
  return { first: textOf(first), last: textOf(last) };
}

/** Objects that explain extensions an object uses. */
export function explanationsOf(object: StixObject): readonly StixObject[] {
  const used = Object.keys((object.extensions ?? {}) as object).filter((id) => EXTENSION_OBJECTS.has(id));
  const refersToAuthor = ['object_refs', 'sighting_of_ref'].some((name) =>
    [object[name]].flat().includes(EXTENSION_AUTHOR),
  );
  if (used.length === 0 && !refersToAuthor) return [];
  return [EXTENSION_AUTHOR, ...used].map((id) => EXTENSION_OBJECTS.get(id)!);
}

class BundleWriter {
  /** Ids of nodes; relationships come but once, and one may have the id of a stub that something refers to. */
  private readonly written = new Set<string>();
  private readonly mapper: StixMapper;

  constructor(private readonly graph: ExportGraph) {
    this.mapper = new StixMapper(graph);
  }

  /** The objects of some entries that are not there yet, after what explains them. */
  async *objects(entries: readonly ExportEntry[]): AsyncIterable<StixObject> {
    const fresh = entries.filter(({ kind, value }) => kind === 'relationship' || !this.written.has(value.id));
    for (const { kind, value } of fresh) if (kind === 'node') this.written.add(value.id);
    yield* this.explained(await this.context(fresh));
    yield* this.explained(fresh);
  }

  private *explained(entries: readonly ExportEntry[]): Iterable<StixObject> {
    for (const entry of entries) {
      const object = this.mapper.objectOf(entry);
      if (!object) continue;
      for (const explanation of explanationsOf(object)) {
        const id = explanation.id as string;
        if (this.written.has(id)) continue;
        this.written.add(id);
        yield explanation;
      }
      yield object;
    }
  }

  /** Definitions of the markings on some entries, and the reports that claim them, as far as they are on record. */
  private async context(entries: readonly ExportEntry[]): Promise<readonly ExportEntry[]> {
    const ids = new Set<string>();
    for (const { value, claims } of entries) {
      for (const id of (value.properties.markings ?? []) as readonly string[]) ids.add(id);
      for (const claim of claims) ids.add(claim.reportId);
    }
    const missing = [...ids].filter((id) => !this.written.has(id));
    const found = missing.length > 0 ? await this.graph.find(missing) : [];
    for (const id of missing) this.written.add(id);
    return found;
  }
}

async function* write(graph: ExportGraph): AsyncIterable<string> {
  const writer = new BundleWriter(graph);
  yield `{"type":"bundle","id":"bundle--${randomUUID()}","objects":[`;
  let separator = '\n';
  for await (const entries of graph.entries()) {
    let text = '';
    for await (const object of writer.objects(entries)) {
      text += separator + JSON.stringify(object);
      separator = ',\n';
    }
    if (text !== '') yield text;
  }
  yield '\n]}\n';
}

export const stixFormat: ExportFormat = {
  name: 'stix',
  mediaType: 'application/stix+json;version=2.1',
  ending: 'json',
  write,
};
