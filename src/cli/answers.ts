/** What the commands ask for: the services of this process, or a running service that holds the store. */

import type { ChokepointService } from '../service/chokepoint.service';
import type { GraphView } from '../service/graph-view';
import type { ImportService } from '../service/import.service';
import type { SeedService } from '../service/seed.service';

/** A question without the view that it is asked in: who answers knows who asks. */
type Asked<F> = F extends (view: GraphView, ...args: infer A) => infer R ? (...args: A) => R : never;

export type ChokepointAnswers = {
  readonly [N in 'chokepoints' | 'cutSets' | 'disruption']: Asked<ChokepointService[N]>;
};
export type ImportAnswers = Pick<ImportService, 'import'>;
export type SeedAnswers = Pick<SeedService, 'load'>;

export interface Answers {
  readonly chokepoints: ChokepointAnswers;
  readonly importing: ImportAnswers;
  readonly seeds: SeedAnswers;
}

/** Opens what answers, lets work ask it, and closes it whatever happens. */
export type Opener = <T>(work: (answers: Answers) => Promise<T>) => Promise<T>;
