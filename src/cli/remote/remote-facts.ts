/** Facts with their claims as a running service gives them, and in the shape in which the service itself does. */
import type { FactView } from '../../service/fact.service';

const CLAIM =
  'id reportId report { name publisher published url } about says confidence credibility derivation';
/** Fields of a fact to ask for. */
export const FACT = `id type from { id } fromName to { id } toName claims { ${CLAIM} }`;

interface ServedClaim {
  readonly id: string;
  readonly reportId: string;
  readonly report: {
    readonly name: string | null;
    readonly publisher: string | null;
    readonly published: string | null;
    readonly url: string | null;
  } | null;
  readonly about: readonly string[];
  readonly says: string | null;
  readonly confidence: number | null;
  readonly credibility: number | null;
  readonly derivation: string | null;
}

export interface ServedFact {
  readonly id: string;
  readonly type: string;
  readonly from: { readonly id: string };
  readonly fromName: string;
  readonly to: { readonly id: string };
  readonly toName: string;
  readonly claims: readonly ServedClaim[];
}

const claimOf = ({
  id,
  reportId,
  report,
  about,
  says,
  confidence,
  credibility,
  derivation,
}: ServedClaim) => ({
  id,
  report: reportId,
  title: report?.name ?? null,
  publisher: report?.publisher ?? null,
  published: report?.published ?? null,
  url: report?.url ?? null,
  about,
  says,
  confidence,
  credibility,
  derivation,
});

export const factOf = ({ id, type, from, fromName, to, toName, claims }: ServedFact): FactView => ({
  fact: id,
  type,
  from: from.id,
  fromName,
  to: to.id,
  toName,
  claims: claims.map(claimOf),
});
