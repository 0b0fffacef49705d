/**
 * The dependency policy for sources that only say "group G uses malware M and technique T" (ATT&CK, MISP).
 *
 * One standing operation per group without operations of its own, marked inferred, of severity 1. Its campaigns are evidence
 * for what the group uses and never extra weight. The group uses a technique that it is said to use, or that software of
 * its implements. The operation needs each tactic in which it uses a technique; a tactic is satisfied by any technique it uses there;
 * a technique by any software of the group that implements it, or by hand if and only if the group is said to use it and
 * none of its software implements it. All these requirements are PARTIAL.
 */
import { compareIds, vertexCell } from '../../analysis';
import { nodeId } from '../../model/identity';
import type { EcosystemBuilder } from './ecosystem';

const SOFTWARE = new Set(['Malware', 'Tool']);

interface GroupUse {
  /** Facts by which the group is said to use a technique. */
  readonly techniques: Map<number, number[]>;
  /** Facts by which the group is said to use a piece of software. */
  readonly software: Map<number, number[]>;
}

const note = (facts: Map<number, number[]>, vertex: number, edges: readonly number[]): void => {
  facts.set(vertex, [...(facts.get(vertex) ?? []), ...edges]);
};

/** Adds the standing operation of every group that has none on record. */
export function addStandingOperations(builder: EcosystemBuilder): void {
  const tacticsOf = tacticReader(builder);
  for (const type of ['IntrusionSet', 'ThreatActor']) {
    for (const group of builder.verticesOf(type)) {
      const attributed = builder
        .recorded(group, 'in', 'ATTRIBUTED_TO')
        .filter((edge) => isOperation(builder, edge));
      if (attributed.some((edge) => hasNeeds(builder, builder.projection.from[edge]))) continue;
      const use = usesOf(builder, group, attributed);
      if (use.software.size + use.techniques.size > 0) addStandingOperation(builder, group, use, tacticsOf);
    }
  }
}

const isOperation = (builder: EcosystemBuilder, edge: number): boolean =>
  builder.typeOf(builder.projection.from[edge]) === 'Operation';

const hasNeeds = (builder: EcosystemBuilder, vertex: number): boolean =>
  builder.edges(vertex, 'out', 'NEEDS').length > 0;

/** What a group uses, by its own word and by its campaigns. */
function usesOf(builder: EcosystemBuilder, group: number, campaigns: readonly number[]): GroupUse {
  const use: GroupUse = { techniques: new Map(), software: new Map() };
  const collect = (user: number, because: readonly number[]): void => {
    for (const edge of builder.recorded(user, 'out', 'USES_TECHNIQUE')) {
      note(use.techniques, builder.projection.to[edge], [edge, ...because]);
    }
    for (const edge of builder.recorded(user, 'out', 'USES')) {
      const target = builder.projection.to[edge];
      if (SOFTWARE.has(builder.typeOf(target))) note(use.software, target, [edge, ...because]);
    }
  };
  collect(group, []);
  for (const edge of campaigns) collect(builder.projection.from[edge], [edge]);
  return use;
}

function addStandingOperation(
  builder: EcosystemBuilder,
  group: number,
  use: GroupUse,
  tacticsOf: (technique: number) => readonly string[],
): void {
  const { graph, projection } = builder;
  const groupId = projection.vertices.ids[group];
  const implementers = implementersOf(builder, use);
  const byTactic = new Map<string, Set<number>>();
  for (const technique of new Set([...use.techniques.keys(), ...implementers.keys()])) {
    for (const tactic of tacticsOf(technique)) {
      const techniques = byTactic.get(tactic) ?? new Set<number>();
      byTactic.set(tactic, techniques.add(technique));
    }
  }
  const id = nodeId('Operation', 'standing', groupId);
  const operation = graph.add('operation', id, 'any');
  const techniqueNodes = new Map<number, number>();
  const needs: { node: number; criticality: number }[] = [];
  for (const tactic of [...byTactic.keys()].sort(compareIds)) {
    const techniques = [...(byTactic.get(tactic) as Set<number>)].sort((a, b) => a - b);
    if (techniques.some((technique) => !implementers.has(technique))) continue;
    const node = graph.add('tactic', `${id} ${tactic}`, builder.marketReplaces(tactic) ? 'never' : 'all');
    graph.connect(operation, node, []);
    for (const technique of techniques) {
      const known = techniqueNodes.get(technique);
      const child = known ?? addTechnique(builder, technique, implementers.get(technique) ?? new Map());
      techniqueNodes.set(technique, child);
      graph.connect(node, child, use.techniques.get(technique) ?? []);
    }
    needs.push({ node, criticality: 1 });
  }
  const name = `Standing operation of ${builder.nameOf(group)}`;
  builder.operations.push({ id, name, severity: 1, isInferred: true, node: operation, needs });
}

/** Software of a group by the technique it implements, with the facts that say so. */
function implementersOf(builder: EcosystemBuilder, use: GroupUse): Map<number, Map<number, number[]>> {
  const implementers = new Map<number, Map<number, number[]>>();
  for (const [software, facts] of use.software) {
    for (const edge of builder.edges(software, 'out', 'USES_TECHNIQUE')) {
      const technique = builder.projection.to[edge];
      const bySoftware = implementers.get(technique) ?? new Map<number, number[]>();
      bySoftware.set(software, [...facts, edge]);
      implementers.set(technique, bySoftware);
    }
  }
  return implementers;
}

/** A technique fails when all software that implements it does. */
function addTechnique(
  builder: EcosystemBuilder,
  technique: number,
  implementers: ReadonlyMap<number, readonly number[]>,
): number {
  const node = builder.graph.add('technique', builder.projection.vertices.ids[technique], 'all');
  for (const [software, facts] of implementers) builder.graph.connect(node, builder.nodeOf(software), facts);
  return node;
}

/** Tactics of a technique: by its kill chain phases and by IN_TACTIC. */
function tacticReader(builder: EcosystemBuilder): (technique: number) => readonly string[] {
  const parsed = new Map<string, readonly string[]>();
  return (technique) => {
    const text = vertexCell(builder.projection, 'killChainPhases', technique) as string | null;
    const listed = builder
      .edges(technique, 'out', 'IN_TACTIC')
      .map((edge) => builder.projection.vertices.ids[builder.projection.to[edge]]);
    if (text === null) return listed;
    let phases = parsed.get(text);
    if (phases === undefined) {
      phases = phasesOf(text);
      parsed.set(text, phases);
    }
    return [...phases, ...listed];
  };
}

function phasesOf(text: string): string[] {
  const phases: unknown = JSON.parse(text);
  if (!Array.isArray(phases)) return [];
  return phases
    .map((phase) => phase as { kill_chain_name?: unknown; phase_name?: unknown } | null)
    .filter((phase) => typeof phase?.phase_name === 'string')
    .map((phase) => `${phase?.kill_chain_name}/${phase?.phase_name}`);
}
