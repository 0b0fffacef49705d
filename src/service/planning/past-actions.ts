/** What was done before, against what, and what it was seen to do: past interventions, and measures of plans with outcomes. */
import type { EcosystemBuilder } from '../disruption/ecosystem';
import { type PlanningSource, PropertyReader } from './planning-source';
import { kindsOf } from './target-kind';

export interface PastOutcome {
  readonly id: string;
  readonly metric: string;
  readonly unit: string | null;
  readonly before: number | null;
  readonly after: number | null;
  readonly downtimeLowDays: number | null;
  readonly downtimeDays: number | null;
  readonly downtimeHighDays: number | null;
}

export interface PastAction {
  readonly id: string;
  readonly name: string;
  /** Milliseconds; null where nobody said. */
  readonly startedAt: number | null;
  readonly measureTypes: readonly string[];
  /** Kinds of what it hit, each once, in order; the type where a target has no kind. */
  readonly targetKinds: readonly string[];
  readonly targetTypes: readonly string[];
  readonly outcomes: readonly PastOutcome[];
}

/** Past actions in order of id; those that began after the instant asked for had not happened. */
export async function pastActions(source: PlanningSource, builder: EcosystemBuilder): Promise<PastAction[]> {
  const { projection } = builder;
  const vertices = [...builder.verticesOf('Intervention'), ...builder.verticesOf('Measure')].filter(
    (vertex) => hasHappened(builder, vertex),
  );
  const found = await source.nodes(vertices.map((vertex) => projection.vertices.ids[vertex]));
  const actions = vertices.map((vertex): PastAction => {
    const id = projection.vertices.ids[vertex];
    const read = new PropertyReader(found.get(id)?.properties ?? {});
    const isMeasure = builder.typeOf(vertex) === 'Measure';
    const type = read.text('measureType');
    const results = builder.edges(vertex, 'out', isMeasure ? 'ACHIEVED' : 'RESULTED_IN');
    const targets = builder
      .edges(vertex, 'out', isMeasure ? 'AGAINST' : 'HIT')
      .map((edge) => projection.to[edge]);
    return {
      id,
      name: builder.nameOf(vertex),
      startedAt: builder.number('startedAt', vertex),
      measureTypes: isMeasure ? (type === null ? [] : [type]) : [...read.texts('measureTypes')].sort(),
      targetKinds: distinct(targets.map((target) => kindsOf(builder, target)[0])),
      targetTypes: distinct(targets.map((target) => builder.typeOf(target))),
      outcomes: results.map((edge) => outcomeOf(builder, projection.to[edge])),
    };
  });
  return actions.filter((each) => each.outcomes.length > 0);
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)].sort();

function hasHappened(builder: EcosystemBuilder, vertex: number): boolean {
  const { asOf } = builder.options;
  const startedAt = builder.number('startedAt', vertex);
  return asOf === undefined || startedAt === null || startedAt <= asOf;
}

function outcomeOf(builder: EcosystemBuilder, vertex: number): PastOutcome {
  return {
    id: builder.projection.vertices.ids[vertex],
    metric: builder.text('metric', vertex) ?? '',
    unit: builder.text('unit', vertex),
    before: builder.number('before', vertex),
    after: builder.number('after', vertex),
    downtimeLowDays: builder.number('downtimeLowDays', vertex),
    downtimeDays: builder.number('downtimeDays', vertex),
    downtimeHighDays: builder.number('downtimeHighDays', vertex),
  };
}
