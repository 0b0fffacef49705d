import { readFileSync } from 'node:fs';
import { type ApiServer, startApi } from '../support/api-server';
import { describeReal, realData } from '../support/real-data';

interface Row {
  readonly id: string;
  readonly stix_id: string;
  readonly name: string;
  readonly count: number;
}
interface Pair {
  readonly a: string;
  readonly b: string;
  readonly names: readonly string[];
  readonly shared: number;
}
interface Hops {
  readonly id: string;
  readonly hop1: number;
  readonly hop2: number;
  readonly hop3: number;
}
interface Truth {
  readonly [table: `top${string}`]: readonly Row[];
  readonly top20_group_pairs_by_shared_software: readonly (Row & Pair)[];
  readonly campaigns_per_group_top10: readonly Row[];
  readonly campaigns_attributed: number;
  readonly groups_active: number;
  readonly groups_with_technique: number;
  readonly groups_with_software: number;
  readonly group_pairs_sharing_software: number;
  readonly software_used_by_exactly_one_group: number;
  readonly software_used_by_no_group: number;
  readonly active_uses_matrix: Readonly<Record<string, number>>;
  readonly relationship_matrix: Readonly<Record<string, number>>;
  readonly active_relationship_types: Readonly<Record<string, number>>;
  readonly active_by_type: Readonly<Record<string, number>>;
  readonly active_techniques_per_tactic: Readonly<Record<string, number>>;
  readonly active_subtechniques: number;
  readonly khop_active_undirected: readonly Hops[];
}

interface Bucket {
  readonly count: number;
  readonly node: { readonly id: string; readonly name: string; readonly externalId: string };
}
interface Spread {
  readonly missing: number;
  readonly distinct: number;
  readonly total: number;
  readonly buckets: readonly Bucket[];
}

const example = (name: string): string => readFileSync(`docs/examples/attack/${name}.graphql`, 'utf8');

/** Distribution queries of docs/examples/attack, and the tables that they must give. */
const TABLES = [
  ['techniques-by-groups', 'top20_techniques_by_groups_exact'],
  ['techniques-by-groups-rolled-up', 'top20_techniques_by_groups_rollup'],
  ['techniques-by-groups-or-their-software', 'top20_techniques_by_groups_direct_or_via_software'],
  ['software-by-groups', 'top20_software_by_groups'],
  ['techniques-by-software', 'top20_techniques_by_software'],
  ['groups-by-techniques', 'top20_groups_by_techniques'],
  ['groups-by-software', 'top20_groups_by_software'],
  ['campaigns-by-group', 'campaigns_per_group_top10'],
] as const;

const SETS = [
  ['enterprise-18.1', ['attack-enterprise', 'enterprise-attack-18.1.stix21.json.gz']],
  ['mobile-18.1', ['attack-mobile', 'mobile-attack-18.1.stix20.json.gz']],
  ['mobile-17.1', ['attack-mobile', 'mobile-attack-17.1.stix21.json.gz']],
] as const;

/** Types of node and relationship in the words of the truth. */
const NODE_TYPES: Readonly<Record<string, string>> = {
  'attack-pattern': 'TECHNIQUE',
  campaign: 'OPERATION',
  'course-of-action': 'MITIGATION',
  'intrusion-set': 'INTRUSION_SET',
  malware: 'MALWARE',
  tool: 'TOOL',
  'x-mitre-tactic': 'TACTIC',
};

for (const [key, path] of SETS)
  describeReal(`the tables that were made without this service: ${key}`, () => {
    let api: ApiServer;
    const truth: Truth = JSON.parse(readFileSync(realData('truth-shared.json'), 'utf8')).attack[key];

    beforeAll(async () => {
      api = await startApi();
      await api.data(
        'mutation ($base64: String!) { importBundle(input: { content: { base64: $base64 } }) { seq } }',
        {
          base64: readFileSync(realData(...path)).toString('base64'),
        },
      );
    }, 180_000);
    afterAll(() => api?.close());

    it.each(TABLES)('%s gives %s', async (query, table) => {
      const data = await api.data<Record<string, Record<string, Spread>>>(example(query));
      const [list] = Object.values(data);
      const { buckets } = list.distributionOver ?? list.distributionAlong;
      const rows = buckets.map(({ count, node }) => ({
        id: node.externalId,
        stix_id: node.id,
        name: node.name,
        count,
      }));
      expect(rows).toEqual(truth[table as keyof Truth]);
    });

    it('group-pairs-by-shared-software gives top20_group_pairs_by_shared_software', async () => {
      const { intrusionSets } = await api.data<{
        intrusionSets: {
          pairsSharing: { total: number; pairs: { count: number; nodes: { externalId: string }[] }[] };
        };
      }>(example('group-pairs-by-shared-software'));
      expect(intrusionSets.pairsSharing.total).toBe(truth.group_pairs_sharing_software);
      expect(
        intrusionSets.pairsSharing.pairs.map(({ count, nodes }) => [
          nodes.map((each) => each.externalId),
          count,
        ]),
      ).toEqual(
        truth.top20_group_pairs_by_shared_software.map(({ a, b, shared }) => [[a, b].sort(), shared]),
      );
    });

    it('counts of lists, of what they are related to, and of software by its users agree', async () => {
      const techniques = await api.data<{ intrusionSets: { totalCount: number; distributionOver: Spread } }>(
        example('techniques-by-groups'),
      );
      const software = await api.data<{ intrusionSets: { distributionOver: Spread } }>(
        example('software-by-groups'),
      );
      const campaigns = await api.data<{ operations: { distributionOver: Spread } }>(
        example('campaigns-by-group'),
      );
      const users = await api.data<Record<string, { totalCount: number }>>(
        example('software-by-number-of-users'),
      );
      const { totalCount, distributionOver } = techniques.intrusionSets;
      expect({
        groups: totalCount,
        withTechnique: totalCount - distributionOver.missing,
        withSoftware: totalCount - software.intrusionSets.distributionOver.missing,
        attributed:
          campaigns.operations.distributionOver.total - campaigns.operations.distributionOver.missing,
        byOne: users.byOne.totalCount,
        byNone: users.byNone.totalCount,
      }).toEqual({
        groups: truth.groups_active,
        withTechnique: truth.groups_with_technique,
        withSoftware: truth.groups_with_software,
        attributed: truth.campaigns_attributed,
        byOne: truth.software_used_by_exactly_one_group,
        byNone: truth.software_used_by_no_group,
      });
    });

    it('techniques-per-tactic gives active_techniques_per_tactic', async () => {
      const { tactics } = await api.data<{
        tactics: { nodes: { shortname: string; techniques: { totalCount: number } }[] };
      }>(example('techniques-per-tactic'));
      expect(
        Object.fromEntries(
          tactics.nodes.map(({ shortname, techniques }) => [shortname, techniques.totalCount]),
        ),
      ).toEqual(truth.active_techniques_per_tactic);
    });

    it('active nodes by type, and relationships by what they lead from and to, agree', async () => {
      const ask = async (where: object) =>
        (
          await api.data<{ relationships: { totalCount: number } }>(
            'query ($where: RelationshipWhere) { relationships(where: $where, first: 0) { totalCount } }',
            { where },
          )
        ).relationships.totalCount;
      const active = { eq: true };
      const matrices = [
        [truth.relationship_matrix, {}],
        [truth.active_uses_matrix, { active }],
      ] as const;
      for (const [matrix, isActive] of matrices) {
        for (const [words, expected] of Object.entries(matrix)) {
          const [from, type, to] = words.split(' ');
          if (!NODE_TYPES[from] || !NODE_TYPES[to]) continue;
          const where = {
            ...isActive,
            stixType: { eq: type },
            from: { ...isActive, type: { eq: NODE_TYPES[from] } },
            to: { ...isActive, type: { eq: NODE_TYPES[to] } },
          };
          expect([words, await ask(where)]).toEqual([words, expected]);
        }
      }
      for (const [type, expected] of Object.entries(truth.active_relationship_types)) {
        const ends = { from: { active }, to: { active } };
        expect([type, await ask({ active, stixType: { eq: type }, ...ends })]).toEqual([type, expected]);
      }
      for (const [stix, type] of Object.entries(NODE_TYPES)) {
        const { count } = await api.data<{ count: number }>(
          'query ($where: NodeWhere) { count(where: $where) }',
          {
            where: { active, type: { eq: type } },
          },
        );
        expect([stix, count]).toEqual([stix, truth.active_by_type[stix] ?? 0]);
      }
      const { techniques } = await api.data<{ techniques: { totalCount: number } }>(
        '{ techniques(where: { active: { eq: true }, isSubtechnique: { eq: true } }, first: 0) { totalCount } }',
      );
      expect(techniques.totalCount).toBe(truth.active_subtechniques);
    });

    it('nodes-within-three-steps gives khop_active_undirected', async () => {
      const { allNodes } = await api.data<{ allNodes: { nodes: { id: string; externalId: string }[] } }>(
        '{ allNodes: intrusionSets(first: 500) { nodes { id externalId } } }',
      );
      const ids = new Map(allNodes.nodes.map(({ id, externalId }) => [externalId, id]));
      for (const { id, hop1, hop2, hop3 } of truth.khop_active_undirected) {
        const { neighbourhood } = await api.data<{ neighbourhood: { distances: { count: number }[] } }>(
          example('nodes-within-three-steps'),
          { id: ids.get(id) },
        );
        const within = neighbourhood.distances.map((_, index, list) =>
          list.slice(0, index + 1).reduce((sum, { count }) => sum + count, 0),
        );
        expect([id, ...within]).toEqual([id, hop1, hop2, hop3]);
      }
    });
  });
