/** What a plan was predicted to do, as it is kept with it: enough to compare, to re-run and to read. */
import type { Json } from '../../model/values';

export interface Prediction {
  readonly kind: 'plan-prediction';
  /** Severity times days that operations lose. */
  readonly objective: number;
  /** 5 % and 95 % quantile of the simulation; null where none was run. */
  readonly low: number | null;
  readonly high: number | null;
  readonly bound: number | null;
  readonly gap: number | null;
  readonly status: string;
  /** Of what the certificate is. */
  readonly of: string;
  /** What losing everything would come to. */
  readonly ceiling: number;
  readonly cost: number;
  readonly operations: readonly {
    readonly id: string;
    readonly downtimeDays: number;
    readonly severityLost: number;
  }[];
  readonly alternatives: readonly {
    readonly objective: number;
    readonly cost: number;
    readonly targets: readonly string[];
  }[];
  readonly doubtfulEdges: readonly {
    readonly edge: string;
    readonly confidence: number;
    readonly value: number;
    readonly flips: boolean;
  }[];
  readonly warnings: readonly string[];
}

/** Whether a value kept with a plan is a prediction of this shape. */
export const isPredicted = (value: Json | undefined): value is Json & Prediction =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  'kind' in value &&
  value.kind === 'plan-prediction';
