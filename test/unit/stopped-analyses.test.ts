/** Kinds of analysis whose kernels take one pass: told to stop, they say so and what they know. */
import { cutAnalysis } from '../../src/service/structure/cut.analysis';
import { dominatorsAnalysis } from '../../src/service/structure/dominators.analysis';
import { smallProjection } from '../support/small-projection';

const ids = ['a', 'b', ...Array.from({ length: 40 }, (_, i) => `m${i}`)];
const projection = smallProjection(
  ids,
  ids.slice(2).flatMap((id) => [`a->${id}`, `${id}->b`]),
);
const all = { nodeTypes: null, relationshipTypes: null };
const control = (isOver: boolean) => ({
  interrupt: () => isOver,
  progress: () => undefined,
  keep: () => undefined,
  clock: () => 0,
});

test.each([['NODES' as const], ['LINKS' as const]])(
  'a cut of %s says that no cut is smaller than what it found ways for',
  async (of) => {
    const parameters = { ...all, from: 'a', to: 'b', direction: 'OUT' as const, of };
    const task = { projection, parameters, extra: undefined };
    const whole = await cutAnalysis.run(task, control(false));
    expect(whole).toMatchObject({ isStopped: false, exactness: 'EXACT', isSeparable: true, size: 40 });
    const stopped = await cutAnalysis.run(task, control(true));
    expect(stopped).toMatchObject({ isStopped: true, exactness: 'LOWER_BOUND', isSeparable: true, size: 0 });
    expect([stopped.nodeIds, stopped.links]).toEqual([[], []]);
  },
);

test('dominators end without any', async () => {
  const parameters = { ...all, root: 'a', direction: 'OUT' as const, limit: 10 };
  const long = smallProjection(
    Array.from({ length: 9000 }, (_, i) => `n${String(i).padStart(4, '0')}`),
    Array.from(
      { length: 8999 },
      (_, i) => `n${String(i).padStart(4, '0')}->n${String(i + 1).padStart(4, '0')}`,
    ),
  );
  const task = { projection: long, parameters: { ...parameters, root: 'n0000' }, extra: undefined };
  const whole = await dominatorsAnalysis.run(task, control(false));
  expect(whole).toMatchObject({ isStopped: false, reached: 8999 });
  const stopped = await dominatorsAnalysis.run(task, control(true));
  expect(stopped).toMatchObject({ isStopped: true, exactness: 'LOWER_BOUND', reached: 0, dominators: [] });
});
