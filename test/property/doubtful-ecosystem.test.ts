/** With some facts false, the doubtful reading of an ecosystem loses what the ecosystem without these facts loses. */
import fc from 'fast-check';
import { DoubtfulWords } from '../../src/analysis';
import { LocalChokepoints } from '../../src/cli/local-chokepoints';
import type { Batch, NodeValue, RelationshipValue } from '../../src/model/values';
import { DisruptionSystems } from '../../src/service/disruption/systems';
import { openEmbeddedServices } from '../support/embedded-services';
import { smallEcosystem, T } from '../support/random-ecosystem';

const SCOPE = { minDowntimeDays: T };
const NOW = () => new Date('2026-11-23T00:00:00Z');

async function opened<R>(batch: Batch, work: (services: Services) => Promise<R>): Promise<R> {
  const { services, close } = await openEmbeddedServices();
  try {
    await services.writes.write(batch, { kind: 'TEST', actor: 'test' });
    return await work(services);
  } finally {
    await close();
  }
}
type Services = Awaited<ReturnType<typeof openEmbeddedServices>>['services'];

/** Losses above 0 by id, of the ecosystem as it is recorded. */
const recordedLosses = (batch: Batch): Promise<Record<string, number>> =>
  opened(batch, async (services) => {
    const { chokepoints } = await new LocalChokepoints(services).chokepoints(SCOPE, 500);
    return Object.fromEntries(
      chokepoints.filter((each) => each.severityLost > 0).map((each) => [each.id, each.severityLost]),
    );
  });

/** The same, of the ecosystem as it is recorded with some facts false. */
const doubtedLosses = (batch: Batch, isFalse: (id: string) => boolean): Promise<Record<string, number>> =>
  opened(batch, async (services) => {
    const projection = await services.projections.current();
    const reading = await new DisruptionSystems(NOW).of(projection, SCOPE).doubtful(async () => new Map());
    const words = new DoubtfulWords(reading.system);
    words.setFacts(Int32Array.from(reading.edges, (edge) => (isFalse(projection.edges.ids[edge]) ? 0 : -1)));
    const losses: Record<string, number> = {};
    for (const [id, event] of reading.eventOf) {
      words.hit([event]);
      const [loss] = words.lossWords() ?? [0];
      if (loss > 0) losses[id] = loss;
    }
    return losses;
  });

const without = (batch: Batch, isFalse: (id: string) => boolean): Batch => ({
  ...batch,
  relationships: batch.relationships.filter(({ id }) => !isFalse(id)),
});

/** Two groups with software, techniques, tactics and a campaign, in any relation. */
const groups: fc.Arbitrary<Batch> = fc
  .record({
    phases: fc.array(fc.subarray(['access', 'impact'], { minLength: 1 }), { minLength: 3, maxLength: 3 }),
    uses: fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 6, selector: String }),
    knows: fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 5, selector: String }),
    implements: fc.uniqueArray(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 6, selector: String }),
  })
  .map(({ phases, uses, knows, implements: implementing }) => {
    const users = ['intrusion-set--0', 'intrusion-set--1', 'campaign--0'];
    const nodes: NodeValue[] = [
      ...users.map((id) => ({
        id,
        type: id.startsWith('campaign') ? 'Operation' : 'IntrusionSet',
        properties: { name: id },
      })),
      ...[0, 1, 2].map((i) => ({
        id: `malware--${i}`,
        type: 'Malware',
        properties: { name: `M${i}`, availability: 'PRIVATE' },
      })),
      ...phases.map((names, i) => ({
        id: `attack-pattern--${i}`,
        type: 'Technique',
        properties: {
          name: `T${i}`,
          externalId: `T${i}`,
          killChainPhases: names.map((name) => ({ kill_chain_name: 'k', phase_name: name })),
        },
      })),
    ];
    const relationships: RelationshipValue[] = [];
    const link = (type: string, from: string, to: string) =>
      relationships.push({ id: `relationship--${type}-${from}-${to}`, type, from, to, properties: {} });
    link('ATTRIBUTED_TO', users[2], users[0]);
    for (const [user, i] of uses) link('USES', users[user], `malware--${i}`);
    for (const [user, i] of knows) link('USES_TECHNIQUE', users[user], `attack-pattern--${i}`);
    for (const [software, i] of implementing)
      link('USES_TECHNIQUE', `malware--${software}`, `attack-pattern--${i}`);
    return { nodes, relationships, claims: [] };
  });

test.each([
  ['requirements, components and providers', smallEcosystem.map(({ batch }) => batch)],
  ['the dependency policy', groups],
])('by %s', async (_name, batches) => {
  await fc.assert(
    fc.asyncProperty(batches, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), async (batch, drawn) => {
      const false_ = new Set(
        batch.relationships.map(({ id }) => id).filter((_, i) => (drawn >> BigInt(i)) & 1n),
      );
      const isFalse = (id: string): boolean => false_.has(id);
      expect(await doubtedLosses(batch, isFalse)).toEqual(await recordedLosses(without(batch, isFalse)));
    }),
    { numRuns: 60, seed: 71 },
  );
});
