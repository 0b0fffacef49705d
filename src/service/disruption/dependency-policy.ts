/**
 * The dependency policy for sources that only say "group G uses malware M and technique T" (ATT&CK, MISP).
 *
 * One standing operation per group without operations of its own, marked inferred, of severity 1. Its campaigns are evidence
 * for what the group uses and never extra weight. The group uses a technique that it is said to use, or that software of
 * its implements. What the operation needs then is told in technique-needs.ts; all these requirements are PARTIAL.
 */
import { nodeId } from '../../model/identity';
import type { EcosystemBuilder } from './ecosystem';
import { type GroupUse, techniqueNeeds, type User, usesOf } from './technique-needs';

/** Adds the standing operation of every group that has none on record. */
export function addStandingOperations(builder: EcosystemBuilder): void {
  for (const type of ['IntrusionSet', 'ThreatActor']) {
    for (const group of builder.verticesOf(type)) {
      const attributed = builder
        .recorded(group, 'in', 'ATTRIBUTED_TO')
        .filter((edge) => isOperation(builder, edge));
      if (attributed.some((edge) => hasNeeds(builder, builder.projection.from[edge]))) continue;
      const campaigns = attributed.map((edge) => ({
        vertex: builder.projection.from[edge],
        because: [edge],
      }));
      const use = usesOf(builder, [{ vertex: group, because: [] }, ...campaigns]);
      if (use.software.size + use.techniques.size > 0) addStandingOperation(builder, group, campaigns, use);
    }
  }
}

const isOperation = (builder: EcosystemBuilder, edge: number): boolean =>
  builder.typeOf(builder.projection.from[edge]) === 'Operation';

const hasNeeds = (builder: EcosystemBuilder, vertex: number): boolean =>
  builder.edges(vertex, 'out', 'NEEDS').length > 0;

function addStandingOperation(
  builder: EcosystemBuilder,
  group: number,
  campaigns: readonly User[],
  use: GroupUse,
): void {
  const { graph, projection } = builder;
  const id = nodeId('Operation', 'standing', projection.vertices.ids[group]);
  const node = graph.add('operation', id, 'any');
  const needs = techniqueNeeds(builder, id, node, use);
  const name = `Standing operation of ${builder.nameOf(group)}`;
  const subjects = [group, ...campaigns.map((campaign) => campaign.vertex)];
  builder.operations.push({ id, name, severity: 1, isInferred: true, subjects, node, needs });
}
