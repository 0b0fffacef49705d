/** What one request sees: the services, one state of the graph, and loaders that read it in batches. */
import type { Projection } from '../analysis';
import type { Services } from '../service/services';
import { createLoaders, type Loaders } from './loaders';

export interface QueryLimits {
  /** Greatest `first` of a connection. */
  readonly pageSize: number;
}

export interface GraphContext {
  readonly services: Services;
  readonly limits: QueryLimits;
  readonly requestId: string;
  /** Who asks, as the history of changes names them. */
  readonly actor: string;
  /** The graph as of the start of the request, or of the request's last write. */
  projection: Projection;
  loaders: Loaders;
}

/** The one user of a service that asks nobody who they are. */
const LOCAL_USER = 'local';

export async function createContext(
  services: Services,
  limits: QueryLimits,
  requestId: string,
): Promise<GraphContext> {
  const projection = await services.projections.current();
  return { services, limits, requestId, actor: LOCAL_USER, projection, loaders: createLoaders(services) };
}

/** After a write, the request sees what it wrote. */
export async function refresh(context: GraphContext): Promise<void> {
  context.projection = await context.services.projections.current();
  context.loaders = createLoaders(context.services);
}
