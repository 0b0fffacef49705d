/** The answers of this process: its services over the store that it has opened, to the one user of the machine. */
import type { Services } from '../service/services';
import type { Answers } from './answers';

export const localAnswers = ({ views, chokepoints, importing, seeds }: Services): Answers => ({
  chokepoints: {
    chokepoints: async (...args) => chokepoints.chokepoints(await views.whole(), ...args),
    cutSets: async (...args) => chokepoints.cutSets(await views.whole(), ...args),
    disruption: async (...args) => chokepoints.disruption(await views.whole(), ...args),
  },
  importing,
  seeds,
});
