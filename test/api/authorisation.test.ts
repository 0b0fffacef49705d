/**
 * The authorisation matrix: every field of the root, taken from the schema, asked by every role. A field that is in no row
 * fails here until somebody says who may ask for it.
 */
import { getNamedType, isNonNullType, parse, subscribe } from 'graphql';
import { createContext } from '../../src/graphql/context';
import { apiSchema } from '../../src/graphql/schema';
import { nodeTypes } from '../../src/model/ontology/ontology';
import { NODE_GROUPS } from '../../src/model/ontology/relations';
import { ROLES, type Role } from '../../src/model/viewer';
import { useApi } from '../support/api-server';
import { asking, type Root, type RootField, rootFields, sampleOf } from '../support/input-places';
import { JWT_ENVIRONMENT, tokenOf } from '../support/tokens';

const schema = apiSchema();

/** Who may ask for what: the least role. Lists of nodes of one type or group are for READER and not written out. */
const MATRIX: Readonly<Record<string, Role>> = {
  'Query.explainChokepoint': 'ANALYST',
  'Query.removalPairs': 'ANALYST',
  'Query.importance': 'ANALYST',
  'Query.holds': 'ADMIN',
  'Query.tombstones': 'ADMIN',
  'Query.erased': 'EDITOR',
  'Query.relationships': 'READER',
  'Query.reach': 'ANALYST',
  'Query.calibration': 'ANALYST',
  'Query.planComparison': 'ANALYST',
  'Query.scenarioComparison': 'ANALYST',
  'Mutation.analyseChokepoints': 'ANALYST',
  'Mutation.analyseConfidence': 'ANALYST',
  'Mutation.erase': 'ADMIN',
  'Mutation.placeHold': 'ADMIN',
  'Mutation.liftHold': 'ADMIN',
  'Mutation.optimiseDisruption': 'ANALYST',
  'Mutation.planFrontier': 'ANALYST',
  'Mutation.simulateDisruption': 'ANALYST',
  'Mutation.predictPlan': 'ANALYST',
  'Mutation.saveScenario': 'ANALYST',
  'Query.exposure': 'ANALYST',
  'Mutation.importTaxii': 'EDITOR',
  'Mutation.analyseStructure': 'ANALYST',
  'Mutation.analyseGroups': 'ANALYST',
  'Mutation.analyseCut': 'ANALYST',
  'Mutation.analyseDominators': 'ANALYST',
  'Subscription.analysisProgress': 'ANALYST',
  'Query.accesses': 'ADMIN',
  'Query.deconflictionQueries': 'ANALYST',
  'Query.deconflictionAlerts': 'ANALYST',
  'Query.deconflictionLog': 'ADMIN',
  'Query.importRun': 'EDITOR',
  'Query.importRuns': 'EDITOR',
  'Query.seriesEffect': 'ANALYST',
  'Query.durationBeliefs': 'ANALYST',
  'Query.durationBeliefsByTarget': 'ANALYST',
  'Query.switchingBeliefs': 'ANALYST',
  'Query.switchingBeliefsByTarget': 'ANALYST',
  'Query.planState': 'ANALYST',
  'Query.planBrief': 'ANALYST',
  'Mutation.askDeconfliction': 'ANALYST',
  'Mutation.publishDeconflictionNotice': 'ANALYST',
  'Mutation.importFiles': 'EDITOR',
  'Mutation.cancelImport': 'EDITOR',
  'Mutation.undoImport': 'EDITOR',
  'Mutation.recordOutcome': 'ANALYST',
  'Mutation.createPlan': 'ANALYST',
  'Mutation.updatePlan': 'ANALYST',
  'Mutation.movePlan': 'ANALYST',
  'Subscription.deconflictionAlerts': 'ANALYST',
  'Subscription.importProgress': 'EDITOR',
  'Query.analysisRun': 'ANALYST',
  'Query.analysisRuns': 'ANALYST',
  'Query.conflicts': 'READER',
  'Query.diff': 'READER',
  'Query.explain': 'READER',
  'Query.history': 'READER',
  'Mutation.addClaims': 'EDITOR',
  'Mutation.analyseCriticalNodes': 'ANALYST',
  'Mutation.analyseDismantling': 'ANALYST',
  'Mutation.cancelAnalysis': 'ANALYST',
  'Mutation.changeClaims': 'EDITOR',
  'Mutation.retractClaims': 'EDITOR',
  'Query.changeCursor': 'READER',
  'Query.changes': 'READER',
  'Query.count': 'READER',
  'Query.distribution': 'READER',
  'Query.identityGroup': 'READER',
  'Query.identityJudgements': 'READER',
  'Query.identityProposals': 'READER',
  'Query.neighbourhood': 'READER',
  'Query.node': 'READER',
  'Query.nodes': 'READER',
  'Query.ontology': 'READER',
  'Query.paths': 'READER',
  'Query.relationship': 'READER',
  'Query.resolveName': 'READER',
  'Query.search': 'READER',
  'Query.shortestPaths': 'READER',
  'Query.timeSeries': 'READER',
  'Query.chokepoints': 'ANALYST',
  'Query.cutSets': 'ANALYST',
  'Query.disruption': 'ANALYST',
  'Mutation.createNode': 'EDITOR',
  'Mutation.createRelationship': 'EDITOR',
  'Mutation.importBundle': 'EDITOR',
  'Mutation.importObjects': 'EDITOR',
  'Mutation.judgeIdentity': 'EDITOR',
  'Mutation.retract': 'EDITOR',
  'Mutation.updateNode': 'EDITOR',
  'Mutation.updateRelationship': 'EDITOR',
  'Mutation.withdrawJudgements': 'EDITOR',
  'Subscription.changes': 'READER',
};

const LISTS = new Set([...nodeTypes(), ...NODE_GROUPS].map(({ name }) => `${name}Connection`));

const FIELDS: readonly (readonly [string, Root, RootField])[] = (
  ['Query', 'Mutation', 'Subscription'] as const
).flatMap((root) => rootFields(root).map((field) => [`${root}.${field.name}`, root, field] as const));

const neededFor = (name: string, field: RootField): Role | undefined =>
  MATRIX[name] ?? (LISTS.has(getNamedType(field.type).name) ? 'READER' : undefined);

/** A document that asks for one field of the root, with a value for each argument that it takes, and for nothing below. */
function requestFor(root: Root, field: RootField) {
  const args = field.args.filter((arg) => isNonNullType(arg.type) || arg.name === 'dryRun');
  return {
    query: asking(
      root,
      field,
      args.map((arg) => arg.name),
    ),
    variables: Object.fromEntries(args.map((arg) => [arg.name, sampleOf(arg.type)])),
  };
}

describe('the authorisation matrix', () => {
  const api = useApi(JWT_ENVIRONMENT);

  async function codesFor(role: Role, root: Root, field: RootField): Promise<string[]> {
    const { query, variables } = requestFor(root, field);
    if (root !== 'Subscription') {
      const answer = await api().ask(query, variables, tokenOf(role));
      return (answer.errors ?? []).map((error) => error.extensions.code);
    }
    const viewer = { id: 'ann', role, clearance: 'RED', groups: [], seesAll: false } as const;
    const contextValue = await createContext(api().services, { pageSize: 500 }, 'test', viewer);
    const events = await subscribe({
      schema,
      document: parse(query),
      variableValues: variables,
      contextValue,
    });
    if (!('errors' in events)) {
      await (events as AsyncGenerator).return(undefined);
      return [];
    }
    return (events.errors ?? []).map((error) => (error.originalError as unknown as { code: string }).code);
  }

  it('has a row for every field of the root, and none for what is not there', () => {
    const names = FIELDS.map(([name]) => name);
    expect(FIELDS.filter(([name, , field]) => !neededFor(name, field)).map(([name]) => name)).toEqual([]);
    expect(Object.keys(MATRIX).filter((name) => !names.includes(name))).toEqual([]);
    expect(FIELDS.length).toBeGreaterThan(50);
  });

  it.each(FIELDS)('%s', async (name, root, field) => {
    const needed = neededFor(name, field) as Role;
    for (const role of ROLES) {
      const codes = await codesFor(role, root, field);
      const isRefused = codes.includes('FORBIDDEN');
      expect([role, isRefused]).toEqual([role, ROLES.indexOf(role) < ROLES.indexOf(needed)]);
      expect(codes.filter((code) => /^(INTERNAL|GRAPHQL_|BAD_USER_INPUT|UNAUTH)/.test(code))).toEqual([]);
    }
  });

  it('asks nobody anything without a token', async () => {
    for (const [, root, field] of FIELDS.filter(([, root]) => root !== 'Subscription')) {
      const { query, variables } = requestFor(root, field);
      const answer = await api().ask(query, variables);
      expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['UNAUTHENTICATED']);
      expect(answer.data ?? null).toBeNull();
    }
  });
});
