/** Hansa before AlphaBay: a market held under watch while the other falls takes in the customers who flee. */
import { bestPlan, expandActions, scenarioProblem } from '../../../src/analysis';
import { readPlanProblem } from '../../../src/ingest/plan-problem.reader';
import { planningInput } from '../../../src/service/planning/planning-input';
import { highsSolver } from '../../../src/service/solver/highs.solver';

const never = null;
/**
 * AlphaBay carries nine tenths of the trade; Hansa takes in whoever flees after two days. Hansa can be watched for
 * forty days, from day 0 or from day 20; AlphaBay can be seized on day 0 or on day 20, for twenty days.
 */
const problem = (starts: { readonly hansa: number[]; readonly alphabay: number[] }) => ({
  horizonDays: 60,
  operations: [{ id: 'trade', severity: 1, needs: ['market'] }],
  requirements: [
    {
      id: 'market',
      suppliers: [
        { component: 'alphabay', share: 0.9 },
        { component: 'hansa', share: 0.1 },
        { component: 'hansa', role: 'BACKUP', share: 0.9, switchDays: 2 },
      ],
    },
  ],
  components: [
    { id: 'alphabay', detectDays: never, setupDays: never },
    { id: 'hansa', detectDays: never, setupDays: never },
  ],
  measures: [
    {
      id: 'watch-hansa',
      cost: 1,
      starts: starts.hansa,
      effects: [{ effect: 'INTERCEPT', target: 'hansa', holdDays: 25 }],
    },
    {
      id: 'seize-alphabay',
      cost: 1,
      starts: starts.alphabay,
      effects: [{ target: 'alphabay', holdDays: 20 }],
    },
  ],
  limits: { budget: 2 },
});

async function best(starts: { readonly hansa: number[]; readonly alphabay: number[] }) {
  const file = readPlanProblem('test', JSON.stringify(problem(starts)));
  const { model } = planningInput(file);
  const expansion = expandActions(model);
  const plan = bestPlan(scenarioProblem(model, expansion, { kind: 'asKnown' }), await highsSolver(), {
    seconds: 20,
    now: () => performance.now() / 1000,
  });
  const days = plan.actions.map((a) => [
    file.measures[expansion.actions[a].measure].id,
    expansion.actions[a].startDay,
  ]);
  return { plan, days: Object.fromEntries(days) as Record<string, number> };
}

it('waits with the seizure until the other market is under watch', async () => {
  const atOnce = await best({ hansa: [30], alphabay: [0] });
  const inTurn = await best({ hansa: [30], alphabay: [0, 10, 30, 50] });
  expect(inTurn.plan.status).toBe('optimal');
  expect(inTurn.days).toEqual({ 'watch-hansa': 30, 'seize-alphabay': 30 });
  expect(inTurn.plan.objective).toBeGreaterThan(atOnce.plan.objective + 5);
});
