/** How sure the ranking of chokepoints is, as a job: for graphs or numbers of scenarios with which it takes long. */
import { FailureFunctions, lossSample } from '../../analysis';
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import type { ComponentConfidence, ConfidenceSummary } from './certainty-views';
import { type ConfidenceOptions, componentConfidence, sampledLosses } from './component-confidence';
import { buildDisruptionSystem, type SystemOptions } from './disruption-system';
import { rankComponents } from './ranking';
import type { DisruptionScope } from './scope';
import type { DoubtfulReading } from './systems';
import { idOf } from './views';

export interface ConfidenceParameters extends Required<ConfidenceOptions> {
  /** What was asked for, and what it means at the time of asking, with every default filled in. */
  readonly scope: DisruptionScope;
  readonly options: SystemOptions;
  /** How many of the first of the ranking to look at. */
  readonly limit: number;
}

/** The doubt about facts, which is read from claims. */
export type ConfidenceDoubt = Pick<DoubtfulReading, 'system' | 'doubt' | 'summary' | 'eventOf'>;

export interface RankedConfidence extends ComponentConfidence {
  readonly rank: number;
  readonly id: string;
}

export interface ConfidenceResult extends AnalysisResult {
  readonly chokepoints: readonly RankedConfidence[];
  readonly totalCount: number;
  readonly summary: ConfidenceSummary;
}

/** Share of the work that each part takes, roughly. */
const [RANKED, SAMPLED] = [0.1, 0.7];

export const confidenceAnalysis: AnalysisKind<ConfidenceParameters, ConfidenceResult, ConfidenceDoubt> = {
  name: 'CONFIDENCE',
  run({ projection, parameters, extra }, { interrupt, progress, clock }) {
    const start = clock();
    const { options, limit, scenarios, seed } = parameters;
    const { system, doubt, summary, eventOf } = extra;
    progress(0, 'ranking what can be hit');
    const known = buildDisruptionSystem(projection, options);
    const { components } = rankComponents(known, interrupt);
    const toBlock = Math.ceil(scenarios / 32);
    let blocks = 0;
    const deadline = (): boolean => {
      blocks += 1;
      progress(RANKED + (SAMPLED * blocks) / toBlock, 'drawing scenarios');
      return interrupt();
    };
    progress(RANKED, 'drawing scenarios');
    const sampled = sampledLosses(lossSample(system, doubt, { seed, fromBlock: 0, toBlock, deadline }));
    const functions = new FailureFunctions(system);
    const shown = components.slice(0, limit);
    const chokepoints = shown.map((component, index) => {
      const id = idOf(known, component.event);
      const event = eventOf.get(id) as number;
      progress(RANKED + SAMPLED + ((1 - RANKED - SAMPLED) * index) / shown.length, 'working out chances');
      const place = [event, index + 1] as const;
      return { rank: index + 1, id, ...componentConfidence(functions, doubt, sampled, place, interrupt) };
    });
    const { status, scenarios: drawn } = sampled.sample;
    return {
      method: 'Monte Carlo with common random numbers, decision diagrams',
      exactness: 'ESTIMATE',
      isStopped: interrupt(),
      chokepoints,
      totalCount: components.length,
      summary: { ...summary, scenarios: drawn, seed, status },
      seconds: clock() - start,
    };
  },
};
