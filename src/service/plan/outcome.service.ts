/** What came of plans and measures: recorded as it was observed, with what a series of values says about it. */
import { randomUUID } from 'node:crypto';
import { type InterruptedSeries, interruptedTimeSeries, type Projection, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { claimId, nodeId, relationshipId } from '../../model/identity';
import { timeOf } from '../../model/validate';
import type { Batch, ClaimValue, Json, Properties, RelationshipValue } from '../../model/values';
import type { GraphView } from '../graph-view';
import { planningBuilder } from '../planning/ecosystem-problem';
import { pastActions } from '../planning/past-actions';
import { planningSourceOf } from '../planning/planning-source';
import { type BeliefGroup, type BelievedTime, type TimeBelief, timeBeliefs } from '../planning/time-beliefs';
import type { ViewContent } from '../view-content';
import { sharingReader } from '../visibility';
import type { VisibleWriteService } from '../visible-write.service';
import { type PlanChange, type PlanReport, refuseInvalid } from './plan.service';
import { requireNodes } from './required-nodes';

/** A value of a series at an instant, RFC 3339. */
export interface SeriesPoint {
  readonly at: string;
  readonly value: number;
}

export interface OutcomeDraft {
  readonly metric: string;
  /** Plan or measure that achieved it. */
  readonly achievedById: string;
  /** Where the activity went. */
  readonly displacedToIds?: readonly string[] | null;
  readonly series?: readonly SeriesPoint[] | null;
  /** When the measure took effect: the series is judged by it. */
  readonly interruptedAt?: string | null;
  /** Report that says so. */
  readonly reportId?: string | null;
  readonly confidence?: number | null;
  readonly [property: string]: Json | undefined | readonly SeriesPoint[];
}

/** Members of a draft that are no properties of the outcome. */
const LINKS: ReadonlySet<string> = new Set([
  'achievedById',
  'displacedToIds',
  'series',
  'interruptedAt',
  'reportId',
  'confidence',
]);

export const MAX_POINTS = 20_000;
const DAY_MS = 86_400_000;
/** Coverage of the interval of a change. */
const LEVEL = 0.95;

export class OutcomeService {
  private readonly known = new WeakMap<Projection, Map<string, Promise<readonly TimeBelief[]>>>();

  constructor(
    private readonly writes: VisibleWriteService,
    private readonly content: ViewContent,
    private readonly now: () => Date,
  ) {}

  /** How long targets stay down or how fast activity moves away, as the record of the view tells. Worked out once for a view. */
  beliefs(view: GraphView, time: BelievedTime, by: BeliefGroup): Promise<readonly TimeBelief[]> {
    const kept = this.known.get(view.recorded) ?? new Map<string, Promise<readonly TimeBelief[]>>();
    this.known.set(view.recorded, kept);
    const key = JSON.stringify([view.key, view.asOf ?? null, time, by]);
    const known = kept.get(key) ?? this.newBeliefs(view, time, by);
    kept.set(key, known);
    known.catch(() => kept.delete(key));
    return known;
  }

  private async newBeliefs(view: GraphView, time: BelievedTime, by: BeliefGroup): Promise<TimeBelief[]> {
    const source = planningSourceOf(view, this.content);
    const asOf = view.asOf === undefined ? undefined : Date.parse(view.asOf);
    const horizonDays = Number.POSITIVE_INFINITY;
    const builder = planningBuilder(source.projection, { asOf, policy: 'EXPLICIT_ONLY', horizonDays });
    return timeBeliefs(await pastActions(source, builder), time, by);
  }

  /**
   * Records an outcome.
   *
   * @throws AppError NODE_NOT_FOUND, OUTCOME_SERIES, BAD_INPUT, INVALID_OBJECT
   */
  async record(draft: OutcomeDraft, { view, isDryRun }: PlanChange): Promise<PlanReport> {
    const { achievedById, displacedToIds, reportId } = draft;
    if (draft.metric.trim() === '')
      throw new AppError('BAD_INPUT', { what: 'metric', expected: 'words', got: '""' });
    requireNodes(view.projection, [achievedById], ['Plan', 'Measure']);
    requireNodes(view.projection, displacedToIds ?? []);
    requireNodes(view.projection, reportId ? [reportId] : [], ['Report']);
    const id = nodeId('Outcome', randomUUID());
    const properties = {
      ...propertiesOf(draft),
      ...sharingOf(view, achievedById),
      created: this.now().toISOString(),
    };
    const link = (type: string, from: string, to: string): RelationshipValue => ({
      id: relationshipId(type, from, to),
      type,
      from,
      to,
      properties: {},
    });
    const batch: Batch = {
      nodes: [{ id, type: 'Outcome', properties }],
      relationships: [
        link('ACHIEVED', achievedById, id),
        ...(displacedToIds ?? []).map((to) => link('DISPLACED_TO', id, to)),
      ],
      claims: reportId ? [claimOn(id, reportId, draft.confidence)] : [],
    };
    const intent = {
      kind: 'OUTCOME',
      actor: view.viewer.id,
      isDryRun,
      refusesContradictions: true,
      check: async (_reader: unknown, items: Parameters<typeof refuseInvalid>[0]) => refuseInvalid(items),
    };
    const { items, seq } = await this.writes.for(view).write(batch, intent);
    return { id, status: items[0].status, seq };
  }
}

/**
 * What a series did at an instant.
 *
 * @throws AppError OUTCOME_SERIES for points that are too many, no times, or twice at one time
 */
export function judgeSeries(
  points: readonly SeriesPoint[],
  interruptedAt: string,
  hasSlopeChange = false,
): InterruptedSeries {
  const sorted = checkedSeries(points);
  const origin = timeOf(interruptedAt);
  if (Number.isNaN(origin)) {
    throw new AppError('OUTCOME_SERIES', { reason: 'interruptedAt is no instant', got: interruptedAt });
  }
  const days = Float64Array.from(sorted, ([time]) => (time - origin) / DAY_MS);
  const values = Float64Array.from(sorted, ([, value]) => value);
  return interruptedTimeSeries(days, values, 0, { level: LEVEL, hasSlopeChange });
}

function checkedSeries(points: readonly SeriesPoint[]): readonly (readonly [time: number, value: number])[] {
  if (points.length > MAX_POINTS) {
    throw new AppError('OUTCOME_SERIES', { reason: `more than ${MAX_POINTS} points`, got: points.length });
  }
  const sorted = points.map(({ at, value }) => [timeOf(at), value] as const).sort((a, b) => a[0] - b[0]);
  sorted.forEach(([time, value], index) => {
    if (Number.isNaN(time) || !Number.isFinite(value))
      throw new AppError('OUTCOME_SERIES', { reason: 'a point has no time or no value', got: points[index] });
    if (index > 0 && sorted[index - 1][0] === time) {
      const got = new Date(time).toISOString();
      throw new AppError('OUTCOME_SERIES', { reason: 'two points have one time', got });
    }
  });
  return sorted;
}

function propertiesOf(draft: OutcomeDraft): Properties {
  const given = Object.entries(draft).filter(
    ([name, value]) => !LINKS.has(name) && value !== null && value !== undefined,
  );
  const properties = Object.fromEntries(given) as Record<string, Json>;
  const { series, interruptedAt } = draft;
  if (!series) return properties;
  properties.series = checkedSeries(series).map(([time, value]) => [new Date(time).toISOString(), value]);
  if (!interruptedAt) return properties;
  const judged = judgeSeries(series, interruptedAt);
  if (judged.status !== 'estimated') return properties;
  const { counterfactualMean, averageEffect, relativeEffect } = judged;
  properties.before ??= counterfactualMean;
  properties.after ??= counterfactualMean + averageEffect.value;
  if (relativeEffect) {
    properties.changeShare = relativeEffect.value;
    properties.changeLowShare = relativeEffect.low;
    properties.changeHighShare = relativeEffect.high;
  }
  return properties;
}

function claimOn(factId: string, reportId: string, confidence: number | null | undefined): ClaimValue {
  return {
    id: claimId(factId, reportId),
    factId,
    reportId,
    confidence: confidence ?? undefined,
    derivation: 'OBSERVED',
  };
}

/** An outcome is for those for whom the plan or measure is. */
function sharingOf({ projection }: GraphView, id: string): Properties {
  const { markings, sharedWith } = sharingReader(projection.vertices)(vertexOf(projection, id));
  return {
    ...(markings.length > 0 ? { markings } : {}),
    ...(sharedWith.length > 0 ? { sharedWith } : {}),
  };
}
