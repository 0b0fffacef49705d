/** Custody of what a plan rests on: which reports its facts come from, and digests by which anybody can check that these are the same. */
import { canonicalJson } from '../../model/digest';
import { hashOf } from '../../model/hash';
import type { Json, NodeValue } from '../../model/values';
import type { ClaimView, FactView } from '../fact.service';

export interface CustodyItem {
  readonly reportId: string;
  readonly title: string;
  readonly publisher: string | null;
  /** SHA-256 of the content of the report, as it was imported; null where only claims of it are kept. */
  readonly contentHash: string | null;
  readonly claims: number;
  /** SHA-256 over the claims of the report that are cited. */
  readonly claimsDigest: string;
}

/** One item for each report that a reader sees, in order of id; reports that the reader does not see have none. */
export function custodyOf(facts: Iterable<FactView>, reports: ReadonlyMap<string, NodeValue>): CustodyItem[] {
  const cited = new Map<string, Map<string, Json>>();
  for (const fact of facts) {
    for (const claim of fact.claims) {
      const own = cited.get(claim.report) ?? new Map<string, Json>();
      cited.set(claim.report, own.set(claim.id, statementOf(fact, claim)));
    }
  }
  return [...cited]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([reportId, claims]) => {
      const report = reports.get(reportId)?.properties;
      if (report === undefined) return [];
      const text = (name: string) => (typeof report[name] === 'string' ? (report[name] as string) : null);
      const ordered = [...claims].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, statement]) => statement);
      return [
        {
          reportId,
          title: text('name') ?? reportId,
          publisher: text('publisher'),
          contentHash: text('hash'),
          claims: ordered.length,
          claimsDigest: hashOf('sha256', canonicalJson(ordered), 'hex'),
        },
      ];
    });
}

/** What a digest is taken over: canonical JSON (keys sorted) of a list of these, in order of the ids of the claims. */
const statementOf = ({ fact, type, from, to }: FactView, claim: ClaimView): Json => ({
  about: [...claim.about],
  claim: claim.id,
  confidence: claim.confidence,
  credibility: claim.credibility,
  derivation: claim.derivation,
  fact,
  from,
  says: claim.says,
  to,
  type,
});
