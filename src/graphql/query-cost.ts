/**
 * Cost of a query before it runs: one for each field of each object it may return, where a connection returns as many as
 * `first` says and a list of ids as many as there are ids.
 */
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';
import { AppError } from '../errors';
import { DEFAULT_PAGE_SIZE } from '../service/page.service';

/** Selections that are counted before a query is refused uncounted: fragments multiply. */
const MAX_SELECTIONS = 20_000;

function estimate({ args, childComplexity, field }: ComplexityEstimatorArgs): number {
  if (Array.isArray(args.ids)) return 1 + args.ids.length * childComplexity;
  const isPaged = field.args.some((arg) => arg.name === 'first');
  const first = typeof args.first === 'number' ? Math.max(args.first, 0) : DEFAULT_PAGE_SIZE;
  return 1 + (isPaged ? first : 1) * childComplexity;
}

/**
 * Variables as far as a cost depends on them: numbers and ids. Of a list of objects one stands for all, since checking each against
 * its type, which the execution does anyway, takes as long as a large write itself.
 */
const abridged = (variables: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      Array.isArray(value) && typeof value[0] === 'object' ? value.slice(0, 1) : value,
    ]),
  );

/** What a query costs beyond its limit, if it does. Variables that do not fit are left to the execution, which says why. */
export function costFault(
  schema: GraphQLSchema,
  query: DocumentNode,
  variables: Record<string, unknown> | undefined,
  operationName: string | undefined,
  limit: number,
): AppError | undefined {
  try {
    const cost = getComplexity({
      schema,
      query,
      variables: abridged(variables),
      operationName,
      estimators: [estimate],
      maxQueryNodes: MAX_SELECTIONS,
    });
    return cost > limit ? new AppError('QUERY_TOO_COMPLEX', { cost, limit }) : undefined;
  } catch (error) {
    const isUncounted =
      error instanceof GraphQLError && /maximum allowed number of nodes/.test(error.message);
    return isUncounted ? new AppError('QUERY_TOO_COMPLEX', { cost: `over ${limit}`, limit }) : undefined;
  }
}
