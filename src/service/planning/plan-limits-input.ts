/** The limits of a plan, from what callers say to ids of a planning problem; what cannot hold is refused with the reason. */
import { AppError } from '../../errors';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { LAWFUL_TAKERS, mayTake } from '../../model/measure-law';
import type { PlanLimitsQuery } from './plan-query';

type Limits = PlanProblemFile['limits'];

const AMOUNTS = [
  'budget',
  'maxMeasures',
  'deadlineDays',
  'maxExposure',
  'maxCollateral',
  'maxCollateralPerMeasure',
] as const;

/**
 * @param placeIds ids of jurisdictions by code, name and id
 * @throws AppError BAD_INPUT, PARTNER_NOT_FOUND, JURISDICTION_NOT_FOUND, MEASURE_NOT_FOUND, MEASURE_NOT_LAWFUL,
 *   PLAN_LIMITS_CONTRADICT
 */
export function planLimits(
  file: PlanProblemFile,
  query: PlanLimitsQuery,
  placeIds: ReadonlyMap<string, string>,
): Limits {
  for (const what of AMOUNTS) requireAmount(what, query[what]);
  if (query.maxMeasures !== undefined && !Number.isInteger(query.maxMeasures)) {
    throw new AppError('BAD_INPUT', {
      what: 'maxMeasures',
      expected: 'a whole number',
      got: query.maxMeasures,
    });
  }
  const partners = query.partners?.map((name) => partnerId(file, name)) ?? null;
  const mustTake = (query.mustTake ?? []).map((id) => measureId(file, id));
  const excluded = excludedIds(file, query);
  checkSense(file, query, { mustTake, excluded, partners });
  const nullable = (what: (typeof AMOUNTS)[number]): number | null => query[what] ?? null;
  return {
    budget: nullable('budget'),
    maxMeasures: nullable('maxMeasures'),
    deadlineDays: nullable('deadlineDays'),
    maxExposure: nullable('maxExposure'),
    maxCollateral: nullable('maxCollateral'),
    maxCollateralPerMeasure: nullable('maxCollateralPerMeasure'),
    jurisdictions: query.jurisdictions?.map((name) => placeCode(name, placeIds)) ?? null,
    partners,
    offences: [...(query.offences ?? [])],
    mustTake,
    exclude: [...excluded],
  };
}

/** The limits of a problem as they would be without one of those that a caller set. */
export function limitsWithout(
  file: PlanProblemFile,
  asked: PlanLimitsQuery,
  name: keyof PlanLimitsQuery,
): Limits {
  if (name === 'exclude' || name === 'measureTypes') {
    return { ...file.limits, exclude: [...excludedIds(file, { ...asked, [name]: undefined })] };
  }
  return { ...file.limits, [name]: name === 'mustTake' ? [] : null };
}

/** Ids of measures that a caller excludes by id, by target or by type. */
function excludedIds(file: PlanProblemFile, asked: PlanLimitsQuery): ReadonlySet<string> {
  return new Set([
    ...(asked.exclude ?? []).flatMap((id) => excludedBy(file, id)),
    ...excludedByType(file, asked.measureTypes),
  ]);
}

/** @throws AppError BAD_INPUT for what is no number from 0 */
export function requireAmount(what: string, got: number | null | undefined): void {
  if (got === undefined || got === null) return;
  if (!Number.isFinite(got) || got < 0) {
    throw new AppError('BAD_INPUT', { what, expected: 'a number from 0', got: String(got) });
  }
}

function partnerId(file: PlanProblemFile, name: string): string {
  const lower = name.toLowerCase();
  const found =
    file.partners.find((each) => each.id === name) ??
    file.partners.find((each) => each.name?.toLowerCase() === lower);
  if (found === undefined) throw new AppError('PARTNER_NOT_FOUND', { got: name });
  return found.id;
}

function placeCode(name: string, placeIds: ReadonlyMap<string, string>): string {
  const code = placeIds.get(name.toLowerCase());
  if (code === undefined) throw new AppError('JURISDICTION_NOT_FOUND', { got: name });
  return code;
}

function measureId(file: PlanProblemFile, id: string): string {
  if (!file.measures.some((each) => each.id === id)) throw new AppError('MEASURE_NOT_FOUND', { got: id });
  return id;
}

/** A measure, or all measures against a component. */
function excludedBy(file: PlanProblemFile, id: string): string[] {
  const against = file.measures.filter((each) => each.target === id).map((each) => each.id);
  if (against.length > 0) return against;
  const isHere = file.components.some((each) => each.id === id);
  return isHere ? [] : [measureId(file, id)];
}

function excludedByType(file: PlanProblemFile, types: readonly string[] | null | undefined): string[] {
  if (types === undefined || types === null) return [];
  for (const type of types) {
    if (!Object.hasOwn(LAWFUL_TAKERS, type)) {
      const expected = `types of measure: ${Object.keys(LAWFUL_TAKERS).join(', ')}`;
      throw new AppError('BAD_INPUT', { what: 'measureTypes', expected, got: type });
    }
  }
  return file.measures.filter((each) => !types.includes(each.type ?? '')).map((each) => each.id);
}

interface Resolved {
  readonly mustTake: readonly string[];
  readonly excluded: ReadonlySet<string>;
  readonly partners: readonly string[] | null;
}

function checkSense(
  file: PlanProblemFile,
  query: PlanLimitsQuery,
  { mustTake, excluded, partners }: Resolved,
): void {
  const contradict = (reason: string): never => {
    throw new AppError('PLAN_LIMITS_CONTRADICT', { reason });
  };
  const byId = new Map(file.measures.map((each) => [each.id, each]));
  const must = mustTake.map((id) => byId.get(id) as PlanProblemFile['measures'][number]);
  for (const measure of must) {
    if (excluded.has(measure.id)) contradict(`${measure.id} must be taken and is excluded`);
    const conflict = measure.conflicts.find((id) => mustTake.includes(id));
    if (conflict !== undefined)
      contradict(`${measure.id} and ${conflict} must both be taken and exclude each other`);
    checkTakers(file, measure, partners);
  }
  const cost = must.reduce((sum, each) => sum + each.cost, 0);
  if (query.budget !== undefined && cost > query.budget) {
    contradict(`what must be taken costs ${cost}, the budget is ${query.budget}`);
  }
  if (query.maxMeasures !== undefined && must.length > query.maxMeasures) {
    contradict(`${must.length} measures must be taken, ${query.maxMeasures} may be`);
  }
}

/** A measure that must be taken needs somebody of a kind that may take it. */
function checkTakers(
  file: PlanProblemFile,
  measure: PlanProblemFile['measures'][number],
  allowed: readonly string[] | null,
): void {
  const named = measure.partners.length > 0 ? measure.partners : allowed;
  if (named === null) return;
  const candidates = file.partners.filter((each) => named.includes(each.id));
  if (candidates.some((each) => mayTake(each.kind ?? '', measure.type ?? ''))) return;
  throw new AppError('MEASURE_NOT_LAWFUL', {
    kind: [...new Set(candidates.map((each) => each.kind))].join(', '),
    measureType: measure.type,
    partner: candidates.map((each) => each.name ?? each.id).join(', '),
    allowed: measure.partnerKinds.join(', '),
  });
}
