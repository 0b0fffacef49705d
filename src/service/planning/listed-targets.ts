/** Measures whose targets are on warninglists: what they hit, others may use lawfully. */
import { vertexCell, vertexOf } from '../../analysis';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { type WarninglistService, warningsOf } from '../warninglist.service';
import type { PlanningWarning } from './planning-input';
import type { FullPlanReport } from './planning-report';
import type { PlanningSource } from './planning-source';

/** What the lists on record say of the targets of measures, by target. */
export async function listedTargets(
  warninglists: WarninglistService,
  { projection, nodes }: PlanningSource,
  file: PlanProblemFile,
): Promise<Record<string, string[]>> {
  const index = await warninglists.indexOf(projection);
  if (index.isEmpty) return {};
  const targets = new Set(file.measures.flatMap(({ effects }) => effects.map((each) => each.target)));
  const found = await nodes([...targets].filter((id) => vertexOf(projection, id) >= 0));
  const listed: Record<string, string[]> = {};
  for (const [id, { properties }] of found) {
    const name = vertexCell(projection, 'name', vertexOf(projection, id)) ?? id;
    const sentences = warningsOf(index, properties).map(
      ({ list, entry }) => `${name} is on the warninglist "${list.name}" (${entry})`,
    );
    if (sentences.length > 0) listed[id] = sentences;
  }
  return listed;
}

/** A warning for each measure of a plan, of its alternatives and its frontier, that hits something on a list. */
export function targetWarnings(
  { measures, alternatives = [], frontier }: FullPlanReport,
  file: PlanProblemFile,
  listed: Readonly<Record<string, readonly string[]>>,
): PlanningWarning[] {
  const planned = [measures, ...alternatives.map((each) => each.measures)].flat().map(({ id }) => id);
  const ids = new Set([...planned, ...(frontier?.points.flatMap((each) => each.measures) ?? [])]);
  return file.measures.flatMap(({ id, effects }) => {
    const sentences = [...new Set(effects.map((each) => each.target))].flatMap(
      (target) => listed[target] ?? [],
    );
    if (!ids.has(id) || sentences.length === 0) return [];
    const message = `${sentences.join('; ')}: others may use it lawfully, and hitting it may hit them.`;
    return [{ code: 'TARGET_ON_WARNINGLIST', subject: id, message }];
  });
}
