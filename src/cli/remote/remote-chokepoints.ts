/** The chokepoint answers of a running service, in the shape in which the service itself gives them. */

import type { DisruptionScope } from '../../service/disruption/scope';
import type {
  ChokepointRanking,
  ChokepointView,
  CutSetsView,
  DisruptionView,
  LossView,
} from '../../service/disruption/views';
import type { ChokepointAnswers, CutSetLimits } from '../answers';
import type { GraphqlClient } from './graphql-client';

const LOSS = 'operationsLost severityLost operationIds';
const CLAIM =
  'id reportId report { name publisher published url } about says confidence credibility derivation';
const FACT = `id type from { id } fromName to { id } toName claims { ${CLAIM} }`;
const BASIS = 'basis { method exactness bound graphVersion seconds }';
const CHOKEPOINT = `rank id name node { __typename } defence ${LOSS} withMarket { ${LOSS} }
  cheapestCutSets { hits { id name } cost severityLost } importance { cutSetsByOrder severityShare }
  recoveryDays jurisdictions reach reachReason evidence { ${FACT} } evidenceCount`;
const CHOKEPOINTS = `query ($first: Int, $scope: DisruptionScope) { chokepoints(first: $first, scope: $scope) {
  chokepoints { ${CHOKEPOINT} } totalCount operationsInScope severityInScope operationsUntargeted status warnings { code id } graphVersion ${BASIS} } }`;
const CUT_SETS = `query ($operation: ID!, $maxOrder: Int, $maxSets: Int, $scope: DisruptionScope) {
  cutSets(operation: $operation, maxOrder: $maxOrder, maxSets: $maxSets, scope: $scope) {
  count byOrder sets { members { id name } order cost } status ${BASIS} } }`;
const DISRUPTION = `query ($removing: [ID!]!, $scope: DisruptionScope) { disruption(removing: $removing, scope: $scope) {
  removed { id name } refused { id reason } before { operationsUp severity } after { operationsUp severity }
  lost { id name severity } severityLost withMarket { ${LOSS} } graphVersion ${BASIS} } }`;

type Served<V> = Omit<V, 'operations'> & { readonly operationIds: readonly string[] };
type Member = { readonly id: string; readonly name: string };

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

interface ServedFact {
  readonly id: string;
  readonly type: string;
  readonly from: { readonly id: string };
  readonly fromName: string;
  readonly to: { readonly id: string };
  readonly toName: string;
  readonly claims: readonly ServedClaim[];
}

interface ServedSet {
  readonly hits: readonly Member[];
  readonly cost: number;
  readonly severityLost: number;
}

type ServedChokepoint = Omit<
  Served<ChokepointView>,
  'type' | 'withMarket' | 'cheapestCutSets' | 'evidence'
> & {
  readonly node: { readonly __typename: string };
  readonly withMarket: Served<LossView>;
  readonly cheapestCutSets: readonly ServedSet[];
  readonly evidence: readonly ServedFact[];
};

const lossOf = ({ operationsLost, severityLost, operationIds }: Served<LossView>): LossView => ({
  operationsLost,
  severityLost,
  operations: operationIds,
});

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

const factOf = ({ id, type, from, fromName, to, toName, claims }: ServedFact) => ({
  fact: id,
  type,
  from: from.id,
  fromName,
  to: to.id,
  toName,
  claims: claims.map(claimOf),
});

const chokepointOf = (served: ServedChokepoint): ChokepointView => ({
  rank: served.rank,
  id: served.id,
  name: served.name,
  type: served.node.__typename,
  defence: served.defence,
  ...lossOf(served),
  withMarket: lossOf(served.withMarket),
  cheapestCutSets: served.cheapestCutSets.map(({ hits, cost, severityLost }) => ({
    members: hits.map((member) => member.id),
    cost,
    severityLost,
  })),
  importance: served.importance,
  recoveryDays: served.recoveryDays,
  jurisdictions: served.jurisdictions,
  reach: served.reach,
  reachReason: served.reachReason,
  evidence: served.evidence.map(factOf),
  evidenceCount: served.evidenceCount,
});

/** The status travels as an enum, in capitals. */
const statusOf = <S extends string>(status: S): S => status.toLowerCase() as S;

export class RemoteChokepoints implements ChokepointAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async chokepoints(scope: DisruptionScope = {}, limit?: number): Promise<ChokepointRanking> {
    type Ranking = Omit<ChokepointRanking, 'chokepoints' | 'names'> & {
      readonly chokepoints: ServedChokepoint[];
    };
    const { chokepoints: ranking } = await this.client.ask<{ chokepoints: Ranking }>(CHOKEPOINTS, {
      first: limit,
      scope,
    });
    const own = ranking.chokepoints.map(({ id, name }) => [id, name] as const);
    const sets = ranking.chokepoints.flatMap((each) => each.cheapestCutSets.flatMap((set) => set.hits));
    return {
      ...ranking,
      chokepoints: ranking.chokepoints.map(chokepointOf),
      names: Object.fromEntries([...sets.map(({ id, name }) => [id, name] as const), ...own]),
      status: statusOf(ranking.status),
    };
  }

  async cutSets(
    operation: string,
    scope: DisruptionScope = {},
    limits: CutSetLimits = {},
  ): Promise<CutSetsView> {
    const { cutSets } = await this.client.ask<{ cutSets: Omit<CutSetsView, 'operation'> }>(CUT_SETS, {
      operation,
      scope,
      ...limits,
    });
    return { operation, ...cutSets, status: statusOf(cutSets.status) };
  }

  async disruption(removing: readonly string[], scope: DisruptionScope = {}): Promise<DisruptionView> {
    type Result = Omit<DisruptionView, 'withMarket'> & { readonly withMarket: Served<LossView> };
    const { disruption } = await this.client.ask<{ disruption: Result }>(DISRUPTION, { removing, scope });
    return { ...disruption, withMarket: lossOf(disruption.withMarket) };
  }
}
