/**
 * Regular expressions of MISP warninglists, matched in time linear in the text: RE2 does not backtrack, so no entry of a list can
 * hang what asks it. What RE2 cannot say (looking around, references back) is not matched, and that is reported.
 */
import { RE2JS } from 're2js';

/** Instructions that the expressions of one list may come to: what a text costs is bounded by them and its length. */
const MAX_INSTRUCTIONS = 20_000;
const MAX_LENGTH = 1_000;
/** Beyond so many characters a text is not asked about. */
const MAX_TEXT = 2_048;

/** Lists are written for PCRE, which wants the expression between two marks, with its flags behind. */
const DELIMITED = /^([/#~@%!])(.*)\1([A-Za-z]*)$/s;
const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
  // These change nothing where it is only asked whether a text matches.
  g: 0,
  u: 0,
  D: 0,
  S: 0,
  U: 0,
};

export interface ListPatterns {
  /** The first entry that a text matches, the shortest first. */
  find(text: string): string | undefined;
  /** Why entries are not matched, by entry. */
  readonly unmatched: ReadonlyMap<string, string>;
}

/** The entries of a list of regular expressions, ready to be asked. The short ones come first: a long one leaves nothing to the rest. */
export function listPatterns(entries: readonly string[]): ListPatterns {
  const patterns: (readonly [string, RE2JS])[] = [];
  const unmatched = new Map<string, string>();
  let left = MAX_INSTRUCTIONS;
  for (const entry of [...new Set(entries)].sort(byLength)) {
    const compiled = left > 0 ? compile(entry) : TOO_MUCH;
    if (typeof compiled === 'string') {
      unmatched.set(entry, compiled);
      continue;
    }
    left -= compiled.programSize();
    if (left >= 0) patterns.push([entry, compiled]);
    else unmatched.set(entry, TOO_MUCH);
  }
  return {
    unmatched,
    find: (text) =>
      text.length > MAX_TEXT ? undefined : patterns.find(([, pattern]) => pattern.test(text))?.[0],
  };
}

const TOO_MUCH = 'the expressions of the list are too long together';
const byLength = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

/** @returns why it cannot be matched, where it cannot */
function compile(entry: string): RE2JS | string {
  if (entry.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  const [, , text = entry, letters = ''] = DELIMITED.exec(entry.trim()) ?? [];
  const unknown = [...letters].find((letter) => !(letter in FLAGS));
  if (unknown !== undefined) return `the flag ${unknown} is not known`;
  const flags = [...letters].reduce((sum, letter) => sum | FLAGS[letter], 0);
  try {
    return RE2JS.compile(text, flags);
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}
