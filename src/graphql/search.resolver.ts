/** Search by text, and what a name may mean. */
import { type ClassType, Float } from 'type-graphql';
import { type Projection, vertexCell, vertexOf } from '../analysis';
import type { Json } from '../model/values';
import type { GraphView } from '../service/graph-view';
import { type PageArgs, pageSize } from '../service/page.service';
import type { SearchHit } from '../service/search.service';
import { MATCH_KINDS } from '../service/search-match';
import { type ConnectionSource, declareConnection, pageOfRanked } from './connections';
import {
  type ArgSpec,
  declared,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { NodeTypeEnum, registerEnum } from './enums';
import { PAGE_ARGS } from './relation-fields';

/** Home of the declared queries. */
export class SearchQueries {}
const target: ClassType<object> = SearchQueries;

const MatchKindEnum = registerEnum(
  'MatchKind',
  'How a text matches: which text, and whether whole, normalized (without case, accents, blanks, punctuation), in part, or nearly',
  Object.keys(MATCH_KINDS).map((kind) => [kind, kind] as const),
);

const MATCH_FIELDS: readonly FieldSpec[] = [
  {
    name: 'matchKind',
    type: () => MatchKindEnum,
    isRequired: true,
    description: 'How it matches',
    resolve: (({ kind }) => kind) as FieldResolver<SearchHit>,
  },
  {
    name: 'matchedText',
    type: () => String,
    isRequired: true,
    description: 'The text that matches',
    resolve: (({ text }) => text) as FieldResolver<SearchHit>,
  },
  {
    name: 'score',
    type: () => Float,
    isRequired: true,
    description: 'How well it matches, 0 to 1, from the match alone',
  },
];

declareConnection('Search', () => declared('Node'), 'nodes that match a text', MATCH_FIELDS);

const candidateNode: FieldResolver<SearchHit> = ({ id }, _args, { loaders }) => loaders.node.load(id);
/** Who uses the alias that matched, where a source says so. */
const usedBy: FieldResolver<SearchHit> = async ({ id, text }, _args, { loaders }) => {
  const uses = (await loaders.node.load(id))?.aliasUses;
  const list: readonly Json[] = Array.isArray(uses) ? uses : [];
  return list.flatMap((each) => {
    const use = each as { readonly name?: unknown; readonly usedBy?: unknown };
    return use?.name === text && typeof use.usedBy === 'string' ? [use.usedBy] : [];
  });
};
declareObject('NameCandidate', 'A node that a name may mean', [
  { name: 'node', type: () => declared('Node'), description: 'The node', resolve: candidateNode },
  ...MATCH_FIELDS,
  {
    name: 'usedBy',
    type: () => [String] as TypeRef,
    isRequired: true,
    description: 'Who is known to use the name for it',
    resolve: usedBy,
  },
]);
declareObject('NameResolution', 'What a name may mean', [
  {
    name: 'isAmbiguous',
    type: () => Boolean,
    isRequired: true,
    description: 'Whether more than one node bears the name: nobody should be joined by it alone',
  },
  {
    name: 'candidates',
    type: () => [declared('NameCandidate')] as TypeRef,
    isRequired: true,
    description: 'Nodes that bear the name, best match first; at most 100',
  },
]);

const MAX_CANDIDATES = 100;

interface SearchArgs extends PageArgs {
  readonly text: string;
  readonly types?: readonly string[] | null;
}

/** Nodes of the graph of the request, of the types asked for. */
function wanted(
  projection: Projection,
  types: readonly string[] | null | undefined,
): (id: string) => boolean {
  const names = types && new Set(types);
  return (id) => {
    const vertex = vertexOf(projection, id);
    return vertex >= 0 && (!names || names.has(String(vertexCell(projection, 'type', vertex))));
  };
}

/** Hits on the nodes that stand for those found, each once with its best match. */
function standIns(view: GraphView, hits: readonly SearchHit[]): readonly SearchHit[] {
  if (view.separate === view) return hits;
  const found = new Map<string, SearchHit>();
  for (const hit of hits) {
    const id = view.standInFor(hit.id);
    if (!found.has(id)) found.set(id, { ...hit, id });
  }
  return [...found.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

const search: FieldResolver<unknown, SearchArgs> = async (_root, { text, types, first, after }, context) => {
  const { services, view, limits, loaders } = context;
  const size = pageSize(first, limits.pageSize);
  const { separate } = view;
  const hits = await services.searches.search(separate, text, wanted(separate.projection, types));
  const page = pageOfRanked(standIns(view, hits), size, after);
  return { page, load: (item: { id: string }) => loaders.node.load(item.id) } as ConnectionSource<
    (typeof page.items)[number]
  >;
};

const resolveName: FieldResolver<
  unknown,
  { readonly name: string; readonly types?: readonly string[] | null }
> = async (_root, { name, types }, { services, view }) => {
  const { separate } = view;
  const found = await services.searches.resolve(separate, name, wanted(separate.projection, types));
  const hits = standIns(view, found);
  return { isAmbiguous: hits.length > 1, candidates: hits.slice(0, MAX_CANDIDATES) };
};

const TYPES_ARG: ArgSpec = {
  name: 'types',
  type: () => [NodeTypeEnum] as TypeRef,
  description: 'Types of node to take; all if not given',
};

declareRoot(target, 'Query', {
  name: 'search',
  role: 'READER',
  type: () => declared('SearchConnection'),
  isRequired: true,
  description: 'Nodes whose name, alias, identifier or description matches a text, best first',
  args: [
    { name: 'text', type: () => String, isRequired: true, description: 'What to search for' },
    TYPES_ARG,
    ...PAGE_ARGS,
  ],
  resolve: search,
});
declareRoot(target, 'Query', {
  name: 'resolveName',
  role: 'READER',
  type: () => declared('NameResolution'),
  isRequired: true,
  description: 'Which nodes a name may mean, by name, alias or identifier; never by similarity',
  args: [{ name: 'name', type: () => String, isRequired: true, description: 'The name' }, TYPES_ARG],
  resolve: resolveName,
});
