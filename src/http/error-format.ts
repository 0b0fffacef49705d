/** How faults look on the wire: the only place that knows. Messages and codes of the catalogue, never a stack. */
import type { Request, Response } from 'express';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, type ErrorCode } from '../errors';

/** HTTP status of faults that end a request before it is executed; others are part of a GraphQL answer. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  BAD_CURSOR: 400,
  BAD_FILTER: 400,
  BAD_INPUT: 400,
  BATCHING_NOT_SUPPORTED: 400,
  BODY_TOO_LARGE: 413,
  COLLECTION_NOT_FOUND: 404,
  FORBIDDEN: 403,
  FOREIGN_HOST: 403,
  FOREIGN_ORIGIN: 403,
  INBOX_FULL: 503,
  KEYS_UNREACHABLE: 503,
  MALFORMED_JSON: 400,
  NODE_NOT_FOUND: 404,
  NO_SUCH_ROUTE: 404,
  NOT_ACCEPTABLE: 406,
  NOT_READY: 503,
  OBJECT_NOT_FOUND: 404,
  OPERATION_NOT_FOUND: 404,
  QUERY_TOO_COMPLEX: 400,
  QUERY_TOO_DEEP: 400,
  QUERY_TOO_LARGE: 400,
  READ_ONLY_COLLECTION: 403,
  STATUS_NOT_FOUND: 404,
  STORE_UNREACHABLE: 503,
  TOO_MANY_ALIASES: 400,
  TOO_MANY_CONNECTIONS: 503,
  UNAUTHENTICATED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
};

export const statusOf = (code: ErrorCode): number => STATUS[code] ?? 500;

/** Faults of the service, or of what it stands on; all others are the caller's to mend. */
const OF_THE_SERVICE: ReadonlySet<ErrorCode> = new Set([
  'ANALYSIS_CRASHED',
  'ANALYSIS_OUT_OF_MEMORY',
  'INTERNAL',
  'KEYS_UNREACHABLE',
  'NOT_READY',
  'NULL_KEY',
  'RESTORE_UNFINISHED',
  'STORE_CONFLICT',
  'STORE_LOCKED',
  'STORE_OUT_OF_MEMORY',
  'STORE_REFUSED',
  'STORE_SCHEMA_NEWER',
  'STORE_UNREACHABLE',
  'STORE_UNREADABLE',
]);

/** Whose a fault is, in the words of Spring for GraphQL, which tools know. */
const CALLERS = { classification: 'BAD_REQUEST' } as const;
const SERVICES = { classification: 'INTERNAL_ERROR' } as const;

const extensionsOf = (error: AppError): Record<string, unknown> => ({
  ...error.data,
  code: error.code,
  ...(OF_THE_SERVICE.has(error.code) ? SERVICES : CALLERS),
});

/** A fault that ends a request, for Apollo to answer with its status. */
export const requestError = (error: AppError): GraphQLError =>
  new GraphQLError(error.message, {
    originalError: error,
    extensions: { ...extensionsOf(error), http: { status: statusOf(error.code) } },
  });

/** The fault at the bottom of an error of graphql-js. */
export function faultOf(error: unknown): unknown {
  let fault = error;
  while (fault instanceof GraphQLError && fault.originalError) fault = fault.originalError;
  return fault;
}

/** Whether nobody foresaw an error: the log keeps it, the client gets the code INTERNAL. */
export function isUnforeseen(error: unknown): boolean {
  const fault = faultOf(error);
  if (fault instanceof AppError) return fault.code === 'INTERNAL';
  if (!(fault instanceof GraphQLError)) return true;
  return fault.extensions.code === 'INTERNAL_SERVER_ERROR';
}

export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { locations, path } = formatted;
  const fault = faultOf(error);
  if (fault instanceof AppError) {
    return { message: fault.message, locations, path, extensions: extensionsOf(fault) };
  }
  if (isUnforeseen(error)) {
    const internal = new AppError('INTERNAL');
    return { message: internal.message, locations, path, extensions: extensionsOf(internal) };
  }
  return { ...formatted, extensions: { ...formatted.extensions, ...CALLERS } };
}

/** A fault in the shape of a GraphQL answer without data. */
export const faultJson = (error: AppError): string =>
  JSON.stringify({ errors: [{ message: error.message, extensions: extensionsOf(error) }] });

/** Answers a request with a fault. */
export function sendError(request: Request, response: Response, error: AppError): void {
  const accepted = request.accepts(['application/graphql-response+json', 'application/json']);
  response
    .status(statusOf(error.code))
    .type(accepted || 'application/json')
    .send(faultJson(error));
}
