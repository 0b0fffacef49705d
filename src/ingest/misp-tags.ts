/** What machine tags of MISP say of who may see something, and how far to trust it: the words of its taxonomies, applied. */
import type { Json } from '../model/values';
import { textsOf } from './json-document';

export interface TagMeaning {
  /** TLP and PAP, as the tags write them. */
  readonly markings: readonly string[];
  /** How sure the author is, in percent. */
  readonly confidence?: number;
  /** Reliability of the source, A to F. */
  readonly reliability?: string;
  /** Credibility of the information, 1 to 6. */
  readonly credibility?: number;
}

/** Middle of each interval that the taxonomy `estimative-language` gives its words of likelihood, in percent. */
const LIKELIHOOD: Readonly<Record<string, number>> = {
  'almost-no-chance': 3,
  'very-unlikely': 13,
  unlikely: 33,
  'roughly-even-chance': 50,
  likely: 68,
  'very-likely': 88,
  'almost-certain': 97,
};

/** Numerical values of the taxonomies; what cannot be judged says nothing. */
const CONFIDENCES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'estimative-language:likelihood-probability': LIKELIHOOD,
  'estimative-language:confidence-in-analytic-judgment': { low: 25, moderate: 55, high: 95 },
  'misp:confidence-level': {
    'completely-confident': 100,
    'usually-confident': 75,
    'fairly-confident': 50,
    'rarely-confident': 25,
    unconfident: 0,
  },
};

const TAG = /^([^:"=]+):([^:"=]+)="([^"]*)"$/;
const SHARING = /^(tlp|pap):\S+$/i;

/** What a list of tags says; of two tags of one kind, the first counts. */
export function meaningOfTags(tags: Json | undefined): TagMeaning {
  const meaning: { -readonly [K in keyof TagMeaning]: TagMeaning[K] } = {
    markings: textsOf(tags).filter((tag) => SHARING.test(tag)),
  };
  for (const tag of textsOf(tags)) {
    const [, namespace = '', predicate = '', value = ''] = TAG.exec(tag.toLowerCase()) ?? [];
    const kind = `${namespace}:${predicate}`;
    const confidence = kind === 'osint:certainty' ? percent(value) : CONFIDENCES[kind]?.[value];
    if (confidence !== undefined) meaning.confidence ??= confidence;
    // G, deliberately deceptive, has no grade of its own in the six of the Admiralty code.
    if (kind === 'admiralty-scale:source-reliability' && /^[a-g]$/.test(value))
      meaning.reliability ??= value === 'g' ? 'E' : value.toUpperCase();
    if (kind === 'admiralty-scale:information-credibility' && /^[1-6]$/.test(value))
      meaning.credibility ??= Number(value);
  }
  return meaning;
}

function percent(text: string): number | undefined {
  const value = Number(text);
  return text !== '' && value >= 0 && value <= 100 ? value : undefined;
}
