/**
 * Attack Flow 2.x: what a flow needs, as requirements of an operation. Each object of a flow is reached under a condition over
 * the actions before it: an AND operator when all of its causes are, anything else when one is. The flow works while one of
 * its last actions can be reached. Written as a conjunction of alternatives, each alternative set is one requirement of mode
 * ANY, which is what fault trees evaluate; an AND gives several.
 */
import { nodeId, stixTypeOfId } from '../model/identity';
import { findNodeType, nodeTypeOfStix } from '../model/ontology/ontology';
import type { Json } from '../model/values';
import { textOf, textsOf } from './json-document';
import type { ReadItem } from './reader';
import { implied, linkItem, type NodeItem } from './shared-nodes';
import type { StixObject } from './stix-mapping';

/** Alternatives that must all hold, each a set of ids of actions. `[]` always holds. */
type Clauses = readonly (readonly string[])[];

/** More than this many alternatives say that a flow branches too much to be written out. */
const MAX_CLAUSES = 512;

/** Requirements of all flows of a file together. */
const MAX_REQUIREMENTS = 16 * MAX_CLAUSES;

const STEPS: ReadonlySet<string> = new Set(['attack-action', 'attack-condition', 'attack-operator']);
const ALWAYS: Clauses = [];
const NEVER: Clauses = [[]];

class TooManyClauses extends Error {}

/** Sets that hold no other set of the list. Most are of one action: those are looked up, the others compared. */
function absorbed(clauses: Clauses): Clauses {
  const sorted = [...clauses].sort((a, b) => a.length - b.length || (a.join() < b.join() ? -1 : 1));
  if (sorted[0]?.length === 0) return NEVER;
  const alone = new Set<string>();
  const kept: (readonly string[])[] = [];
  for (const clause of sorted) {
    if (clause.some((id) => alone.has(id))) continue;
    if (clause.length === 1) alone.add(clause[0]);
    else if (kept.some((smaller) => smaller.length > 1 && smaller.every((id) => clause.includes(id))))
      continue;
    kept.push(clause);
  }
  if (kept.length > MAX_CLAUSES) throw new TooManyClauses();
  return kept;
}

const both = (a: Clauses, b: Clauses): Clauses => absorbed([...a, ...b]);

function either(a: Clauses, b: Clauses): Clauses {
  if (a.length * b.length > MAX_CLAUSES * 16) throw new TooManyClauses();
  return absorbed(a.flatMap((left) => b.map((right) => [...new Set([...left, ...right])].sort())));
}

interface Cause {
  readonly from: string;
  /** Whether the cause is that a condition does not hold: then what it needs is what was there before it. */
  readonly isElse: boolean;
}

/** Gathers the objects of flows while a file is read. */
export class FlowCollector {
  private readonly flows: StixObject[] = [];
  private readonly steps = new Map<string, StixObject>();
  /** Components that relationships tie to actions. */
  private readonly tied = new Map<string, string[]>();

  add(object: StixObject): void {
    const type = object.type as string;
    if (type === 'attack-flow') this.flows.push(object);
    else if (STEPS.has(type)) this.steps.set(object.id as string, object);
    else if (type === 'relationship') this.tie(object);
  }

  private tie({ source_ref: source, target_ref: target }: StixObject): void {
    for (const [action, other] of [
      [source, target],
      [target, source],
    ]) {
      if (typeof action !== 'string' || typeof other !== 'string' || !action.startsWith('attack-action--'))
        continue;
      if (!findNodeType(nodeTypeOfStix(stixTypeOfId(other) ?? '').name)?.isComponent) continue;
      this.tied.set(action, [...(this.tied.get(action) ?? []), other]);
    }
  }

  /** What the flows need. */
  items(): ReadItem[] {
    let requirements = 0;
    return this.flows.flatMap((flow) => {
      try {
        if (requirements > MAX_REQUIREMENTS) throw new TooManyClauses();
        const items = this.needsOf(flow);
        requirements += items.filter(isRequirement).length;
        return items;
      } catch (error) {
        if (!(error instanceof TooManyClauses)) throw error;
        const limit = `more than ${MAX_CLAUSES} sets of alternatives, or all flows together ${MAX_REQUIREMENTS}`;
        const message = `${textOf(flow.name) ?? flow.id} has ${limit}`;
        return [{ kind: 'skipped', code: 'FLOW_TOO_BRANCHED', message } as const];
      }
    });
  }

  private needsOf(flow: StixObject): ReadItem[] {
    const reached = this.reachedFrom(textsOf(flow.start_refs));
    const causes = this.causesAmong(reached, new Set(textsOf(flow.start_refs)));
    const reach = reachOf([...reached], this.steps, causes);
    const last = [...reached].filter(
      (id) => !effectsOf(this.steps.get(id) as StixObject).some(({ to }) => reached.has(to)),
    );
    const ends = last.length > 0 ? last : [...reached];
    const clauses = ends.map((id) => reach.get(id) as Clauses).reduce(either, NEVER);
    return clauses
      .filter((clause) => clause.length > 0)
      .flatMap((clause) => this.requirementItems(flow.id as string, clause));
  }

  private reachedFrom(starts: readonly string[]): ReadonlySet<string> {
    const reached = new Set(starts.filter((id) => this.steps.has(id)));
    for (const id of reached) {
      for (const { to } of effectsOf(this.steps.get(id) as StixObject))
        if (this.steps.has(to)) reached.add(to);
    }
    return reached;
  }

  /** What leads to each step; a start needs nothing to lead to it. */
  private causesAmong(reached: ReadonlySet<string>, starts: ReadonlySet<string>): Map<string, Cause[]> {
    const causes = new Map<string, Cause[]>();
    for (const from of reached) {
      for (const { to, isElse } of effectsOf(this.steps.get(from) as StixObject)) {
        if (reached.has(to) && !starts.has(to)) causes.set(to, [...(causes.get(to) ?? []), { from, isElse }]);
      }
    }
    return causes;
  }

  /** One requirement: any of some actions, by what each of them is done with. */
  private requirementItems(flow: string, clause: readonly string[]): ReadItem[] {
    const names = clause.map((id) => textOf(this.steps.get(id)?.name) ?? id);
    const requirement: NodeItem = {
      kind: 'node',
      value: {
        id: nodeId('Requirement', 'attack-flow', flow, ...clause),
        type: 'Requirement',
        properties: {
          name: names.join(' or '),
          need: names.join(' or '),
          mode: 'ANY',
          completeness: 'PARTIAL',
        },
      },
      implied: true,
    };
    const suppliers = new Map<string, NodeItem | string>();
    for (const id of clause) for (const each of this.suppliersOf(id)) suppliers.set(idOf(each), each);
    return [
      requirement,
      needed('NEEDS', flow, requirement),
      ...[...suppliers.values()].flatMap((supplier) => [
        ...(typeof supplier === 'string' ? [] : [supplier]),
        needed('SATISFIED_BY', requirement, supplier, { observed: true, supplierRole: 'PRIMARY' }),
      ]),
    ];
  }

  /** What an action is done with: software and infrastructure tied to it, else its technique. */
  private suppliersOf(id: string): readonly (NodeItem | string)[] {
    const tied = this.tied.get(id);
    if (tied) return tied;
    const action = this.steps.get(id) as StixObject;
    const technique = textOf(action.technique_ref);
    if (technique !== undefined) return [technique];
    const externalId = textOf(action.technique_id);
    const name = textOf(action.name) ?? id;
    const properties: Record<string, Json> = { name, framework: 'ATTACK' };
    if (externalId === undefined) Object.assign(properties, { framework: 'CUSTOM' });
    else properties.externalId = externalId;
    const key = externalId ?? name;
    return [
      {
        kind: 'node',
        value: { id: nodeId('Technique', 'attack-flow', key), type: 'Technique', properties },
        isShared: true,
        implied: true,
      },
    ];
  }
}

const isRequirement = (item: ReadItem): boolean => item.kind === 'node' && item.value.type === 'Requirement';

const needed = (...link: Parameters<typeof linkItem>): ReadItem => ({
  ...implied(linkItem(...link)),
  isSettled: true,
});

const idOf = (supplier: NodeItem | string): string =>
  typeof supplier === 'string' ? supplier : supplier.value.id;

function effectsOf(step: StixObject): readonly { readonly to: string; readonly isElse: boolean }[] {
  const told = [...textsOf(step.effect_refs), ...textsOf(step.on_true_refs)].map((to) => ({
    to,
    isElse: false,
  }));
  return [...told, ...textsOf(step.on_false_refs).map((to) => ({ to, isElse: true }))];
}

/**
 * Under which condition each step is reached: the least fixed point, so that steps which only lead to each other are not.
 *
 * @param order steps in the order in which they are found, causes mostly before effects
 */
function reachOf(
  order: readonly string[],
  steps: ReadonlyMap<string, StixObject>,
  causes: ReadonlyMap<string, readonly Cause[]>,
): ReadonlyMap<string, Clauses> {
  const reach = new Map<string, Clauses>(order.map((id) => [id, NEVER]));
  const started = new Map<string, Clauses>();
  const known = (id: string): Clauses => reach.get(id) ?? NEVER;
  const isAction = (id: string): boolean => steps.get(id)?.type === 'attack-action';
  const causesOf = (id: string): readonly Cause[] => causes.get(id) ?? [];
  /** What must hold before a step: all of its causes at an AND operator, else one of them. */
  const before = (id: string): Clauses => {
    if (causesOf(id).length === 0) return ALWAYS;
    // What follows a condition that fails rests on what was there before the action that failed.
    const previous = (condition: string): Clauses =>
      causesOf(condition)
        .map(({ from }) => (isAction(from) ? (started.get(from) ?? NEVER) : known(from)))
        .reduce(either, causesOf(condition).length === 0 ? ALWAYS : NEVER);
    const operands = causesOf(id).map(({ from, isElse }) => (isElse ? previous(from) : known(from)));
    const isAnd = textOf(steps.get(id)?.operator)?.toUpperCase() === 'AND';
    return isAnd ? operands.reduce(both, ALWAYS) : operands.reduce(either, NEVER);
  };
  for (let isStable = false; !isStable; ) {
    isStable = true;
    for (const id of order) {
      started.set(id, before(id));
      const clauses = isAction(id) ? both(started.get(id) as Clauses, [[id]]) : (started.get(id) as Clauses);
      if (JSON.stringify(clauses) === JSON.stringify(known(id))) continue;
      reach.set(id, clauses);
      isStable = false;
    }
  }
  return reach;
}
