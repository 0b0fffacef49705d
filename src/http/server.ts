/** The HTTP server: GraphQL and its explorer, health, readiness, metrics; ends without dropping what runs. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { pinoHttp } from 'pino-http';
import type { Config } from '../config';
import { AppError } from '../errors';
import { createContext } from '../graphql/context';
import { documentFault } from '../graphql/document-limits';
import { createLog, type Log } from '../log';
import { hasRole, type Role, type Viewer } from '../model/viewer';
import type { Services } from '../service/services';
import { createApollo } from './apollo';
import { type Authenticate, createAuthentication, tokenFromBasic } from './authentication';
import { mountBackup } from './backup.route';
import { callerCheck } from './caller-check';
import { sendError } from './error-format';
import { EXPLORER_PAGE, loadExplorer, sendExplorer, wantsPage } from './explorer';
import { mountExport } from './export.route';
import { createMetrics, type Metrics } from './metrics';
import { requestBody } from './request-body';
import { serveSubscriptions } from './subscription-server';
import { mountTaxii } from './taxii/taxii.route';

/** Proxies keep idle connections for a minute: a server that closes them first resets requests on their way. */
const KEEP_ALIVE_MS = 65_000;

export interface RunningServer {
  /** `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Stops taking requests, lets running ones end, and resolves when all connections are closed. */
  close(): Promise<void>;
}

export interface ServeOptions {
  readonly log?: Log;
  /** File of the explorer page. */
  readonly explorerPage?: string;
}

interface State {
  isDraining: boolean;
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;

const requestIdOf = (request: IncomingMessage): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
};

/** Starts the service on an address; resolves when it answers. */
export async function serve(
  services: Services,
  config: Config,
  options: ServeOptions = {},
): Promise<RunningServer> {
  const log = options.log ?? createLog(config.logLevel);
  const metrics = createMetrics(services);
  const apollo = createApollo(config.limits.cost, metrics, log);
  const authenticate = await createAuthentication(config.auth);
  await apollo.start();
  await services.projections.current();
  const state: State = { isDraining: false };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  mountBasics(app, services, config, { log, metrics, state, authenticate });
  mountGraphql(app, services, config, { apollo, authenticate }, options.explorerPage ?? EXPLORER_PAGE);
  app.use(['/export', '/backup'], identify(authenticate));
  app.use('/taxii2', identifyTaxii(authenticate));
  mountExport(app, services, { viewerOf, log });
  mountBackup(app, { backups: services.backups, viewerOf: async (request) => viewerOf(request), log });
  const viewOf = (request: Request) => services.views.view({ viewer: viewerOf(request) });
  mountTaxii(app, services, { bodyBytes: config.limits.bodyBytes, viewOf, log });
  mountFaults(app, log);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, app);
  const subscriptions = serveSubscriptions(server, {
    config,
    log,
    authenticate,
    context: (viewer) => createContext(services, config.limits, randomUUID(), viewer),
  });
  await listen(server, config);
  const { port } = server.address() as AddressInfo;
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    url: `http://${host}:${port}`,
    close: async () => {
      state.isDraining = true;
      await services.runs.close();
      await Promise.all([subscriptions.close(config.shutdownSeconds), drain(server, config.shutdownSeconds)]);
      await apollo.stop();
    },
  };
}

interface Basics {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly state: State;
  readonly authenticate: Authenticate;
}

function mountBasics(
  app: Express,
  services: Services,
  config: Config,
  { log, metrics, state, authenticate }: Basics,
): void {
  app.use(
    pinoHttp({
      logger: log,
      genReqId: (request, response) => {
        const id = requestIdOf(request);
        response.setHeader('X-Request-Id', id);
        return id;
      },
      autoLogging: { ignore: (request) => request.url === '/healthz' || request.url === '/readyz' },
      serializers: {
        req: ({ id, method, url }) => ({ id, method, url: String(url).slice(0, 200) }),
        res: ({ statusCode }) => ({ statusCode }),
      },
    }),
  );
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (state.isDraining) response.setHeader('Connection', 'close');
    const end = metrics.requestSeconds.startTimer({ route: routeOf(request.path) });
    response.on('finish', () => end({ status: String(response.statusCode) }));
    next();
  });
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  app.get('/readyz', async (request, response) => {
    try {
      if (state.isDraining) throw new AppError('NOT_READY', { reason: 'the service is ending' });
      await services.ping();
      // How much was written is for those who may see it: not for whoever can open a connection.
      const seq = config.auth.mode === 'local' ? { seq: services.projections.known.seq } : {};
      response.json({ status: 'ready', ...seq });
    } catch (error) {
      const fault =
        error instanceof AppError
          ? error
          : new AppError('NOT_READY', { reason: 'the store does not answer' });
      sendError(request, response, fault);
    }
  });
  app.use(callerCheck(config));
  app.get('/metrics', identify(authenticate, 'ADMIN'), async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  app.get('/', (_request, response) => response.redirect('/graphql'));
}

/** Who asks, as `identify` found out; nothing is served to nobody. */
function viewerOf({ res }: Request): Viewer {
  const viewer: unknown = res?.locals.viewer;
  if (viewer === undefined) throw new AppError('UNAUTHENTICATED', { reason: 'nobody was asked' });
  return viewer as Viewer;
}

const ROUTES = new Set(['/', '/graphql', '/backup', '/healthz', '/readyz', '/metrics']);
const FAMILIES = ['/export/', '/taxii2'];
const routeOf = (path: string): string =>
  ROUTES.has(path) ? path : (FAMILIES.find((family) => path.startsWith(family)) ?? 'other');

function mountGraphql(
  app: Express,
  services: Services,
  config: Config,
  { apollo, authenticate }: { apollo: ReturnType<typeof createApollo>; authenticate: Authenticate },
  explorerPage: string,
): void {
  const { limits } = config;
  const explorer = loadExplorer(explorerPage);
  app.use('/graphql', (request, response, next) => {
    if (explorer && wantsPage(request)) sendExplorer(response, explorer);
    else next();
  });
  app.use('/graphql', identify(authenticate), requestBody(limits.bodyBytes), (request, response, next) => {
    const query: unknown = request.method === 'GET' ? request.query.query : request.body?.query;
    const fault = typeof query === 'string' ? documentFault(query, limits) : undefined;
    if (fault) sendError(request, response, fault);
    else next();
  });
  app.use(
    '/graphql',
    expressMiddleware(apollo, {
      context: ({ req, res }) => createContext(services, limits, String(req.id), res.locals.viewer as Viewer),
    }),
  );
}

/** Finds out who asks before anything of the request is read, and refuses those whose role is too low. */
function identify(authenticate: Authenticate, role: Role = 'READER') {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    try {
      const viewer = await authenticate(request.headers.authorization);
      if (!hasRole(viewer, role)) {
        throw new AppError('FORBIDDEN', { field: request.path, role, got: viewer.role });
      }
      response.locals.viewer = viewer;
      next();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer');
      sendError(request, response, error);
    }
  };
}

/** The same for clients of TAXII, who may speak HTTP Basic and are answered by the TAXII server. */
function identifyTaxii(authenticate: Authenticate) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    try {
      response.locals.viewer = await authenticate(tokenFromBasic(request.headers.authorization));
      next();
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED') {
        response.setHeader('WWW-Authenticate', 'Bearer, Basic realm="Chokepoint Atlas", charset="UTF-8"');
      }
      next(error);
    }
  };
}

function mountFaults(app: Express, log: Log): void {
  app.use((request: Request, response: Response) => {
    sendError(request, response, new AppError('NO_SUCH_ROUTE', { path: request.path }));
  });
  app.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error);
    const fault = error instanceof AppError ? error : new AppError('INTERNAL');
    if (!(error instanceof AppError)) log.error({ err: error, requestId: request.id }, 'request failed');
    sendError(request, response, fault);
  });
}

function listen(server: Server, { host, port }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new AppError('PORT_TAKEN', { host, port }, { cause: error }) : error,
      );
    });
    server.listen(port, host, resolve);
  });
}

/** Closes a server: idle connections at once, busy ones when they have answered, all of them at the deadline. */
function drain(server: Server, seconds: number): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const deadline = setTimeout(() => server.closeAllConnections(), seconds * 1000);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}
