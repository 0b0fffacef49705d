/** A batch far larger than any importer makes: it is written whole, or refused with a code and nothing of it is there. */
import { WriteService } from '../../src/service/write.service';
import { findLatestSeq } from '../../src/store/change.store';
import { findNodeStates } from '../../src/store/node.store';
import { describeStores } from '../support/stores';
import { node, relationship } from '../support/values';

const SIZE = 75_000;

describeStores(`a batch of ${2 * SIZE} rows`, (store) => {
  it('is there whole or not at all', async () => {
    const { engine } = store();
    const nodes = Array.from({ length: SIZE }, (_, index) => node('Malware', `row ${index}`));
    const relationships = nodes.map((from, index) => relationship('USES', from, nodes[(index * 7) % SIZE]));
    const service = new WriteService(
      engine,
      () => undefined,
      () => new Date(),
    );
    const outcome = await service
      .write({ nodes, relationships, claims: [] }, { kind: 'import', actor: 'test' })
      .then(
        () => 'written',
        (error: { code?: string }) => error.code,
      );
    const there = (
      await findNodeStates(
        engine,
        nodes.map((value) => value.id),
      )
    ).size;
    expect([
      ['written', SIZE, 1],
      ['STORE_OUT_OF_MEMORY', 0, 0],
    ]).toContainEqual([outcome, there, await findLatestSeq(engine)]);
  }, 600_000);
});
