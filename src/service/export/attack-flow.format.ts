/**
 * Attack Flow 2 (https://center-for-threat-informed-defense.github.io/attack-flow/language/): what an operation depends on,
 * as a flow towards the operation. Components are actions, requirements are operators, and a requirement that nobody is known
 * to meet is a condition. What stands at the tail of an arrow works before what stands at its head can.
 */
import { randomUUID } from 'node:crypto';
import { edgeCell, type Projection, vertexCell, vertexOf } from '../../analysis';
import { uuidV5 } from '../../model/identity';
import { findRelationshipType } from '../../model/ontology/ontology';
import type { StixObject } from '../../model/stix-extension';
import type { Json } from '../../model/values';
import { TYPE_COLUMN } from '../projection.service';
import type { ExportFormat, ExportGraph } from './export-entry';
import { isDependency } from './export-selection';
import { explanationsOf, StixMapper } from './stix.format';

export const ATTACK_FLOW_EXTENSION = 'extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4';
const ATTACK_FLOW_AUTHOR = 'identity--fb9c968a-745b-4ade-9b25-c324172197f4';
const EXTENSION_AT = '2022-08-02T19:34:35.143Z';

const EXTENSION: readonly StixObject[] = [
  {
    type: 'identity',
    spec_version: '2.1',
    id: ATTACK_FLOW_AUTHOR,
    created: EXTENSION_AT,
    modified: EXTENSION_AT,
    name: 'MITRE Center for Threat-Informed Defense',
    identity_class: 'organization',
  },
  {
    type: 'extension-definition',
    spec_version: '2.1',
    id: ATTACK_FLOW_EXTENSION,
    created_by_ref: ATTACK_FLOW_AUTHOR,
    created: EXTENSION_AT,
    modified: EXTENSION_AT,
    name: 'Attack Flow',
    description: 'Extends STIX 2.1 with features to create Attack Flows.',
    schema:
      'https://center-for-threat-informed-defense.github.io/attack-flow/stix/attack-flow-schema-2.0.0.json',
    version: '2.0.0',
    extension_types: ['new-sdo'],
  },
];

/** One object of the flow, with what it leads to. */
interface Step {
  readonly type: 'attack-action' | 'attack-condition' | 'attack-operator';
  readonly id: string;
  readonly properties: Readonly<Record<string, Json>>;
  /** Component that an action stands for. */
  readonly component?: string;
  readonly effects: Set<string>;
  hasCause: boolean;
}

/** Sets of suppliers that a requirement of some of many is written out as; more than that are one OR. */
const MAX_SUBSETS = 24;

const stepId = (type: Step['type'], key: string): string => `${type}--${uuidV5(`attack-flow\u0000${key}`)}`;

class FlowBuilder {
  readonly steps = new Map<string, Step>();
  private readonly stepOf = new Map<number, Step>();
  private readonly inputOf = new Map<number, Step | undefined>();
  private readonly isSelected: ReadonlySet<number>;

  constructor(
    private readonly projection: Projection,
    vertices: Uint32Array,
    operation: number,
  ) {
    this.isSelected = new Set(vertices);
    for (const vertex of vertices) if (vertex !== operation) this.stepOf.set(vertex, this.declare(vertex));
    for (const vertex of vertices) this.connect(vertex);
  }

  private declare(vertex: number): Step {
    const id = this.projection.vertices.ids[vertex];
    const type = this.text(TYPE_COLUMN, vertex);
    const name = this.text('name', vertex) ?? id;
    if (type === 'Requirement') return this.requirement(vertex, id);
    const technique = type === 'Technique' ? this.text('externalId', vertex) : null;
    return this.add('attack-action', id, {
      properties: {
        name,
        description: `${type} ${id}`,
        ...(technique === null ? {} : { technique_id: technique }),
        ...(type === 'Technique' && id.startsWith('attack-pattern--') ? { technique_ref: id } : {}),
      },
      component: id,
    });
  }

  private requirement(vertex: number, id: string): Step {
    const need = this.text('need', vertex) ?? this.text('name', vertex) ?? id;
    if (this.dependencies(vertex).length === 0) {
      return this.add('attack-condition', id, { properties: { description: `${need} is at hand` } });
    }
    const operator = this.text('mode', vertex) === 'ALL' ? 'AND' : 'OR';
    return this.add('attack-operator', id, { properties: { operator } });
  }

  private add(type: Step['type'], key: string, rest: Pick<Step, 'properties' | 'component'>): Step {
    const step: Step = { type, id: stepId(type, key), ...rest, effects: new Set(), hasCause: false };
    this.steps.set(step.id, step);
    return step;
  }

  private connect(vertex: number): void {
    const input = this.input(vertex);
    if (!input) return;
    const edges = this.dependencies(vertex);
    const causes = (some: readonly number[]) =>
      some.map((edge) => this.stepOf.get(this.projection.to[edge])!);
    if (this.text(TYPE_COLUMN, vertex) === 'Requirement') this.supply(vertex, causes(edges), input);
    else {
      const id = this.projection.vertices.ids[vertex];
      const providers = causes(edges.filter((edge) => this.isProvider(edge)));
      for (const cause of causes(edges.filter((edge) => !this.isProvider(edge)))) lead(cause, input);
      this.any(`${id} providers`, providers, input);
    }
  }

  /** Suppliers of a requirement: each of them, any of them, or every set of so many. */
  private supply(vertex: number, suppliers: readonly Step[], input: Step): void {
    const wanted = this.text('mode', vertex) === 'AT_LEAST' ? Number(this.cell('atLeast', vertex) ?? 1) : 1;
    const sets = wanted > 1 ? subsets(suppliers, Math.min(wanted, suppliers.length), MAX_SUBSETS) : undefined;
    if (!sets) {
      for (const supplier of suppliers) lead(supplier, input);
      return;
    }
    sets.forEach((set, index) => {
      const key = `${this.projection.vertices.ids[vertex]} set ${index}`;
      const all = this.add('attack-operator', key, { properties: { operator: 'AND' } });
      for (const supplier of set) lead(supplier, all);
      lead(all, input);
    });
  }

  private any(key: string, causes: readonly Step[], input: Step): void {
    if (causes.length < 2) {
      for (const cause of causes) lead(cause, input);
      return;
    }
    const operator = this.add('attack-operator', key, { properties: { operator: 'OR' } });
    for (const cause of causes) lead(cause, operator);
    lead(operator, input);
  }

  /** Where arrows to a vertex end: at itself, or at an AND before it where it needs several things at once. */
  private input(vertex: number): Step | undefined {
    const step = this.stepOf.get(vertex);
    if (step?.type === 'attack-operator') return step;
    const edges = this.dependencies(vertex);
    const providers = edges.filter((edge) => this.isProvider(edge)).length;
    const causes = edges.length - providers + Math.min(providers, 1);
    if (causes < 2 && step) return step;
    if (causes === 0 || this.inputOf.has(vertex)) return this.inputOf.get(vertex);
    const key = `${this.projection.vertices.ids[vertex]} all`;
    const input = this.add('attack-operator', key, { properties: { operator: 'AND' } });
    if (step) lead(input, step);
    this.inputOf.set(vertex, input);
    return input;
  }

  private dependencies(vertex: number): readonly number[] {
    const { offsets, edges } = this.projection.out;
    return Array.from(edges.subarray(offsets[vertex], offsets[vertex + 1])).filter(
      (edge) => this.isSelected.has(this.projection.to[edge]) && isDependency(this.projection, edge),
    );
  }

  private isProvider(edge: number): boolean {
    const type = String(edgeCell(this.projection, TYPE_COLUMN, edge));
    return findRelationshipType(type)?.dependency === 'provider';
  }

  private cell(column: string, vertex: number) {
    return vertexCell(this.projection, column, vertex);
  }

  private text(column: string, vertex: number): string | null {
    return this.cell(column, vertex) as string | null;
  }
}

function lead(from: Step, to: Step): void {
  from.effects.add(to.id);
  to.hasCause = true;
}

/** Every set of `size` of some items; undefined when there are more than `most`. */
function subsets<T>(items: readonly T[], size: number, most: number): readonly (readonly T[])[] | undefined {
  let count = 1;
  for (let k = 1; k <= size; k++) count = (count * (items.length - size + k)) / k;
  if (count > most) return undefined;
  const from = (start: number, left: number): (readonly T[])[] => {
    if (left === 0) return [[]];
    const sets: (readonly T[])[] = [];
    for (let at = start; at <= items.length - left; at++) {
      for (const rest of from(at + 1, left - 1)) sets.push([items[at], ...rest]);
    }
    return sets;
  };
  return from(0, size);
}

function objectOf(step: Step, at: string): StixObject {
  const refs = [...step.effects].sort();
  const name = step.type === 'attack-condition' ? 'on_true_refs' : 'effect_refs';
  return {
    type: step.type,
    spec_version: '2.1',
    id: step.id,
    created: at,
    modified: at,
    ...step.properties,
    ...(refs.length > 0 ? { [name]: refs } : {}),
    extensions: { [ATTACK_FLOW_EXTENSION]: { extension_type: 'new-sdo' } },
  };
}

function flowOf(name: string, key: string, steps: readonly Step[], at: string): StixObject {
  const starts = steps.filter((step) => !step.hasCause && step.type !== 'attack-operator');
  return {
    type: 'attack-flow',
    spec_version: '2.1',
    id: `attack-flow--${uuidV5(`attack-flow\u0000${key}`)}`,
    created: at,
    modified: at,
    name,
    scope: 'other',
    start_refs: (starts.length > 0 ? starts : steps).map((step) => step.id).sort(),
    extensions: { [ATTACK_FLOW_EXTENSION]: { extension_type: 'new-sdo' } },
  };
}

async function* write(graph: ExportGraph): AsyncIterable<string> {
  const { projection, selection, recorded, operation } = graph;
  const id = operation ?? '';
  const vertex = vertexOf(projection, id);
  const builder = new FlowBuilder(projection, selection.vertices, vertex);
  const steps = [...builder.steps.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const time = recorded.lastOf(id);
  const at = new Date(Math.floor(time / 1000)).toISOString();
  const name = String(vertexCell(projection, 'name', vertex) ?? id);
  yield `{"type":"bundle","id":"bundle--${randomUUID()}","objects":[\n`;
  yield [...EXTENSION, flowOf(name, id, steps, at), ...steps.map((step) => objectOf(step, at))]
    .map((object) => JSON.stringify(object))
    .join(',\n');
  yield* components(graph, steps, at);
  yield '\n]}\n';
}

/** The components behind the actions, and what ties them: a reader of the flow then knows what each action is done with. */
async function* components(graph: ExportGraph, steps: readonly Step[], at: string): AsyncIterable<string> {
  const mapper = new StixMapper(graph);
  const stepOf = new Map(
    steps.flatMap((step) => (step.component === undefined ? [] : [[step.component, step]])),
  );
  const written = new Set<string>();
  for await (const entries of graph.entries()) {
    let text = '';
    const write = (object: StixObject): void => {
      if (written.has(object.id as string)) return;
      written.add(object.id as string);
      text += `,\n${JSON.stringify(object)}`;
    };
    for (const entry of entries) {
      const step = stepOf.get(entry.value.id);
      const object = step && mapper.objectOf({ ...entry, claims: [] });
      if (!step || !object) continue;
      for (const explanation of explanationsOf(object)) write(explanation);
      write(object);
      write(tie(step, object, at));
    }
    if (text !== '') yield text;
  }
}

const tie = (step: Step, component: StixObject, at: string): StixObject => ({
  type: 'relationship',
  spec_version: '2.1',
  id: `relationship--${uuidV5(`attack-flow\u0000${step.id}\u0000${component.id}`)}`,
  created: at,
  modified: at,
  relationship_type: 'related-to',
  source_ref: step.id,
  target_ref: component.id,
});

export const attackFlowFormat: ExportFormat = {
  name: 'attack-flow',
  mediaType: 'application/stix+json;version=2.1',
  ending: 'json',
  write,
};
