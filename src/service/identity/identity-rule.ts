/**
 * The rule by which views are linked without asking anybody (docs/identity.md):
 * 1. an identifier of two reporters that no other view of either bears links as SAME;
 * 2. so does a name, where neither view matches by any name another view of the other's reporter;
 * 3. a link that a source states and a name confirms, but that is ambiguous, links as OVERLAP: related, not joined.
 * What people judged stands, what they took back is not done again, and links that would contradict each other are not made.
 */
import { type LinkVerdict, type RecordPair, uniqueLinks } from '../../analysis';
import { STRONG_LINK, type ViewMatch } from './identity-match';
import type { IdentityView } from './identity-view';
import { type Judgement, type JudgementGraph, pairKey } from './judgement-graph';

export type RuleName = 'UNIQUE_IDENTIFIER' | 'UNIQUE_NAME' | 'CONFIRMED_LINK';

/** What the rule says of a match. */
export interface RuledMatch {
  readonly match: ViewMatch;
  /** Judgement that the rule makes, if it makes one. */
  readonly judgement?: Judgement;
  readonly rule?: RuleName;
  /** Somebody else could be meant, or the link does not go together with others. */
  readonly isAmbiguous: boolean;
}

export function ruleMatches(
  views: readonly IdentityView[],
  matches: readonly ViewMatch[],
  graph: JudgementGraph,
): RuledMatch[] {
  const place = new Map(views.map((view, index) => [view.vertex, index]));
  const personal = [...graph.inForce.values()].flat().filter((judged) => !judged.isAutomatic);
  const pairsOf = (...judgements: readonly Judgement[]): RecordPair[] =>
    personal.flatMap(({ from, to, judgement }) => {
      const [a, b] = [place.get(from), place.get(to)];
      return a !== undefined && b !== undefined && judgements.includes(judgement) ? [[a, b] as const] : [];
    });
  const keyOf = ({ a, b }: ViewMatch) => pairKey(views[a].vertex, views[b].vertex);
  const distinct = new Set(
    personal.filter((each) => each.judgement === 'DISTINCT').map((each) => pairKey(each.from, each.to)),
  );
  const mayMean = matches.filter((match) => !distinct.has(keyOf(match)));
  const judged = new Set(personal.map((each) => pairKey(each.from, each.to)));
  const isOpen = (match: ViewMatch) => !judged.has(keyOf(match)) && !graph.takenBack.has(keyOf(match));
  const sides = views.map((view) => view.reporter);
  const apart = pairsOf('DISTINCT', 'PART');
  const joined = pairsOf('SAME');

  const byIdentifier = verdictsOf(
    mayMean,
    (match) => match.identifiers.length > 0,
    (pairs) => uniqueLinks(sides, pairs, joined, apart),
  );
  const first = mayMean.filter((match) => byIdentifier.get(match) === 'unique' && isOpen(match));
  const byName = verdictsOf(
    mayMean,
    (match) => match.names.length > 0,
    (pairs) => uniqueLinks(sides, pairs, [...joined, ...first.map(({ a, b }) => [a, b] as const)], apart),
  );
  return matches.map((match) => {
    const isUnique = byIdentifier.get(match) === 'unique';
    const verdict = byName.get(match);
    const isAmbiguous = !isUnique && (verdict === 'ambiguous' || verdict === 'conflicting');
    if (!isOpen(match) || distinct.has(keyOf(match))) return { match, isAmbiguous };
    if (isUnique) return { match, isAmbiguous, judgement: 'SAME', rule: 'UNIQUE_IDENTIFIER' };
    if (verdict === 'unique') return { match, isAmbiguous, judgement: 'SAME', rule: 'UNIQUE_NAME' };
    const isConfirmed = match.names.length > 0 && match.links.some((link) => link.weight >= STRONG_LINK);
    return isConfirmed && views[match.a].reporter !== views[match.b].reporter
      ? { match, isAmbiguous, judgement: 'OVERLAP', rule: 'CONFIRMED_LINK' }
      : { match, isAmbiguous };
  });
}

function verdictsOf(
  matches: readonly ViewMatch[],
  isMeant: (match: ViewMatch) => boolean,
  judge: (pairs: readonly RecordPair[]) => readonly LinkVerdict[],
): Map<ViewMatch, LinkVerdict> {
  const meant = matches.filter(isMeant);
  const verdicts = judge(meant.map(({ a, b }) => [a, b] as const));
  return new Map(meant.map((match, index) => [match, verdicts[index]]));
}

/** Why a pair was linked, or why it was not, in words that stay with it. */
export function reasonOf({ rule, match, isAmbiguous }: RuledMatch, views: readonly IdentityView[]): string {
  const named = match.names
    .slice(0, NAMES_SHOWN)
    .map((name) => textOf(views[match.a], name))
    .join(', ');
  const word = [...match.links].sort((x, y) => y.weight - x.weight)[0]?.word;
  if (rule === 'UNIQUE_IDENTIFIER')
    return `Both have the identifier ${match.identifiers[0].split(' ')[1]}, and no other view has.`;
  if (rule === 'UNIQUE_NAME')
    return `Both are called ${named}, and neither could mean another view of the other reporter.`;
  if (rule === 'CONFIRMED_LINK')
    return `A source calls them ${word} and both are called ${named}, but others are called so too.`;
  if (named !== '')
    return isAmbiguous
      ? `Both are called ${named}, but others are called so too.`
      : `Both are called ${named}.`;
  return word === undefined
    ? `Both have the identifier ${match.identifiers[0]}.`
    : `A source calls them ${word}, but no name confirms it.`;
}

const NAMES_SHOWN = 5;
const textOf = (view: IdentityView, normalized: string): string =>
  view.names.find((name) => name.normalized === normalized)?.text ?? normalized;
