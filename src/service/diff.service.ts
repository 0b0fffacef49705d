/** What differs between two states of knowledge: objects that came, changed, were taken back, or went. */
import { edgeCell, edgeOf, type Projection, vertexCell, vertexOf } from '../analysis';
import type { StoreEngine } from '../store/engine';
import type { RelationshipKey } from '../store/relationship.store';
import type { GraphView } from './graph-view';
import { actionOf, changedProperties, type ObjectAction, type PropertyChange } from './history.service';
import { type ObjectState, readStates, stateAt } from './object-states';
import { touchedBetween } from './past-projection';
import { TYPE_COLUMN } from './projection-rows';

export interface Difference {
  readonly id: string;
  readonly isNode: boolean;
  readonly type: string;
  readonly action: ObjectAction;
  readonly before: ObjectState | null;
  readonly after: ObjectState | null;
  readonly changed: readonly PropertyChange[];
}

export interface DiffFilter {
  readonly types?: readonly string[] | null;
  readonly actions?: readonly string[] | null;
}

export class DiffService {
  constructor(private readonly engine: StoreEngine) {}

  /**
   * Differences in order of id. What was changed and changed back does not differ.
   *
   * @param earlier the graph as the reader sees it after the earlier change
   * @param later the same after the later one
   */
  async between(earlier: GraphView, later: GraphView, filter: DiffFilter): Promise<Difference[]> {
    const [before, after] = [earlier.projection, later.projection];
    const [from, until] = [earlier.base.seq, later.base.seq];
    const { nodes, links, deleted } = await touchedBetween(this.engine, from, until);
    const isThere = (view: Projection, id: string) => vertexOf(view, id) >= 0 || edgeOf(view, id) >= 0;
    const ids = [...nodes, ...links, ...deleted].filter((id) => isThere(before, id) || isThere(after, id));
    const wanted = filter.types
      ? ids.filter((id) => filter.types?.includes(typeOf(after, id) ?? typeOf(before, id) ?? ''))
      : ids;
    const keys = wanted.flatMap((id) => keyIn(after, id) ?? keyIn(before, id) ?? []);
    const isLink = new Set(keys.map((key) => key.id));
    const states = await readStates(
      this.engine,
      wanted.filter((id) => !isLink.has(id)),
      keys,
    );
    const differences = wanted.flatMap((id) => {
      const list = states.get(id) ?? [];
      const was = isThere(before, id) ? shownAt(earlier, id, list, from) : null;
      const is = isThere(after, id) ? shownAt(later, id, list, until) : null;
      const type = typeOf(after, id) ?? typeOf(before, id) ?? '';
      const found = difference(was, is, { wasThere: isThere(before, id), isThere: isThere(after, id) });
      return found ? [{ id, isNode: !isLink.has(id), type, before: was, after: is, ...found }] : [];
    });
    return differences
      .filter((each) => !filter.actions || filter.actions.includes(each.action))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** What a view shows of the state that an object was in after a change. */
function shownAt(
  view: GraphView,
  id: string,
  states: readonly ObjectState[],
  seq: number,
): ObjectState | null {
  const state = stateAt(states, seq);
  return (state && view.shown({ ...state, id })) ?? null;
}

function difference(
  was: ObjectState | null,
  is: ObjectState | null,
  there: { readonly wasThere: boolean; readonly isThere: boolean },
): Pick<Difference, 'action' | 'changed'> | undefined {
  if (!there.isThere) return { action: 'DELETED', changed: [] };
  if (!there.wasThere) return { action: 'CREATED', changed: is ? changedProperties(null, is) : [] };
  // Only referred to before and after.
  if (!is) return undefined;
  const changed = changedProperties(was, is);
  if (changed.length === 0) return undefined;
  return { action: was ? actionOf(was, is) : 'UPDATED', changed };
}

function typeOf(view: Projection, id: string): string | undefined {
  const vertex = vertexOf(view, id);
  if (vertex >= 0) return String(vertexCell(view, TYPE_COLUMN, vertex));
  const edge = edgeOf(view, id);
  return edge < 0 ? undefined : String(edgeCell(view, TYPE_COLUMN, edge));
}

function keyIn(view: Projection, id: string): RelationshipKey | undefined {
  const edge = edgeOf(view, id);
  if (edge < 0) return undefined;
  const { ids } = view.vertices;
  return { id, from: ids[view.from[edge]], to: ids[view.to[edge]] };
}
