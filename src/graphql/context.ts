/** What one request sees: the services, one view of the graph, and loaders that read it in batches. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Projection } from '../analysis';
import { AppError } from '../errors';
import type { Viewer } from '../model/viewer';
import type { GraphView } from '../service/graph-view';
import type { Services } from '../service/services';
import { createLoaders, type Loaders } from './loaders';

export interface QueryLimits {
  /** Greatest `first` of a connection. */
  readonly pageSize: number;
}

/** Of when a root field is asked: nothing means as things are. */
export interface TimeArgs {
  readonly asOf?: string | null;
  readonly knownAt?: string | null;
}

/** Which view a root field is asked of: nothing means every node by itself. */
export interface ViewArgs extends TimeArgs {
  readonly joined?: boolean | null;
}

export interface GraphContext {
  readonly services: Services;
  readonly limits: QueryLimits;
  readonly requestId: string;
  /** Who asks. */
  readonly viewer: Viewer;
  /** Who asks, as the history of changes names them. */
  readonly actor: string;
  /** The graph as the viewer sees it, as of the start of the request, or of the request's last write. */
  view: GraphView;
  /** The projection of the view. */
  projection: Projection;
  /** Read what belongs to the view, and nothing else. */
  loaders: Loaders;
  /** Contexts of root fields that are asked of another view, by response key. */
  readonly asked: Map<string | number, GraphContext>;
}

export async function createContext(
  services: Services,
  limits: QueryLimits,
  requestId: string,
  viewer: Viewer,
): Promise<GraphContext> {
  const view = await services.views.view({ viewer });
  const asked = new Map<string | number, GraphContext>();
  return { services, limits, requestId, viewer, actor: viewer.id, asked, ...seen(services, view) };
}

const seen = (services: Services, view: GraphView) => ({
  view,
  projection: view.projection,
  loaders: createLoaders(services, view),
});

/** After a write, the request sees what it wrote. */
export async function refresh(context: GraphContext): Promise<void> {
  const { services, viewer } = context;
  refuseExpired(viewer);
  Object.assign(context, seen(services, await services.views.view({ viewer })));
}

/** A subscription does not outlive the token that it was opened with. @throws AppError UNAUTHENTICATED */
function refuseExpired({ expiresAt }: Viewer): void {
  if (expiresAt !== undefined && Date.now() > expiresAt) {
    throw new AppError('UNAUTHENTICATED', { reason: 'the token has expired' });
  }
}

/** The context of a root field that is asked as of a time, or of joined nodes; the fields below find it by `contextOf`. */
export async function contextAt(
  context: GraphContext,
  { asOf, knownAt, joined }: ViewArgs,
  { path }: GraphQLResolveInfo,
): Promise<GraphContext> {
  const { services, viewer } = context;
  const view = await services.views.view({
    viewer,
    asOf: asOf ?? undefined,
    knownAt: knownAt ?? undefined,
    joined: joined ?? undefined,
  });
  const at = { ...context, ...seen(services, view) };
  context.asked.set(path.key, at);
  return at;
}

/** The context that a field below a root field is resolved in. */
export function contextOf(context: GraphContext, info: GraphQLResolveInfo): GraphContext {
  if (context.asked.size === 0) return context;
  let { path } = info;
  while (path.prev !== undefined) path = path.prev;
  return context.asked.get(path.key) ?? context;
}

const separated = new WeakMap<GraphContext, GraphContext>();

/** The context with every node by itself: who is who is told of each. */
export function separateContext(context: GraphContext): GraphContext {
  if (context.view.separate === context.view) return context;
  let separate = separated.get(context);
  if (separate === undefined) {
    separate = { ...context, ...seen(context.services, context.view.separate) };
    separated.set(context, separate);
  }
  return separate;
}
