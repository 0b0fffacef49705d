/** An operation handed on as an Attack Flow stops, where it is read, by the same sets of components. */
import type { Services } from '../../src/service/services';
import { exported } from '../support/graph-state';
import { openMemoryAtlas } from '../support/memory-atlas';
import { node, relationship } from '../support/values';

const [a, b, c, d, host] = ['a', 'b', 'c', 'd', 'host'].map((key) => node('Service', key));
const boss = node('ThreatActor', 'boss');
const deputy = node('ThreatActor', 'deputy');
const operation = node('Operation', 'op');
const need = (key: string, mode: string, more = {}) => node('Requirement', key, { need: key, mode, ...more });
const any = need('any', 'ANY');
const both = need('both', 'ALL');
const two = need('two', 'AT_LEAST', { atLeast: 2 });
const open = need('open', 'ANY');
const meets = (from: { readonly id: string }, ...to: readonly { readonly id: string }[]) =>
  to.map((each) => relationship('SATISFIED_BY', from, each));

const BATCH = {
  nodes: [a, b, c, d, host, boss, deputy, operation, any, both, two, open],
  relationships: [
    ...[any, both, two, open].map((each) => relationship('NEEDS', operation, each)),
    ...meets(any, a, b),
    ...meets(both, b, c),
    ...meets(two, a, c, d),
    relationship('DEPENDS_ON', a, host),
    relationship('PROVIDED_BY', d, boss),
    relationship('PROVIDED_BY', d, deputy),
  ],
  claims: [],
};

/** Minimal cut sets of an operation, as sorted lists of ids. */
async function cutSets(services: Services, id: string): Promise<readonly string[]> {
  const found = await services.chokepoints.cutSets(await services.views.whole(), id, {}, { maxOrder: 4 });
  return found.sets
    .map((set) =>
      set.members
        .map((member) => member.id)
        .sort()
        .join(' + '),
    )
    .sort();
}

it('keeps the cut sets of ANY, ALL, AT_LEAST, providers and dependencies', async () => {
  const [origin, copy] = [await openMemoryAtlas(), await openMemoryAtlas()];
  await origin.services.writes.write(BATCH, { kind: 'test', actor: 'test' });
  const text = await exported(origin.services, { format: 'attack-flow', operation: operation.id });
  const report = await copy.importOne(text);
  expect(report).toMatchObject({ rejected: 0, stubbed: 0 });
  const flow = /"id":"(attack-flow--[0-9a-f-]{36})"/.exec(text)![1];
  const expected = await cutSets(origin.services, operation.id);
  expect(expected.length).toBeGreaterThan(3);
  expect(await cutSets(copy.services, flow)).toEqual(expected);
  expect(await copy.importOne(text)).toMatchObject({ created: 0, updated: 0 });
  await origin.engine.close();
  await copy.engine.close();
});
