/** Relay connections: pages with cursors and an exact total. */
import { ID } from 'type-graphql';
import { AppError } from '../errors';
import type { Page } from '../service/page.service';
import { declared, declareObject, type FieldResolver, type FieldSpec, type TypeRef } from './declare';
import type { NodeObject } from './objects';
import { SafeInt } from './scalars';

/** A page and how its nodes are read; nothing is read that the query does not ask for. */
export interface ConnectionSource<T extends { readonly cursor: string } = { readonly cursor: string }> {
  readonly page: Page<T>;
  readonly load: (item: T) => Promise<NodeObject | null> | NodeObject;
}

declareObject('PageInfo', 'Where a page lies in its list', [
  {
    name: 'hasNextPage',
    type: () => Boolean,
    isRequired: true,
    description: 'Whether items follow the page',
  },
  {
    name: 'hasPreviousPage',
    type: () => Boolean,
    isRequired: true,
    description: 'Whether items precede the page',
  },
  { name: 'startCursor', type: () => ID, description: 'Cursor of the first item of the page' },
  {
    name: 'endCursor',
    type: () => ID,
    description: 'Cursor of the last item: pass it as `after` for the next page',
  },
]);

const totalCount: FieldResolver<ConnectionSource> = ({ page }) => page.totalCount;
const pageInfo: FieldResolver<ConnectionSource> = ({ page }) => ({
  hasNextPage: page.hasNextPage,
  hasPreviousPage: page.hasPreviousPage,
  startCursor: page.items[0]?.cursor ?? null,
  endCursor: page.items[page.items.length - 1]?.cursor ?? null,
});
const edges: FieldResolver<ConnectionSource> = ({ page, load }) =>
  page.items.map((item) => ({ ...item, load: () => load(item) }));
const nodes: FieldResolver<ConnectionSource> = async ({ page, load }) => {
  const loaded = await Promise.all(page.items.map(load));
  return loaded.filter((node) => node !== null);
};
const edgeNode: FieldResolver<{ readonly load: () => unknown }> = ({ load }) => load();

/** Declares `XConnection` and `XEdge` over a type of node, with further fields on the edge and on the connection. */
export function declareConnection(
  name: string,
  nodeType: () => TypeRef,
  what: string,
  edgeFields: readonly FieldSpec[] = [],
  listFields: readonly FieldSpec[] = [],
): void {
  declareObject(`${name}Edge`, `One of ${what}, with its place in the list`, [
    { name: 'cursor', type: () => ID, isRequired: true, description: 'Place in the list; opaque' },
    {
      name: 'node',
      type: nodeType,
      description: 'The item; null only when it was deleted while the page was read',
      resolve: edgeNode,
    },
    ...edgeFields,
  ]);
  declareObject(`${name}Connection`, `A page of ${what}`, [
    {
      name: 'totalCount',
      type: () => SafeInt,
      isRequired: true,
      description: 'How many items there are on all pages, exactly',
      resolve: totalCount,
    },
    {
      name: 'pageInfo',
      type: () => declared('PageInfo'),
      isRequired: true,
      description: 'Where the page lies in the list',
      resolve: pageInfo,
    },
    {
      name: 'edges',
      type: () => [declared(`${name}Edge`)] as TypeRef,
      isRequired: true,
      description: 'Items of the page with their cursors',
      resolve: edges,
    },
    {
      name: 'nodes',
      type: () => [nodeType()] as TypeRef,
      isRequired: true,
      description: 'Items of the page',
      resolve: nodes,
    },
    ...listFields,
  ]);
}

/** A page of a list that is in memory already, in its order; cursors are places in it. */
export function pageOfList<T extends { readonly id: string }>(
  list: readonly T[],
  first: number,
  afterId: string | undefined,
): Page<T & { readonly cursor: string }> {
  const start = afterId === undefined ? 0 : list.findIndex((each) => each.id > afterId);
  const rest = start < 0 ? [] : list.slice(start);
  return {
    items: rest.slice(0, first).map((each) => ({ ...each, cursor: listCursor(each.id) })),
    totalCount: list.length,
    hasNextPage: rest.length > first,
    hasPreviousPage: start !== 0 && list.length > 0,
  };
}

export const listCursor = (id: string): string => Buffer.from(id).toString('base64url');
export const readListCursor = (cursor: string | null | undefined): string | undefined =>
  cursor ? Buffer.from(cursor, 'base64url').toString('utf8') : undefined;

interface Ranked {
  readonly id: string;
  readonly score: number;
}

/** A page of a list that is in memory already, best score first, ties by id; cursors are places in that order. */
export function pageOfRanked<T extends Ranked>(
  list: readonly T[],
  first: number,
  after: string | null | undefined,
): Page<T & { readonly cursor: string }> {
  const key = after === null || after === undefined ? undefined : readRankedCursor(after);
  const follows = (each: Ranked) =>
    !key || each.score < key.score || (each.score === key.score && each.id > key.id);
  const start = list.findIndex(follows);
  const rest = start < 0 ? [] : list.slice(start);
  return {
    items: rest.slice(0, first).map((each) => ({ ...each, cursor: rankedCursor(each) })),
    totalCount: list.length,
    hasNextPage: rest.length > first,
    hasPreviousPage: list.length > rest.length,
  };
}

const rankedCursor = ({ score, id }: Ranked): string =>
  Buffer.from(JSON.stringify([score, id])).toString('base64url');

function readRankedCursor(cursor: string): Ranked {
  try {
    const [score, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')) as unknown[];
    if (typeof score === 'number' && typeof id === 'string') return { score, id };
  } catch {
    // Reported below: text that is no cursor is the caller's fault however it fails to be one.
  }
  throw new AppError('BAD_CURSOR', { got: cursor.slice(0, 60) });
}
