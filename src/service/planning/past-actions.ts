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
  /** Days until the activity had moved elsewhere; null where nobody said. */
  readonly switchDays: number | null;
  /** Part of the activity that had moved; 0 says that none had. */
  readonly displacedShare: number | null;
  /** Milliseconds; null where nobody said. */
  readonly observedAt: number | null;
  readonly regeneratedAt: number | null;
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

/** Types of node that outcomes are recorded of, and how each leads to them. */
const RESULTS = { Intervention: 'RESULTED_IN', Measure: 'ACHIEVED', Plan: 'ACHIEVED' } as const;

/** Past actions in order of type and id; those that began after the instant asked for had not happened. */
export async function pastActions(source: PlanningSource, builder: EcosystemBuilder): Promise<PastAction[]> {
  const { projection } = builder;
  const vertices = Object.entries(RESULTS).flatMap(([type, results]) =>
    builder
      .verticesOf(type)
      .filter((vertex) => hasHappened(builder, vertex) && builder.edges(vertex, 'out', results).length > 0),
  );
  const measured = vertices.map((vertex) => [vertex, ...ends(builder, vertex, 'PLANS')]);
  const found = await source.nodes([...new Set(measured.flat())].map((v) => projection.vertices.ids[v]));
  return vertices.map((vertex, i): PastAction => {
    const id = projection.vertices.ids[vertex];
    const type = builder.typeOf(vertex) as keyof typeof RESULTS;
    const targets = measured[i].flatMap((each) =>
      ends(builder, each, type === 'Intervention' ? 'HIT' : 'AGAINST'),
    );
    const types = measured[i].flatMap((each) => {
      const read = new PropertyReader(found.get(projection.vertices.ids[each])?.properties ?? {});
      const own = read.text('measureType');
      return own === null ? read.texts('measureTypes') : [own];
    });
    return {
      id,
      name: builder.nameOf(vertex),
      startedAt: builder.number('startedAt', vertex),
      measureTypes: distinct(types),
      targetKinds: distinct(targets.map((target) => kindsOf(builder, target)[0])),
      targetTypes: distinct(targets.map((target) => builder.typeOf(target))),
      outcomes: ends(builder, vertex, RESULTS[type]).map((outcome) => outcomeOf(builder, outcome)),
    };
  });
}

const ends = (builder: EcosystemBuilder, vertex: number, type: string): number[] =>
  builder.edges(vertex, 'out', type).map((edge) => builder.projection.to[edge]);

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
    switchDays: builder.number('switchDays', vertex),
    displacedShare: builder.number('displacedShare', vertex),
    observedAt: builder.number('observedAt', vertex),
    regeneratedAt: builder.number('regeneratedAt', vertex),
  };
}
