/** The schema of the API, built once for a process. */
import './ontology-types';
import './structure.resolver';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AnalysisRunFields } from './analysis-run.resolver';
import { bindResolvers, declaredTypes } from './declare';
import { AnalysisMutations } from './declare-analysis';
import { DisruptionQueries } from './disruption.resolver';
import { EditMutations } from './edit.resolver';
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
  AnalysisRunFields,
  AnalysisMutations,
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
