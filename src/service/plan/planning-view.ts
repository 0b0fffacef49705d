import type { GraphView } from '../graph-view';
import type { PlanningSource } from '../planning/planning-source';
import type { ViewContent } from '../view-content';

/** What planning reads of a view: at whatever time, since plans judge that themselves. */
export const planningSourceOf = (view: GraphView, content: ViewContent): PlanningSource => ({
  projection: view.recorded,
  nodes: (ids) => content.nodes(view, ids),
  claims: (factIds) => content.claims(view, factIds),
});
