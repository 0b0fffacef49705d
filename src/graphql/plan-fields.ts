/** What the fields about plans and outcomes share. */
import type { ClassType } from 'type-graphql';
import type { PlanReport } from '../service/plan/plan.service';
import { type GraphContext, refresh } from './context';
import {
  type ArgSpec,
  declared,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  type InputFieldSpec,
  type TypeRef,
} from './declare';

export const optional = (name: string, type: () => TypeRef, description: string): InputFieldSpec => ({
  name,
  type,
  description,
});
export const required = (
  name: string,
  type: () => TypeRef,
  description: string,
): FieldSpec & InputFieldSpec => ({
  name,
  type,
  description,
  isRequired: true,
});

export interface WriteArgs {
  readonly dryRun: boolean;
}
export const changeOf = ({ dryRun }: WriteArgs, { view }: GraphContext) => ({ view, isDryRun: dryRun });

export async function done(report: Promise<PlanReport>, context: GraphContext, isDryRun: boolean) {
  const result = { ...(await report), isDryRun };
  await refresh(context);
  return result;
}

export const DRY_RUN: ArgSpec = {
  name: 'dryRun',
  type: () => Boolean,
  description: 'Only say what would become of it',
  defaultValue: false,
};
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
