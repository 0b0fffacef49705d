/** The planning answers of this process. */

import { type PlanningSource, planningSourceOf } from '../service/planning/planning-source';
import type { Services } from '../service/services';
import type { PlanningAnswers } from './answers';
import { planPhase } from './plan.output';

export class LocalPlanning implements PlanningAnswers {
  constructor(private readonly services: Services) {}

  plan: PlanningAnswers['plan'] = async (query, onProgress) => {
    const clock = (): number => performance.now() / 1000;
    const began = clock();
    return this.services.planning.plan(await this.source(), query, {
      clock,
      onPhase: (phase) => onProgress(clock() - began, phase),
      onProgress: ({ objective, bound, rounds }) =>
        onProgress(clock() - began, planPhase(objective, bound, rounds)),
    });
  };

  reach: PlanningAnswers['reach'] = async (component, given) =>
    this.services.planning.reach(await this.source(), component, given);

  calibrate: PlanningAnswers['calibrate'] = async (given) =>
    this.services.planning.calibrate(await this.source(), given);

  private async source(): Promise<PlanningSource> {
    const { content, views } = this.services;
    return planningSourceOf(await views.whole(), content);
  }
}
