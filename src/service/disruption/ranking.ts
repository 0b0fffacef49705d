/** Ranks components by what their loss stops, each beside the cheapest cut sets of order 1 to 3 that it belongs to. */
import { type CutSetList, compareIds, minimalCutSetsOfAll, type RemovalLoss } from '../../analysis';
import type { DisruptionSystem } from './disruption-system';

const MAX_ORDER = 3;
/** Cut sets of one operation beyond which the list is cut off, the cheapest kept; the ranking then says so. */
const MAX_SETS_AN_OPERATION = 100_000;
const CHEAPEST_SHOWN = 3;

export interface RankedCutSet {
  /** Events, ascending. */
  readonly events: readonly number[];
  readonly cost: number;
  readonly loss: RemovalLoss;
}

export interface RankedComponent {
  readonly event: number;
  readonly alone: RemovalLoss;
  readonly aloneWithMarket: RemovalLoss;
  readonly cheapest: readonly RankedCutSet[];
  /** Minimal cut sets that it belongs to, by order from 1. */
  readonly cutSetsByOrder: readonly number[];
}

export interface ComponentRanking {
  readonly components: readonly RankedComponent[];
  readonly status: CutSetList['status'];
}

/** Components whose loss, alone or in a cut set of order 2 or 3, stops something, best first. */
/** Once `isOver` is true the sets are those of the orders that were complete by then, and the status says so. */
export function rankComponents(system: DisruptionSystem, isOver?: () => boolean): ComponentRanking {
  const { known, withMarket, costs } = system;
  const { tree } = known;
  const singles = Array.from({ length: tree.eventCount }, (_, event) => [event]);
  const alone = known.losses(singles);
  const aloneWithMarket = withMarket.losses(singlesIn(system));
  const lists = minimalCutSetsOfAll(tree, tree.tops, {
    maxOrder: MAX_ORDER,
    maxSets: MAX_SETS_AN_OPERATION,
    cost: costs,
    deadline: isOver,
  });
  const sets = distinctSets(lists);
  const losses = known.losses(sets);
  const byEvent: RankedCutSet[][] = singles.map(() => []);
  sets.forEach((events, index) => {
    const set = { events, cost: costOf(events, costs), loss: losses[index] };
    for (const event of events) byEvent[event].push(set);
  });
  const scored = byEvent.map((own, event) => ({
    bestPerCost: own.reduce((best, set) => (set.events.length > 1 ? Math.max(best, perCost(set)) : best), 0),
    component: {
      event,
      alone: alone[event],
      aloneWithMarket: aloneWithMarket[event],
      cheapest: own.sort(byCost).slice(0, CHEAPEST_SHOWN),
      cutSetsByOrder: Array.from(
        { length: MAX_ORDER },
        (_, i) => own.filter((set) => set.events.length === i + 1).length,
      ),
    },
  }));
  const worst =
    lists.find((list) => list.status === 'stopped') ?? lists.find((list) => list.status !== 'complete');
  const nameOf = (event: number) => known.ecosystem.graph.nodes[known.events[event]].id;
  const components = scored
    .filter(({ component }) => component.alone.weight > 0 || component.cheapest.length > 0)
    .sort(
      (a, b) =>
        b.component.alone.weight - a.component.alone.weight ||
        b.bestPerCost - a.bestPerCost ||
        compareIds(nameOf(a.component.event), nameOf(b.component.event)),
    )
    .map(({ component }) => component);
  return { components, status: worst?.status ?? 'complete' };
}

/** The single removals in the events of the system with the market, in the order of the known system's events. */
function singlesIn(system: DisruptionSystem): number[][] {
  const { known, withMarket } = system;
  const eventOf = new Map(
    withMarket.events.map((node, event) => [withMarket.ecosystem.graph.nodes[node].id, event]),
  );
  return known.events.map((node) => {
    const event = eventOf.get(known.ecosystem.graph.nodes[node].id);
    return event === undefined ? [] : [event];
  });
}

export const costOf = (events: readonly number[], costs: Float64Array): number =>
  events.reduce((sum, event) => sum + costs[event], 0);

const perCost = (set: RankedCutSet): number =>
  set.cost > 0 ? set.loss.weight / set.cost : Number.POSITIVE_INFINITY;

function byCost(a: RankedCutSet, b: RankedCutSet): number {
  if (a.cost !== b.cost) return a.cost - b.cost;
  if (a.loss.weight !== b.loss.weight) return b.loss.weight - a.loss.weight;
  for (let i = 0; i < a.events.length; i++) if (a.events[i] !== b.events[i]) return a.events[i] - b.events[i];
  return 0;
}

/** Cut sets of all operations, each once. */
function distinctSets(lists: readonly CutSetList[]): number[][] {
  const distinct = new Map<string, number[]>();
  for (const list of lists) for (const set of list.sets) distinct.set(set.join(), Array.from(set));
  return [...distinct.values()];
}
