import type { VocabularyName } from '../vocabulary';

/** How a property is typed. Lists are lists of strings; `json` is any JSON value, kept as one string in the store. */
/** Kinds whose values are text of its own, not JSON. */
export const TEXT_KINDS: readonly PropertyKind[] = ['string', 'datetime'];

export type PropertyKind = 'string' | 'int' | 'float' | 'boolean' | 'datetime' | 'strings' | 'json';

/** One property of a node or relationship type. */
export interface PropertySpec {
  readonly name: string;
  readonly kind: PropertyKind;
  /** What it means, in one sentence; becomes the description of the GraphQL field. */
  readonly description: string;
  /** Closed vocabulary of its terms, if any. */
  readonly vocabulary?: VocabularyName;
  /** A column of the projection: filters, sorts and scopes. */
  readonly isColumn: boolean;
  /** Name of the property in STIX 2.1 where it is not the snake-cased name; null when STIX has none. */
  readonly stix?: string | null;
  /** Only the service sets it, by a mutation of its own; what others say of it is kept beside. */
  readonly isManaged?: boolean;
  /** Least and greatest value of a number. */
  readonly range?: readonly [number, number];
  /** Properties whose values it does not lie below: the beginning of an end, the low estimate of a high one. */
  readonly notBelow?: readonly string[];
  /** It is given just where another property has a term. */
  readonly onlyWith?: readonly [property: string, term: string];
}

type Options = Partial<Omit<PropertySpec, 'name' | 'kind' | 'description' | 'isColumn' | 'vocabulary'>>;

const property =
  (kind: PropertyKind, isColumn: boolean) =>
  (name: string, description: string, options: Options = {}): PropertySpec => ({
    name,
    kind,
    description,
    isColumn,
    ...options,
  });

/** Free text that is not filtered on. */
export const text = property('string', false);
export const string = property('string', true);
export const int = property('int', true);
export const float = property('float', true);
export const flag = property('boolean', true);
export const datetime = property('datetime', true);
export const strings = property('strings', false);
export const json = property('json', false);

/** A term of a closed vocabulary. */
export const term = (
  name: string,
  vocabulary: VocabularyName,
  description: string,
  options: Options = {},
): PropertySpec => ({ name, kind: 'string', vocabulary, description, isColumn: true, ...options });

/** Several terms of a closed vocabulary. */
export const terms = (
  name: string,
  vocabulary: VocabularyName,
  description: string,
  options: Options = {},
): PropertySpec => ({ name, kind: 'strings', vocabulary, description, isColumn: false, ...options });
