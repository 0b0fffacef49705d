/**
 * Subscriptions over WebSocket (protocol graphql-transport-ws) on the HTTP server: the same callers, the same limits, the
 * same errors. A connection that does not answer pings, or does not read what it asked for, costs one event of memory.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, getOperationAST, parse, validate } from 'graphql';
import { CloseCode, type Context, handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Config } from '../config';
import { AppError } from '../errors';
import type { GraphContext } from '../graphql/context';
import { documentFault } from '../graphql/document-limits';
import { costFault } from '../graphql/query-cost';
import { apiSchema } from '../graphql/schema';
import type { Log } from '../log';
import type { Viewer } from '../model/viewer';
import type { Authenticate } from './authentication';
import { callerFault } from './caller-check';
import { faultJson, formatError, isUnforeseen, requestError, statusOf } from './error-format';

const PATH = '/graphql';
/** Longest message of a client: a document within the limits, with its variables. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const PING_EVERY_MS = 15_000;

export interface SubscriptionServer {
  /** Takes no more connections, tells those there are to go, and resolves when they are gone or the time is up. */
  close(seconds: number): Promise<void>;
}

export interface SubscriptionOptions {
  readonly config: Config;
  readonly log: Log;
  readonly authenticate: Authenticate;
  /** Makes the context of one subscription of a viewer. */
  readonly context: (viewer: Viewer) => Promise<GraphContext>;
}

/** A connection with what it gave when it opened. */
export type Connection = Context<Record<string, unknown>, { readonly request: IncomingMessage }>;

export function serveSubscriptions(server: Server, options: SubscriptionOptions): SubscriptionServer {
  const { config } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, handleProtocols });
  let isClosing = false;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const fault = isClosing
      ? new AppError('NOT_READY', { reason: 'the service is ending' })
      : upgradeFault(request, config, sockets.clients.size);
    if (fault) refuse(socket, fault);
    else
      sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened, request));
  });
  serveOperations(sockets, options);
  return {
    close: (seconds) => {
      isClosing = true;
      return closeAll(sockets, seconds);
    },
  };
}

/** What is wrong with a request to open a connection, if anything. */
function upgradeFault(request: IncomingMessage, config: Config, open: number): AppError | undefined {
  const { host, origin } = request.headers;
  const foreign = callerFault(config, host, origin);
  if (foreign) return foreign;
  const path = (request.url ?? '').split('?')[0];
  if (path !== PATH) return new AppError('NO_SUCH_ROUTE', { path: path.slice(0, 200) });
  const limit = config.limits.connections;
  return open >= limit ? new AppError('TOO_MANY_CONNECTIONS', { limit }) : undefined;
}

function refuse(socket: Duplex, fault: AppError): void {
  const body = faultJson(fault);
  socket.end(
    [
      `HTTP/1.1 ${statusOf(fault.code)} Refused`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}

function serveOperations(
  sockets: WebSocketServer,
  { config, log, authenticate, context }: SubscriptionOptions,
): void {
  const viewers = new WeakMap<object, Viewer>();
  const protocol = makeServer<Record<string, unknown>, { readonly request: IncomingMessage }>({
    schema: apiSchema(),
    onSubscribe: (connection, _id, payload) => subscriptionFaults(connection, payload, config),
    onConnect: async ({ extra, connectionParams }) => {
      try {
        viewers.set(extra, await authenticate(authorizationIn(connectionParams, extra.request)));
        return true;
      } catch (error) {
        if (!(error instanceof AppError)) log.error({ err: error }, 'authentication failed');
        return false;
      }
    },
    context: ({ extra }) => context(viewers.get(extra) as Viewer),
    onNext: (_connection, _id, _payload, _args, result) => {
      if (!result.errors) return undefined;
      return { ...result, errors: result.errors.map((error) => told(error, log)) as never };
    },
    onError: (_connection, _id, _payload, errors) =>
      errors.map((error) => (error instanceof GraphQLError ? told(error, log) : error)),
  });
  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const stopPings = keepAlive(socket);
    socket.on('error', (error) => log.debug({ err: error }, 'a subscriber broke the protocol'));
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        // Resolves when the message has left: the next event is made only then, however slow the reader.
        send: (message) =>
          new Promise((resolve, reject) => {
            if (socket.readyState !== socket.OPEN) resolve();
            else socket.send(message, (error) => (error ? reject(error) : resolve()));
          }),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (take) => {
          socket.on('message', (message) => {
            take(String(message)).catch((error: unknown) => {
              if (socket.readyState !== socket.OPEN) return;
              log.error({ err: error }, 'a message of a subscriber failed');
              socket.close(CloseCode.InternalServerError, 'Something failed inside the service');
            });
          });
        },
      },
      { request },
    );
    socket.once('close', (code, reason) => {
      stopPings();
      void closed(code, String(reason));
    });
  });
}

/** The header of the request, or, from where none can be set, what the connection opened with. */
function authorizationIn(
  params: Readonly<Record<string, unknown>> | undefined,
  { headers }: IncomingMessage,
): string | undefined {
  const given = params?.authorization ?? params?.Authorization ?? headers.authorization;
  return typeof given === 'string' ? given : undefined;
}

/** Cuts off a connection that leaves a ping unanswered until the next one is due. */
function keepAlive(socket: WebSocket): () => void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, PING_EVERY_MS);
  return () => clearInterval(timer);
}

/** An error as clients are told it; the log keeps what nobody foresaw. */
function told(error: GraphQLError, log: Log) {
  if (isUnforeseen(error)) log.error({ err: error.originalError ?? error }, 'subscription failed');
  return formatError(error.toJSON(), error);
}

/** What is wrong with an operation before it runs; undefined when it may. */
function subscriptionFaults(
  { subscriptions }: Connection,
  { query, variables, operationName }: SubscribePayload,
  { limits }: Config,
): readonly GraphQLError[] | undefined {
  const refused = (fault: AppError) => [requestError(fault)];
  const open = Object.keys(subscriptions).length;
  if (open > limits.subscriptions) {
    return refused(new AppError('TOO_MANY_SUBSCRIPTIONS', { limit: limits.subscriptions }));
  }
  const tooMuch = documentFault(query, limits);
  if (tooMuch) return refused(tooMuch);
  const schema = apiSchema();
  try {
    const document = parse(query, { maxTokens: limits.tokens });
    const problems = validate(schema, document);
    if (problems.length > 0) return problems.map(asValidationFault);
    const operation = getOperationAST(document, operationName);
    if (operation && operation.operation !== 'subscription') {
      return refused(new AppError('SUBSCRIPTIONS_ONLY', { got: operation.operation }));
    }
    const given = variables as Record<string, unknown> | undefined;
    const tooDear = costFault(schema, document, given, operationName ?? undefined, limits.cost);
    return tooDear && refused(tooDear);
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return [withCode(error, 'GRAPHQL_PARSE_FAILED')];
  }
}

const withCode = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, { nodes: error.nodes, extensions: { ...error.extensions, code } });

const asValidationFault = (error: GraphQLError): GraphQLError => withCode(error, 'GRAPHQL_VALIDATION_FAILED');

/** A client that is told to go gets the time that running requests get, and is then cut off. */
async function closeAll(sockets: WebSocketServer, seconds: number): Promise<void> {
  const gone = [...sockets.clients].map((client) => {
    const closed = new Promise<void>((resolve) => client.once('close', () => resolve()));
    client.close(1001, 'The service is ending');
    return closed;
  });
  const cutOff = setTimeout(() => {
    for (const client of sockets.clients) client.terminate();
  }, seconds * 1000);
  await Promise.all(gone);
  clearTimeout(cutOff);
  sockets.close();
}
