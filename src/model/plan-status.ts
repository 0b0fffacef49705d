/** The life of a plan: which status follows which, and what it takes. */
import type { Role } from './viewer';
import type { Term } from './vocabulary';

export type PlanStatus = Term<'PlanStatus'>;

interface Step {
  readonly from: readonly PlanStatus[];
  /** Least role of whoever does it. */
  readonly role: Role;
  /** Whether somebody other than those who wrote the plan must do it. */
  readonly takesAnother: boolean;
  /** Whether the plan must still be what was approved. */
  readonly takesApproval: boolean;
}

/** Statuses that can be reached, and from where. A plan begins as DRAFT and ends as DONE or ABANDONED. */
const STEPS: Readonly<Record<PlanStatus, Step>> = {
  DRAFT: { role: 'ANALYST', from: ['REVIEW', 'APPROVED'], takesAnother: false, takesApproval: false },
  REVIEW: { role: 'ANALYST', from: ['DRAFT'], takesAnother: false, takesApproval: false },
  APPROVED: { role: 'EDITOR', from: ['REVIEW'], takesAnother: true, takesApproval: false },
  EXECUTING: { role: 'ANALYST', from: ['APPROVED'], takesAnother: false, takesApproval: true },
  DONE: { role: 'ANALYST', from: ['EXECUTING'], takesAnother: false, takesApproval: false },
  ABANDONED: {
    role: 'ANALYST',
    from: ['DRAFT', 'REVIEW', 'APPROVED', 'EXECUTING'],
    takesAnother: false,
    takesApproval: false,
  },
};

/** The step into a status, or undefined where a plan cannot go there from where it is. */
export const stepInto = (to: PlanStatus, from: PlanStatus): Step | undefined =>
  STEPS[to].from.includes(from) ? STEPS[to] : undefined;

/** Statuses that a plan can go to from where it is. */
export const nextStatuses = (from: PlanStatus): readonly PlanStatus[] =>
  (Object.keys(STEPS) as PlanStatus[]).filter((to) => STEPS[to].from.includes(from));

/** Whether others may run into the plan: it is neither over nor given up. */
export const isLive = (status: PlanStatus): boolean => status !== 'DONE' && status !== 'ABANDONED';
