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
  readonly effects: Set<string>;
  hasCause: boolean;
}

const stepId = (type: Step['type'], key: string): string => `${type}--${uuidV5(`attack-flow\u0000${key}`)}`;

class FlowBuilder {
  readonly steps = new Map<string, Step>();
  private readonly stepOf = new Map<number, Step>();
  private readonly inputOf = new Map<number, Step>();
  private readonly isSelected: ReadonlySet<number>;

  constructor(
    private readonly projection: Projection,
    vertices: Uint32Array,
  ) {
    this.isSelected = new Set(vertices);
    for (const vertex of vertices) this.stepOf.set(vertex, this.declare(vertex));
    for (const vertex of vertices) this.connect(vertex);
  }

  private declare(vertex: number): Step {
    const id = this.projection.vertices.ids[vertex];
    const type = this.text(TYPE_COLUMN, vertex);
    const name = this.text('name', vertex) ?? id;
    if (type === 'Requirement') return this.requirement(vertex, id);
    const technique = type === 'Technique' ? this.text('externalId', vertex) : null;
    return this.add('attack-action', id, {
      name,
      description: `${type} ${id}`,
      ...(technique === null ? {} : { technique_id: technique }),
      ...(type === 'Technique' && id.startsWith('attack-pattern--') ? { technique_ref: id } : {}),
    });
  }

  private requirement(vertex: number, id: string): Step {
    const need = this.text('need', vertex) ?? this.text('name', vertex) ?? id;
    if (this.dependencies(vertex).length === 0) {
      return this.add('attack-condition', id, { description: `${need} is at hand` });
    }
    return this.add('attack-operator', id, { operator: this.text('mode', vertex) === 'ALL' ? 'AND' : 'OR' });
  }

  private add(type: Step['type'], key: string, properties: Step['properties']): Step {
    const step: Step = { type, id: stepId(type, key), properties, effects: new Set(), hasCause: false };
    this.steps.set(step.id, step);
    return step;
  }

  private connect(vertex: number): void {
    const providers: number[] = [];
    for (const edge of this.dependencies(vertex)) {
      if (this.dependencyBy(edge) === 'provider') providers.push(edge);
      else this.lead(this.stepOf.get(this.projection.to[edge]), this.input(vertex));
    }
    if (providers.length === 0) return;
    const id = this.projection.vertices.ids[vertex];
    const any =
      providers.length > 1 ? this.add('attack-operator', `${id} providers`, { operator: 'OR' }) : undefined;
    for (const edge of providers) {
      this.lead(this.stepOf.get(this.projection.to[edge]), any ?? this.input(vertex));
    }
    if (any) this.lead(any, this.input(vertex));
  }

  /** Where arrows to a vertex end: at itself, or at an AND before it where it needs several things at once. */
  private input(vertex: number): Step {
    const step = this.stepOf.get(vertex)!;
    if (step.type === 'attack-operator') return step;
    const known = this.inputOf.get(vertex);
    if (known) return known;
    const edges = this.dependencies(vertex);
    const providers = edges.filter((edge) => this.dependencyBy(edge) === 'provider').length;
    const causes = edges.length - providers + Math.min(providers, 1);
    let input = step;
    if (causes > 1) {
      input = this.add('attack-operator', `${this.projection.vertices.ids[vertex]} all`, { operator: 'AND' });
      this.lead(input, step);
    }
    this.inputOf.set(vertex, input);
    return input;
  }

  private lead(from: Step | undefined, to: Step): void {
    if (!from) return;
    from.effects.add(to.id);
    to.hasCause = true;
  }

  private dependencies(vertex: number): readonly number[] {
    const { offsets, edges } = this.projection.out;
    return Array.from(edges.subarray(offsets[vertex], offsets[vertex + 1])).filter(
      (edge) => this.isSelected.has(this.projection.to[edge]) && isDependency(this.projection, edge),
    );
  }

  private dependencyBy(edge: number) {
    return findRelationshipType(String(edgeCell(this.projection, TYPE_COLUMN, edge)))?.dependency;
  }

  private text(column: string, vertex: number): string | null {
    return vertexCell(this.projection, column, vertex) as string | null;
  }
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

async function* write({ projection, selection, recorded, operation }: ExportGraph): AsyncIterable<string> {
  const builder = new FlowBuilder(projection, selection.vertices);
  const steps = [...builder.steps.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const id = operation ?? '';
  const time = recorded.get(id)?.last ?? 0;
  const at = new Date(Math.floor(time / 1000)).toISOString();
  const name = String(vertexCell(projection, 'name', vertexOf(projection, id)) ?? id);
  yield `{"type":"bundle","id":"bundle--${randomUUID()}","objects":[\n`;
  yield [...EXTENSION, flowOf(name, id, steps, at), ...steps.map((step) => objectOf(step, at))]
    .map((object) => JSON.stringify(object))
    .join(',\n');
  yield '\n]}\n';
}

export const attackFlowFormat: ExportFormat = {
  name: 'attack-flow',
  mediaType: 'application/stix+json;version=2.1',
  ending: 'json',
  write,
};
