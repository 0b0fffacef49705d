/** The chokepoint answers of the services in this process, over the graph as it is when asked. */
import type { ConfidenceOptions } from '../service/confidence.service';
import type { ExplanationView } from '../service/disruption/certainty-views';
import type { DisruptionScope } from '../service/disruption/scope';
import type { ChokepointRanking, CutSetsView, DisruptionView } from '../service/disruption/views';
import type { Services } from '../service/services';
import type { ChokepointAnswers, CutSetLimits } from './answers';

export class LocalChokepoints implements ChokepointAnswers {
  constructor(private readonly services: Pick<Services, 'chokepoints' | 'explanations' | 'projections'>) {}

  async chokepoints(
    scope?: DisruptionScope,
    limit?: number,
    confidence?: ConfidenceOptions,
  ): Promise<ChokepointRanking> {
    const { chokepoints, projections } = this.services;
    return chokepoints.chokepoints(await projections.current(), scope, limit, confidence);
  }

  async explain(id: string, scope?: DisruptionScope, limit?: number): Promise<ExplanationView> {
    const { explanations, projections } = this.services;
    return explanations.explain(await projections.current(), id, scope, limit);
  }

  async cutSets(operation: string, scope?: DisruptionScope, limits?: CutSetLimits): Promise<CutSetsView> {
    const { chokepoints, projections } = this.services;
    return chokepoints.cutSets(await projections.current(), operation, scope, limits);
  }

  async disruption(removing: readonly string[], scope?: DisruptionScope): Promise<DisruptionView> {
    const { chokepoints, projections } = this.services;
    return chokepoints.disruption(await projections.current(), removing, scope);
  }
}
