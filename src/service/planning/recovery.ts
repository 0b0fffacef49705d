/**
 * How long components stay away: by their own record, else by the assumption on their kind, moved by what past actions
 * were seen to do.
 */
import { type DurationDistribution, type LogNormal, updateLogNormal } from '../../analysis';
import type { EcosystemBuilder } from '../disruption/ecosystem';
import type { PastAction } from './past-actions';
import { daysOf, FLOOR_DAYS, type TimedAction, timesOfReturn, timesOfSwitch } from './past-times';
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
/** Spread of the days that the market takes to step in, once what was seen moves them. An assumption. */
const MARKET_SIGMA = 1;
const UPDATE = { weight: PRIOR_WEIGHT, floor: FLOOR_DAYS };

export const logNormal = ({ median, sigma }: LogNormal): Days =>
  sigma > 0 && median > 0 ? { distribution: 'lognormal', median, sigma } : median;

export class Recovery {
  private readonly assumed = new Map<string, Assumption>();
  private readonly returns: readonly TimedAction[];
  private readonly switches: readonly TimedAction[];

  constructor(
    private readonly builder: EcosystemBuilder,
    past: readonly PastAction[],
  ) {
    this.returns = timesOfReturn(past);
    this.switches = timesOfSwitch(past).filter(({ observation }) => observation.isReturned);
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
    const alone = this.returns.filter(
      (each) => each.measureTypes.length === 1 && each.measureTypes[0] === measureType,
    );
    return logNormal(updateLogNormal(prior, daysOf(alone), UPDATE));
  }

  /** Days until the market has replaced a supplier of a category: as assumed, moved by what past actions on its kind showed. */
  switchOf(category: string): Days {
    const { switchDays } = this.builder.marketOf(category);
    const seen = this.switches.filter((each) => isOfKind(each, category));
    if (seen.length === 0 || switchDays <= 0) return switchDays;
    return logNormal(updateLogNormal({ median: switchDays, sigma: MARKET_SIGMA }, daysOf(seen), UPDATE));
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
    return updateLogNormal(prior, daysOf(this.returns.filter((each) => isOfKind(each, kind))), UPDATE);
  }
}

const isOfKind = ({ targetKinds, targetTypes }: TimedAction, kind: string): boolean =>
  targetKinds.includes(kind) || targetTypes.includes(kind);
