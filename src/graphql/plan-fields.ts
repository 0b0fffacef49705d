/** What the fields about plans and outcomes share. */
import { type ClassType, ID, Int } from 'type-graphql';
import type { PlanReport } from '../service/plan/plan.service';
import { type GraphContext, refresh } from './context';
import { type ArgSpec, DRY_RUN, declared, declareRoot, type FieldResolver } from './declare';

export interface WriteArgs {
  readonly dryRun: boolean;
}
export interface StepArgs extends WriteArgs {
  readonly id: string;
  readonly expectedRevision: number;
}

export const changeOf = ({ dryRun }: WriteArgs, { view }: GraphContext) => ({ view, isDryRun: dryRun });

export async function done(report: Promise<PlanReport>, context: GraphContext, isDryRun: boolean) {
  const result = { ...(await report), isDryRun };
  await refresh(context);
  return result;
}

export const inputArg = (type: string, description: string): ArgSpec => ({
  name: 'input',
  type: () => declared(type),
  isRequired: true,
  description,
});

/** Adds a mutation of plans and what belongs to them. */
export const planMutation = (
  target: ClassType<object>,
  name: string,
  description: string,
  args: readonly ArgSpec[],
  resolve: FieldResolver<never, never>,
): void =>
  declareRoot(target, 'Mutation', {
    name,
    role: 'ANALYST',
    type: () => declared('WriteResult'),
    isRequired: true,
    description,
    args,
    resolve,
  });

export const STEP_ARGS: readonly ArgSpec[] = [
  { name: 'id', type: () => ID, isRequired: true, description: 'Id of the plan' },
  {
    name: 'expectedRevision',
    type: () => Int,
    isRequired: true,
    description: 'Revision that was seen; another one is refused',
  },
  DRY_RUN,
];
