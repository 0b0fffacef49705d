/**
 * What an operation needs by the techniques and software that are recorded of it: each tactic in which it uses a
 * technique; a tactic is satisfied by any technique it uses there; a technique by any software of it that implements it,
 * or by hand if and only if it is said to use the technique and none of its software implements it.
 */
import { compareIds, vertexCell } from '../../analysis';
import type { EcosystemBuilder, EcosystemNeed } from './ecosystem';
import { BY_RULE, type FactWays } from './failure-graph';

const SOFTWARE = new Set(['Malware', 'Tool']);

export interface GroupUse {
  /** Ways in which the group is said to use a technique. */
  readonly techniques: Map<number, FactWays>;
  /** Ways in which the group is said to use a piece of software. */
  readonly software: Map<number, FactWays>;
}

const note = (ways: Map<number, FactWays>, vertex: number, way: readonly number[]): void => {
  ways.set(vertex, [...(ways.get(vertex) ?? []), way]);
};

/** Whose use counts, and the facts by which it does. */
export interface User {
  readonly vertex: number;
  readonly because: readonly number[];
}

/** What users are said to use. */
export function usesOf(builder: EcosystemBuilder, users: readonly User[]): GroupUse {
  const use: GroupUse = { techniques: new Map(), software: new Map() };
  for (const { vertex, because } of users) {
    for (const edge of builder.recorded(vertex, 'out', 'USES_TECHNIQUE')) {
      note(use.techniques, builder.projection.to[edge], [edge, ...because]);
    }
    for (const edge of builder.recorded(vertex, 'out', 'USES')) {
      const target = builder.projection.to[edge];
      if (SOFTWARE.has(builder.typeOf(target))) note(use.software, target, [edge, ...because]);
    }
  }
  return use;
}

/** Adds a node for each tactic that can fail, or for all where facts are in doubt, under the node of the operation. */
export function techniqueNeeds(
  builder: EcosystemBuilder,
  operationId: string,
  operation: number,
  use: GroupUse,
): EcosystemNeed[] {
  const { graph, options } = builder;
  const implementers = implementersOf(builder, use);
  const techniques = new Set([...use.techniques.keys(), ...implementers.keys()]);
  const byTactic = techniquesByTactic(builder, techniques);
  const keepsAll = options.lever !== 'DISRUPT' || options.keepsUnfailing === true;
  const nodes = new Map<number, number>();
  const needs: EcosystemNeed[] = [];
  for (const [tactic, members] of byTactic) {
    if (!keepsAll && members.some((technique) => !implementers.has(technique))) continue;
    const node = graph.add(
      'tactic',
      `${operationId} ${tactic}`,
      builder.marketReplaces(tactic) ? 'never' : 'all',
    );
    graph.connect(operation, node, BY_RULE);
    for (const technique of members) {
      const bySoftware = implementers.get(technique) ?? new Map<number, FactWays>();
      const child = nodes.get(technique) ?? addTechnique(builder, technique, bySoftware);
      nodes.set(technique, child);
      graph.connect(node, child, [
        ...(use.techniques.get(technique) ?? []),
        ...[...bySoftware.values()].flat(),
      ]);
    }
    needs.push({ node, criticality: 1 });
  }
  return needs;
}

/** Techniques of each tactic, both in order. */
function techniquesByTactic(
  builder: EcosystemBuilder,
  techniques: ReadonlySet<number>,
): [string, number[]][] {
  const byTactic = new Map<string, Set<number>>();
  for (const technique of techniques) {
    for (const tactic of tacticsOf(builder, technique)) {
      byTactic.set(tactic, (byTactic.get(tactic) ?? new Set<number>()).add(technique));
    }
  }
  return [...byTactic]
    .sort(([a], [b]) => compareIds(a, b))
    .map(([tactic, members]) => [tactic, [...members].sort((a, b) => a - b)]);
}

/** Software that implements each technique, with the ways in which that is stated. */
function implementersOf(builder: EcosystemBuilder, use: GroupUse): Map<number, Map<number, FactWays>> {
  const implementers = new Map<number, Map<number, FactWays>>();
  for (const [software, ways] of use.software) {
    for (const edge of builder.edges(software, 'out', 'USES_TECHNIQUE')) {
      const technique = builder.projection.to[edge];
      const bySoftware = implementers.get(technique) ?? new Map<number, FactWays>();
      bySoftware.set(software, [...(bySoftware.get(software) ?? []), ...ways.map((way) => [...way, edge])]);
      implementers.set(technique, bySoftware);
    }
  }
  return implementers;
}

/** A technique fails when all software that implements it does or, under DEFEND, when it is stopped itself. */
function addTechnique(
  builder: EcosystemBuilder,
  technique: number,
  implementers: ReadonlyMap<number, FactWays>,
): number {
  const { graph, options, projection } = builder;
  const id = projection.vertices.ids[technique];
  const supply = graph.add(options.lever === 'DISRUPT' ? 'technique' : 'supply', id, 'all');
  for (const [software, ways] of implementers) graph.connect(supply, builder.nodeOf(software), ways);
  if (options.lever === 'DISRUPT') return supply;
  const node = graph.add('technique', id, 'any');
  graph.connect(node, supply, BY_RULE);
  graph.connect(node, builder.nodeOf(technique), BY_RULE);
  return node;
}

/** Tactics of a technique: by its kill chain phases, and by IN_TACTIC where no phase says the same. */
function tacticsOf(builder: EcosystemBuilder, technique: number): readonly string[] {
  const { projection } = builder;
  const text = vertexCell(projection, 'killChainPhases', technique) as string | null;
  const phases = text === null ? [] : phasesOf(text);
  const named = new Set(phases.map((phase) => phase.slice(phase.indexOf('/') + 1)));
  const listed = builder
    .edges(technique, 'out', 'IN_TACTIC')
    .map((edge) => projection.to[edge])
    .filter((tactic) => !named.has(String(vertexCell(projection, 'shortname', tactic))));
  return [...phases, ...listed.map((tactic) => projection.vertices.ids[tactic])];
}

const parsed = new Map<string, readonly string[]>();
const PARSED_KEPT = 10_000;

function phasesOf(text: string): readonly string[] {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const phases: unknown = JSON.parse(text);
  const names = (Array.isArray(phases) ? phases : [])
    .map((phase) => phase as { kill_chain_name?: unknown; phase_name?: unknown } | null)
    .filter((phase) => typeof phase?.phase_name === 'string')
    .map((phase) => `${phase?.kill_chain_name}/${phase?.phase_name}`);
  if (parsed.size >= PARSED_KEPT) parsed.clear();
  parsed.set(text, names);
  return names;
}
