/** Which views match: by an identifier, by a whole name, or because a source links them. Resemblance is no match. */
import { edgeCell, type Projection, pairsSharingTokens, type TokenPairs } from '../../analysis';
import { TYPE_COLUMN } from '../projection.service';
import { type IdentityView, uuidOf } from './identity-view';

/** A name that more views bear tells nobody apart. */
export const MAX_NAME_BEARERS = 50;

/** Weight in bits of what a source calls the link between two views. Other words say that they are related, not alike. */
const LINK_WORDS: ReadonlyMap<string, number> = new Map([
  ['same-as', 8],
  ['duplicate-of', 8],
  ['alias-of', 8],
  ['similar', 6],
  ['similar-to', 6],
  ['attributed-to', 5],
  ['overlaps', 3],
  ['overlaps-with', 3],
  ['linked-to', 2],
  ['related-to', 2],
]);

/** From here on a link says that the two are one. */
export const STRONG_LINK = 6;

export interface IdentityLink {
  readonly edge: number;
  /** Word of the source. */
  readonly word: string;
  readonly weight: number;
}

/** Two views, by their places in the list of views, and what they have in common. */
export interface ViewMatch {
  readonly a: number;
  readonly b: number;
  readonly names: readonly string[];
  readonly identifiers: readonly string[];
  readonly links: readonly IdentityLink[];
}

export interface ViewMatches {
  readonly matches: readonly ViewMatch[];
  /** Views that bear a name, by its normalised form. */
  readonly bearers: TokenPairs['bearers'];
}

export function matchViews(projection: Projection, views: readonly IdentityView[]): ViewMatches {
  const byName = pairsSharingTokens(
    views.map((view) => view.names.map((name) => name.normalized)),
    MAX_NAME_BEARERS,
  );
  const byIdentifier = pairsSharingTokens(
    views.map((view) => view.identifiers),
    MAX_NAME_BEARERS,
  );
  const found = new Map<number, ViewMatch>();
  const note = (a: number, b: number, what: Partial<ViewMatch>): void => {
    const key = a * views.length + b;
    const known = found.get(key) ?? { a, b, names: [], identifiers: [], links: [] };
    found.set(key, { ...known, ...what, links: [...known.links, ...(what.links ?? [])] });
  };
  for (const { a, b, tokens } of byName.pairs) note(a, b, { names: tokens });
  for (const { a, b, tokens } of byIdentifier.pairs) note(a, b, { identifiers: tokens });
  for (const { a, b, link } of linksBetween(projection, views)) note(a, b, { links: [link] });
  const matches = [...found].sort(([x], [y]) => x - y).map(([, match]) => match);
  return { matches, bearers: byName.bearers };
}

/** Links that sources state between views; an end that is only a copy of a view, by its UUID, stands for the view. */
function linksBetween(
  projection: Projection,
  views: readonly IdentityView[],
): { readonly a: number; readonly b: number; readonly link: IdentityLink }[] {
  const placeOf = new Map(views.map((view, place) => [view.vertex, place]));
  const placesOfUuid = new Map<string, number[]>();
  views.forEach((view, place) => {
    const uuid = uuidOf(view.id);
    if (uuid !== undefined) placesOfUuid.set(uuid, [...(placesOfUuid.get(uuid) ?? []), place]);
  });
  const placesOf = (vertex: number): readonly number[] => {
    const own = placeOf.get(vertex);
    const copies = placesOfUuid.get(uuidOf(projection.vertices.ids[vertex]) ?? '') ?? [];
    return own === undefined || copies.includes(own) ? copies : [own, ...copies];
  };
  const links: { a: number; b: number; link: IdentityLink }[] = [];
  const { offsets, edges } = projection.out;
  views.forEach((view, place) => {
    for (let at = offsets[view.vertex]; at < offsets[view.vertex + 1]; at++) {
      const link = linkOf(projection, edges[at]);
      if (!link) continue;
      for (const other of placesOf(projection.to[edges[at]])) {
        if (other !== place) links.push({ a: Math.min(place, other), b: Math.max(place, other), link });
      }
    }
  });
  return links;
}

/** What an edge says of its ends being one, if it says so; a judgement is no link of a source. */
function linkOf(projection: Projection, edge: number): IdentityLink | undefined {
  const cell = (column: string) => edgeCell(projection, column, edge);
  if (cell('revoked') === true || cell('deprecated') === true || cell('judgement') !== null) return undefined;
  const type = String(cell(TYPE_COLUMN));
  if (type !== 'RELATED_TO' && type !== 'ATTRIBUTED_TO' && type !== 'SAME_AS') return undefined;
  const word = String(cell('stixType') ?? type)
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-');
  const weight = LINK_WORDS.get(word);
  return weight === undefined ? undefined : { edge, word, weight };
}
