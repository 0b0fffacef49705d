/**
 * What the record says of how long targets stay down, by type of measure: the prior is what all other types have shown, and
 * every outcome on record moves it, those of plans like those of the past. docs/analysis/outcomes.md has the model.
 */
import {
  type DurationObservation,
  type DurationPosterior,
  type DurationPrior,
  durationPosterior,
  type Projection,
  predictiveQuantile,
  vertexCell,
} from '../../analysis';
import type { NodeValue } from '../../model/values';
import { VOCABULARIES } from '../../model/vocabulary';
import type { GraphView } from '../graph-view';
import { TYPE_COLUMN } from '../projection.service';
import type { ViewContent } from '../view-content';
import { linkedIds } from './plan-record';

export interface DurationBelief {
  readonly measureType: string;
  /** Actions of the type on record with a duration. */
  readonly observed: number;
  /** Of these, those whose target was back. */
  readonly returned: number;
  readonly pNever: number;
  readonly medianDays: number;
  readonly sigma: number;
  /** Days within which the next target is back with probability 0.1, 0.5 and 0.9; null where it may well never be. */
  readonly lowDays: number | null;
  readonly middleDays: number | null;
  readonly highDays: number | null;
}

/** Before anything is on record: an assumption, wide enough to give way to a handful of cases. */
const NOTHING_KNOWN: DurationPrior = {
  never: 1,
  returned: 1,
  medianDays: 60,
  medianSpread: 2,
  sigma: 1.2,
  sigmaSpread: 0.5,
};

/** Cases that what other types have shown is worth. */
const PRIOR_CASES = 4;
const DAY_MS = 86_400_000;

interface Recorded {
  readonly measureTypes: readonly string[];
  readonly observation: DurationObservation;
}

/** Beliefs for every type of measure, those seen most first. */
export async function durationBeliefs(view: GraphView, content: ViewContent): Promise<DurationBelief[]> {
  const recorded = await recordedDurations(view, content);
  const all = recorded.map(({ observation }) => observation);
  const unseen = durationPosterior(priorFrom(durationPosterior(NOTHING_KNOWN, all)), []);
  const beliefs = VOCABULARIES.MeasureType.map((type) => {
    if (!recorded.some(({ measureTypes }) => measureTypes.includes(type))) return beliefOf(type, [], unseen);
    const [own, others] = [true, false].map((isOwn) =>
      recorded
        .filter(({ measureTypes }) => measureTypes.includes(type) === isOwn)
        .map(({ observation }) => observation),
    );
    const posterior = durationPosterior(priorFrom(durationPosterior(NOTHING_KNOWN, others)), own);
    return beliefOf(type, own, posterior);
  });
  return beliefs.sort((a, b) => b.observed - a.observed || (a.measureType < b.measureType ? -1 : 1));
}

const priorFrom = ({ pNever, medianDays, sigma }: DurationPosterior): DurationPrior => ({
  never: Math.max(0.5, PRIOR_CASES * pNever),
  returned: Math.max(0.5, PRIOR_CASES * (1 - pNever)),
  medianDays,
  medianSpread: 1,
  sigma,
  sigmaSpread: 0.4,
});

function beliefOf(
  measureType: string,
  observations: readonly DurationObservation[],
  posterior: DurationPosterior,
): DurationBelief {
  const quantile = (q: number): number | null => {
    const days = predictiveQuantile(posterior, q);
    return Number.isFinite(days) ? days : null;
  };
  const { pNever, medianDays, sigma } = posterior;
  return {
    measureType,
    observed: observations.length,
    returned: observations.filter(({ isReturned }) => isReturned).length,
    pNever,
    medianDays,
    sigma,
    lowDays: quantile(0.1),
    middleDays: quantile(0.5),
    highDays: quantile(0.9),
  };
}

/** One observation for each action: the longest of those that its outcomes tell. */
async function recordedDurations(view: GraphView, content: ViewContent): Promise<Recorded[]> {
  const { projection } = view;
  const outcomeIds = projection.vertices.ids.filter(
    (_, vertex) => vertexCell(projection, TYPE_COLUMN, vertex) === 'Outcome',
  );
  const outcomes = await content.nodes(view, outcomeIds);
  const byAction = new Map<string, NodeValue[]>();
  for (const outcome of outcomes.values()) {
    if (outcome.properties.revoked === true) continue;
    for (const action of actionsOf(projection, outcome.id)) {
      byAction.set(action, [...(byAction.get(action) ?? []), outcome]);
    }
  }
  const actions = await content.nodes(view, [...byAction.keys(), ...measuresOf(projection, byAction.keys())]);
  return [...byAction]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([id, list]) => {
      const action = actions.get(id);
      if (action === undefined) return [];
      const observations = list.flatMap((outcome) => durationOf(action, outcome));
      if (observations.length === 0) return [];
      const observation = observations.reduce((longest, each) => (each.days > longest.days ? each : longest));
      return [{ measureTypes: typesOf(projection, action, actions), observation }];
    });
}

const actionsOf = (projection: Projection, outcomeId: string): string[] =>
  ['RESULTED_IN', 'ACHIEVED'].flatMap((type) => linkedIds(projection, outcomeId, type, 'in'));

const measuresOf = (projection: Projection, ids: Iterable<string>): string[] =>
  [...ids].flatMap((id) => linkedIds(projection, id, 'PLANS'));

function typesOf(
  projection: Projection,
  action: NodeValue,
  known: ReadonlyMap<string, NodeValue>,
): readonly string[] {
  const { measureTypes, measureType } = action.properties;
  if (Array.isArray(measureTypes)) return measureTypes.map(String);
  if (typeof measureType === 'string') return [measureType];
  const planned = linkedIds(projection, action.id, 'PLANS').map(
    (id) => known.get(id)?.properties.measureType,
  );
  return [...new Set(planned.filter((type) => typeof type === 'string'))];
}

/** Days that an outcome tells: until the target was back, or as long as it had been down when last looked at. */
function durationOf(action: NodeValue, outcome: NodeValue): DurationObservation[] {
  const { downtimeDays, regeneratedAt, observedAt } = outcome.properties;
  const began = Date.parse(String(action.properties.startedAt ?? ''));
  const isReturned = typeof regeneratedAt === 'string';
  const until = Date.parse(String(isReturned ? regeneratedAt : (observedAt ?? '')));
  const days = typeof downtimeDays === 'number' ? downtimeDays : (until - began) / DAY_MS;
  if (!(days >= 0)) return [];
  return [{ days: Math.max(days, 0.5), isReturned }];
}
