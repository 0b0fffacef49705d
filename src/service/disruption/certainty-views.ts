/** How sure a ranking is, and why a component is in it, in the shape in which they are shown. */
import type { Estimate } from '../../analysis';
import type { Exactness } from '../exactness';
import type { FactView } from '../fact.service';
import type { AnalysisBasis } from './analysis-basis';
import type { MissingArc } from './doubtful-ecosystem';
import type { DoubtSummary } from './fact-confidence';

export interface ComponentConfidence {
  /** Places that it takes in nine of ten scenarios, and the share of scenarios in which it keeps its own or a better one. */
  readonly rankInterval: {
    readonly low: number;
    readonly high: number;
    readonly stability: number;
    readonly exactness: Exactness;
  };
  /** Chance that its loss alone stops anything, with the error of the sample. */
  readonly pChokepoint: Estimate & { readonly exactness: Exactness };
  /** 5 % and 95 % quantiles of what it loses alone, and the mean. */
  readonly severityLostInterval: {
    readonly low: number;
    readonly high: number;
    readonly mean: Estimate & { readonly exactness: Exactness };
    readonly exactness: Exactness;
  };
}

/** What the confidence of a ranking rests on. */
export interface ConfidenceSummary extends DoubtSummary {
  readonly scenarios: number;
  readonly seed: number;
  readonly status: 'complete' | 'stopped';
}

type Named = { readonly id: string; readonly name: string };

export interface TurningFactView {
  /** FALSE: a fact on record proves wrong; else one that is missing: a further supplier, or a dependency on the component. */
  readonly kind: 'FALSE' | MissingArc['kind'];
  readonly fact: FactView | null;
  /** Where a missing fact would be: the need with a further supplier, the component that depends on this one. */
  readonly at: Named | null;
  readonly pHolds: number | null;
  readonly severityLost: number;
  readonly severityChange: number;
  readonly rank: number;
  readonly rankChange: number;
}

export interface ExplanationView extends Named {
  /** The component, or the cheapest cut set with it where it stops nothing alone. */
  readonly hits: readonly Named[];
  readonly severityLost: number;
  readonly rank: number;
  /** By operation that the hits stop: the fewest facts that suffice, whatever becomes of all others. */
  readonly sufficient: readonly {
    readonly operationId: string;
    readonly operationName: string;
    readonly facts: readonly FactView[];
    readonly pAll: number;
    readonly exactness: Exactness;
    readonly bound: number;
  }[];
  readonly sufficientCount: number;
  readonly turningFacts: readonly TurningFactView[];
  readonly turningFactCount: number;
  readonly basis: AnalysisBasis;
}
