/**
 * The planning problem of an ecosystem against its fault tree: with recovery, grace, shares and the market out of the way, what is
 * down for good under a set of hits costs an operation as much a day as brute force says it loses by their loss.
 */
import fc from 'fast-check';
import { expandActions, planScorer, scenarioProblem } from '../../src/analysis';
import type { PlanProblemFile } from '../../src/ingest/plan-problem.format';
import { EcosystemPlanner } from '../../src/service/planning/ecosystem-planner';
import { planningInput } from '../../src/service/planning/planning-input';
import { openEmbeddedServices } from '../support/embedded-services';
import { sourceOf } from '../support/planning-ecosystem';
import { lossWhen, type SmallEcosystem, smallEcosystem, subsets } from '../support/random-ecosystem';

const planner = new EcosystemPlanner(() => new Date('2026-01-01T00:00:00Z'));

/** Every supplier in use: what a reserve adds over time is not the question here. */
const inUse = ({ batch, ...rest }: SmallEcosystem): SmallEcosystem => ({
  ...rest,
  batch: {
    ...batch,
    relationships: batch.relationships.map((each) =>
      each.type === 'SATISFIED_BY'
        ? { ...each, properties: { supplierRole: 'PRIMARY', switchDays: 0 } }
        : each,
    ),
  },
});

/** One outage for good on each component, from the first day; nothing recovers. */
function struck(file: PlanProblemFile, components: readonly string[]): PlanProblemFile {
  const never = { detectDays: null, setupDays: null };
  return {
    ...file,
    components: file.components.map((each) => ({ ...each, ...never, reach: 'DISRUPTABLE' })),
    partners: [],
    cooperation: [],
    measures: components.map((target) => ({
      id: target,
      cost: 1,
      leadDays: 0,
      starts: [0],
      successProbability: 1,
      partnerKinds: [],
      offences: [],
      partners: [],
      exposure: 0,
      collateral: 0,
      effects: [{ effect: 'OUTAGE', target, holdDays: null, strength: 1 }],
      conflicts: [],
      requires: [],
    })),
  };
}

test('a set of hits for good costs as much a day as the operations lose', async () => {
  await fc.assert(
    fc.asyncProperty(smallEcosystem.map(inUse), async (ecosystem) => {
      const { services, close } = await openEmbeddedServices();
      try {
        await services.writes.write(ecosystem.batch, { kind: 'TEST', actor: 'test' });
        const horizonDays = 10;
        const scope = { horizonDays, isWithoutMarket: true };
        const { file } = await planner.problem(await sourceOf(services), { scope });
        const components = ecosystem.components.filter((id) =>
          file.components.some((each) => each.id === id),
        );
        const { model } = planningInput(struck(file, components));
        const problem = scenarioProblem(model, expandActions(model), { kind: 'asKnown' });
        const scorer = planScorer(problem);
        for (const set of subsets(components, 2)) {
          const actions = set.map((id) => components.indexOf(id));
          expect(scorer.objective(actions) / horizonDays).toBeCloseTo(lossWhen(ecosystem, set).severity, 6);
        }
      } finally {
        await close();
      }
    }),
    { numRuns: 40 },
  );
}, 120_000);
