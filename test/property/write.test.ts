/** The write path against a plain model: random batches, on every store named. */
import fc from 'fast-check';
import { canonicalJson } from '../../src/model/digest';
import type { Json, Properties } from '../../src/model/values';
import { WriteService } from '../../src/service/write.service';
import { findLatestSeq, listChanges } from '../../src/store/change.store';
import { findClaims } from '../../src/store/claim.store';
import type { StoreEngine } from '../../src/store/engine';
import { findNodes } from '../../src/store/node.store';
import { findRelationshipsFrom } from '../../src/store/relationship.store';
import { findVersions } from '../../src/store/version.store';
import { batches, inSpace, nodeIdsIn } from '../support/ecosystem';
import { PlainStore } from '../support/plain-store';
import { describeStores } from '../support/stores';

const INTENT = { kind: 'import', actor: 'test' };
/** Runs on each store: a server answers a statement in milliseconds, a store in this process in microseconds. */
const runsOn = (store: string): number => (store === 'embedded' ? 60 : 8);

const textOf = (properties: Properties): string =>
  canonicalJson(Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)) as Json);

const sortedBy = <V>(rows: Iterable<V>, key: (row: V) => string): V[] =>
  [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));

/** All that a model holds, as text that a store's content can be compared with. */
const contentOfModel = (model: PlainStore) => ({
  nodes: sortedBy(
    [
      ...[...model.nodes.values()].map(({ id, type, properties }) => `${id} ${type} ${textOf(properties)}`),
      ...[...model.stubs].map(([id, type]) => `${id} ${type} stub`),
    ],
    String,
  ),
  relationships: sortedBy(
    [...model.relationships.values()].map(
      ({ id, type, from, to, properties }) => `${id} ${type} ${from} ${to} ${textOf(properties)}`,
    ),
    String,
  ),
  claims: sortedBy(model.claims.values(), (each) => each.id),
  superseded: sortedBy(
    [...model.superseded].flatMap(([id, values]) =>
      values.map((value) => `${id} ${textOf(value.properties)}`),
    ),
    String,
  ),
});

async function contentOfStore(engine: StoreEngine, ids: readonly string[], linkIds: readonly string[]) {
  const links = await findRelationshipsFrom(engine, ids);
  const versions = await findVersions(engine, [...ids, ...linkIds]);
  return {
    nodes: sortedBy(
      [...(await findNodes(engine, ids)).values()].map(({ id, type, digest, properties }) =>
        digest === null ? `${id} ${type} stub` : `${id} ${type} ${textOf(properties)}`,
      ),
      String,
    ),
    relationships: sortedBy(
      links.map(({ id, type, from, to, properties }) => `${id} ${type} ${from} ${to} ${textOf(properties)}`),
      String,
    ),
    claims: sortedBy(
      [...(await findClaims(engine, ids)).values()].flat().map(({ changeId: _, ...each }) => each),
      (each) => each.id,
    ),
    superseded: sortedBy(
      versions.map(({ objectId, properties }) => `${objectId} ${textOf(properties)}`),
      String,
    ),
  };
}

/** The versions of an object lead, change by change, to the state it has now. */
async function expectChains(engine: StoreEngine, ids: readonly string[]): Promise<void> {
  const current = await findNodes(engine, ids);
  const versions = await findVersions(engine, ids);
  for (const id of new Set(versions.map((version) => version.objectId))) {
    const next = new Map(
      versions.filter((each) => each.objectId === id).map((each) => [each.changeId, each.supersededBy]),
    );
    const last = [...next.values()].filter((changeId) => !next.has(changeId));
    expect(last).toEqual([current.get(id)!.changeId]);
  }
}

describeStores('random batches', (store, name) => {
  let run = 0;

  it('leave what a plain model of the rules says, one change each', async () => {
    const { engine } = store();
    const service = new WriteService(
      engine,
      () => undefined,
      () => new Date('2026-01-01T00:00:00Z'),
    );
    await fc.assert(
      fc.asyncProperty(batches(), async (given) => {
        run += 1;
        const space = `run${run}`;
        const model = new PlainStore();
        const start = await findLatestSeq(engine);
        for (const batch of inSpace(given, space)) {
          const changes = model.changes.length;
          const dryRun = await service.write(batch, { ...INTENT, isDryRun: true });
          const expected = model.write(batch);
          const report = await service.write(batch, INTENT);
          expect(report.items.map((item) => item.status)).toEqual(expected);
          expect(dryRun.items).toEqual(report.items);
          expect(report.seq).toBe(model.changes.length > changes ? start + model.changes.length : undefined);
          const again = await service.write(batch, INTENT);
          expect(again.seq).toBeUndefined();
        }
        const ids = nodeIdsIn(space);
        const linkIds = [...model.relationships.keys()];
        expect(await contentOfStore(engine, ids, linkIds)).toEqual(contentOfModel(model));
        await expectChains(engine, ids);
        const changes = await listChanges(engine, start, 100);
        expect(changes.map((change) => change.seq)).toEqual(
          model.changes.map((_, index) => start + index + 1),
        );
        expect(changes.map((change) => new Set(change.nodeIds))).toEqual(
          model.changes.map((change) => change.nodeIds),
        );
        expect(changes.map((change) => new Set(change.relationshipIds))).toEqual(
          model.changes.map((change) => change.relationshipIds),
        );
      }),
      { numRuns: runsOn(name) },
    );
  }, 120_000);
});
