/** What has been judged of who is who, as a projection shows it: the judgements of each pair, and the groups they make. */
import {
  edgeCell,
  edgesOfType,
  type JudgedGroups,
  judgedGroups,
  type Projection,
  type RecordPair,
  vertexCell,
} from '../../analysis';
import type { Term } from '../../model/vocabulary';

export type Judgement = Term<'Judgement'>;

/** A judgement on two nodes, by their vertices. Only PART has a direction: `from` is a part of `to`. */
export interface JudgedPair {
  readonly id: string;
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  readonly judgement: Judgement;
  /** Made by the rule of the service, not by a person. */
  readonly isAutomatic: boolean;
  readonly isWithdrawn: boolean;
}

export interface JudgementGraph {
  /** In order of id, withdrawn ones too. */
  readonly judgements: readonly JudgedPair[];
  /** Judgements in force, by pair. */
  readonly inForce: ReadonlyMap<string, readonly JudgedPair[]>;
  /** Pairs whose last judgement a person took back: no rule makes it again. */
  readonly takenBack: ReadonlySet<string>;
  readonly groups: JudgedGroups;
  /** Judgements in force that say that members of one group are not the same. */
  readonly contradictions: readonly { readonly judged: JudgedPair; readonly chain: readonly number[] }[];
}

/** Key of a pair of vertices, whichever comes first. */
export const pairKey = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

/** Judgements that no member of a group may have on another. */
const APART: ReadonlySet<Judgement> = new Set<Judgement>(['DISTINCT', 'PART']);
export const isApart = (judgement: Judgement): boolean => APART.has(judgement);

const graphs = new WeakMap<Projection, JudgementGraph>();

export function judgementGraph(projection: Projection): JudgementGraph {
  let graph = graphs.get(projection);
  if (graph === undefined) {
    graph = build(projection);
    graphs.set(projection, graph);
  }
  return graph;
}

function build(projection: Projection): JudgementGraph {
  const judgements = edgesOfType(projection, 'SAME_AS').flatMap((edge) => judgedPair(projection, edge) ?? []);
  const inForce = new Map<string, JudgedPair[]>();
  const takenBack = new Set<string>();
  for (const judged of judgements) {
    const key = pairKey(judged.from, judged.to);
    if (!judged.isWithdrawn) inForce.set(key, [...(inForce.get(key) ?? []), judged]);
    else if (!judged.isAutomatic) takenBack.add(key);
  }
  for (const key of inForce.keys()) takenBack.delete(key);
  return {
    judgements,
    inForce,
    takenBack,
    ...groupsOf(projection.vertices.ids.length, [...inForce.values()].flat()),
  };
}

/** Groups of judgements in force, and what contradicts them. */
export function groupsOf(
  vertexCount: number,
  inForce: readonly JudgedPair[],
): Pick<JudgementGraph, 'groups' | 'contradictions'> {
  const ends = ({ from, to }: JudgedPair): RecordPair => [from, to];
  const apart = inForce.filter(({ judgement }) => isApart(judgement));
  const same = inForce.filter(({ judgement }) => judgement === 'SAME');
  const groups = judgedGroups(vertexCount, same.map(ends), apart.map(ends));
  const contradictions = groups.contradictions.map(({ pair, chain }) => ({ judged: apart[pair], chain }));
  return { groups, contradictions };
}

/** A SAME_AS without a judgement is what a source says, and no judgement. */
function judgedPair(projection: Projection, edge: number): JudgedPair | undefined {
  const judgement = edgeCell(projection, 'judgement', edge) as Judgement | null;
  const [from, to] = [projection.from[edge], projection.to[edge]];
  if (judgement === null || from === to) return undefined;
  const isTrue = (column: string) => edgeCell(projection, column, edge) === true;
  return {
    id: projection.edges.ids[edge],
    edge,
    from,
    to,
    judgement,
    isAutomatic: isTrue('inferred'),
    isWithdrawn: isTrue('revoked') || isTrue('deprecated'),
  };
}

/** Neither revoked, deprecated nor a placeholder. */
export const isActiveVertex = (projection: Projection, vertex: number): boolean =>
  ['revoked', 'deprecated', 'stub'].every((column) => vertexCell(projection, column, vertex) !== true);
