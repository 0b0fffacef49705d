/** The identity answers of the services in this process, over the graph as it is when asked. */
import { type Projection, vertexCell, vertexOf } from '../analysis';
import type { JudgementsReport } from '../service/identity/identity.service';
import type { GivenJudgement } from '../service/identity/judgement-plan';
import { isWanted } from '../service/identity/proposal-filter';
import type { Services } from '../service/services';
import type { GroupLine, IdentityAnswers, JudgedLine, ProposalList, ProposalQuery } from './identity-answers';

export class LocalIdentity implements IdentityAnswers {
  constructor(
    private readonly services: Pick<
      Services,
      'identity' | 'nodes' | 'projections' | 'relationships' | 'views'
    >,
  ) {}

  async proposals({ limit, isOpenOnly, isAmbiguousOnly }: ProposalQuery): Promise<ProposalList> {
    const { identity, nodes, projections } = this.services;
    const projection = await projections.current();
    const all = await identity.proposals(projection, async (ids) => {
      const found = await nodes.find(ids);
      return new Map([...found].map(([id, { properties }]) => [id, properties]));
    });
    const wanted = all.filter((each) =>
      isWanted(each, {
        status: isOpenOnly ? { eq: 'OPEN' } : null,
        ambiguous: isAmbiguousOnly ? { eq: true } : null,
      }),
    );
    const proposals = wanted.slice(0, limit).map(({ nodeIds, ...each }) => ({
      id: each.id,
      kind: each.kind,
      score: each.score,
      status: each.status,
      isAmbiguous: each.isAmbiguous,
      nodes: nodeIds.map((id) => namedNode(projection, id)),
      evidence: each.evidence.map(({ kind, weight, says }) => ({ kind, weight, says })),
    }));
    return { totalCount: wanted.length, proposals };
  }

  async group(id: string): Promise<GroupLine | null> {
    const { identity, projections, relationships } = this.services;
    const projection = await projections.current();
    const group = identity.group(projection, id);
    if (!group) return null;
    const keys = group.judgements.flatMap((judged) => relationships.keyOf(projection, judged.id) ?? []);
    const found = await relationships.find(keys);
    return {
      representative: group.representativeId,
      members: group.memberIds.map((member) => namedNode(projection, member)),
      judgements: keys.flatMap((key) => {
        const value = found.get(key.id);
        if (!value) return [];
        const { judgement, judgedBy, reason } = value.properties;
        return [
          {
            id: value.id,
            judgement: String(judgement),
            from: value.from,
            to: value.to,
            by: String(judgedBy ?? ''),
            reason: String(reason ?? ''),
          },
        ];
      }),
    };
  }

  async judge(judgements: readonly GivenJudgement[], isDryRun: boolean): Promise<readonly JudgedLine[]> {
    const { identity, views } = this.services;
    return linesOf(await identity.judge(judgements, { actor: 'cli', isDryRun }, () => views.whole()));
  }

  async withdraw(ids: readonly string[], reason: string, isDryRun: boolean): Promise<readonly JudgedLine[]> {
    const { identity, views } = this.services;
    return linesOf(await identity.withdraw(ids, reason, { actor: 'cli', isDryRun }, () => views.whole()));
  }
}

const namedNode = (projection: Projection, id: string) => ({
  id,
  name: String(vertexCell(projection, 'name', vertexOf(projection, id)) ?? id),
});

const linesOf = ({ items }: JudgementsReport): readonly JudgedLine[] =>
  items.map(({ id, status, error }) => ({
    id,
    status: status.toUpperCase(),
    problem: error ? `${error.code}: ${error.message}` : null,
  }));
