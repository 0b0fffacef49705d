/** The GraphQL server: the schema under its limits, with errors in the service's own shape. */
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphContext } from '../graphql/context';
import { costFault } from '../graphql/query-cost';
import { apiSchema } from '../graphql/schema';
import type { Log } from '../log';
import { formatError, isUnforeseen, requestError } from './error-format';
import type { Metrics } from './metrics';

export function createApollo(maxCost: number, metrics: Metrics, log: Log): ApolloServer<GraphContext> {
  return new ApolloServer<GraphContext>({
    schema: apiSchema(),
    introspection: true,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    stopOnTerminationSignals: false,
    formatError,
    logger: log,
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      costPlugin(maxCost),
      errorPlugin(metrics, log),
    ],
  });
}

/** Refuses what costs too much, before it runs. */
function costPlugin(limit: number): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, document, request, operationName }) {
          const { variables } = request;
          const fault = costFault(schema, document, variables, operationName ?? undefined, limit);
          if (fault) throw requestError(fault);
        },
      };
    },
  };
}

/** Counts errors by code, and logs those that nobody foresaw. */
function errorPlugin(metrics: Metrics, log: Log): ApolloServerPlugin<GraphContext> {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue }) {
          for (const error of errors) {
            const { extensions } = formatError({ message: '', extensions: error.extensions }, error);
            metrics.operationErrors.inc({ code: String(extensions?.code ?? 'GRAPHQL_REQUEST_FAILED') });
            if (isUnforeseen(error)) {
              log.error(
                { err: error.originalError ?? error, requestId: contextValue.requestId },
                'request failed',
              );
            }
          }
        },
      };
    },
  };
}
