/** The chokepoint answers of the services in this process, over the graph as it is when asked. */

import type { ExplanationView } from '../service/disruption/certainty-views';
import type { ConfidenceOptions } from '../service/disruption/component-confidence';
import type { DisruptionScope } from '../service/disruption/scope';
import type { ChokepointRanking, CutSetsView, DisruptionView } from '../service/disruption/views';
import type { Services } from '../service/services';
import type { ChokepointAnswers, CutSetLimits } from './answers';

export class LocalChokepoints implements ChokepointAnswers {
  constructor(
    private readonly services: Pick<Services, 'chokepoints' | 'chokepointExplanations' | 'views'>,
  ) {}

  async chokepoints(
    scope?: DisruptionScope,
    limit?: number,
    confidence?: ConfidenceOptions,
  ): Promise<ChokepointRanking> {
    const { chokepoints, views } = this.services;
    return chokepoints.chokepoints(await views.whole(), scope, limit, confidence);
  }

  async explain(id: string, scope?: DisruptionScope, limit?: number): Promise<ExplanationView> {
    const { chokepointExplanations, views } = this.services;
    return chokepointExplanations.explain(await views.whole(), id, scope, limit);
  }

  async cutSets(operation: string, scope?: DisruptionScope, limits?: CutSetLimits): Promise<CutSetsView> {
    const { chokepoints, views } = this.services;
    return chokepoints.cutSets(await views.whole(), operation, scope, limits);
  }

  async disruption(removing: readonly string[], scope?: DisruptionScope): Promise<DisruptionView> {
    const { chokepoints, views } = this.services;
    return chokepoints.disruption(await views.whole(), removing, scope);
  }
}
