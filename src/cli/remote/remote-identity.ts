/** The identity answers of a running service, in the shape in which this process itself gives them. */
import type { GivenJudgement } from '../../service/identity/judgement-plan';
import type {
  GroupLine,
  IdentityAnswers,
  JudgedLine,
  ProposalLine,
  ProposalList,
  ProposalQuery,
} from '../identity-answers';
import type { GraphqlClient } from './graphql-client';

const PROPOSALS = `query ($first: Int, $where: IdentityProposalWhere) { identityProposals(first: $first, where: $where) {
  totalCount nodes { id kind score status isAmbiguous nodes { id name } evidence { kind weight says } } } }`;
const GROUP = `query ($id: ID!) { identityGroup(id: $id) { representative { id } members { id name }
  judgements { id judgement fromId toId judgedBy reason } } }`;
const ITEMS = 'items { id status problemCode problem }';
const JUDGE = `mutation ($judgements: [JudgementInput!]!, $dryRun: Boolean!) {
  judged: judgeIdentity(judgements: $judgements, dryRun: $dryRun) { ${ITEMS} } }`;
const WITHDRAW = `mutation ($ids: [ID!]!, $reason: String!, $dryRun: Boolean!) {
  judged: withdrawJudgements(ids: $ids, reason: $reason, dryRun: $dryRun) { ${ITEMS} } }`;

interface Named {
  readonly id: string;
  readonly name: string | null;
}
interface ServedProposals {
  readonly identityProposals: {
    readonly totalCount: number;
    readonly nodes: readonly (Omit<ProposalLine, 'nodes'> & { readonly nodes: readonly Named[] })[];
  };
}
interface ServedGroup {
  readonly identityGroup: {
    readonly representative: { readonly id: string };
    readonly members: readonly Named[];
    readonly judgements: readonly {
      readonly id: string;
      readonly judgement: string;
      readonly fromId: string;
      readonly toId: string;
      readonly judgedBy: string | null;
      readonly reason: string | null;
    }[];
  } | null;
}
interface ServedJudgements {
  readonly judged: {
    readonly items: readonly (Omit<JudgedLine, 'problem'> & {
      readonly problemCode: string | null;
      readonly problem: string | null;
    })[];
  };
}

const named = ({ id, name }: Named) => ({ id, name: name ?? id });

export class RemoteIdentity implements IdentityAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async proposals({ limit, isOpenOnly, isAmbiguousOnly }: ProposalQuery): Promise<ProposalList> {
    const where = {
      ...(isOpenOnly ? { status: { eq: 'OPEN' } } : {}),
      ...(isAmbiguousOnly ? { ambiguous: { eq: true } } : {}),
    };
    const { identityProposals } = await this.client.ask<ServedProposals>(PROPOSALS, { first: limit, where });
    const proposals = identityProposals.nodes.map((each) => ({ ...each, nodes: each.nodes.map(named) }));
    return { totalCount: identityProposals.totalCount, proposals };
  }

  async group(id: string): Promise<GroupLine | null> {
    const { identityGroup: group } = await this.client.ask<ServedGroup>(GROUP, { id });
    if (!group) return null;
    return {
      representative: group.representative.id,
      members: group.members.map(named),
      judgements: group.judgements.map(({ fromId, toId, judgedBy, reason, ...rest }) => ({
        ...rest,
        from: fromId,
        to: toId,
        by: judgedBy ?? '',
        reason: reason ?? '',
      })),
    };
  }

  judge(judgements: readonly GivenJudgement[], dryRun: boolean): Promise<readonly JudgedLine[]> {
    return this.judged(JUDGE, { judgements, dryRun });
  }

  withdraw(ids: readonly string[], reason: string, dryRun: boolean): Promise<readonly JudgedLine[]> {
    return this.judged(WITHDRAW, { ids, reason, dryRun });
  }

  private async judged(
    mutation: string,
    variables: Readonly<Record<string, unknown>>,
  ): Promise<readonly JudgedLine[]> {
    const { judged } = await this.client.ask<ServedJudgements>(mutation, variables);
    return judged.items.map(({ id, status, problemCode, problem }) => ({
      id,
      status,
      problem: problemCode === null ? null : `${problemCode}: ${problem}`,
    }));
  }
}
