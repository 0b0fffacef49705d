/** The chokepoint answers of the services in this process, over the graph as it is when asked. */
import type { DisruptionScope } from '../service/disruption/scope';
import type { ChokepointRanking, CutSetsView, DisruptionView } from '../service/disruption/views';
import type { Services } from '../service/services';
import type { ChokepointAnswers, CutSetLimits } from './answers';

export class LocalChokepoints implements ChokepointAnswers {
  constructor(private readonly services: Pick<Services, 'chokepoints' | 'projections'>) {}

  async chokepoints(scope?: DisruptionScope, limit?: number): Promise<ChokepointRanking> {
    const { chokepoints, projections } = this.services;
    return chokepoints.chokepoints(await projections.current(), scope, limit);
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
