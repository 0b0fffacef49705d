/** The planning answers of a running service, in the shape in which the service itself gives them. */

import { AppError } from '../../errors';
import { enumName } from '../../model/naming';
import type { CalibrationReport } from '../../service/planning/calibration';
import type { ComponentReach } from '../../service/planning/component-reach';
import type {
  CalibrationArguments,
  EcosystemPlan,
  ReachArguments,
} from '../../service/planning/ecosystem-planning.service';
import type { PlanQuery } from '../../service/planning/plan-query';
import type { PlannedMeasure, PlanReport } from '../../service/planning/planning-report';
import type { Scenario } from '../../service/scenario/scenario';
import type { PlanningAnswers, ProgressListener } from '../answers';
import { type GraphqlClient, ServedError } from './graphql-client';
import { scenarioInput } from './scenario-input';

const PLAN = `cost budget objective bound gap status of
  measures { id name type targetId cost jurisdiction partnerId partnerName startDay effectDay pSuccess legalBasis instrument }
  operations { id name downtimeDays severityLost }`;
const RESULT = `... on PlanResult { ${PLAN} ceiling solver rounds seconds graphVersion
  excluded { id reason } warnings { code subject message } assumptions { code subject }
  sample { scenarios replications expected halfWidth statisticalGap statisticalGapUpper selectionFrequency { id frequency } }
  simulation { runs mean standardError p5 p50 p95 }
  frontier { points { cost objective bound status measures } isComplete }
  alternatives { ${PLAN} }
  marginalValues { kind id name value low high }
  doubtfulEdges { edges { edge confidence value flips isProved } isComplete } }`;
const RUN = `id status phase secondsElapsed error { code message } result { ${RESULT} }`;
const START = `mutation ($scope: PlanScopeInput, $limits: PlanLimitsInput, $scenario: PlanScenarioInput, $doubt: Doubt,
  $scenarios: Int, $replications: Int, $seed: Int, $alternatives: Int, $marginal: Boolean, $doubtfulEdges: Boolean,
  $simulationRuns: Int, $takedown: TakedownInput, $seconds: Float, $frontier: Boolean) {
  optimiseDisruption(scope: $scope, limits: $limits, scenario: $scenario, doubt: $doubt, scenarios: $scenarios,
    replications: $replications, seed: $seed, alternatives: $alternatives, marginal: $marginal,
    doubtfulEdges: $doubtfulEdges, simulationRuns: $simulationRuns, takedown: $takedown, seconds: $seconds,
    frontier: $frontier) { ${RUN} } }`;
const FOLLOW = `query ($id: ID!) { analysisRun(id: $id, waitSeconds: 1) { ${RUN} } }`;
const REACH = `query ($component: ID!, $asOf: DateTime, $partners: [String!], $offences: [String!]) {
  reach(component: $component, asOf: $asOf, partners: $partners, offences: $offences) {
    reach reachReason jurisdictions reason measures { id name measureType effect jurisdiction isPlaceUnknown cost leadDays
      legalBasis reason partners { partnerId name kind jurisdictions days lowDays highDays pSuccess cooperationPathId
        cooperation instrument } } } }`;
const RATE = 'hits cases low high meanScore';
const CALIBRATION = `query ($quantity: CalibratedQuantity, $asOf: DateTime) { calibration(quantity: $quantity, asOf: $asOf) {
  quantity level record { ${RATE} } baseRate { ${RATE} } skill skillLow skillHigh beatsBaseRate graphVersion
  cases { actionId outcomeId name metric startedAt measureTypes targetKinds recordedLow recorded recordedHigh
    predicted { low median high } baseRate { low median high } isHit isBaseRateHit } } }`;

/** `SEIZE_DOMAIN` -> `seize-domain`: terms of measures travel as enums. */
const termOf = <T extends string | null>(name: T): T =>
  (name === null ? null : name.toLowerCase().replace(/_/g, '-')) as T;
/** Certificates travel in capitals. */
const lower = <T extends string>(name: T): T => name.toLowerCase() as T;

type ServedMeasure = Omit<PlannedMeasure, 'target' | 'partner'> & {
  readonly targetId: string;
  readonly partnerId: string | null;
};
type ServedPlan<P extends PlanReport> = Omit<P, 'measures'> & { readonly measures: readonly ServedMeasure[] };
type ServedResult = ServedPlan<Omit<EcosystemPlan, 'alternatives'>> & {
  readonly alternatives?: readonly ServedPlan<PlanReport>[] | null;
};
interface ServedRun {
  readonly id: string;
  readonly status: string;
  readonly phase: string;
  readonly secondsElapsed: number;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly result: ServedResult | null;
}

const RUNNING = new Set(['QUEUED', 'RUNNING']);

export class RemotePlanning implements PlanningAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async plan(query: PlanQuery, onProgress: ProgressListener): Promise<EcosystemPlan> {
    const { optimiseDisruption } = await this.client.ask<{ optimiseDisruption: ServedRun }>(
      START,
      variablesOf(query),
    );
    let run = optimiseDisruption;
    while (RUNNING.has(run.status)) {
      onProgress(run.secondsElapsed, run.phase);
      run = (await this.client.ask<{ analysisRun: ServedRun }>(FOLLOW, { id: run.id })).analysisRun;
    }
    if (run.error !== null) throw new ServedError(run.error.code, run.error.message);
    if (run.result === null) throw new AppError('NOT_READY', { reason: `the run ended as ${run.status}` });
    return resultOf(run.result);
  }

  async reach(component: string, given: ReachArguments): Promise<ComponentReach> {
    const { reach } = await this.client.ask<{ reach: Omit<ComponentReach, 'componentId'> }>(REACH, {
      component,
      ...given,
    });
    const measures = reach.measures.map((each) => ({ ...each, measureType: termOf(each.measureType) }));
    return { componentId: component, ...reach, measures };
  }

  async calibrate(given: CalibrationArguments): Promise<CalibrationReport> {
    const { calibration } = await this.client.ask<{ calibration: CalibrationReport }>(CALIBRATION, {
      ...given,
    });
    const cases = calibration.cases.map((each) => ({
      ...each,
      measureTypes: each.measureTypes.map((type) => termOf(type)),
    }));
    return { ...calibration, cases };
  }
}

function variablesOf({ scenario, doubt, takedown, limits, ...query }: PlanQuery): Record<string, unknown> {
  return {
    ...query,
    limits: { ...limits, measureTypes: limits?.measureTypes?.map(enumName) },
    scenario: scenario && scenarioInput(scenario as Scenario),
    doubt: doubt && { expected: 'EXPECTED', asKnown: 'AS_KNOWN', guaranteed: 'GUARANTEED' }[doubt],
    takedown: takedown && { operationIds: takedown.operations, minDowntimeDays: takedown.minDowntimeDays },
  };
}

function planOf<P extends ServedPlan<PlanReport>>(served: P) {
  return {
    ...served,
    status: lower(served.status),
    of: lower(served.of),
    measures: served.measures.map(({ targetId, partnerId, ...each }) => ({
      ...each,
      type: termOf(each.type),
      target: targetId,
      partner: partnerId,
    })),
  };
}

function resultOf(served: ServedResult): EcosystemPlan {
  const { sample, simulation, frontier, alternatives, marginalValues, doubtfulEdges, ...rest } =
    planOf(served);
  const points = frontier?.points.map((each) => ({ ...each, status: lower(each.status) }));
  return {
    ...rest,
    ...(sample ? { sample } : {}),
    ...(simulation ? { simulation } : {}),
    ...(frontier && points ? { frontier: { ...frontier, points } } : {}),
    ...(alternatives ? { alternatives: alternatives.map((each) => planOf(each)) } : {}),
    ...(marginalValues ? { marginalValues } : {}),
    ...(doubtfulEdges ? { doubtfulEdges } : {}),
  };
}
