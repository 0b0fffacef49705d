/**
 * Scenarios of a planning model: one as known, one guaranteed, all of them while they are few, or a sample.
 *
 * What: resolves doubt. Claims with a common origin fall together; a measure succeeds or fails for all its actions.
 * Formula: supplier and dependency hold if u_origin < reliability and u_own < pTrue; durations by inversion of u.
 *   A supplier that does not hold is left out: unseen supply then makes up the share it was said to have, and an AT_LEAST
 *   is capped at the primary suppliers left. Guaranteed: doubtful dependencies do not hold, doubtful primary suppliers
 *   are up whatever is done, doubtful latent ones exist, uncertain measures fail, durations (all of which work against us when short) take their 5 % quantile.
 * Preconditions: those of PlanningModel and of its expansion.
 * Params: days; `count` scenarios, `seed`.
 * Returns: a PlanProblem with of = model (as known, guaranteed, enumerated) or sample. The same seed draws the same
 *   numbers for the same items whatever else is in the model (common random numbers).
 * Complexity: O(scenarios * model). Enumeration is used up to 2^6 and when no duration is uncertain.
 * Exact for enumeration; a sample is an estimate, and its certificate is for itself.
 * Reference: Kleywegt, Shapiro, Homem-de-Mello, doi:10.1137/S1052623499363220.
 * Example: one measure with pSuccess 0.5: two scenarios of weight 0.5.
 */
import { counterRandom } from '../effect/counter-random';
import { type Duration, durationMean, durationQuantile, isUncertain } from '../effect/duration-distribution';
import {
  type EffectKind,
  type EffectRecords,
  effectSystem,
  type RequirementRecord,
} from '../effect/effect-system';
import type { ActionExpansion } from './action-expansion';
import { type ModelInPlay, modelInPlay } from './model-in-play';
import type { PlanProblem } from './plan-problem';
import type { DoubtfulRequirement, PlanningModel } from './planning-model';
import type { Scenario } from './relevant-action';

/** How doubt is resolved. Items are numbered: origins, measures, dependencies, suppliers, durations, then requests abroad. */
interface Resolution {
  holds(item: number, pTrue: number): boolean;
  duration(item: number, duration: Duration): number;
  readonly isGuaranteed: boolean;
}

export type ScenarioChoice =
  | { readonly kind: 'asKnown' }
  | { readonly kind: 'guaranteed' }
  | { readonly kind: 'sample'; readonly count: number; readonly seed: number };

const ENUMERATED = 6;

/** What any action of an expansion can change. */
const inPlay = (model: PlanningModel, { actions }: ActionExpansion): ModelInPlay =>
  modelInPlay(
    model,
    actions.map((each) => each.measure),
  );

/** @param play what the actions in question can change; others then do nothing */
export function scenarioProblem(
  model: PlanningModel,
  expansion: ActionExpansion,
  choice: ScenarioChoice,
  play: ModelInPlay = inPlay(model, expansion),
): PlanProblem {
  const resolved = resolutions(model, expansion, choice);
  const scenarios = resolved.list.map(({ resolution, weight }) =>
    realise(model, expansion, play, resolution, weight),
  );
  const { limits } = model;
  return {
    scenarios,
    of: resolved.of,
    measures: model.measures,
    actions: expansion.actions,
    limits: { ...limits, partnerCapacity: model.partners.map((each) => each.capacity) },
  };
}

/** One scenario drawn by itself: run `stream` of a simulation. */
export function drawnScenario(
  model: PlanningModel,
  expansion: ActionExpansion,
  seed: number,
  stream: number,
  play: ModelInPlay = inPlay(model, expansion),
): Scenario {
  return realise(model, expansion, play, drawn(seed, stream), 1);
}

interface Resolutions {
  readonly of: 'model' | 'sample';
  readonly list: readonly { readonly resolution: Resolution; readonly weight: number }[];
}

function resolutions(model: PlanningModel, expansion: ActionExpansion, choice: ScenarioChoice): Resolutions {
  if (choice.kind !== 'sample') {
    const resolution = choice.kind === 'asKnown' ? AS_KNOWN : GUARANTEED;
    return { of: 'model', list: [{ resolution, weight: 1 }] };
  }
  const doubtful = doubtfulItems(model, expansion);
  if (!doubtful.hasDurations && doubtful.items.length <= ENUMERATED) {
    return { of: 'model', list: enumerated(doubtful.items) };
  }
  const list = Array.from({ length: choice.count }, (_, stream) => ({
    resolution: drawn(choice.seed, stream),
    weight: 1 / choice.count,
  }));
  return { of: 'sample', list };
}

const AS_KNOWN: Resolution = {
  holds: (_, pTrue) => pTrue > 0,
  duration: (_, duration) => durationMean(duration),
  isGuaranteed: false,
};

const GUARANTEED: Resolution = {
  holds: (_, pTrue) => pTrue >= 1,
  duration: (_, duration) => durationQuantile(duration, 0.05),
  isGuaranteed: true,
};

function drawn(seed: number, stream: number): Resolution {
  return {
    holds: (item, pTrue) => pTrue >= 1 || counterRandom(seed, stream, item) < pTrue,
    duration: (item, duration) => durationQuantile(duration, counterRandom(seed, stream, item)),
    isGuaranteed: false,
  };
}

interface DoubtfulItem {
  readonly item: number;
  readonly pTrue: number;
}

function enumerated(items: readonly DoubtfulItem[]): { resolution: Resolution; weight: number }[] {
  return Array.from({ length: 1 << items.length }, (_, mask) => {
    const truth = new Map(items.map((each, i) => [each.item, ((mask >> i) & 1) === 0]));
    const weight = items.reduce((w, each) => w * (truth.get(each.item) ? each.pTrue : 1 - each.pTrue), 1);
    const resolution: Resolution = {
      holds: (item, pTrue) => pTrue > 0 && (truth.get(item) ?? true),
      duration: (_, duration) => durationMean(duration),
      isGuaranteed: false,
    };
    return { resolution, weight };
  }).filter((each) => each.weight > 0);
}

/** Numbers of the items of a model. Blocks are wide apart so that adding to one does not renumber another. */
const BLOCK = 2 ** 44;
const ROW = 2 ** 20;
const itemOf = {
  origin: (i: number) => i,
  measure: (i: number) => BLOCK + i,
  dependency: (i: number) => 2 * BLOCK + i,
  supplier: (r: number, j: number) => 3 * BLOCK + r * ROW + j,
  switchDays: (r: number, j: number) => 4 * BLOCK + r * ROW + j,
  detectDays: (c: number) => 5 * BLOCK + c,
  setupDays: (c: number) => 6 * BLOCK + c,
  holdDays: (m: number, e: number) => 7 * BLOCK + m * ROW + e,
  granted: (m: number, partner: number) => 8 * BLOCK + m * ROW + partner + 1,
};

function doubtfulItems(
  model: PlanningModel,
  expansion: ActionExpansion,
): { items: DoubtfulItem[]; hasDurations: boolean } {
  const items: DoubtfulItem[] = [];
  const doubt = (item: number, pTrue: number): void => {
    if (pTrue > 0 && pTrue < 1) items.push({ item, pTrue });
  };
  const taken = new Set(expansion.actions.map((each) => each.measure));
  const granted = new Map(
    expansion.actions.map((each) => [itemOf.granted(each.measure, each.partner), each.pGranted] as const),
  );
  for (const [item, pGranted] of granted) doubt(item, pGranted);
  model.origins.forEach((pTrue, i) => {
    doubt(itemOf.origin(i), pTrue);
  });
  model.dependencies.forEach((each, i) => {
    doubt(itemOf.dependency(i), each.pTrue);
  });
  let hasDurations = model.components.some(
    (each) => isUncertain(each.detectDays) || isUncertain(each.setupDays),
  );
  model.requirements.forEach((each, r) => {
    each.suppliers.forEach((s, j) => {
      doubt(itemOf.supplier(r, j), s.pTrue);
      hasDurations ||= isUncertain(s.switchDays);
    });
  });
  for (const m of taken) {
    doubt(itemOf.measure(m), model.measures[m].pSuccess);
    hasDurations ||= model.measures[m].effects.some((each) => isUncertain(each.holdDays));
  }
  return { items, hasDurations };
}

function realise(
  model: PlanningModel,
  expansion: ActionExpansion,
  play: ModelInPlay,
  resolution: Resolution,
  weight: number,
): Scenario {
  const originHolds = model.origins.map((pTrue, i) => resolution.holds(itemOf.origin(i), pTrue));
  const isTrue: Truth = (item, claim) =>
    (claim.origin < 0 || originHolds[claim.origin]) && resolution.holds(item, claim.pTrue);
  const { componentAt, requirementAt } = play;
  const dependsOn: number[][] = play.components.map(() => []);
  for (const i of play.dependencies) {
    const each = model.dependencies[i];
    if (isTrue(itemOf.dependency(i), each)) dependsOn[componentAt[each.from]].push(componentAt[each.to]);
  }
  const kept = (list: readonly number[], at: Int32Array): number[] =>
    list.flatMap((each) => (at[each] >= 0 ? [at[each]] : []));
  const records: EffectRecords = {
    horizonDays: model.horizonDays,
    discountPerDay: model.discountPerDay,
    operations: model.operations.map((each) => ({ ...each, needs: kept(each.needs, requirementAt) })),
    requirements: play.requirements.map((r) =>
      realiseRequirement(model.requirements[r], r, resolution, isTrue, play),
    ),
    components: [
      ...play.components.map((c, at) => {
        const { detectDays, setupDays, rebuiltWith, needs } = model.components[c];
        return {
          rebuildDays:
            resolution.duration(itemOf.detectDays(c), detectDays) +
            resolution.duration(itemOf.setupDays(c), setupDays),
          rebuiltWith: kept(rebuiltWith, componentAt),
          dependsOn: dependsOn[at],
          needs: kept(needs, requirementAt),
        };
      }),
      { rebuildDays: 0, rebuiltWith: [], dependsOn: [], needs: [] },
    ],
    actions: expansion.actions.map(({ measure, effectDay }) => ({
      effects: play.measures.has(measure)
        ? model.measures[measure].effects.map((effect, e) => ({
            ...effect,
            target: onComponent(effect.kind) ? componentAt[effect.target] : effect.target,
            startDay: effectDay,
            holdDays: resolution.duration(itemOf.holdDays(measure, e), effect.holdDays),
          }))
        : [],
    })),
  };
  const isLive = Uint8Array.from(expansion.actions, ({ measure, partner, pGranted }) => {
    const isGranted = resolution.holds(itemOf.granted(measure, partner), pGranted);
    return isGranted && resolution.holds(itemOf.measure(measure), model.measures[measure].pSuccess) ? 1 : 0;
  });
  return { system: effectSystem(records), weight, isLive };
}

type Truth = (item: number, claim: { readonly pTrue: number; readonly origin: number }) => boolean;

const onComponent = (kind: EffectKind): boolean => kind === 'OUTAGE' || kind === 'INTERCEPT';

/** The requirement as it is in a scenario; suppliers that stay up whatever is done are one that always is, the last component. */
function realiseRequirement(
  requirement: DoubtfulRequirement,
  r: number,
  resolution: Resolution,
  isTrue: Truth,
  { componentAt, components }: ModelInPlay,
): RequirementRecord {
  const alwaysUp = components.length;

  const suppliers = requirement.suppliers.flatMap((each, j) => {
    const holds = isTrue(itemOf.supplier(r, j), each);
    const switchDays = resolution.duration(itemOf.switchDays(r, j), each.switchDays);
    const at = componentAt[each.component];
    const { share, latent } = each;
    const supplier = { component: at < 0 ? alwaysUp : at, share, latent, switchDays };
    if (each.pTrue <= 0) return [];
    if (holds || (resolution.isGuaranteed && each.latent)) return [supplier];
    return resolution.isGuaranteed ? [{ ...supplier, component: alwaysUp }] : [];
  });
  const primaries = suppliers.filter((each) => !each.latent).length;
  return { ...requirement, suppliers, k: Math.min(requirement.k, primaries) };
}
