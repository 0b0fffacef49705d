/** The main job on real input: the curated ecosystem, and ATT&CK where ATLAS_DATA names it, ranked alike by every engine. */
import { join } from 'node:path';
import { LocalChokepoints } from '../../src/cli/local-chokepoints';
import { createServices } from '../../src/compose';
import { fileSource } from '../../src/ingest/byte-source';
import type { ChokepointRanking } from '../../src/service/disruption/views';
import { storeNames, useStore } from '../support/stores';

const DATA = process.env.ATLAS_DATA;
const ATTACK = join('attack-enterprise', 'enterprise-attack-18.1.stix21.json.gz');
const NOW = () => new Date('2026-11-23T00:00:00Z');
const ALL = 10_000;
const SLOW_MS = 300_000;

/** What each store printed, by what was loaded. */
const printed = new Map<string, Map<string, string>>();

function keep(loaded: string, store: string, ranking: ChokepointRanking): void {
  // The number of the last change counts batches, which is the same on both; it stays in.
  const byStore = printed.get(loaded) ?? new Map<string, string>();
  printed.set(
    loaded,
    byStore.set(store, JSON.stringify({ ...ranking, basis: { ...ranking.basis, seconds: 0 } })),
  );
}

function expectSound({ chokepoints, status, totalCount }: ChokepointRanking): void {
  expect(status).toBe('complete');
  expect(chokepoints).toHaveLength(totalCount);
  expect(chokepoints.filter(({ reach }) => reach === 'UNREACHABLE' || reach === 'DEFENDABLE')).toEqual([]);
  const mute = chokepoints.filter(
    ({ evidence, cheapestCutSets }) => evidence.length === 0 || cheapestCutSets.length === 0,
  );
  expect(mute.map(({ name }) => name)).toEqual([]);
  const unsaid = chokepoints.flatMap(({ evidence }) => evidence.filter(({ claims }) => claims.length === 0));
  expect(unsaid).toEqual([]);
}

describe.each(storeNames.map((name) => [name]))('on %s', (name) => {
  const store = useStore(name);

  test(
    'the curated ecosystem loads once, and every chokepoint has cut sets and evidence',
    async () => {
      const services = createServices(store().engine, { now: NOW });
      const first = await services.seeds.load();
      expect(first.counts).toMatchObject({ updated: 0, stubbed: 0, rejected: 0 });
      expect((await services.seeds.load()).counts).toMatchObject({ created: 0, updated: 0 });
      const ranking = await new LocalChokepoints(services).chokepoints({}, ALL);
      expect(ranking.chokepoints.length).toBeGreaterThan(10);
      expectSound(ranking);
      keep('the curated ecosystem', name, ranking);
      const past = await new LocalChokepoints(services).chokepoints({ isAllTime: true }, ALL);
      expect(past.operationsInScope).toBeGreaterThan(ranking.operationsInScope);
      expectSound(past);
      keep('its whole history', name, past);
    },
    SLOW_MS,
  );

  if (DATA) {
    test(
      'enterprise ATT&CK is imported beside it with nothing lost, and ranks no tool that everybody has',
      async () => {
        const services = createServices(store().engine, { now: NOW });
        const sources = [fileSource(join(DATA, ATTACK))];
        const first = await services.importing.import(sources, { actor: 'test' });
        expect(first.totals).toEqual({
          read: 24_771,
          created: 24_771,
          updated: 0,
          unchanged: 0,
          stubbed: 0,
          rejected: 0,
        });
        const second = await services.importing.import(sources, { actor: 'test' });
        expect(second.totals).toMatchObject({ read: 24_771, unchanged: 24_771 });
        const ranking = await new LocalChokepoints(services).chokepoints({}, ALL);
        expect(ranking.operationsInScope).toBeGreaterThan(172);
        expectSound(ranking);
        const names = ranking.chokepoints.map((each) => each.name);
        for (const common of ['PsExec', 'Mimikatz', 'Cobalt Strike', 'Net', 'PowerSploit'])
          expect(names).not.toContain(common);
        keep('the curated ecosystem and ATT&CK', name, ranking);
      },
      SLOW_MS,
    );
  }
});

test(`every engine prints the same bytes${DATA ? '' : ' (without ATT&CK: ATLAS_DATA is not set)'}`, () => {
  expect([...printed.keys()]).toContain('the curated ecosystem');
  for (const [loaded, byStore] of printed) {
    const [first, ...others] = [...byStore.values()];
    expect(byStore.size).toBe(storeNames.length);
    for (const other of others) expect({ loaded, isSame: other === first }).toEqual({ loaded, isSame: true });
  }
});
