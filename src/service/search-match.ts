/** How well the texts of one node match what is searched for: the kind of match, its text, and a score from 0 to 1. */
import { editDistanceWithin } from '../analysis';
import { normalizeName, wordsOf } from '../model/text';
import type { Json, Properties } from '../model/values';

/** Kinds of match with the score of each, best first. */
export const MATCH_KINDS = {
  IDENTIFIER: 1,
  NAME: 0.98,
  ALIAS: 0.95,
  NORMALIZED_NAME: 0.92,
  NORMALIZED_ALIAS: 0.89,
  NAME_PREFIX: 0.8,
  ALIAS_PREFIX: 0.75,
  NAME_WORDS: 0.7,
  ALIAS_WORDS: 0.65,
  NAME_PART: 0.6,
  ALIAS_PART: 0.55,
  SIMILAR_NAME: 0.45,
  SIMILAR_ALIAS: 0.4,
  DESCRIPTION_PHRASE: 0.3,
  DESCRIPTION_WORDS: 0.2,
} as const;

export type MatchKind = keyof typeof MATCH_KINDS;

export interface Match {
  readonly kind: MatchKind;
  /** The name, alias, identifier or piece of description that matched. */
  readonly text: string;
  readonly score: number;
}

interface NameText {
  readonly text: string;
  readonly folded: string;
  readonly normalized: string;
  readonly words: readonly string[];
  readonly isAlias: boolean;
}

export interface NodeTexts {
  readonly names: readonly NameText[];
  readonly identifiers: readonly string[];
  readonly description: string;
  /** What they were made from, with what it says of who may see it. */
  readonly given: GivenTexts;
}

/** What is searched for. */
export type SearchText = Omit<NameText, 'isAlias'>;

/** Share of a score that the length of the match decides. */
const LENGTH_WEIGHT = 0.04;
const SNIPPET_LENGTH = 160;
/** Halves of a character that a cut left at either end. */
const HALF_CHARACTERS = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g;

/** What of a node is searched. */
export interface GivenTexts {
  readonly id: string;
  readonly properties: Properties;
}

const SEARCHED = [
  'name',
  'aliases',
  'description',
  'externalId',
  'cve',
  'markings',
  'sharedWith',
  'restated',
];

/** The searched part of what is known of a node. */
export const givenTexts = (id: string, known: Readonly<Record<string, unknown>>): GivenTexts => ({
  id,
  properties: Object.fromEntries(
    SEARCHED.flatMap((name) =>
      known[name] === undefined || known[name] === null ? [] : [[name, known[name] as Json]],
    ),
  ),
});

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

export function searchText(text: string): SearchText {
  const trimmed = text.trim();
  return {
    text: trimmed,
    folded: trimmed.toLowerCase(),
    normalized: normalizeName(trimmed),
    words: wordsOf(trimmed),
  };
}

export function textsOf(given: GivenTexts): NodeTexts {
  const { name, aliases, description, externalId, cve } = given.properties;
  const own = isText(name) ? [{ ...searchText(name), isAlias: false }] : [];
  const others = Array.isArray(aliases) ? aliases.filter(isText).filter((alias) => alias !== name) : [];
  return {
    names: [...own, ...others.map((alias) => ({ ...searchText(alias), isAlias: true }))],
    identifiers: [given.id, externalId, cve].filter(isText).map((each) => each.toLowerCase()),
    description: isText(description) ? description : '',
    given,
  };
}

/** Match of a whole name or identifier, if there is one. */
export function nameMatchOf(texts: NodeTexts, query: SearchText): Match | undefined {
  if (texts.identifiers.includes(query.folded)) return { kind: 'IDENTIFIER', text: query.text, score: 1 };
  return best(texts.names.map((name) => wholeMatch(name, query)));
}

/** Best match of any kind, if there is one. */
export function matchOf(texts: NodeTexts, query: SearchText): Match | undefined {
  return (
    nameMatchOf(texts, query) ??
    best(texts.names.map((name) => partialMatch(name, query))) ??
    descriptionMatch(texts.description, query)
  );
}

function best(matches: readonly (Match | undefined)[]): Match | undefined {
  let result: Match | undefined;
  for (const match of matches) if (match && (!result || match.score > result.score)) result = match;
  return result;
}

const made = (kind: MatchKind, text: string, query: SearchText): Match => {
  const ratio = Math.min(1, query.text.length / Math.max(1, text.length));
  return { kind, text, score: Math.round((MATCH_KINDS[kind] - LENGTH_WEIGHT * (1 - ratio)) * 1e4) / 1e4 };
};

function wholeMatch(name: NameText, query: SearchText): Match | undefined {
  if (name.folded === query.folded) return made(name.isAlias ? 'ALIAS' : 'NAME', name.text, query);
  if (query.normalized === '' || name.normalized !== query.normalized) return undefined;
  return made(name.isAlias ? 'NORMALIZED_ALIAS' : 'NORMALIZED_NAME', name.text, query);
}

function partialMatch(name: NameText, query: SearchText): Match | undefined {
  const kind = partialKind(name, query);
  const owner = name.isAlias ? 'ALIAS' : 'NAME';
  if (kind) return made(`${owner}_${kind}`, name.text, query);
  return isSimilar(name.normalized, query.normalized)
    ? made(`SIMILAR_${owner}`, name.text, query)
    : undefined;
}

/** Short names differ by one slip of the pen, long ones by two; the shortest not at all. */
function isSimilar(name: string, query: string): boolean {
  const edits = query.length >= 9 ? 2 : query.length >= 5 ? 1 : 0;
  return edits > 0 && editDistanceWithin(name, query, edits) >= 0;
}

function partialKind(name: NameText, query: SearchText): 'PREFIX' | 'WORDS' | 'PART' | undefined {
  if (name.folded.startsWith(query.folded)) return 'PREFIX';
  const hasWords = query.words.length > 0;
  if (hasWords && query.words.every((word) => name.words.some((own) => own.startsWith(word)))) return 'WORDS';
  return name.folded.includes(query.folded) ? 'PART' : undefined;
}

function descriptionMatch(description: string, query: SearchText): Match | undefined {
  if (description === '') return undefined;
  const folded = description.toLowerCase();
  const at = folded.indexOf(query.folded);
  if (at >= 0) return { ...made('DESCRIPTION_PHRASE', '', query), text: snippet(description, at) };
  if (query.words.length < 2 || !query.words.every((word) => folded.includes(word))) return undefined;
  return {
    ...made('DESCRIPTION_WORDS', '', query),
    text: snippet(description, folded.indexOf(query.words[0])),
  };
}

/** Description around a place, cut at characters. */
function snippet(description: string, at: number): string {
  const start = Math.max(0, at - SNIPPET_LENGTH / 4);
  const piece = description.slice(start, start + SNIPPET_LENGTH).replace(HALF_CHARACTERS, '');
  return `${start > 0 ? '…' : ''}${piece}${start + SNIPPET_LENGTH < description.length ? '…' : ''}`;
}
