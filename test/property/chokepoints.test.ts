import fc from 'fast-check';
import { LocalChokepoints } from '../../src/cli/local-chokepoints';
import { openEmbeddedServices } from '../support/embedded-services';
import {
  hittable,
  lossWhen,
  type SmallEcosystem,
  smallEcosystem,
  subsets,
  T,
} from '../support/random-ecosystem';

const SCOPE = { minDowntimeDays: T };
const RUNS = { numRuns: 60 };

async function analysed<R>(
  ecosystem: SmallEcosystem,
  ask: (service: LocalChokepoints) => Promise<R>,
): Promise<R> {
  const { services, close } = await openEmbeddedServices();
  try {
    const { items } = await services.writes.write(ecosystem.batch, { kind: 'TEST', actor: 'test' });
    expect(items.filter((item) => item.status !== 'created')).toEqual([]);
    return await ask(new LocalChokepoints(services));
  } finally {
    await close();
  }
}

/** Minimal sets of hittable components, of order 1 to 3, that stop an operation. */
function minimalCutSets(ecosystem: SmallEcosystem, operation: string): string[][] {
  const stops = (set: readonly string[]) => lossWhen(ecosystem, set).operations.includes(operation);
  const sets = subsets(hittable(ecosystem), 3).filter(stops);
  return sets.filter(
    (set) => !sets.some((other) => other.length < set.length && other.every((id) => set.includes(id))),
  );
}

const sorted = (sets: readonly (readonly string[])[]) => sets.map((set) => [...set].sort().join()).sort();

test('single losses and their order equal brute force, as known and with the market', async () => {
  await fc.assert(
    fc.asyncProperty(smallEcosystem, async (ecosystem) => {
      const { chokepoints } = await analysed(ecosystem, (service) => service.chokepoints(SCOPE, 100));
      const loses = hittable(ecosystem).filter((id) => lossWhen(ecosystem, [id]).severity > 0);
      expect(
        chokepoints
          .filter((each) => each.severityLost > 0)
          .map((each) => each.id)
          .sort(),
      ).toEqual(loses);
      for (const each of chokepoints) {
        const known = lossWhen(ecosystem, [each.id]);
        const market = lossWhen(ecosystem, [each.id], true);
        expect([each.severityLost, each.operations]).toEqual([known.severity, known.operations]);
        expect([each.withMarket.severityLost, each.withMarket.operations]).toEqual([
          market.severity,
          market.operations,
        ]);
      }
      const order = chokepoints.map((each) => each.severityLost);
      expect(order).toEqual([...order].sort((a, b) => b - a));
    }),
    RUNS,
  );
});

test('cut sets of every operation equal brute force, and so do those shown beside a component', async () => {
  await fc.assert(
    fc.asyncProperty(smallEcosystem, async (ecosystem) => {
      const { perOperation, ranking } = await analysed(ecosystem, async (service) => ({
        perOperation: await Promise.all(ecosystem.operations.map((id) => service.cutSets(id, SCOPE))),
        ranking: await service.chokepoints(SCOPE, 100),
      }));
      const expected = ecosystem.operations.map((operation) => minimalCutSets(ecosystem, operation));
      perOperation.forEach((result, i) => {
        expect(result.status).toBe('complete');
        expect(sorted(result.sets.map((set) => set.members.map((member) => member.id)))).toEqual(
          sorted(expected[i]),
        );
      });
      for (const each of ranking.chokepoints) {
        const own = new Set(sorted(expected.flat().filter((set) => set.includes(each.id))));
        expect(each.importance.cutSetsByOrder.reduce((sum, count) => sum + count, 0)).toBe(own.size);
        for (const set of each.cheapestCutSets) {
          expect(own).toContain([...set.members].sort().join());
          expect(set.severityLost).toBe(lossWhen(ecosystem, set.members).severity);
        }
        const cheapest = Math.min(...[...own].map((set) => set.split(',').length));
        expect(each.cheapestCutSets[0].cost).toBe(cheapest);
      }
    }),
    RUNS,
  );
});

test('what-if equals brute force for any set that is removed, and refuses what cannot be hit', async () => {
  await fc.assert(
    fc.asyncProperty(smallEcosystem, fc.nat(255), async (ecosystem, mask) => {
      const removing = ecosystem.components.filter((_, i) => (mask >> i) & 1);
      const view = await analysed(ecosystem, (service) => service.disruption(removing, SCOPE));
      const removed = view.removed.map((each) => each.id);
      const can = hittable(ecosystem);
      expect(removed.every((id) => can.includes(id))).toBe(true);
      const expected = lossWhen(
        ecosystem,
        removing.filter((id) => can.includes(id)),
      );
      expect(view.lost.map((each) => each.id)).toEqual(expected.operations);
      expect(view.severityLost).toBe(expected.severity);
      expect([...removed, ...view.refused.map((each) => each.id)].sort()).toEqual(removing);
    }),
    RUNS,
  );
});
