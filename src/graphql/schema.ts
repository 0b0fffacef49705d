/** The schema of the API, built once for a process. */
import './ontology-types';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { bindResolvers, declaredTypes } from './declare';
import { DisruptionQueries } from './disruption.resolver';
import { EditMutations } from './edit.resolver';
import { IdentityQueries } from './identity.resolver';
import { ImportMutations } from './import.resolver';
import { NodeQueries } from './node.resolver';
import { OntologyQueries } from './ontology.resolver';
import { PathQueries } from './path.resolver';
import { SearchQueries } from './search.resolver';

const RESOLVERS = [
  NodeQueries,
  OntologyQueries,
  PathQueries,
  SearchQueries,
  DisruptionQueries,
  IdentityQueries,
  ImportMutations,
  EditMutations,
] as const;

let built: GraphQLSchema | undefined;

export function apiSchema(): GraphQLSchema {
  built ??= bindResolvers(
    buildSchemaSync({
      resolvers: RESOLVERS,
      orphanedTypes: declaredTypes(),
      validate: false,
      skipCheck: true,
    }),
  );
  return built;
}

/** The schema as text, its parts in order of name. */
export const schemaText = (): string => `${printSchema(lexicographicSortSchema(apiSchema()))}\n`;
