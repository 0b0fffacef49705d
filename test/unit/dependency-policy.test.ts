/** The dependency policy, rule by rule, on groups drawn here. */
import { LocalChokepoints } from '../../src/cli/local-chokepoints';
import { nodeId } from '../../src/model/identity';
import type { Batch, NodeValue, RelationshipValue } from '../../src/model/values';
import type { DisruptionScope } from '../../src/service/disruption/scope';
import type { ChokepointRanking } from '../../src/service/disruption/views';
import { openEmbeddedServices } from '../support/embedded-services';

const node = (id: string, type: string, properties: NodeValue['properties'] = {}): NodeValue => ({
  id,
  type,
  properties,
});
const phase = (name: string) => ({
  killChainPhases: [{ kill_chain_name: 'mitre-attack', phase_name: name }],
});

/** `from > to` becomes a relationship of the type that the ends take. */
function uses(...pairs: string[]): RelationshipValue[] {
  return pairs.map((pair) => {
    const [from, to] = pair.split(' > ');
    const type = to.startsWith('attack-pattern')
      ? 'USES_TECHNIQUE'
      : to.startsWith('intrusion-set')
        ? 'ATTRIBUTED_TO'
        : 'USES';
    return { id: `relationship--${pair}`, type, from, to, properties: {} };
  });
}

const GROUP = node('intrusion-set--g', 'IntrusionSet', { name: 'G' });
const ROOTKIT = node('malware--r', 'Malware', { name: 'R', availability: 'PRIVATE' });
const STEALER = node('malware--s', 'Malware', { name: 'S', availability: 'PRIVATE' });
const PHISH = node('attack-pattern--phish', 'Technique', phase('initial-access'));
const DUMP = node('attack-pattern--dump', 'Technique', phase('credential-access'));
const KEYLOG = node('attack-pattern--keylog', 'Technique', phase('credential-access'));
const STANDING = nodeId('Operation', 'standing', GROUP.id);

async function rank(
  nodes: readonly NodeValue[],
  relationships: readonly RelationshipValue[],
  scope: DisruptionScope = {},
): Promise<ChokepointRanking> {
  const { services, close } = await openEmbeddedServices();
  const batch: Batch = { nodes, relationships, claims: [] };
  await services.writes.write(batch, { kind: 'TEST', actor: 'test' });
  try {
    return await new LocalChokepoints(services).chokepoints(scope);
  } finally {
    await close();
  }
}

const lossOf = (ranking: ChokepointRanking, id: string) =>
  ranking.chokepoints.find((each) => each.id === id)?.operations;

test('the only software that implements the techniques of a tactic is a chokepoint of the group', async () => {
  const ranking = await rank(
    [GROUP, ROOTKIT, DUMP],
    uses('intrusion-set--g > malware--r', 'malware--r > attack-pattern--dump'),
  );
  expect(ranking.operationsInScope).toBe(1);
  expect(lossOf(ranking, ROOTKIT.id)).toEqual([STANDING]);
});

test('a second technique of the tactic by other software is a substitute, and both together are a cut set', async () => {
  const ranking = await rank(
    [GROUP, ROOTKIT, STEALER, DUMP, KEYLOG],
    uses(
      'intrusion-set--g > malware--r',
      'intrusion-set--g > malware--s',
      'malware--r > attack-pattern--dump',
      'malware--s > attack-pattern--keylog',
    ),
  );
  expect(lossOf(ranking, ROOTKIT.id)).toEqual([]);
  expect(ranking.chokepoints[0].cheapestCutSets).toEqual([
    { members: [ROOTKIT.id, STEALER.id], cost: 2, severityLost: 1 },
  ]);
});

test('a technique is by hand only when the group is said to use it and none of its software implements it', async () => {
  const byHand = await rank(
    [GROUP, ROOTKIT, DUMP, KEYLOG],
    uses(
      'intrusion-set--g > malware--r',
      'malware--r > attack-pattern--dump',
      'intrusion-set--g > attack-pattern--keylog',
    ),
  );
  expect(byHand.totalCount).toBe(0);
  const bySoftware = await rank(
    [GROUP, ROOTKIT, DUMP],
    uses(
      'intrusion-set--g > malware--r',
      'malware--r > attack-pattern--dump',
      'intrusion-set--g > attack-pattern--dump',
    ),
  );
  expect(lossOf(bySoftware, ROOTKIT.id)).toEqual([STANDING]);
});

test('a campaign is evidence for its group and no operation of its own', async () => {
  const campaign = node('campaign--c', 'Operation', { name: 'C', ended: true });
  const ranking = await rank(
    [GROUP, campaign, ROOTKIT, DUMP],
    uses('campaign--c > intrusion-set--g', 'campaign--c > malware--r', 'malware--r > attack-pattern--dump'),
  );
  expect(ranking.operationsInScope).toBe(1);
  expect(lossOf(ranking, ROOTKIT.id)).toEqual([STANDING]);
  expect(ranking.chokepoints[0].evidence.map((fact) => fact.type).sort()).toEqual([
    'ATTRIBUTED_TO',
    'USES',
    'USES_TECHNIQUE',
  ]);
});

test('open software is never hit and keeps the tactic up; nothing fails with the market', async () => {
  const open = node('tool--p', 'Tool', { name: 'P' });
  const facts = uses(
    'intrusion-set--g > malware--r',
    'intrusion-set--g > tool--p',
    'malware--r > attack-pattern--dump',
    'malware--r > attack-pattern--phish',
    'tool--p > attack-pattern--dump',
  );
  const ranking = await rank([GROUP, ROOTKIT, open, DUMP, PHISH], facts);
  expect(ranking.chokepoints.map((each) => each.id)).toEqual([ROOTKIT.id]);
  expect(ranking.chokepoints[0].withMarket).toEqual({ operationsLost: 0, severityLost: 0, operations: [] });
});

test('a revoked relationship, a deprecated technique and the policy EXPLICIT_ONLY leave nothing', async () => {
  const facts = uses('intrusion-set--g > malware--r', 'malware--r > attack-pattern--dump');
  const revoked = facts.map((each) => ({ ...each, properties: { revoked: true } }));
  expect((await rank([GROUP, ROOTKIT, DUMP], revoked)).totalCount).toBe(0);
  const deprecated = { ...DUMP, properties: { ...DUMP.properties, deprecated: true } };
  expect((await rank([GROUP, ROOTKIT, deprecated], facts)).totalCount).toBe(0);
  expect((await rank([GROUP, ROOTKIT, DUMP], facts, { policy: 'EXPLICIT_ONLY' })).operationsInScope).toBe(0);
});
