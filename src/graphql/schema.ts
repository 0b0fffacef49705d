/** The schema of the API, built once for a process. */
import './ontology-types';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { bindResolvers, declaredTypes } from './declare';
import { NodeQueries } from './node.queries';

let built: GraphQLSchema | undefined;

export function apiSchema(): GraphQLSchema {
  built ??= bindResolvers(
    buildSchemaSync({ resolvers: [NodeQueries], orphanedTypes: declaredTypes(), validate: false }),
  );
  return built;
}

/** The schema as text, its parts in order of name. */
export const schemaText = (): string => `${printSchema(lexicographicSortSchema(apiSchema()))}\n`;
