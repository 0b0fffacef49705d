/**
 * Names as they are compared. Two names are one name when they differ only in Unicode form (NFKD), case, diacritics of
 * Latin, Greek and Cyrillic, blanks and punctuation: `APT 28` = `apt-28` = `APT28`. No letter or digit is ever dropped or
 * exchanged, so names that merely resemble each other stay apart.
 */

/** Blocks of combining diacritics; vowel signs of other scripts tell names apart and stay. */
const DIACRITICS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/gu;

/** `Wizard-Spider` and `wizard spider` are one name; so are names that differ in compatibility forms only. */
export function normalizeName(name: string): string {
  return name
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(DIACRITICS, '')
    .replace(/\u03c2/gu, '\u03c3')
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '');
}

/** Words of a text, in lower case and without accents. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}+/gu, '')
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
