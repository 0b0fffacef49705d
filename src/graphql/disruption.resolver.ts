/** What breaks when something is taken away: the ranking of chokepoints, cut sets of an operation, and what-if. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import type { DisruptionView } from '../service/disruption/views';
import type { ImportanceQuery } from '../service/importance.service';
import { pageSize } from '../service/page.service';
import { declared, declareRoot, type FieldResolver, type TypeRef } from './declare';
import './certainty-types';
import { CONFIDENCE_ARG, confidenceOf, SCOPE_ARG, type Scoped, scopeOf } from './disruption-scope';

/** Home of the declared queries. */
export class DisruptionQueries {}
const target: ClassType<object> = DisruptionQueries;

const chokepoints: FieldResolver<
  unknown,
  Scoped & Parameters<typeof confidenceOf>[0] & { readonly first?: number | null }
> = (_root, args, { services, limits, view }) =>
  services.chokepoints.chokepoints(
    view,
    scopeOf(args),
    pageSize(args.first ?? 20, limits.pageSize),
    confidenceOf(args),
  );

declareRoot(target, 'Query', {
  name: 'chokepoints',
  role: 'ANALYST',
  type: () => declared('ChokepointRanking'),
  isRequired: true,
  description: 'Ranks components by what their loss stops, with the cheapest cut sets and the evidence',
  args: [
    { name: 'first', type: () => Int, description: 'How many to show; 20 if not given' },
    SCOPE_ARG,
    CONFIDENCE_ARG,
  ],
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

declareRoot(target, 'Query', {
  name: 'explainChokepoint',
  role: 'ANALYST',
  type: () => declared('ChokepointExplanation'),
  isRequired: true,
  description:
    'Why a component is a chokepoint: the fewest facts that make it one, and those that would change its rank',
  args: [
    { name: 'id', type: () => ID, isRequired: true, description: 'Id of the component or defence' },
    { name: 'first', type: () => Int, description: 'How many of each to show; 10 if not given' },
    SCOPE_ARG,
  ],
  resolve: ((_root, args, { services, view }) =>
    services.chokepointExplanations.explain(
      view,
      args.id,
      scopeOf(args),
      args.first ?? undefined,
    )) as FieldResolver<unknown, Scoped & { readonly id: string; readonly first?: number | null }>,
});

declareRoot(target, 'Query', {
  name: 'removalPairs',
  role: 'ANALYST',
  type: () => declared('RemovalPairs'),
  isRequired: true,
  description: 'Of all pairs of components, those whose loss together stops most',
  args: [{ name: 'first', type: () => Int, description: 'How many to show; 20 if not given' }, SCOPE_ARG],
  resolve: ((_root, args, { services, view }) =>
    services.importance.pairs(view, scopeOf(args), args.first ?? undefined)) as FieldResolver<
    unknown,
    Scoped & { readonly first?: number | null }
  >,
});

type ImportanceArgs = Scoped & { readonly [name in keyof ImportanceQuery]?: ImportanceQuery[name] | null };
declareRoot(target, 'Query', {
  name: 'importance',
  role: 'ANALYST',
  type: () => declared('ImportanceRanking'),
  isRequired: true,
  description:
    'Measures of importance of every component for the expected loss, by their authors, the greatest first',
  args: [
    { name: 'first', type: () => Int, description: 'How many to show; 20 if not given' },
    { name: 'probability', type: () => Float, description: 'Chance that each is hit; 0.5 if not given' },
    {
      name: 'probabilities',
      type: () => [declared('WeightInput')] as TypeRef,
      description: 'Chances of single components, in its place',
    },
    { name: 'jointWith', type: () => ID, description: 'Component whose joint importance is wanted' },
    SCOPE_ARG,
  ],
  resolve: ((_root, args, { services, view }) =>
    services.importance.importance(view, scopeOf(args), {
      first: args.first ?? undefined,
      probability: args.probability ?? undefined,
      probabilities: args.probabilities ?? undefined,
      jointWith: args.jointWith ?? undefined,
    })) as FieldResolver<unknown, ImportanceArgs>,
});
