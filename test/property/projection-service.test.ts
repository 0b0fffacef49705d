/** The projection that a service keeps, against one read from scratch, on every store named. */
import fc from 'fast-check';
import type { Batch } from '../../src/model/values';
import { ProjectionService } from '../../src/service/projection.service';
import { TYPE_COLUMN } from '../../src/service/projection-rows';
import { WriteService } from '../../src/service/write.service';
import { appendChange } from '../../src/store/change.store';
import type { StoreEngine } from '../../src/store/engine';
import { deleteNodes } from '../../src/store/node.store';
import { deleteRelationships, findRelationshipsFrom } from '../../src/store/relationship.store';
import { describeContract } from '../support/contract';
import { batches, inSpace, nodeIdsIn } from '../support/ecosystem';
import { cellsOf, viewOf } from '../support/projection-view';
import { Recorder } from '../support/recorder';
import { node, relationship } from '../support/values';

const INTENT = { kind: 'import', actor: 'test' };
const at = () => new Date('2026-01-01T00:00:00Z');

const writerOf = (engine: StoreEngine) => new WriteService(engine, () => undefined, at);

/** Enough of a graph that a small batch is a small share of it. */
function background(size: number): Batch {
  const nodes = Array.from({ length: size }, (_, index) => node('Malware', `background ${index}`));
  const relationships = nodes.map((from, index) => relationship('USES', from, nodes[(index * 7 + 1) % size]));
  return { nodes, relationships, claims: [] };
}

/** Deletes objects as a service does: in one transaction with the change that says so. */
function erase(engine: StoreEngine, nodeIds: string[], links: { id: string; from: string; to: string }[]) {
  return engine.write(async (transaction) => {
    await deleteRelationships(transaction, links);
    await deleteNodes(transaction, nodeIds);
    await appendChange(transaction, {
      id: `change--erase-${Math.random()}`,
      at: at().toISOString(),
      kind: 'erase',
      actor: 'test',
      nodeIds: [],
      relationshipIds: [],
      fromIds: [],
      factIds: [],
      deletedIds: [...nodeIds, ...links.map((link) => link.id)],
    });
  });
}

const fresh = async (engine: StoreEngine) => viewOf(await new ProjectionService(engine).current());

describeContract('projection', (contract) => {
  it('kept up by changes equals one read from scratch, deletions included', async () => {
    const { engine } = contract().store;
    const recorder = new Recorder(engine);
    const kept = new ProjectionService(recorder);
    await writerOf(engine).write(background(150), INTENT);
    expect(viewOf(await kept.current())).toEqual(await fresh(engine));
    expect(recorder.takeLoads()).toBe(1);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(batches(3), fc.nat(1000), fc.boolean(), async (given, pick, isDeleting) => {
        run += 1;
        const ids = nodeIdsIn(`delta${run}`);
        for (const batch of inSpace(given, `delta${run}`)) await writerOf(engine).write(batch, INTENT);
        if (isDeleting) {
          if (pick % 2 === 0) await kept.current();
          const links = await findRelationshipsFrom(engine, ids);
          await erase(engine, [ids[pick % ids.length]], links.slice(0, pick % 3));
        }
        expect(viewOf(await kept.current())).toEqual(await fresh(engine));
      }),
      { numRuns: engine.name === 'embedded' ? 25 : 6, endOnFailure: true },
    );
    expect(recorder.takeLoads()).toBe(0);
  }, 120_000);

  it('told of what its own process wrote, equals one read from scratch, whoever writes in between', async () => {
    const { engine } = contract().store;
    const told = new ProjectionService(engine);
    const own = new WriteService(
      engine,
      () => undefined,
      at,
      undefined,
      (written) => told.note(written),
    );
    const steps = fc.array(fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()), {
      minLength: 3,
      maxLength: 3,
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(batches(3), steps, async (given, hows) => {
        run += 1;
        const ids = nodeIdsIn(`told${run}`);
        for (const [index, batch] of inSpace(given, `told${run}`).entries()) {
          const [isOwn, isRead, isDeleting] = hows[index % hows.length];
          await (isOwn ? own : writerOf(engine)).write(batch, INTENT);
          if (isDeleting) await erase(engine, [ids[index % ids.length]], []);
          if (isRead) await told.current();
        }
        expect(viewOf(await told.current())).toEqual(await fresh(engine));
      }),
      { numRuns: engine.name === 'embedded' ? 25 : 6, endOnFailure: true },
    );
  }, 120_000);

  it('reads nothing back of what its own process wrote', async () => {
    const { engine } = contract().store;
    const recorder = new Recorder(engine);
    const told = new ProjectionService(recorder);
    const own = new WriteService(
      engine,
      () => undefined,
      at,
      undefined,
      (written) => told.note(written),
    );
    await told.current();
    const [a, b] = [node('Malware', 'own a'), node('Tool', 'own b')];
    await own.write({ nodes: [a], relationships: [], claims: [] }, INTENT);
    await own.write({ nodes: [], relationships: [relationship('USES', a, b)], claims: [] }, INTENT);
    recorder.takeLoads();
    const view = viewOf(await told.current());
    expect(recorder.reads).toEqual(['change/find-latest']);
    expect(view).toEqual(await fresh(engine));
  });

  it('is the same on every store for the same writes', async () => {
    const { store, show } = contract();
    const sequence = fc.sample(batches(6), { seed: 7, numRuns: 4 });
    const kept = new ProjectionService(store.engine);
    for (const [index, given] of sequence.entries()) {
      for (const batch of inSpace(given, `same${index}`)) await writerOf(store.engine).write(batch, INTENT);
      const view = cellsOf(
        await kept.current(),
        [TYPE_COLUMN, 'name', 'modified', 'validFrom', 'revoked', 'price', 'victimsLow', 'stub'],
        [TYPE_COLUMN, 'modified', 'inferred'],
      );
      const isMine = ([id]: unknown[]) => String(id).includes('--same');
      show(view.vertices.filter(isMine), view.edges.filter(isMine));
    }
    expect((await kept.current()).vertices.ids.filter((id) => id.includes('--same')).length).toBeGreaterThan(
      20,
    );
  });

  it('is read anew when much has changed, moved on when little has', async () => {
    const { engine } = contract().store;
    const recorder = new Recorder(engine);
    const kept = new ProjectionService(recorder);
    await kept.current();
    expect(recorder.takeLoads()).toBe(1);
    await writerOf(engine).write({ nodes: [node('Tool', 'one')], relationships: [], claims: [] }, INTENT);
    await kept.current();
    expect(recorder.takeLoads()).toBe(0);
    const many = Array.from({ length: 400 }, (_, index) => node('Tool', `many ${index}`));
    await writerOf(engine).write({ nodes: many, relationships: [], claims: [] }, INTENT);
    expect(viewOf(await kept.current())).toEqual(await fresh(engine));
    expect(recorder.takeLoads()).toBe(1);
  });

  it('asks the store for one number when nothing has changed, and moves on when only claims have', async () => {
    const { engine } = contract().store;
    const recorder = new Recorder(engine);
    const kept = new ProjectionService(recorder);
    const before = await kept.current();
    recorder.takeLoads();
    expect(await kept.current()).toBe(before);
    expect(recorder.reads).toEqual(['change/find-latest']);
    const claims = [{ id: 'claim--only', factId: before.vertices.ids[0], reportId: 'report--1' }];
    await writerOf(engine).write({ nodes: [], relationships: [], claims }, INTENT);
    const after = await kept.current();
    expect(after.seq).toBe(before.seq + 1);
    expect({ ...viewOf(after), seq: before.seq }).toEqual(viewOf(before));
  });

  it('is read once for all who ask at once, and is never older than what they had written', async () => {
    const { engine } = contract().store;
    const recorder = new Recorder(engine);
    const kept = new ProjectionService(recorder);
    await Promise.all(Array.from({ length: 8 }, () => kept.current()));
    expect(recorder.takeLoads()).toBe(1);
    const writeAndAsk = async (index: number) => {
      const value = node('Venue', `asked ${index}`);
      const { seq } = await writerOf(engine).write({ nodes: [value], relationships: [], claims: [] }, INTENT);
      const projection = await kept.current();
      expect(projection.seq).toBeGreaterThanOrEqual(seq!);
      expect(projection.vertices.ids).toContain(value.id);
    };
    await Promise.all(Array.from({ length: 10 }, (_, index) => writeAndAsk(index)));
    expect(viewOf(await kept.current())).toEqual(await fresh(engine));
  });

  it('follows a relationship that was deleted and written again between other ends', async () => {
    const { engine } = contract().store;
    const kept = new ProjectionService(engine);
    const [a, b, c] = ['a', 'b', 'c'].map((key) => node('Service', `moved ${key}`));
    const link = relationship('RESELLS', a, b);
    await writerOf(engine).write({ nodes: [a, b, c], relationships: [link], claims: [] }, INTENT);
    await kept.current();
    await erase(engine, [], [link]);
    const moved = { ...link, from: c.id, to: a.id };
    await writerOf(engine).write({ nodes: [], relationships: [moved], claims: [] }, INTENT);
    const projection = await kept.current();
    const edge = projection.edges.ids.indexOf(link.id);
    const endsOf = [projection.from[edge], projection.to[edge]].map((each) => projection.vertices.ids[each]);
    expect(endsOf).toEqual([c.id, a.id]);
    expect(viewOf(projection)).toEqual(await fresh(engine));
  });

  it('keeps times as milliseconds and what is not known as no value', async () => {
    const { engine } = contract().store;
    const value = node('Operation', 'timed', { firstSeen: '2024-06-01T12:00:00.5+02:00' });
    await writerOf(engine).write({ nodes: [value], relationships: [], claims: [] }, INTENT);
    const { vertices } = await new ProjectionService(engine).current();
    const row = vertices.ids.indexOf(value.id);
    const numbersOf = (name: string) => (vertices.columns.get(name) as { values: Float64Array }).values;
    expect(numbersOf('firstSeen')[row]).toBe(Date.UTC(2024, 5, 1, 10, 0, 0, 500));
    expect(vertices.columns.get('lastSeen')?.kind ?? 'absent').toBe('absent');
  });
});
