/** The schema of the API, built once for a process. */
import './ontology-types';
import './structure.resolver';
import './structure-measure.resolver';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { AnalysisRunFields, AnalysisSubscriptions } from './analysis-run.resolver';
import { ChangeQueries, ChangeSubscriptions } from './change.resolver';
import { ClaimMutations } from './claim.resolver';
import { bindResolvers, declaredTypes } from './declare';
import { AnalysisMutations } from './declare-analysis';
import { DeconflictionOperations, DeconflictionSubscriptions } from './deconfliction.resolver';
import { DisruptionQueries } from './disruption.resolver';
import { EditMutations } from './edit.resolver';
import { EvidenceQueries } from './evidence.resolver';
import { ExposureQueries } from './exposure.resolver';
import { FeedMutations } from './feed.resolver';
import { HistoryQueries } from './history.resolver';
import { IdentityQueries } from './identity.resolver';
import { ImportMutations } from './import.resolver';
import { ImportRunFields, ImportRunSubscriptions } from './import-run.resolver';
import { NodeQueries } from './node.resolver';
import { OntologyQueries } from './ontology.resolver';
import { OutcomeOperations } from './outcome.resolver';
import { PathQueries } from './path.resolver';
import { PlanOperations } from './plan.resolver';
import { SearchQueries } from './search.resolver';

const RESOLVERS = [
  ChangeQueries,
  ClaimMutations,
  EvidenceQueries,
  HistoryQueries,
  ChangeSubscriptions,
  NodeQueries,
  OntologyQueries,
  PathQueries,
  SearchQueries,
  DisruptionQueries,
  PlanOperations,
  OutcomeOperations,
  DeconflictionOperations,
  DeconflictionSubscriptions,
  AnalysisRunFields,
  AnalysisSubscriptions,
  AnalysisMutations,
  ExposureQueries,
  IdentityQueries,
  ImportMutations,
  FeedMutations,
  ImportRunFields,
  ImportRunSubscriptions,
  EditMutations,
] as const;

/** Every subscription brings its own source of events; the schema cannot be built without this. */
const NO_PUB_SUB = {
  publish: () => undefined,
  subscribe: () => {
    throw new Error('no subscription reads from it');
  },
};

let built: GraphQLSchema | undefined;

export function apiSchema(): GraphQLSchema {
  built ??= bindResolvers(
    buildSchemaSync({
      resolvers: RESOLVERS,
      pubSub: NO_PUB_SUB,
      orphanedTypes: declaredTypes(),
      validate: false,
      skipCheck: true,
    }),
  );
  return built;
}

/** The schema as text, its parts in order of name. */
export const schemaText = (): string => `${printSchema(lexicographicSortSchema(apiSchema()))}\n`;
