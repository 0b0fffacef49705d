/**
 * Confidence in a fact, derived from the claims about it; stored nowhere.
 *
 *   claim:   p = min(0.95, (r + c) / 2 · s)   r of the reliability, c of the credibility, s = stated confidence / 100, or 1
 *   origin:  p = the greatest of its claims; of a report that is only repeated, of those that repeat it
 *   fact:    p = 1 − Π (1 − p of each independent origin)
 *
 * The Admiralty code has no numbers. The weights are an assumption of this service: A or 1 = 1, each grade below 0.2 less, and what
 * cannot be judged (F, 6, or nothing said) 0.5.
 */
import type { ClaimValue } from '../../model/values';
import { type Origin, originsOf } from './origins';
import type { RecordOf } from './report-record';

export const CONFIDENCE_FORMULA =
  'claim = min(0.95, (reliability + credibility) / 2 * stated); origin = max of its claims; fact = 1 - product over origins of (1 - origin)';

const CANNOT_BE_JUDGED = 0.5;
const RELIABILITY: Readonly<Record<string, number>> = { A: 1, B: 0.8, C: 0.6, D: 0.4, E: 0.2 };
const CREDIBILITY = [1, 0.8, 0.6, 0.4, 0.2];
const MOST = 0.95;

export interface ClaimWeight {
  readonly claim: ClaimValue;
  readonly reliability: string | null;
  /** Share, 0 to 1. */
  readonly probability: number;
}

export interface OriginWeight {
  readonly key: string;
  readonly probability: number;
  readonly claims: readonly ClaimWeight[];
  readonly repeatedBy: readonly ClaimWeight[];
}

export interface Confidence {
  /** Share, 0 to 1; null where nobody claims the fact. */
  readonly probability: number | null;
  readonly origins: readonly OriginWeight[];
}

/** How sure, 0 to 100; null where nobody claims the fact. */
export const percentOf = ({ probability }: Confidence): number | null =>
  probability === null ? null : probability * 100;

export function confidenceOf(claims: readonly ClaimValue[], recordOf: RecordOf): Confidence {
  const origins = originsOf(claims, recordOf).map((origin) => weighed(origin, recordOf));
  if (origins.length === 0) return { probability: null, origins };
  const pNone = origins.reduce((product, { probability }) => product * (1 - probability), 1);
  return { probability: 1 - pNone, origins };
}

function weighed({ key, claims, repeatedBy }: Origin, recordOf: RecordOf): OriginWeight {
  const weigh = (claim: ClaimValue): ClaimWeight => {
    const { reliability } = recordOf(claim.reportId);
    return { claim, reliability, probability: probabilityOf(claim, reliability) };
  };
  const [own, others] = [claims.map(weigh), repeatedBy.map(weigh)];
  const counted = own.length > 0 ? own : others;
  return {
    key,
    probability: Math.max(...counted.map((each) => each.probability)),
    claims: own,
    repeatedBy: others,
  };
}

export function probabilityOf(claim: ClaimValue, reliability: string | null): number {
  const r = RELIABILITY[reliability ?? ''] ?? CANNOT_BE_JUDGED;
  const c = CREDIBILITY[(claim.credibility ?? 6) - 1] ?? CANNOT_BE_JUDGED;
  return Math.min(MOST, ((r + c) / 2) * ((claim.confidence ?? 100) / 100));
}
