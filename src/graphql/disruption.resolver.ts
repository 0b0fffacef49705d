/** What breaks when something is taken away: the ranking of chokepoints, cut sets of an operation, and what-if. */
import { type ClassType, ID, Int } from 'type-graphql';
import type { DisruptionView } from '../service/disruption/views';
import { pageSize } from '../service/page.service';
import { declared, declareRoot, type FieldResolver, type TypeRef } from './declare';
import { SCOPE_ARG, type Scoped, scopeOf } from './disruption-scope';

/** Home of the declared queries. */
export class DisruptionQueries {}
const target: ClassType<object> = DisruptionQueries;

const chokepoints: FieldResolver<unknown, Scoped & { readonly first?: number | null }> = (
  _root,
  args,
  { services, limits, view },
) => services.chokepoints.chokepoints(view, scopeOf(args), pageSize(args.first ?? 20, limits.pageSize));

declareRoot(target, 'Query', {
  name: 'chokepoints',
  role: 'ANALYST',
  type: () => declared('ChokepointRanking'),
  isRequired: true,
  description: 'Ranks components by what their loss stops, with the cheapest cut sets and the evidence',
  args: [{ name: 'first', type: () => Int, description: 'How many to show; 20 if not given' }, SCOPE_ARG],
  resolve: chokepoints,
});

interface CutSetsArgs extends Scoped {
  readonly operation: string;
  readonly maxOrder?: number | null;
  readonly maxSets?: number | null;
}
const cutSets: FieldResolver<unknown, CutSetsArgs> = (_root, args, { services, view }) => {
  const { operationIds: _ignored, ...scope } = scopeOf(args);
  return services.chokepoints.cutSets(view, args.operation, scope, {
    maxOrder: args.maxOrder ?? undefined,
    maxSets: args.maxSets ?? undefined,
  });
};
declareRoot(target, 'Query', {
  name: 'cutSets',
  role: 'ANALYST',
  type: () => declared('CutSets'),
  isRequired: true,
  description: 'The minimal sets of components whose loss stops an operation',
  args: [
    { name: 'operation', type: () => ID, isRequired: true, description: 'Id of the operation' },
    {
      name: 'maxOrder',
      type: () => Int,
      description: 'Greatest number of components in a set; 3 if not given',
    },
    { name: 'maxSets', type: () => Int, description: 'Most sets to list; 1000 if not given' },
    SCOPE_ARG,
  ],
  resolve: cutSets,
});

const disruption: FieldResolver<unknown, Scoped & { readonly removing: readonly string[] }> = (
  _root,
  args,
  { services, view },
): Promise<DisruptionView> => services.chokepoints.disruption(view, args.removing, scopeOf(args));
declareRoot(target, 'Query', {
  name: 'disruption',
  role: 'ANALYST',
  type: () => declared('Disruption'),
  isRequired: true,
  description: 'What stops when some components are taken away together: before and after',
  args: [
    {
      name: 'removing',
      type: () => [ID] as TypeRef,
      isRequired: true,
      description: 'Ids of the components to take away',
    },
    SCOPE_ARG,
  ],
  resolve: disruption,
});
