/** The planning answers of this process. */

import type { PlanningSource } from '../service/planning/planning-source';
import type { Services } from '../service/services';
import type { PlanningAnswers } from './answers';
import { planPhase } from './plan.output';

export class LocalPlanning implements PlanningAnswers {
  constructor(private readonly services: Services) {}

  plan: PlanningAnswers['plan'] = async (query, onProgress) => {
    const clock = (): number => performance.now() / 1000;
    return this.services.planning.plan(await this.source(), query, {
      clock,
      onProgress: ({ seconds, objective, bound, rounds }) =>
        onProgress(seconds, planPhase(objective, bound, rounds)),
    });
  };

  reach: PlanningAnswers['reach'] = async (component, given) =>
    this.services.planning.reach(await this.source(), component, given);

  calibrate: PlanningAnswers['calibrate'] = async (given) =>
    this.services.planning.calibrate(await this.source(), given);

  private async source(): Promise<PlanningSource> {
    const { content, views } = this.services;
    const view = await views.whole();
    return {
      projection: view.recorded,
      nodes: (ids) => content.nodes(view, ids),
      claims: (ids) => content.claims(view, ids),
    };
  }
}
