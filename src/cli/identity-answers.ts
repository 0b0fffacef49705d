/** What the commands on identity ask for and get, from this process or from a running service alike. */
import type { GivenJudgement } from '../service/identity/judgement-plan';

export interface ProposalLine {
  readonly id: string;
  readonly kind: string;
  readonly score: number;
  readonly status: string;
  readonly isAmbiguous: boolean;
  readonly nodes: readonly { readonly id: string; readonly name: string }[];
  readonly evidence: readonly { readonly kind: string; readonly weight: number; readonly says: string }[];
}

export interface ProposalList {
  readonly totalCount: number;
  readonly proposals: readonly ProposalLine[];
}

export interface ProposalQuery {
  readonly limit: number;
  /** Only those that nobody has joined. */
  readonly isOpenOnly: boolean;
  readonly isAmbiguousOnly: boolean;
}

export interface GroupLine {
  readonly representative: string;
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly judgements: readonly {
    readonly id: string;
    readonly judgement: string;
    readonly from: string;
    readonly to: string;
    readonly by: string;
    readonly reason: string;
  }[];
}

export interface JudgedLine {
  readonly id: string | null;
  readonly status: string;
  readonly problem: string | null;
}

export interface IdentityAnswers {
  proposals(query: ProposalQuery): Promise<ProposalList>;
  /** Null where there is no such node. */
  group(id: string): Promise<GroupLine | null>;
  judge(judgements: readonly GivenJudgement[], isDryRun: boolean): Promise<readonly JudgedLine[]>;
  withdraw(ids: readonly string[], reason: string, isDryRun: boolean): Promise<readonly JudgedLine[]>;
}
