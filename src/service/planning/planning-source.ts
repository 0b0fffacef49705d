/** What planning reads: a projection, and the content behind it, both for one viewer. */
import type { Projection } from '../../analysis';
import type { ClaimValue, Json, Properties } from '../../model/values';
import type { GraphView } from '../graph-view';
import type { ViewContent } from '../view-content';

export interface PlanningSource {
  readonly projection: Projection;
  /** Nodes by id; what is not there has no entry. */
  readonly nodes: (
    ids: readonly string[],
  ) => Promise<ReadonlyMap<string, { readonly properties: Properties }>>;
  /** Claims by the id of their fact. */
  readonly claims: (factIds: readonly string[]) => Promise<ReadonlyMap<string, readonly ClaimValue[]>>;
}

/** What planning reads of a view: at whatever time, since plans judge that themselves. */
export const planningSourceOf = (view: GraphView, content: ViewContent): PlanningSource => ({
  projection: view.recorded,
  nodes: (ids) => content.nodes(view, ids),
  claims: (factIds) => content.claims(view, factIds),
});

/** Reads properties by kind; what is absent, or of another kind, is null. */
export class PropertyReader {
  constructor(private readonly properties: Properties) {}

  text(name: string): string | null {
    const value = this.properties[name];
    return typeof value === 'string' ? value : null;
  }

  number(name: string): number | null {
    const value = this.properties[name];
    return typeof value === 'number' ? value : null;
  }

  flag(name: string): boolean {
    return this.properties[name] === true;
  }

  texts(name: string): readonly string[] {
    const value: Json | undefined = this.properties[name];
    return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
  }
}
