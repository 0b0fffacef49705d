/**
 * The spam value chain of "Click Trajectories" as the seeds have it: banks are few and slow to replace, domains and hosts are
 * many and replaced in a day.
 */
import { nodeId } from '../../../src/model/identity';
import {
  type EcosystemPlan,
  EcosystemPlanningService,
} from '../../../src/service/planning/ecosystem-planning.service';
import type { PlanQuery } from '../../../src/service/planning/plan-query';
import { type EmbeddedServices, openEmbeddedServices } from '../../support/embedded-services';
import { sourceOf } from '../../support/planning-ecosystem';

const AS_OF = '2011-06-01T00:00:00Z';
const HORIZON = 100;
const PHARMA = nodeId('Operation', 'op-spam-pharma');
const CHAIN = ['op-spam-pharma', 'op-spam-replica', 'op-spam-software'].map((key) =>
  nodeId('Operation', key),
);
const component = (type: string, key: string) => nodeId(type, key);
const bank = (key: string) => component('FinancialChannel', key);
/** Shares of the seeds: of spam volume, by bank. */
const SHARES = new Map([
  [bank('fin-agbank'), 0.61],
  [bank('fin-dnb-nord'), 0.3],
  [bank('fin-wirecard'), 0.03],
  [bank('fin-cartu'), 0.03],
  [bank('fin-bsm'), 0.03],
]);

let open: EmbeddedServices;
beforeAll(async () => {
  open = await openEmbeddedServices();
  await open.services.seeds.load();
}, 240_000);
afterAll(() => open.close());

const planning = () => new EcosystemPlanningService(open.services.warninglists, () => new Date(AS_OF));
const clock = () => performance.now() / 1000;
async function plan(query: PlanQuery): Promise<EcosystemPlan> {
  const scope = { operationIds: [PHARMA], asOf: AS_OF, horizonDays: HORIZON, ...query.scope };
  return planning().plan(await sourceOf(open.services), { doubt: 'asKnown', ...query, scope }, { clock });
}

const ONLY_BANKS = { measureTypes: ['terms-of-service-suspension'] };

/** What losing shares from some days on, until they are replaced, costs an operation of severity 4. */
async function expected(found: EcosystemPlan): Promise<number> {
  const { file } = await planning().problem(await sourceOf(open.services), {
    scope: { operationIds: [PHARMA], asOf: AS_OF, horizonDays: HORIZON },
  });
  return found.measures.reduce((sum, { target, effectDay }) => {
    const setup = file.components.find((each) => each.id === target)?.setupDays;
    const { median, sigma } = setup as { median: number; sigma: number };
    const detect = file.components.find((each) => each.id === target)?.detectDays as number;
    const back = effectDay + detect + median * Math.exp(sigma ** 2 / 2);
    return sum + 4 * (SHARES.get(target) ?? Number.NaN) * (Math.min(HORIZON, back) - effectDay);
  }, 0);
}

describe('the spam value chain', () => {
  it('with one measure the plan is the largest bank, and the degradation is its share while it is gone', async () => {
    const found = await plan({ limits: { ...ONLY_BANKS, maxMeasures: 1 } });
    expect(found.status).toBe('optimal');
    expect(found.measures.map((each) => each.target)).toEqual([bank('fin-agbank')]);
    expect(found.objective).toBeCloseTo(await expected(found), 6);
  });

  it('with three measures it is the three largest, and their shares add up', async () => {
    const found = await plan({ limits: { ...ONLY_BANKS, maxMeasures: 3 } });
    const shares = found.measures.map((each) => SHARES.get(each.target)).sort();
    expect(shares).toEqual([0.03, 0.3, 0.61]);
    expect(found.objective).toBeCloseTo(await expected(found), 6);
  });

  it('over the whole chain three measures are the three banks that carry most severity', async () => {
    const found = await plan({ scope: { operationIds: CHAIN }, limits: { ...ONLY_BANKS, maxMeasures: 3 } });
    expect(new Set(found.measures.map((each) => each.target))).toEqual(
      new Set([bank('fin-skna'), bank('fin-agbank'), bank('fin-latvia-savings')]),
    );
  });

  it('a wave of domain seizures alone scores what its replacement time leaves', async () => {
    const registrar = component('Service', 'svc-naunet');
    const found = await plan({ limits: { measureTypes: ['seize-domain'] } });
    expect(found.measures.map((each) => each.target)).toEqual([registrar]);
    const { file } = await planning().problem(await sourceOf(open.services), {
      scope: { operationIds: [PHARMA], asOf: AS_OF },
    });
    const [{ setupDays }] = file.components.filter((each) => each.id === registrar);
    const { median, sigma } = setupDays as { median: number; sigma: number };
    expect(median).toBe(1);
    const days = Math.min(median * Math.exp(sigma ** 2 / 2), HORIZON - found.measures[0].effectDay);
    expect(found.objective).toBeCloseTo(4 * 0.4 * days, 6);
    const banks = await plan({ limits: { ...ONLY_BANKS, maxMeasures: 1 } });
    expect(banks.objective).toBeGreaterThan(10 * found.objective);
  });
});
