/** Which proposals and judgements a caller asks for. */
import type { Filter } from '../filter.service';
import type { IdentityProposal } from './identity-proposal';

/** Conditions on one value; all that are given must hold. */
function holds(value: string | number | boolean, conditions: Filter): boolean {
  return Object.entries(conditions).every(([operator, wanted]) => {
    if (wanted === undefined) return true;
    switch (operator) {
      case 'eq':
        return value === wanted;
      case 'ne':
        return value !== wanted;
      case 'in':
        return (wanted as readonly unknown[]).includes(value);
      case 'notIn':
        return !(wanted as readonly unknown[]).includes(value);
      case 'lt':
        return Number(value) < Number(wanted);
      case 'lte':
        return Number(value) <= Number(wanted);
      case 'gt':
        return Number(value) > Number(wanted);
      case 'gte':
        return Number(value) >= Number(wanted);
      default:
        return wanted === false;
    }
  });
}

export interface ProposalFilter {
  readonly kind?: Filter | null;
  readonly status?: Filter | null;
  readonly score?: Filter | null;
  readonly ambiguous?: Filter | null;
  /** Condition on the id of either node. */
  readonly node?: Filter | null;
  /** Condition on some piece of evidence. */
  readonly evidence?: Filter | null;
}

export function isWanted(proposal: IdentityProposal, where: ProposalFilter | null | undefined): boolean {
  const { kind, status, score, ambiguous, node, evidence } = where ?? {};
  return (
    (!kind || holds(proposal.kind, kind)) &&
    (!status || holds(proposal.status, status)) &&
    (!score || holds(proposal.score, score)) &&
    (!ambiguous || holds(proposal.isAmbiguous, ambiguous)) &&
    (!node || proposal.nodeIds.some((id) => holds(id, node))) &&
    (!evidence || proposal.evidence.some((piece) => holds(piece.kind, evidence)))
  );
}

export interface JudgementWhere {
  readonly judgement?: Filter | null;
  readonly automatic?: Filter | null;
  readonly withdrawn?: Filter | null;
  readonly node?: Filter | null;
}

/** A judgement as far as it is filtered on. */
interface FilteredJudgement {
  readonly judgement: string;
  readonly isAutomatic: boolean;
  readonly isWithdrawn: boolean;
  readonly nodeIds: readonly string[];
}

export function isWantedJudgement(
  judged: FilteredJudgement,
  where: JudgementWhere | null | undefined,
): boolean {
  const { judgement, automatic, withdrawn, node } = where ?? {};
  return (
    (!judgement || holds(judged.judgement, judgement)) &&
    (!automatic || holds(judged.isAutomatic, automatic)) &&
    (!withdrawn || holds(judged.isWithdrawn, withdrawn)) &&
    (!node || judged.nodeIds.some((id) => holds(id, node)))
  );
}
