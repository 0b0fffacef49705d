/** The graph as it was known after a change, against a store that stopped there: random writes, on every store named. */
import fc from 'fast-check';
import { vertexOf } from '../../src/analysis';
import { createServices } from '../../src/compose';
import type { Batch } from '../../src/model/values';
import { LOCAL_VIEWER } from '../../src/model/viewer';
import { GraphView } from '../../src/service/graph-view';
import type { Services } from '../../src/service/services';
import { WriteService } from '../../src/service/write.service';
import { findLatestSeq } from '../../src/store/change.store';
import type { StoreEngine } from '../../src/store/engine';
import { batches, inSpace, nodeIdsIn } from '../support/ecosystem';
import { viewOf } from '../support/projection-view';
import { describeStores } from '../support/stores';

const INTENT = { kind: 'import', actor: 'test' };
const writerOf = (engine: StoreEngine) =>
  new WriteService(
    engine,
    () => undefined,
    () => new Date('2026-01-01T00:00:00Z'),
  );

/** Everything a reader can be shown of the graph at this moment, or as it was known after a change. */
async function shown(services: Services, ids: readonly string[], knownAtSeq?: number) {
  const projection =
    knownAtSeq === undefined
      ? await services.projections.current()
      : await services.projections.at(knownAtSeq);
  const known = { knownAtSeq };
  const keys = projection.edges.ids.flatMap((id) => services.relationships.keyOf(projection, id) ?? []);
  const own = keys.filter((key) => ids.includes(key.from));
  const sorted = <V>(map: ReadonlyMap<string, V>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
  const described = sorted(await services.nodes.find(ids, known));
  const isThere = (id: string) => vertexOf(projection, id) >= 0;
  return {
    view: viewOf(projection),
    nodes: described,
    relationships: sorted(await services.relationships.find(own, known)),
    claims: sorted(await services.evidence.find([...ids, ...own.map((key) => key.id)], known)),
    found: await services.searches.search(GraphView.whole(LOCAL_VIEWER, projection), 'e', isThere),
    revisions: sorted(
      await services.nodes.findRevisions(
        described.map(([id]) => id),
        known,
      ),
    ),
  };
}

describeStores('the graph as it was known', (store, name) => {
  let run = 0;

  it('equals a store that stopped there', async () => {
    const { engine } = store();
    const services = createServices(engine);
    await fc.assert(
      fc.asyncProperty(batches(6), async (given) => {
        run += 1;
        const ids = nodeIdsIn(`past${run}`);
        const stopped = new Map<number, unknown>([[await findLatestSeq(engine), await shown(services, ids)]]);
        for (const batch of inSpace(given, `past${run}`)) {
          const { seq } = await writerOf(engine).write(batch, INTENT);
          if (seq !== undefined) stopped.set(seq, await shown(createServices(engine), ids));
        }
        for (const [seq, then] of stopped) expect(await shown(services, ids, seq)).toEqual(then);
      }),
      { numRuns: name === 'embedded' ? 40 : 5, endOnFailure: true },
    );
  }, 180_000);

  it('knows nothing before the first change, and the present from the last one on', async () => {
    const { projections } = createServices(store().engine);
    const present = await projections.current();
    expect(await projections.at(present.seq)).toBe(present);
    expect(await projections.at(present.seq + 5)).toBe(present);
    const { vertices, edges, seq } = await projections.at(0);
    expect([vertices.ids.length, edges.ids.length, seq]).toEqual([0, 0, 0]);
  });

  it('has claims as they stood, whoever judged or took them back since', async () => {
    const { engine } = store();
    const services = createServices(engine);
    const fact = { id: 'malware--as-they-stood' };
    const write = (says: string, more: object = {}) =>
      writerOf(engine).write(
        {
          nodes: [],
          relationships: [],
          claims: [{ id: 'claim--stood', factId: fact.id, reportId: 'report--1', says, ...more }],
        },
        { ...INTENT, isClaimEdit: true },
      );
    const first = (await write('one')).seq!;
    const second = (await write('two', { edited: true, values: { family: 'x' } })).seq!;
    const third = (await write('two', { retractedAt: '2026-01-01T00:00:00.000Z' })).seq!;
    const at = async (knownAtSeq?: number) =>
      (await services.evidence.find([fact.id], { knownAtSeq }))
        .get(fact.id)!
        .map(({ says, values, retractedAt }) => ({
          says,
          values,
          isGone: retractedAt !== undefined,
        }));
    expect(await at(first - 1)).toEqual([]);
    expect(await at(first)).toEqual([{ says: 'one', isGone: false }]);
    expect(await at(second)).toEqual([{ says: 'two', values: { family: 'x' }, isGone: false }]);
    expect(await at(third)).toEqual([{ says: 'two', isGone: true }]);
    expect(await at()).toEqual(await at(third));
  });

  it('has the placeholder that only a relationship of then led to', async () => {
    const { engine } = store();
    const services = createServices(engine);
    const link = (to: string, modified: string) => ({
      id: 'relationship--moves',
      type: 'USES',
      from: 'malware--mover',
      to,
      properties: { modified },
    });
    const write = (batch: Partial<Batch>) =>
      services.writes.write({ nodes: [], relationships: [], claims: [], ...batch }, INTENT);
    await write({ relationships: [link('tool--left', '2024-01-01T00:00:00Z')] });
    await services.projections.current();
    const { seq } = await write({ relationships: [link('tool--reached', '2025-01-01T00:00:00Z')] });
    const then = viewOf(await services.projections.current());
    await write({ nodes: [{ id: 'tool--left', type: 'Tool', properties: { name: 'Described' } }] });
    expect(viewOf(await services.projections.at(seq as number))).toEqual(then);
  });
});
