/**
 * Effect programme: the effect over time of whichever actions are chosen, as columns and rows to be maximised.
 *
 * What: for each scenario, covers of the components, losses of the requirements, and for each operation and piece of time
 *   its loss as a linear form weighted by severity, displacement and discounted days. Operations whose loss is stated
 *   exactly go straight into the objective; of the others, those on which few actions bear get subset columns, and the rest
 *   a column `bound` that later cuts can lower.
 * Formula: maximise sum over scenarios w of weight_w sum over o of severity_o integral e^{-rate t} loss_o(t) dt.
 * Preconditions: scenarios share the actions; weights sum to 1.
 * Params: days; `columns[a]` is the binary column of action a; `isLive[a]` 0 where the action fails in that scenario.
 * Returns: one OperationBound for each operation not stated exactly. The objective is never below the true effect.
 * Complexity: O(pieces * arcs) a scenario before sharing.
 * Exact where no bound is returned.
 * Reference: docs/analysis/optimisation.md; time-indexed formulations after Dyer, Wolsey, doi:10.1016/0166-218X(90)90104-K.
 * Example: see best-plan.ts.
 */
import type { EffectSystem } from '../effect/effect-system';
import { planEvaluator } from '../effect/effect-timeline';
import { discountedDays } from '../effect/interval-union';
import { partNeeded, subSystem } from '../effect/sub-system';
import { type CoverExpressions, FALSE } from './cover-expression';
import { type Cover, delayed, downCovers, isSwitchedIn, type Onsets, onsetUnion } from './down-cover';
import { type LinearForm, type LossFactor, type LossForms, lossForms } from './loss-form';
import type { MilpBuilder } from './milp-model';
import { relevantActions, type Scenario } from './relevant-action';
import { type Interception, requirementLoss } from './requirement-loss';
import { addSubsetColumns, type SubsetColumnOptions } from './subset-columns';
import { breakpoints, distinctDays, nodeAt } from './time-profile';

/** An operation whose loss the programme only bounds: `column` holds the bound, `top` the most it can be. */
export interface OperationBound {
  readonly scenario: number;
  readonly operation: number;
  readonly column: number;
  readonly top: number;
}

interface TimedFactor extends LossFactor {
  readonly start: number;
  readonly end: number;
}

const ROUNDING = 1e-9;
/** Beyond so many columns operations get a bound and cuts instead of a column for each subset. */
const MAX_COLUMNS = 60000;

export function addEffect(
  builder: MilpBuilder,
  expressions: CoverExpressions,
  columns: Int32Array,
  scenarios: readonly Scenario[],
  subsets: SubsetColumnOptions,
): OperationBound[] {
  const forms = lossForms(builder, expressions);
  const weights = new Map<LinearForm, number>();
  const bounds: OperationBound[] = [];
  scenarios.forEach((scenario, index) => {
    const live = columns.map((column, a) => (scenario.isLive[a] === 1 ? column : -1));
    const build = scenarioBuild(scenario.system, expressions, live);
    const relevantTo = relevantActions(scenario);
    scenario.system.operations.forEach((_, o) => {
      const pieces = operationPieces(build, forms, o);
      if (pieces.forms.size === 0) return;
      if (pieces.isExact) {
        for (const [form, days] of pieces.forms) {
          weights.set(form, (weights.get(form) ?? 0) + days * scenario.weight);
        }
        return;
      }
      const { relevant, lossOf } = relevantTo(o);
      const mayEnumerate = builder.columnCount() + 2 ** relevant.length <= MAX_COLUMNS;
      if (relevant.length <= subsets.maxActions && mayEnumerate) {
        addSubsetColumns(builder, columns, relevant, subsets.groupOf, scenario.weight, lossOf);
        return;
      }
      bounds.push(boundOf(builder, pieces.forms, scenario.weight, index, o));
    });
  });
  for (const [form, weight] of weights) {
    form.columns.forEach((column, i) => {
      builder.addCost(column, weight * form.coefficients[i]);
    });
  }
  return bounds;
}

interface ScenarioBuild {
  readonly system: EffectSystem;
  readonly losses: readonly Cover[];
  readonly factors: ReadonlyMap<number, readonly TimedFactor[]>;
}

function scenarioBuild(system: EffectSystem, expressions: CoverExpressions, live: Int32Array): ScenarioBuild {
  const covers = downCovers({ system, expressions, columns: live, latestEnd: latestEnds(system, live) });
  const interceptions = new Map<number, Interception[]>();
  const factors = new Map<number, TimedFactor[]>();
  system.actions.forEach((action, a) => {
    if (live[a] < 0) return;
    for (const effect of action.effects) {
      const end = Math.min(system.horizonDays, effect.startDay + effect.holdDays);
      const timed = { strength: effect.strength, start: effect.startDay, end };
      if (end - effect.startDay <= ROUNDING || effect.strength <= 0) continue;
      if (effect.kind === 'INTERCEPT') {
        push(interceptions, effect.target, { ...timed, node: expressions.action(live[a]) });
      } else if (effect.kind !== 'OUTAGE') push(factors, effect.target, { ...timed, column: live[a] });
    }
  });
  const losses = system.requirements.map((_, r) =>
    requirementLoss(system, expressions, r, covers, interceptions),
  );
  return { system, losses, factors };
}

function push<T>(lists: Map<number, T[]>, key: number, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** No later an outage can end than with every action taken; not so where components need latent suppliers: hold bounds it. */
function latestEnds(system: EffectSystem, live: Int32Array): (action: number, effect: number) => number {
  const hasClocks = system.components.some((each) => each.rebuiltWith.length > 0);
  const isMonotone = system.requirements.every((each, r) => {
    const isOwned = system.ownersOf.start[r] < system.ownersOf.start[r + 1];
    return !isOwned || !each.suppliers.some((s) => s.latent);
  });
  const ends = new Map<string, number>();
  const keyOf = (action: number, target: number, holdDays: number): string =>
    `${action}:${target}:${holdDays}`;
  if (hasClocks && isMonotone) {
    const all = [...live.keys()].filter((a) => live[a] >= 0);
    const isRebuiltWith = (c: number): boolean => system.components[c].rebuiltWith.length > 0;
    const part = partNeeded(system, [...system.components.keys()].filter(isRebuiltWith), []);
    const rebuilding = subSystem(system, part, all);
    for (const { action, effect, day } of planEvaluator(rebuilding)(all).outageEnds) {
      const { target, holdDays } = rebuilding.actions[action].effects[effect];
      ends.set(keyOf(action, part.components[target], holdDays), day);
    }
  }
  return (action, effect) => {
    const { target, startDay, holdDays } = system.actions[action].effects[effect];
    return Math.min(ends.get(keyOf(action, target, holdDays)) ?? system.horizonDays, startDay + holdDays);
  };
}

interface OperationPieces {
  readonly forms: Map<LinearForm, number>;
  readonly isExact: boolean;
}

function operationPieces(build: ScenarioBuild, forms: LossForms, o: number): OperationPieces {
  const { system, losses } = build;
  const operation = system.operations[o];
  const needs = [...new Set(operation.needs)].filter((r) => system.requirements[r].criticality > 0);
  const factors = build.factors.get(o) ?? [];
  const after = operation.displacedShare > 0 ? operation.displacedAfterDays : 0;
  const onsets = onsetUnion([...needs.map((r) => losses[r].onsets), factors.map((each) => each.start)]);
  const days = distinctDays(
    [
      ...breakpoints(needs.map((r) => losses[r].profile)),
      ...factors.flatMap((each) => [each.start, each.end]),
      ...(after > 0 ? (delayed(onsets, after) ?? []) : []),
    ],
    system.horizonDays,
  );
  const pieces = new Map<LinearForm, number>();
  days.forEach((day, i) => {
    const terms = needs
      .map((r) => ({ node: nodeAt(losses[r].profile, day), criticality: system.requirements[r].criticality }))
      .filter((each) => each.node !== FALSE);
    const now = factors.filter((each) => each.start <= day + ROUNDING && each.end > day + ROUNDING);
    if (terms.length === 0 && now.length === 0) return;
    const kept = keptShare(operation.displacedShare, after, onsets, day);
    const length = discountedDays(day, days[i + 1] ?? system.horizonDays, system.discountPerDay);
    const weight = operation.severity * kept * length;
    if (weight <= 0) return;
    const form = forms(terms, now);
    pieces.set(form, (pieces.get(form) ?? 0) + weight);
  });
  const hasKnownDisplacement = after === 0 || (onsets !== null && onsets.length <= 1);
  return { forms: pieces, isExact: hasKnownDisplacement && needs.every((r) => losses[r].isExact) };
}

function keptShare(displacedShare: number, after: number, onsets: Onsets, day: number): number {
  return after === 0 || isSwitchedIn(onsets, after, day) ? 1 - displacedShare : 1;
}

function boundOf(
  builder: MilpBuilder,
  forms: ReadonlyMap<LinearForm, number>,
  scenarioWeight: number,
  scenario: number,
  operation: number,
): OperationBound {
  let top = 0;
  const coefficients = new Map<number, number>();
  for (const [form, weight] of forms) {
    top += weight * form.top;
    form.columns.forEach((column, i) => {
      coefficients.set(column, (coefficients.get(column) ?? 0) - weight * form.coefficients[i]);
    });
  }
  const column = builder.addColumn({ cost: scenarioWeight, lower: 0, upper: top, isInteger: false });
  builder.addRow(
    Number.NEGATIVE_INFINITY,
    0,
    [column, ...coefficients.keys()],
    [1, ...coefficients.values()],
  );
  return { scenario, operation, column, top };
}
