/** The views that may be one and the same: who reports them, under which names and identifiers. */
import { type Projection, vertexCell, vertexOf, verticesOfTypes } from '../../analysis';
import { normalizeName } from '../../model/text';
import type { Json } from '../../model/values';
import { TYPE_COLUMN } from '../projection.service';
import { isActiveVertex } from './judgement-graph';

/** Types whose nodes may be one and the same; nodes of two lists never are. */
export const IDENTITY_CLASSES: readonly (readonly string[])[] = [
  ['IntrusionSet', 'ThreatActor'],
  ['Malware', 'Tool'],
  ['Operation'],
  ['Service'],
  ['Venue'],
  ['Organization'],
];

export const ACTOR_TYPES: readonly string[] = IDENTITY_CLASSES[0];

/** Whether nodes of two types may be judged to be the same. */
export const areComparable = (a: string, b: string): boolean =>
  a === b || IDENTITY_CLASSES.some((types) => types.includes(a) && types.includes(b));

/** One name of a view. */
export interface ViewName {
  readonly text: string;
  readonly normalized: string;
  readonly isAlias: boolean;
  /** Who is known to use it, where somebody else than the reporter does. */
  readonly usedBy: readonly string[];
}

/** A node as identity sees it. */
export interface IdentityView {
  readonly vertex: number;
  readonly id: string;
  readonly type: string;
  /** Who reports it: two views of one reporter are two for that reporter. Undefined where nobody says. */
  readonly reporter: string | undefined;
  /** The reporter as people know it. */
  readonly reporterName: string | undefined;
  readonly names: readonly ViewName[];
  /** Identifiers that belong to it alone, as tokens. */
  readonly identifiers: readonly string[];
}

/** Properties of a node, as far as they are asked for here. */
export type Content = { readonly [property: string]: Json | undefined };
export type LoadContent = (ids: readonly string[]) => Promise<ReadonlyMap<string, Content>>;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const textsIn = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter(isText) : [];

/** Views of some types that are neither withdrawn nor placeholders, in order of id. */
export async function identityViews(
  projection: Projection,
  types: readonly string[],
  load: LoadContent,
): Promise<readonly IdentityView[]> {
  const vertices = [...verticesOfTypes(projection, types)].filter((vertex) =>
    isActiveVertex(projection, vertex),
  );
  const ids = vertices.map((vertex) => projection.vertices.ids[vertex]);
  const contents = await load(ids);
  return vertices.map((vertex, index) => viewOf(projection, vertex, contents.get(ids[index]) ?? {}));
}

function viewOf(projection: Projection, vertex: number, content: Content): IdentityView {
  const id = projection.vertices.ids[vertex];
  const { externalId } = content;
  return {
    vertex,
    id,
    type: String(vertexCell(projection, TYPE_COLUMN, vertex)),
    ...reporterOf(projection, content),
    names: namesOf(content),
    identifiers: [
      ...[id, ...textsIn(content.sourceIds)]
        .flatMap((each) => uuidOf(each) ?? [])
        .map((uuid) => `uuid ${uuid}`),
      ...(isText(externalId) ? [`external ${externalId.toUpperCase()}`] : []),
    ],
  };
}

/** Who reports a view: as the source says, else the identity that created the object there. */
export function reporterOf(
  projection: Projection,
  { reporter, createdByRef }: Content,
): Pick<IdentityView, 'reporter' | 'reporterName'> {
  if (isText(reporter)) return { reporter, reporterName: reporter };
  if (!isText(createdByRef)) return { reporter: undefined, reporterName: undefined };
  const author = vertexOf(projection, createdByRef);
  const name = author < 0 ? null : vertexCell(projection, 'name', author);
  return { reporter: createdByRef, reporterName: name === null ? createdByRef : String(name) };
}

/** The names of a node, each normalised form once; the primary name before aliases. */
export function namesOf({ name, aliases, aliasUses }: Content): ViewName[] {
  const users = new Map<string, string[]>();
  for (const each of Array.isArray(aliasUses) ? aliasUses : []) {
    const use = each as { readonly name?: unknown; readonly usedBy?: unknown } | null;
    if (!isText(use?.name) || !isText(use.usedBy)) continue;
    users.set(use.name, [...(users.get(use.name) ?? []), use.usedBy]);
  }
  const found = new Map<string, ViewName>();
  for (const text of [name, ...textsIn(aliases), ...users.keys()].filter(isText)) {
    const normalized = normalizeName(text);
    if (normalized === '' || found.has(normalized)) continue;
    found.set(normalized, { text, normalized, isAlias: text !== name, usedBy: users.get(text) ?? [] });
  }
  return [...found.values()];
}

const UUID = /--([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** The UUID of an id: a source that copies another's object keeps it under a prefix of its own. */
export const uuidOf = (id: string): string | undefined => UUID.exec(id)?.[1]?.toLowerCase();
