/**
 * How long components stay away: by their own record, else by the assumption on their kind, moved by what past actions
 * were seen to do.
 */
import { compareIds, type DurationDistribution, type LogNormal, updateLogNormal } from '../../analysis';
import type { EcosystemBuilder } from '../disruption/ecosystem';
import type { PastAction } from './past-actions';
import { kindsOf } from './target-kind';

/** Days certain, or a distribution of them. */
export type Days = number | DurationDistribution;

export interface RecoveryDays {
  readonly detectDays: Days;
  readonly setupDays: Days;
  /** RECORDED on the component itself, or ASSUMED by its kind. */
  readonly basis: 'RECORDED' | 'ASSUMED';
}

interface Assumption extends LogNormal {
  readonly detectDays: number;
}

/** Where there is no assumption for the kind nor for the type. An assumption itself. */
const ANY_KIND: Assumption = { detectDays: 1, median: 30, sigma: 1.2 };

/** What an assumption is worth against what was observed, in observations. */
const PRIOR_WEIGHT = 4;
/** Half a day stands for no time at all. */
const FLOOR_DAYS = 0.5;
const UPDATE = { weight: PRIOR_WEIGHT, floor: FLOOR_DAYS };

export const logNormal = ({ median, sigma }: LogNormal): Days =>
  sigma > 0 && median > 0 ? { distribution: 'lognormal', median, sigma } : median;

export class Recovery {
  private readonly assumed = new Map<string, Assumption>();

  constructor(
    private readonly builder: EcosystemBuilder,
    private readonly past: readonly PastAction[],
  ) {
    for (const vertex of builder.verticesOf('RecoveryAssumption')) {
      const category = builder.text('category', vertex);
      if (category === null) continue;
      const prior = {
        median: builder.number('setupDays', vertex) ?? ANY_KIND.median,
        sigma: builder.number('setupSigma', vertex) ?? ANY_KIND.sigma,
      };
      const detectDays = builder.number('detectDays', vertex) ?? 0;
      this.assumed.set(category, { detectDays, ...this.moved(prior, category) });
    }
  }

  of(vertex: number): RecoveryDays {
    const detect = this.builder.number('detectDays', vertex);
    const setup = this.builder.number('setupDays', vertex);
    const assumed = this.assumedFor(vertex);
    if (detect === null && setup === null) {
      return { detectDays: assumed.detectDays, setupDays: logNormal(assumed), basis: 'ASSUMED' };
    }
    const setupDays = logNormal({ median: setup ?? 0, sigma: assumed.sigma });
    return { detectDays: detect ?? 0, setupDays, basis: 'RECORDED' };
  }

  /** Days that an effect of a type of measure is held, moved by past actions that took this measure alone. */
  holdOf(measureType: string, prior: LogNormal): Days {
    if (prior.median <= 0) return prior.median;
    const alone = this.past.filter(
      (each) => each.measureTypes.length === 1 && each.measureTypes[0] === measureType,
    );
    return logNormal(updateLogNormal(prior, downtimesOf(alone), UPDATE));
  }

  private assumedFor(vertex: number): Assumption {
    for (const kind of kindsOf(this.builder, vertex)) {
      const assumed = this.assumed.get(kind);
      if (assumed !== undefined) return assumed;
    }
    return ANY_KIND;
  }

  private moved(prior: LogNormal, kind: string): LogNormal {
    if (prior.median <= 0) return prior;
    return updateLogNormal(
      prior,
      downtimesOf(this.past.filter((each) => [...each.targetKinds, ...each.targetTypes].includes(kind))),
      UPDATE,
    );
  }
}

function downtimesOf(actions: readonly PastAction[]): number[] {
  return [...actions]
    .sort((a, b) => compareIds(a.id, b.id))
    .flatMap((each) => each.outcomes.map((outcome) => outcome.downtimeDays))
    .filter((days): days is number => days !== null);
}
