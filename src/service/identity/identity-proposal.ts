/** Pairs of views that somebody should judge, each with a score and all that speaks for and against. */
import { compareIds, matchProbability, type Projection } from '../../analysis';
import { uuidV5 } from '../../model/identity';
import { EvidenceReader, type IdentityEvidence } from './identity-evidence';
import { matchViews, STRONG_LINK, type ViewMatch } from './identity-match';
import { type RuledMatch, ruleMatches } from './identity-rule';
import type { IdentityView } from './identity-view';
import { type Judgement, judgementGraph, pairKey } from './judgement-graph';

/** Odds of two views that came up together, before any evidence: one in sixteen. */
export const PRIOR_BITS = -4;
/** Least score of a proposal that rests on what two views use, or that one reporter tells apart. */
const LEAST_SCORE = 0.3;
/** Score from which SAME is proposed. */
const SAME_SCORE = 0.5;

export type ProposalStatus = 'OPEN' | 'LINKED';

export interface IdentityProposal {
  readonly id: string;
  /** The lesser id first. */
  readonly nodeIds: readonly [string, string];
  readonly types: readonly [string, string];
  readonly kind: 'SAME' | 'OVERLAP';
  /** How likely the two are one, 0 to 1. */
  readonly score: number;
  readonly evidence: readonly IdentityEvidence[];
  /** Another view could be meant as well: nothing joins such a pair but a person. */
  readonly isAmbiguous: boolean;
  /** The views that could be meant instead of either. */
  readonly rivalIds: readonly string[];
  /** LINKED: the rule has joined them; a person may confirm or reject it. OPEN: nobody has. */
  readonly status: ProposalStatus;
  /** Judgement of the rule that is in force. */
  readonly automatic: Judgement | null;
}

export const proposalId = (a: string, b: string): string =>
  `identity-proposal--${uuidV5(['identity-proposal', ...[a, b].sort(compareIds)].join('\u0000'))}`;

/** Every proposal over some views, best first, ties by id. */
export function proposalsOf(projection: Projection, views: readonly IdentityView[]): IdentityProposal[] {
  const graph = judgementGraph(projection);
  const { matches, bearers } = matchViews(projection, views);
  const reader = new EvidenceReader(projection, views, bearers);
  const known = new Set(matches.map(({ a, b }) => pairKey(a, b)));
  const byUse = reader
    .rareSoftwarePairs()
    .filter(([a, b]) => !known.has(pairKey(a, b)))
    .map(
      ([a, b]): RuledMatch => ({
        match: { a, b, names: [], identifiers: [], links: [] },
        isAmbiguous: false,
      }),
    );
  const ruled = [...ruleMatches(views, matches, graph), ...byUse];
  const rivals = rivalsOf(views, matches);
  const mayBe = openTo(views, projection);
  const proposals = ruled.flatMap((each) => {
    const { match, isAmbiguous } = each;
    const [a, b] = [views[match.a], views[match.b]];
    if (!mayBe(a.vertex, b.vertex)) return [];
    const evidence = reader.evidenceOn(match);
    const score = scoreOf(evidence);
    const isTwoOfOne = a.reporter !== undefined && a.reporter === b.reporter;
    const isNamed = match.names.length + match.identifiers.length + match.links.length > 0;
    if ((isTwoOfOne || !isNamed) && score < LEAST_SCORE) return [];
    const isStrong =
      match.names.length + match.identifiers.length > 0 ||
      match.links.some(({ weight }) => weight >= STRONG_LINK);
    const automatic = (graph.inForce.get(pairKey(a.vertex, b.vertex)) ?? []).find(
      (judged) => judged.isAutomatic,
    );
    return [
      {
        id: proposalId(a.id, b.id),
        nodeIds: [a.id, b.id] as const,
        types: [a.type, b.type] as const,
        kind: isStrong && !isTwoOfOne && score >= SAME_SCORE ? ('SAME' as const) : ('OVERLAP' as const),
        score,
        evidence: evidence.map((piece) => ({ ...piece, weight: rounded(piece.weight) })),
        isAmbiguous,
        rivalIds: isAmbiguous ? rivals(match) : [],
        status: automatic?.judgement === 'SAME' ? ('LINKED' as const) : ('OPEN' as const),
        automatic: automatic?.judgement ?? null,
      },
    ];
  });
  return proposals.sort((x, y) => y.score - x.score || compareIds(x.id, y.id));
}

/** Nothing is certain: a score is never 1. */
const GREATEST_SCORE = 0.9999;

function scoreOf(evidence: readonly IdentityEvidence[]): number {
  const weights = evidence.map(({ weight }) => weight);
  return Math.min(GREATEST_SCORE, rounded(matchProbability(weights, PRIOR_BITS)));
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Whether a person has said nothing of a pair yet, and nothing follows for it from what was said of others. */
function openTo(views: readonly IdentityView[], projection: Projection): (a: number, b: number) => boolean {
  const { inForce, groups } = judgementGraph(projection);
  const all = [...inForce.values()].flat();
  const distinct = new Set(
    all
      .filter((judged) => judged.judgement === 'DISTINCT')
      .map(({ from, to }) => pairKey(groups.groupOf(from), groups.groupOf(to))),
  );
  const judged = new Set(all.filter((each) => !each.isAutomatic).map((each) => pairKey(each.from, each.to)));
  const linked = new Set(all.filter((each) => each.isAutomatic).map((each) => pairKey(each.from, each.to)));
  const known = new Set(views.map((view) => view.vertex));
  return (a, b) => {
    if (!known.has(a) || !known.has(b) || judged.has(pairKey(a, b))) return false;
    const [left, right] = [groups.groupOf(a), groups.groupOf(b)];
    if (left === right) return linked.has(pairKey(a, b));
    return !distinct.has(pairKey(left, right));
  };
}

/** Ids of the views that either of a pair matches by name beside the other, of the reporter of the other. */
function rivalsOf(
  views: readonly IdentityView[],
  matches: readonly ViewMatch[],
): (match: ViewMatch) => readonly string[] {
  const partners = new Map<number, number[]>();
  const note = (place: number, other: number) => partners.set(place, [...(partners.get(place) ?? []), other]);
  for (const { a, b, names } of matches) {
    if (names.length === 0) continue;
    note(a, b);
    note(b, a);
  }
  const beside = (place: number, other: number): string[] =>
    (partners.get(place) ?? [])
      .filter((each) => each !== other && views[each].reporter === views[other].reporter)
      .map((each) => views[each].id);
  return ({ a, b }) => [...new Set([...beside(a, b), ...beside(b, a)])].sort(compareIds);
}
