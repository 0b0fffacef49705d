/** Reads a planning problem: shape by the format, then ids, references and what contradicts itself. */
import { AppError } from '../errors';
import { type PlanProblemFile, planProblemFormat } from './plan-problem.format';

/**
 * @throws AppError INVALID_JSON; PLAN_FILE_INVALID for what does not follow the format or contradicts itself;
 *   PLAN_ID_REPEATED; PLAN_REFERENCE_UNKNOWN for an id that nothing has. Each names the place.
 */
export function readPlanProblem(file: string, text: string): PlanProblemFile {
  const result = planProblemFormat.safeParse(parseJson(file, text));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new AppError('PLAN_FILE_INVALID', { file, place: issue.path.join('.'), reason: issue.message });
  }
  const problem = result.data;
  checkIds(file, problem);
  checkReferences(file, problem);
  checkSense(file, problem);
  return problem;
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const offset = /position (\d+)/.exec(reason)?.[1] ?? 'unknown';
    throw new AppError('INVALID_JSON', { file, offset, reason }, { cause: error });
  }
}

const LISTS = [
  'operations',
  'requirements',
  'components',
  'commonCauses',
  'origins',
  'measures',
  'partners',
] as const satisfies readonly (keyof PlanProblemFile)[];

function checkIds(file: string, problem: PlanProblemFile): void {
  for (const list of LISTS) {
    const seen = new Set<string>();
    problem[list].forEach(({ id }, i) => {
      if (seen.has(id)) throw new AppError('PLAN_ID_REPEATED', { file, place: `${list}.${i}.id`, id });
      seen.add(id);
    });
  }
}

type Referred = (typeof LISTS)[number];

function checkReferences(file: string, problem: PlanProblemFile): void {
  const known = new Map<Referred, Set<string>>();
  for (const list of LISTS) known.set(list, new Set(problem[list].map((each) => each.id)));
  const refer = (place: string, to: Referred | readonly Referred[], id: string | undefined): void => {
    if (id === undefined) return;
    const lists = Array.isArray(to) ? (to as readonly Referred[]) : [to as Referred];
    if (lists.some((list) => known.get(list)?.has(id))) return;
    throw new AppError('PLAN_REFERENCE_UNKNOWN', { file, place, id, list: lists.join(' or ') });
  };
  const referAll = (place: string, to: Referred, list: readonly string[] | null): void => {
    list?.forEach((id, i) => {
      refer(`${place}.${i}`, to, id);
    });
  };
  problem.operations.forEach((each, i) => {
    referAll(`operations.${i}.needs`, 'requirements', each.needs);
  });
  problem.requirements.forEach((each, i) => {
    each.suppliers.forEach((s, j) => {
      refer(`requirements.${i}.suppliers.${j}.component`, 'components', s.component);
      refer(`requirements.${i}.suppliers.${j}.origin`, 'origins', s.origin);
    });
  });
  problem.components.forEach((each, i) => {
    referAll(`components.${i}.rebuiltWith`, 'components', each.rebuiltWith);
    referAll(`components.${i}.needs`, 'requirements', each.needs);
  });
  problem.dependencies.forEach((each, i) => {
    refer(`dependencies.${i}.from`, 'components', each.from);
    refer(`dependencies.${i}.to`, 'components', each.to);
    refer(`dependencies.${i}.origin`, 'origins', each.origin);
  });
  problem.commonCauses.forEach((each, i) => {
    referAll(`commonCauses.${i}.members`, 'components', each.members);
  });
  problem.measures.forEach((each, i) => {
    each.effects.forEach((e, j) => {
      const isOnComponent = e.effect === 'OUTAGE' || e.effect === 'INTERCEPT';
      refer(
        `measures.${i}.effects.${j}.target`,
        isOnComponent ? 'components' : ['operations', 'components'],
        e.target,
      );
    });
    referAll(`measures.${i}.partners`, 'partners', each.partners);
    referAll(`measures.${i}.conflicts`, 'measures', each.conflicts);
    referAll(`measures.${i}.requires`, 'measures', each.requires);
  });
  problem.cooperation.forEach((each, i) => {
    refer(`cooperation.${i}.from`, 'partners', each.from);
  });
  referAll('limits.partners', 'partners', problem.limits.partners);
  referAll('limits.mustTake', 'measures', problem.limits.mustTake);
  referAll('limits.exclude', 'measures', problem.limits.exclude);
}

function checkSense(file: string, problem: PlanProblemFile): void {
  const refuse = (place: string, reason: string): never => {
    throw new AppError('PLAN_FILE_INVALID', { file, place, reason });
  };
  problem.requirements.forEach((each, i) => {
    const primaries = each.suppliers.filter((s) => s.role === 'PRIMARY').length;
    if (each.mode !== 'AT_LEAST') {
      if (each.k !== undefined) refuse(`requirements.${i}.k`, 'k belongs to mode AT_LEAST alone');
      return;
    }
    if (each.k === undefined) refuse(`requirements.${i}.k`, 'mode AT_LEAST needs k');
    else if (each.k > primaries) {
      refuse(`requirements.${i}.k`, `k is ${each.k} but only ${primaries} suppliers are PRIMARY`);
    }
  });
  const excluded = new Set(problem.limits.exclude);
  problem.limits.mustTake.forEach((id, i) => {
    if (excluded.has(id)) refuse(`limits.mustTake.${i}`, `${id} is in exclude as well`);
  });
}
