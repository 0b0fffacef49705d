/**
 * Limits that a document must keep before it is validated or executed: its length in tokens, the depth of its
 * selections, the number of its aliases.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
  visit,
} from 'graphql';
import { AppError } from '../errors';

export interface DocumentLimits {
  readonly depth: number;
  readonly aliases: number;
  readonly tokens: number;
}

/** Characters that a token takes at the most, so that text is refused before it is read. */
const CHARS_A_TOKEN = 64;

/** Which limit a document breaks, if any. A document that is no GraphQL is left to those who say where. */
export function documentFault(source: string, limits: DocumentLimits): AppError | undefined {
  const { tokens } = limits;
  if (source.length > tokens * CHARS_A_TOKEN) {
    return new AppError('QUERY_TOO_LARGE', { limit: tokens, got: `${source.length} characters` });
  }
  let document: DocumentNode;
  try {
    document = parse(source, { maxTokens: tokens, noLocation: true });
  } catch (error) {
    const isTooLong = error instanceof GraphQLError && / tokens\. Parsing aborted/.test(error.message);
    return isTooLong ? new AppError('QUERY_TOO_LARGE', { limit: tokens, got: 'more' }) : undefined;
  }
  const aliases = aliasCount(document);
  if (aliases > limits.aliases)
    return new AppError('TOO_MANY_ALIASES', { got: aliases, limit: limits.aliases });
  const depth = selectionDepth(document);
  if (depth > limits.depth) return new AppError('QUERY_TOO_DEEP', { got: depth, limit: limits.depth });
  return undefined;
}

function aliasCount(document: DocumentNode): number {
  let count = 0;
  visit(document, {
    Field: (field) => {
      if (field.alias) count++;
    },
  });
  return count;
}

/** Fields on the longest way from an operation to a leaf; a fragment that contains itself counts once. */
function selectionDepth(document: DocumentNode): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, number>();
  const ofFragment = (name: string): number => {
    const depth = known.get(name);
    if (depth !== undefined) return depth;
    known.set(name, 0);
    const fragment = fragments.get(name);
    const result = fragment ? ofSelections(fragment.selectionSet) : 0;
    known.set(name, result);
    return result;
  };
  const ofSelections = (set: SelectionSetNode | undefined): number => {
    let depth = 0;
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) depth = Math.max(depth, 1 + ofSelections(selection.selectionSet));
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        depth = Math.max(depth, ofSelections(selection.selectionSet));
      else depth = Math.max(depth, ofFragment(selection.name.value));
    }
    return depth;
  };
  return document.definitions.reduce(
    (depth, definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? Math.max(depth, ofSelections(definition.selectionSet))
        : depth,
    0,
  );
}
