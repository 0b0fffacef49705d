/**
 * Markings: what they ask of whoever wants to see what carries them. TLP 2.0 (FIRST, 2022) by name, and by the ids that
 * STIX 2.1 fixes for TLP 1 and 2. docs/security.md says who sees what.
 */

/** TLP 2.0, from the widest circle to the narrowest. */
export const TLP_LEVELS = ['CLEAR', 'GREEN', 'AMBER', 'AMBER_STRICT', 'RED'] as const;
export type TlpLevel = (typeof TLP_LEVELS)[number];

export const rankOf = (level: TlpLevel): number => TLP_LEVELS.indexOf(level);

/** From this level on, a level alone opens nothing: recipients are named. */
const NAMED_FROM = rankOf('AMBER_STRICT');
export const isForNamedOnly = (level: TlpLevel): boolean => rankOf(level) >= NAMED_FROM;

const DEFINITION = 'marking-definition--';

/** Marking definitions that STIX 2.1 (section 7.2.1.4) and the TLP 2.0 extension fix. */
const LEVEL_OF_DEFINITION: ReadonlyMap<string, TlpLevel> = new Map([
  ['613f2e26-407d-48c7-9eca-b8e91df99dc9', 'CLEAR'],
  ['34098fce-860f-48ae-8e50-ebd3cc5e41da', 'GREEN'],
  ['f88d31f6-486f-44da-b317-01333bde0b82', 'AMBER'],
  ['5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'RED'],
  ['94868c89-83c2-464b-929b-a1a8aa3c8487', 'CLEAR'],
  ['bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'GREEN'],
  ['55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'AMBER'],
  ['939a9414-2ddd-4d32-a0cd-375ea402b003', 'AMBER_STRICT'],
  ['e828b379-4e03-4974-9ac4-e53a884c97c1', 'RED'],
]);

const LEVEL_OF_NAME: ReadonlyMap<string, TlpLevel> = new Map([
  ['CLEAR', 'CLEAR'],
  ['WHITE', 'CLEAR'],
  ['GREEN', 'GREEN'],
  ['AMBER', 'AMBER'],
  ['AMBER+STRICT', 'AMBER_STRICT'],
  ['AMBER_STRICT', 'AMBER_STRICT'],
  ['AMBER-STRICT', 'AMBER_STRICT'],
  ['RED', 'RED'],
]);

/** Level that a text names, with or without `TLP:` in front, in any case; undefined where it names none. */
export function levelNamed(text: string): TlpLevel | undefined {
  const name = text.trim().toUpperCase();
  return LEVEL_OF_NAME.get(name.startsWith('TLP:') ? name.slice(4).trim() : name);
}

/** What a marking asks: a level; nothing, as it says how to use or to credit; or what nobody here knows. */
export type MarkingMeaning = TlpLevel | 'NOTHING' | 'UNKNOWN';

/** PAP says what may be done with information, not who may see it. */
const SAYS_USE = /^pap:/i;

export function meaningOf(
  marking: string,
  definitions?: ReadonlyMap<string, MarkingMeaning>,
): MarkingMeaning {
  const text = marking.trim();
  if (text.toLowerCase().startsWith(DEFINITION)) {
    const id = text.toLowerCase();
    return LEVEL_OF_DEFINITION.get(id.slice(DEFINITION.length)) ?? definitions?.get(id) ?? 'UNKNOWN';
  }
  if (SAYS_USE.test(text)) return 'NOTHING';
  return levelNamed(text) ?? 'UNKNOWN';
}

/** Whether a node says what a marking means. */
export const isMarkingDefinitionId = (id: string): boolean => id.toLowerCase().startsWith(DEFINITION);

/** Where STIX 2.1 keeps TLP 2.0 in a marking definition. */
const TLP_2_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';

/** What a marking definition of STIX says, from the properties that are kept of it whole. */
export function meaningOfDefinition(content: { readonly [property: string]: unknown }): MarkingMeaning {
  const { definition_type: type, definition, extensions } = content;
  if (type === 'statement') return 'NOTHING';
  const tlp = memberOf(
    type === 'tlp' ? definition : memberOf(extensions, TLP_2_EXTENSION),
    type === 'tlp' ? 'tlp' : 'tlp_2_0',
  );
  return typeof tlp === 'string' ? (levelNamed(tlp) ?? 'UNKNOWN') : 'UNKNOWN';
}

const memberOf = (value: unknown, name: string): unknown =>
  value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[name] : undefined;

/** Who may see something, as it lies in the graph. */
export interface Sharing {
  readonly markings: readonly string[];
  /** Viewers and sharing groups that it is for; empty where nobody is named. */
  readonly sharedWith: readonly string[];
}

export const OPEN: Sharing = { markings: [], sharedWith: [] };

const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** Sharing of an object or claim, from its properties. */
export function sharingOf(properties: {
  readonly markings?: unknown;
  readonly sharedWith?: unknown;
}): Sharing {
  const [markings, sharedWith] = [textsOf(properties.markings), textsOf(properties.sharedWith)];
  return markings.length + sharedWith.length === 0 ? OPEN : { markings, sharedWith };
}
