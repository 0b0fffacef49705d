/** The chokepoint answers of a running service, in the shape in which the service itself gives them. */

import type {
  ComponentConfidence,
  ExplanationView,
  TurningFactView,
} from '../../service/disruption/certainty-views';
import type { ConfidenceOptions } from '../../service/disruption/component-confidence';
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
import { FACT, factOf, type ServedFact } from './remote-facts';

const LOSS = 'operationsLost severityLost operationIds';
const BASIS = 'basis { method exactness bound graphVersion seconds }';
const CHOKEPOINT = `rank id name node { __typename } defence ${LOSS} withMarket { ${LOSS} }
  cheapestCutSets { hits { id name } cost severityLost } importance { cutSetsByOrder severityShare }
  recoveryDays jurisdictions reach reachReason evidence { ${FACT} } evidenceCount
  rankInterval { low high stability exactness } pChokepoint { value low high exactness }
  severityLostInterval { low high mean { value low high exactness } exactness }`;
const CONFIDENCE = 'confidence { facts claims origins unclaimedFacts scenarios seed status }';
const CHOKEPOINTS = `query ($first: Int, $scope: DisruptionScope, $confidence: ConfidenceOptions) {
  chokepoints(first: $first, scope: $scope, confidence: $confidence) {
  chokepoints { ${CHOKEPOINT} } totalCount operationsInScope severityInScope operationsUntargeted status warnings { code id } graphVersion ${CONFIDENCE} ${BASIS} } }`;
const CUT_SETS = `query ($operation: ID!, $maxOrder: Int, $maxSets: Int, $scope: DisruptionScope) {
  cutSets(operation: $operation, maxOrder: $maxOrder, maxSets: $maxSets, scope: $scope) {
  count byOrder sets { members { id name } order cost } status ${BASIS} } }`;
const EXPLAIN = `query ($id: ID!, $first: Int, $scope: DisruptionScope) { explainChokepoint(id: $id, first: $first, scope: $scope) {
  id name hits { id name } severityLost rank
  sufficient { operationId operationName facts { ${FACT} } pAll exactness bound } sufficientCount
  turningFacts { kind fact { ${FACT} } at { id name } pHolds severityLost severityChange rank rankChange }
  turningFactCount ${BASIS} } }`;
const DISRUPTION = `query ($removing: [ID!]!, $scope: DisruptionScope) { disruption(removing: $removing, scope: $scope) {
  removed { id name } refused { id reason } before { operationsUp severity } after { operationsUp severity }
  lost { id name severity } severityLost withMarket { ${LOSS} } graphVersion ${BASIS} } }`;

type Served<V> = Omit<V, 'operations'> & { readonly operationIds: readonly string[] };
type Member = { readonly id: string; readonly name: string };

interface ServedSet {
  readonly hits: readonly Member[];
  readonly cost: number;
  readonly severityLost: number;
}

type ServedChokepoint = Omit<
  Served<ChokepointView>,
  'type' | 'withMarket' | 'cheapestCutSets' | 'evidence' | 'confidence'
> & {
  readonly node: { readonly __typename: string };
  readonly rankInterval: ComponentConfidence['rankInterval'] | null;
  readonly pChokepoint: ComponentConfidence['pChokepoint'] | null;
  readonly severityLostInterval: ComponentConfidence['severityLostInterval'] | null;
  readonly withMarket: Served<LossView>;
  readonly cheapestCutSets: readonly ServedSet[];
  readonly evidence: readonly ServedFact[];
};

const lossOf = ({ operationsLost, severityLost, operationIds }: Served<LossView>): LossView => ({
  operationsLost,
  severityLost,
  operations: operationIds,
});

function confidenceOf({
  rankInterval,
  pChokepoint,
  severityLostInterval,
}: ServedChokepoint): ComponentConfidence | null {
  return rankInterval && pChokepoint && severityLostInterval
    ? { rankInterval, pChokepoint, severityLostInterval }
    : null;
}

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
  confidence: confidenceOf(served),
});

/** The status travels as an enum, in capitals. */
const statusOf = <S extends string>(status: S): S => status.toLowerCase() as S;

export class RemoteChokepoints implements ChokepointAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async chokepoints(
    scope: DisruptionScope = {},
    limit?: number,
    confidence?: ConfidenceOptions,
  ): Promise<ChokepointRanking> {
    type Ranking = Omit<ChokepointRanking, 'chokepoints' | 'names'> & {
      readonly chokepoints: ServedChokepoint[];
    };
    const { chokepoints: ranking } = await this.client.ask<{ chokepoints: Ranking }>(CHOKEPOINTS, {
      first: limit,
      scope,
      confidence,
    });
    const own = ranking.chokepoints.map(({ id, name }) => [id, name] as const);
    const sets = ranking.chokepoints.flatMap((each) => each.cheapestCutSets.flatMap((set) => set.hits));
    return {
      ...ranking,
      chokepoints: ranking.chokepoints.map(chokepointOf),
      names: Object.fromEntries([...sets.map(({ id, name }) => [id, name] as const), ...own]),
      status: statusOf(ranking.status),
      confidence: ranking.confidence && {
        ...ranking.confidence,
        status: statusOf(ranking.confidence.status),
      },
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

  async explain(id: string, scope: DisruptionScope = {}, first?: number): Promise<ExplanationView> {
    type Turning = Omit<TurningFactView, 'fact'> & { readonly fact: ServedFact | null };
    type Sufficient = Omit<ExplanationView['sufficient'][number], 'facts'> & { readonly facts: ServedFact[] };
    type Served = Omit<ExplanationView, 'sufficient' | 'turningFacts'> & {
      readonly sufficient: Sufficient[];
      readonly turningFacts: Turning[];
    };
    const { explainChokepoint: served } = await this.client.ask<{ explainChokepoint: Served }>(EXPLAIN, {
      id,
      first,
      scope,
    });
    return {
      ...served,
      sufficient: served.sufficient.map((each) => ({ ...each, facts: each.facts.map(factOf) })),
      turningFacts: served.turningFacts.map((each) => ({ ...each, fact: each.fact && factOf(each.fact) })),
    };
  }
}
