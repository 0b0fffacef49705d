import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type ApiServer, startApi } from '../support/api-server';
import { describeReal, realData } from '../support/real-data';

const ATTACK = () => realData('attack-enterprise', 'enterprise-attack-18.1.stix21.json.gz');
const MISP = () => realData('misp-galaxy', 'clusters', 'threat-actor.json.gz');

interface View {
  readonly id: string;
  readonly name: string;
}
interface Proposal {
  readonly isAmbiguous: boolean;
  readonly status: string;
  readonly automatic: string | null;
  readonly nodes: readonly View[];
  readonly evidence: readonly { readonly kind: string }[];
}
interface Judged {
  readonly judgement: string;
  readonly from: View;
  readonly to: View;
}
interface Cluster {
  readonly uuid: string;
  readonly value: string;
  readonly related?: readonly { readonly 'dest-uuid': string; readonly type: string }[];
}
interface Identity {
  readonly linked: number;
  readonly overlapping: number;
  readonly unchanged: number;
  readonly ambiguous: number;
  readonly proposed: number;
}

interface Truth {
  readonly misp_actors_matching_an_attack_group_by_any_name: number;
  readonly attack_groups_matched_by_any_name: number;
  readonly misp_actors_matching_2plus_attack_groups: Record<string, string[]>;
  readonly attack_groups_matching_2plus_misp_actors: Record<string, string[]>;
  readonly explicit_similar_links_to_attack: number;
  readonly explicit_links_confirmed_by_name: number;
  readonly explicit_links_to_revoked_or_deprecated: number;
}

const isAttack = ({ id }: View): boolean => id.startsWith('intrusion-set--');
const PROPOSALS = `query ($after: ID) { identityProposals(first: 500, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { isAmbiguous status automatic nodes { id name } evidence { kind } } } }`;
const JUDGEMENTS = `query ($after: ID) { identityJudgements(first: 500, after: $after) {
  pageInfo { hasNextPage endCursor } nodes { judgement from { id name } to { id name } } } }`;

/** Every count of `misp_alias_merge` in the truth that was made without this service. */
describeReal('MISP threat actors against ATT&CK groups', () => {
  let api: ApiServer;
  let first: Identity;
  let proposals: readonly Proposal[];
  let judged: readonly Judged[];
  const truth = (): Truth => JSON.parse(readFileSync(realData('truth-shared.json'), 'utf8')).misp_alias_merge;

  const importing = async (path: string): Promise<{ seq: number | null; identity: Identity }> => {
    const { importBundle } = await api.data<{ importBundle: { seq: number | null; identity: Identity } }>(
      `mutation ($base64: String!) { importBundle(input: { content: { base64: $base64 } }) {
        seq identity { linked overlapping unchanged ambiguous proposed } } }`,
      { base64: readFileSync(path).toString('base64') },
    );
    return importBundle;
  };
  async function all<T>(query: string, root: string): Promise<T[]> {
    const items: T[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const data: Record<string, { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string } }> =
        await api.data(query, { after });
      items.push(...data[root].nodes);
      after = data[root].pageInfo.endCursor;
      more = data[root].pageInfo.hasNextPage;
    }
    return items;
  }
  beforeAll(async () => {
    api = await startApi();
    await importing(ATTACK());
    first = (await importing(MISP())).identity;
    proposals = await all<Proposal>(PROPOSALS, 'identityProposals');
    judged = await all<Judged>(JUDGEMENTS, 'identityJudgements');
  }, 240_000);
  afterAll(() => api?.close());

  /** Pairs of a group and an actor that share a name, each end by id. */
  const named = () => {
    const isNamed = (each: Proposal) => each.evidence.some(({ kind }) => kind === 'NAME');
    const isAcross = ({ nodes: [a, b] }: Proposal) => isAttack(a) !== isAttack(b);
    return proposals
      .filter((each) => isNamed(each) && isAcross(each))
      .map((each) => {
        const [group, actor] = [...each.nodes].sort((a) => (isAttack(a) ? -1 : 1));
        return { ...each, group, actor };
      });
  };
  const partners = (end: 'group' | 'actor', other: 'group' | 'actor') => {
    const found = new Map<string, Set<string>>();
    for (const pair of named()) {
      found.set(pair[end].name, (found.get(pair[end].name) ?? new Set()).add(pair[other].name));
    }
    return found;
  };
  const several = (map: ReadonlyMap<string, ReadonlySet<string>>) =>
    Object.fromEntries(
      [...map].filter(([, set]) => set.size > 1).map(([name, set]) => [name, [...set].sort()]),
    );

  it('finds every name match', () => {
    expect(partners('actor', 'group').size).toBe(truth().misp_actors_matching_an_attack_group_by_any_name);
    expect(partners('group', 'actor').size).toBe(truth().attack_groups_matched_by_any_name);
  });

  it('leaves exactly the ambiguous ones to a person', () => {
    const {
      misp_actors_matching_2plus_attack_groups: actors,
      attack_groups_matching_2plus_misp_actors: groups,
    } = truth();
    const sorted = (lists: Record<string, string[]>) =>
      Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, [...list].sort()]));
    expect(several(partners('actor', 'group'))).toEqual(sorted(actors));
    expect(several(partners('group', 'actor'))).toEqual(sorted(groups));
    const isAmbiguous = ({ actor, group }: { actor: View; group: View }) =>
      actor.name in actors || group.name in groups;
    expect(named().filter((each) => each.isAmbiguous)).toEqual(named().filter(isAmbiguous));
    for (const each of named()) expect(each.status).toBe(isAmbiguous(each) ? 'OPEN' : 'LINKED');
    const joined = judged.filter(({ judgement }) => judgement === 'SAME');
    expect(joined).toHaveLength(named().filter((each) => !isAmbiguous(each)).length);
    expect(first).toMatchObject({ linked: joined.length, ambiguous: named().filter(isAmbiguous).length });
  });

  it('links the explicit links that a name confirms, and joins only those that are not ambiguous', () => {
    const clusters = (JSON.parse(gunzipSync(readFileSync(MISP())).toString('utf8')) as { values: Cluster[] })
      .values;
    const attack = JSON.parse(gunzipSync(readFileSync(ATTACK())).toString('utf8')) as {
      objects: { id: string; type: string }[];
    };
    const groups = new Set(attack.objects.filter(({ type }) => type === 'intrusion-set').map(({ id }) => id));
    const stated = clusters.flatMap(({ uuid, related = [] }) =>
      related
        .filter(({ type, 'dest-uuid': to }) => type === 'similar' && groups.has(`intrusion-set--${to}`))
        .map(({ 'dest-uuid': to }) => `x-misp-galaxy-cluster--${uuid} intrusion-set--${to}`),
    );
    expect(stated).toHaveLength(truth().explicit_similar_links_to_attack);
    const linked = new Map<string, string>(
      judged.map(({ judgement, from, to }) => {
        const [group, actor] = isAttack(from) ? [from, to] : [to, from];
        return [`${actor.id} ${group.id}`, judgement] as const;
      }),
    );
    const found = stated.filter((pair) => linked.has(pair));
    expect(found).toHaveLength(truth().explicit_links_confirmed_by_name);
    const ambiguous = new Set<string>(
      named()
        .filter((each) => each.isAmbiguous)
        .map(({ actor, group }) => `${actor.id} ${group.id}`),
    );
    for (const pair of found) expect(linked.get(pair)).toBe(ambiguous.has(pair) ? 'OVERLAP' : 'SAME');
    expect(first.proposed).toBe(
      stated.length - found.length - truth().explicit_links_to_revoked_or_deprecated,
    );
  });

  it('changes nothing when both are read again', async () => {
    for (const file of [ATTACK(), MISP()]) {
      const again = await importing(file);
      expect(again).toMatchObject({
        seq: null,
        identity: { linked: 0, overlapping: 0, unchanged: judged.length },
      });
    }
  }, 120_000);
});
