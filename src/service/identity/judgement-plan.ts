/** What judging does to the graph: which judgement of a pair is written, which it replaces, and what would contradict. */
import { compareIds, type Projection, vertexCell, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { relationshipId } from '../../model/identity';
import { brief } from '../../model/validate';
import type { Properties, RelationshipValue } from '../../model/values';
import type { RelationshipKey } from '../../store/relationship.store';
import { TYPE_COLUMN } from '../projection.service';
import { areComparable } from './identity-view';
import { groupsOf, type JudgedPair, type Judgement, judgementGraph, pairKey } from './judgement-graph';

/** A judgement as a person gives it. Of PART, `a` is a part of `b`. */
export interface GivenJudgement {
  readonly a: string;
  readonly b: string;
  readonly judgement: Judgement;
  readonly reason: string;
}

/** A judgement to write, and those of the pair that it takes the place of. */
export interface PlannedJudgement {
  readonly given: GivenJudgement;
  readonly value: RelationshipValue;
  readonly replaced: readonly JudgedPair[];
}

export type JudgementOutcome =
  | PlannedJudgement
  | { readonly given: GivenJudgement; readonly error: AppError };

/** Id of the judgement of a pair: one for both directions, and one more for each direction of PART. */
export function judgementId(a: string, b: string, judgement: Judgement): string {
  if (judgement === 'PART') return relationshipId('SAME_AS', a, b, judgement);
  const [first, second] = [a, b].sort(compareIds);
  return relationshipId('SAME_AS', first, second);
}

export function judgementValue(
  given: Omit<GivenJudgement, 'reason'>,
  properties: Properties,
): RelationshipValue {
  const { a, b, judgement } = given;
  const [from, to] = judgement === 'PART' ? [a, b] : [a, b].sort(compareIds);
  return {
    id: judgementId(a, b, judgement),
    type: 'SAME_AS',
    from,
    to,
    properties: { judgement, ...properties },
  };
}

/** A judgement that is no longer in force: kept with what it said, and with who took it back and why. */
export function withdrawnValue(
  value: RelationshipValue,
  { by, reason, isByRule }: { readonly by: string; readonly reason: string; readonly isByRule: boolean },
): RelationshipValue {
  const { inferred, customProperties, ...kept } = value.properties;
  const custom = customProperties !== null && typeof customProperties === 'object' ? customProperties : {};
  return {
    ...value,
    properties: {
      ...kept,
      ...(isByRule && inferred === true ? { inferred } : {}),
      revoked: true,
      customProperties: { ...custom, x_atlas_retraction: { by, reason } },
    },
  };
}

export const keyOfJudged = (projection: Projection, { id, from, to }: JudgedPair): RelationshipKey => ({
  id,
  from: projection.vertices.ids[from],
  to: projection.vertices.ids[to],
});

/**
 * Plans judgements one after the other, each on top of those before it; one that cannot be leaves the others. Only what
 * people judged can contradict: links of the rule give way.
 */
export function planJudgements(
  projection: Projection,
  given: readonly GivenJudgement[],
  author: { readonly by: string; readonly at: string },
): { readonly outcomes: readonly JudgementOutcome[]; readonly yielding: readonly JudgedPair[] } {
  const known = judgementGraph(projection).inForce;
  const automatic = new Map(
    [...known].map(([key, list]) => [key, list.filter((judged) => judged.isAutomatic)] as const),
  );
  const personal = new Map(
    [...known].map(([key, list]) => [key, list.filter((judged) => !judged.isAutomatic)] as const),
  );
  const seen = new Set<string>();
  const outcomes = given.map((each): JudgementOutcome => {
    const error = refusalOf(projection, each);
    if (error) return { given: each, error };
    const judged = judgedPairOf(projection, each);
    const key = pairKey(judged.from, judged.to);
    if (seen.has(key)) {
      const got = `${each.a} and ${each.b} again`;
      return { given: each, error: badInput('judgements', 'each pair once in a call', got) };
    }
    seen.add(key);
    const others = [...personal].filter(([other]) => other !== key).flatMap(([, list]) => list);
    const contradiction = contradictionWith(projection, others, judged);
    if (contradiction) return { given: each, error: contradiction };
    personal.set(key, [judged]);
    automatic.delete(key);
    const { by, at } = author;
    const value = judgementValue(each, { judgedBy: by, judgedAt: at, reason: each.reason.trim() });
    return { given: each, value, replaced: (known.get(key) ?? []).filter(({ id }) => id !== value.id) };
  });
  const rest = yieldingTo([...personal.values()].flat(), [...automatic.values()].flat(), projection);
  return { outcomes, yielding: outcomes.some((each) => 'value' in each) ? rest : [] };
}

function judgedPairOf(projection: Projection, given: GivenJudgement): JudgedPair {
  return {
    id: judgementId(given.a, given.b, given.judgement),
    edge: -1,
    from: vertexOf(projection, given.a),
    to: vertexOf(projection, given.b),
    judgement: given.judgement,
    isAutomatic: false,
    isWithdrawn: false,
  };
}

/** Links of the rule by which what people judge apart would be one. */
function yieldingTo(
  personal: readonly JudgedPair[],
  automatic: readonly JudgedPair[],
  projection: Projection,
): JudgedPair[] {
  let left = automatic.filter(({ judgement }) => judgement === 'SAME');
  const yielding: JudgedPair[] = [];
  for (;;) {
    const { contradictions } = groupsOf(projection.vertices.ids.length, [...personal, ...left]);
    const onChains = new Set(
      contradictions.flatMap(({ chain }) => chain.slice(1).map((to, index) => pairKey(chain[index], to))),
    );
    const found = left.filter(({ from, to }) => onChains.has(pairKey(from, to)));
    if (found.length === 0) return yielding;
    yielding.push(...found);
    left = left.filter((judged) => !found.includes(judged));
  }
}

const badInput = (what: string, expected: string, got: string): AppError =>
  new AppError('BAD_INPUT', { what, expected, got });

function refusalOf(projection: Projection, { a, b, reason }: GivenJudgement): AppError | undefined {
  const missing = [a, b].find((id) => vertexOf(projection, id) < 0);
  if (missing !== undefined) return new AppError('NODE_NOT_FOUND', { id: missing });
  if (a === b) return badInput('b', 'another node than a', b);
  if (reason.trim() === '') return badInput('reason', 'words', brief(reason));
  const [typeA, typeB] = [a, b].map((id) =>
    String(vertexCell(projection, TYPE_COLUMN, vertexOf(projection, id))),
  );
  return areComparable(typeA, typeB) ? undefined : new AppError('IDENTITY_TYPES', { a: typeA, b: typeB });
}

/** What a judgement contradicts, with the chain of judgements that says otherwise. */
export function contradictionWith(
  projection: Projection,
  others: readonly JudgedPair[],
  judged: JudgedPair,
): AppError | undefined {
  const { groups, contradictions } = groupsOf(projection.vertices.ids.length, [...others, judged]);
  const group = groups.groupOf(judged.from);
  const isOfIt = (each: (typeof contradictions)[number]): boolean =>
    judged.judgement === 'SAME' ? groups.groupOf(each.judged.from) === group : each.judged === judged;
  const found = contradictions.find(isOfIt);
  if (!found) return undefined;
  const nameOf = (vertex: number) =>
    String(vertexCell(projection, 'name', vertex) ?? projection.vertices.ids[vertex]);
  return new AppError('IDENTITY_CONTRADICTION', {
    judgement: found.judged.judgement,
    names: found.chain.map(nameOf),
    chain: found.chain.map((vertex) => projection.vertices.ids[vertex]),
  });
}
