/** What a planning run reports: ids instead of indices, the certificate, and the evidence for it. */
import { type ActionExpansion, type BestPlan, type DoubtfulEdge, type PlanProblem } from '../../analysis';
import type { PlanningInput, PlanningWarning } from './planning-input';
import type { SimulationReport } from './simulation-report';

export interface PlannedMeasure {
  readonly id: string;
  readonly name: string | null;
  readonly type: string | null;
  readonly target: string;
  readonly cost: number;
  readonly jurisdiction: string | null;
  readonly partner: string | null;
  readonly partnerName: string | null;
  readonly startDay: number;
  readonly effectDay: number;
  /** Probability that it works, that of cooperation abroad included. */
  readonly pSuccess: number;
  readonly legalBasis: string | null;
  /** Instrument by which the partner gets it done abroad; null at home. */
  readonly instrument: string | null;
}

export interface PlannedOperation {
  readonly id: string;
  readonly name: string | null;
  /** Days of full loss that the loss over the horizon amounts to. */
  readonly downtimeDays: number;
  readonly severityLost: number;
}

export interface PlanReport {
  readonly measures: readonly PlannedMeasure[];
  readonly cost: number;
  readonly budget: number | null;
  readonly objective: number;
  readonly bound: number;
  /** Null where the bound says nothing yet. */
  readonly gap: number | null;
  readonly status: BestPlan['status'];
  /** Of what the certificate is. */
  readonly of: BestPlan['of'];
  readonly operations: readonly PlannedOperation[];
}

export interface FullPlanReport extends PlanReport {
  /** What losing every operation for the whole horizon would come to. */
  readonly ceiling: number;
  readonly solver: string;
  readonly rounds: number;
  readonly seconds: number;
  readonly excluded: readonly { readonly id: string; readonly reason: string }[];
  readonly warnings: readonly PlanningWarning[];
  readonly relax?: readonly string[];
  /** Operations of a takedown that not even every measure together takes down. */
  readonly outOfReach?: readonly string[];
  readonly sample?: SampleReport;
  readonly simulation?: SimulationReport;
  readonly frontier?: { readonly points: readonly FrontierPoint[]; readonly isComplete: boolean };
  readonly alternatives?: readonly PlanReport[];
  readonly marginalValues?: readonly MarginalReport[];
  readonly doubtfulEdges?: { readonly edges: readonly EdgeReport[]; readonly isComplete: boolean };
}

export interface SampleReport {
  readonly scenarios: number;
  readonly replications: number;
  readonly expected: number;
  readonly halfWidth: number;
  readonly statisticalGap: number;
  readonly statisticalGapUpper: number;
  readonly selectionFrequency: readonly { readonly id: string; readonly frequency: number }[];
}

export interface FrontierPoint {
  readonly cost: number;
  readonly objective: number;
  readonly bound: number;
  readonly status: BestPlan['status'];
  readonly measures: readonly string[];
}

export interface MarginalReport {
  readonly kind: 'PARTNER' | 'JURISDICTION';
  readonly id: string;
  readonly name: string | null;
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface EdgeReport {
  readonly edge: string;
  readonly confidence: number;
  readonly value: number;
  readonly flips: boolean;
  readonly isProved: boolean;
}

export function planReport(
  input: PlanningInput,
  expansion: ActionExpansion,
  problem: PlanProblem,
  plan: BestPlan,
): PlanReport {
  const { file } = input;
  const measures = plan.actions.map((a): PlannedMeasure => {
    const action = expansion.actions[a];
    const measure = file.measures[action.measure];
    const partner = action.partner < 0 ? undefined : file.partners[action.partner];
    return {
      id: measure.id,
      name: measure.name ?? null,
      type: measure.type ?? null,
      target: measure.target ?? [...new Set(measure.effects.map((each) => each.target))].join(' '),
      cost: measure.cost,
      jurisdiction: measure.jurisdiction ?? null,
      partner: partner?.id ?? null,
      partnerName: partner?.name ?? null,
      startDay: action.startDay,
      effectDay: action.effectDay,
      pSuccess: measure.successProbability * action.pGranted,
      legalBasis: measure.legalBasis ?? null,
      instrument: file.cooperation[action.way]?.instrument ?? null,
    };
  });
  const operations = file.operations
    .map((each, o) => ({
      id: each.id,
      name: each.name ?? null,
      downtimeDays: plan.score.lostDays[o],
      severityLost: plan.score.severityLost[o],
    }))
    .filter((each) => each.downtimeDays > 0)
    .sort((a, b) => b.severityLost - a.severityLost || (a.id < b.id ? -1 : 1));
  const { budget } = problem.limits;
  return {
    measures,
    cost: plan.cost,
    budget: Number.isFinite(budget) ? budget : null,
    objective: plan.objective,
    bound: plan.bound,
    gap: Number.isFinite(plan.gap) ? plan.gap : null,
    status: plan.status,
    of: plan.of,
    operations,
  };
}

const nameIn = (list: readonly { readonly id: string; readonly name?: string }[], id: string): string =>
  list.find((each) => each.id === id)?.name ?? id;

export function edgeName(input: PlanningInput, edge: DoubtfulEdge): string {
  const { file } = input;
  const dependencyName = ({ from, to }: { readonly from: string; readonly to: string }): string =>
    `${nameIn(file.components, from)} depends on ${nameIn(file.components, to)}`;
  if (edge.kind === 'DEPENDENCY') {
    return dependencyName(file.dependencies.filter((each) => each.autonomousDays === 0)[edge.dependency]);
  }
  const requirement = file.requirements[edge.requirement];
  if (requirement !== undefined) {
    const supplier = nameIn(file.components, requirement.suppliers[edge.supplier].component);
    return `${requirement.name ?? requirement.id} is met by ${supplier}`;
  }
  const autonomous = file.dependencies.filter((each) => each.autonomousDays > 0);
  return dependencyName(autonomous[edge.requirement - file.requirements.length]);
}
