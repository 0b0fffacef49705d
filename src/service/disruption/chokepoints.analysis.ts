/** The ranking of chokepoints, as a job: for graphs on which it would hold up requests. */
import type { AnalysisKind, AnalysisResult } from '../analysis-run/analysis-kind';
import { buildDisruptionSystem, type SystemOptions } from './disruption-system';
import { rankComponents } from './ranking';
import { cutSetView, idOf, lossView, total } from './views';

export interface ChokepointsParameters {
  /** What to analyse, with every default filled in. */
  readonly options: SystemOptions;
  /** How many of the first to keep. */
  readonly limit: number;
}

export interface RankedChokepoint {
  readonly rank: number;
  readonly id: string;
  readonly loss: ReturnType<typeof lossView>;
  readonly withMarket: ReturnType<typeof lossView>;
  readonly cheapestCutSets: readonly ReturnType<typeof cutSetView>[];
}

export interface ChokepointsResult extends AnalysisResult {
  readonly chokepoints: readonly RankedChokepoint[];
  readonly totalCount: number;
  readonly operationsInScope: number;
  readonly severityInScope: number;
}

export const chokepointsAnalysis: AnalysisKind<ChokepointsParameters, ChokepointsResult> = {
  name: 'CHOKEPOINTS',
  run({ projection, parameters }, { interrupt, progress, clock }) {
    const start = clock();
    progress(0, 'building fault trees');
    const system = buildDisruptionSystem(projection, parameters.options);
    progress(0.3, 'ranking what can be hit');
    const { components, status } = rankComponents(system, interrupt);
    const { operations } = system.known;
    return {
      method: 'minimal cut sets of order 1 to 3',
      exactness: status === 'complete' ? 'EXACT' : 'LOWER_BOUND',
      isStopped: status === 'stopped',
      chokepoints: components.slice(0, parameters.limit).map((component, index) => ({
        rank: index + 1,
        id: idOf(system, component.event),
        loss: lossView(system, component.alone),
        withMarket: lossView(system, component.aloneWithMarket),
        cheapestCutSets: component.cheapest.map((set) => cutSetView(system, set)),
      })),
      totalCount: components.length,
      operationsInScope: operations.length,
      severityInScope: total(operations.map((operation) => operation.severity)),
      seconds: clock() - start,
    };
  },
};
