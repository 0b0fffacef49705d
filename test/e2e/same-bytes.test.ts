/**
 * The same question of the same graph has the same answer, but for seconds: every kind of analysis job and the queries that
 * answer at once, on every engine, on one worker and on two.
 */
import { graphql } from 'graphql';
import { randomSource } from '../../src/analysis/graph/random-source';
import { createServices } from '../../src/compose';
import { createContext, type GraphContext } from '../../src/graphql/context';
import { callerOf } from '../../src/graphql/declare-analysis';
import { apiSchema } from '../../src/graphql/schema';
import type { Batch } from '../../src/model/values';
import { LOCAL_VIEWER } from '../../src/model/viewer';
import { ANALYSIS_KINDS } from '../../src/service/analysis-run/analysis-kinds';
import { attack, mixerOne, mixerTwo, SMALL_ECOSYSTEM } from '../support/planning-ecosystem';
import { storeNames, useStore } from '../support/stores';
import { node, relationship } from '../support/values';
import { SOURCE_WORKER } from '../support/worker-files';

const SCOPE = `scope: { operationIds: ["${attack.id}"] }`;
const CUT_ENDS = `from: "${attack.id}", to: "${SMALL_ECOSYSTEM.nodes[SMALL_ECOSYSTEM.nodes.length - 1].id}"`;
const LIMITED = 'limits: { budget: 9 }, doubt: EXPECTED, scenarios: 8, replications: 2, seed: 3';

/** One question at least for every kind, limited by iterations where it could be by time. */
const JOBS: readonly string[] = [
  'analyseChokepoints(limit: 50)',
  'analyseConfidence(limit: 30, confidence: { scenarios: 256, seed: 5 })',
  'analyseCriticalNodes(k: 12, iterations: 20000, seed: 4)',
  `analyseCut(${CUT_ENDS}, of: NODES)`,
  `analyseCut(${CUT_ENDS}, of: LINKS)`,
  ...['DEGREE', 'BETWEENNESS', 'CI', 'CORE_HD', 'GND', 'MIN_SUM'].map(
    (method) => `analyseDismantling(method: ${method}, target: 0.05, seed: 2)`,
  ),
  `analyseDominators(root: "${attack.id}")`,
  ...['BLOCKS', 'COMMUNITIES', 'STRONG_COMPONENTS'].map(
    (each) => `analyseGroups(grouping: ${each}, seed: 6)`,
  ),
  ...['BETWEENNESS', 'PAGERANK', 'K_CORE'].map((each) => `analyseStructure(measure: ${each})`),
  'analyseStructure(measure: BETWEENNESS, samples: 40, seed: 8)',
  `optimiseDisruption(${LIMITED}, ${SCOPE}, simulationRuns: 20)`,
  `planFrontier(${LIMITED}, ${SCOPE})`,
];

const SETS = 'members { id } order cost';
const QUERIES = `{
  chokepoints(first: 50, confidence: { scenarios: 256, seed: 5 }) { totalCount
    chokepoints { id severityLost importance { severityShare } rankInterval { low high stability }
      pChokepoint { value low high } severityLostInterval { low high mean { value } } cheapestCutSets { cost members { id } } } }
  cutSets(operation: "${attack.id}") { count sets { ${SETS} } }
  importance(first: 50) { expectedLoss components { id birnbaum criticality fussellVesely } }
  disruption(removing: ["${mixerOne.id}", "${mixerTwo.id}"]) { removed { name } after { operationsUp severity }
    lost { name severity node { id } } severityLost withMarket { operationsLost } }
  explainChokepoint(id: "${mixerOne.id}") { id severityLost rank sufficientCount turningFactCount
    sufficient { operationId exactness pAll facts { type claims { says } } }
    turningFacts { kind fact { type } at { id } pHolds severityLost severityChange rank rankChange } }
  removalPairs(first: 20) { evaluated synergies pairs { severityLost synergy members { id } } }
}`;

/** Infrastructure that depends on some other: something for the measures of structure. */
function mesh(): Batch {
  const random = randomSource(11);
  const nodes = Array.from({ length: 80 }, (_, i) => node('Infrastructure', `node ${i}`));
  const pairs = new Set(Array.from({ length: 200 }, () => `${random.below(80)} ${random.below(80)}`));
  const relationships = [...pairs]
    .map((pair) => pair.split(' ').map(Number))
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => relationship('DEPENDS_ON', nodes[from], nodes[to]));
  return { nodes, relationships, claims: [] };
}

/** What was answered, by question, from each engine and number of workers. */
const answers = new Map<string, Map<string, string>>();

function keep(question: string, where: string, answer: unknown): void {
  const known = answers.get(question) ?? new Map<string, string>();
  answers.set(question, known.set(where, JSON.stringify(answer)));
}

async function ask<T>(contextValue: GraphContext, source: string): Promise<T> {
  const { data, errors } = await graphql({ schema: apiSchema(), source, contextValue });
  if (errors) throw errors[0].originalError ?? errors[0];
  return data as T;
}

describe.each(storeNames.map((name) => [name]))('on %s', (name) => {
  const store = useStore(name);
  let simulated = '';

  beforeAll(async () => {
    const { writes } = createServices(store().engine);
    await writes.write(SMALL_ECOSYSTEM, { kind: 'TEST', actor: 'test' });
    await writes.write(mesh(), { kind: 'TEST', actor: 'test' });
  }, 240_000);

  it.each([[1], [2]])(
    'every kind of job answers on %i workers',
    async (workers) => {
      const services = createServices(store().engine, { runs: { workers, workerFile: SOURCE_WORKER } });
      const context = await createContext(services, { pageSize: 500 }, 'test', LOCAL_VIEWER);
      const caller = callerOf(context);
      const resultOf = async (question: string): Promise<{ kind: string; result: object }> => {
        const { run } = await ask<{ run: { id: string } }>(context, `mutation { run: ${question} { id } }`);
        const ended = await services.runs.settled(run.id, caller, 120);
        const result = services.runs.result(run.id, caller);
        if (result === undefined || ended.status !== 'DONE') {
          throw new Error(`${question} ended as ${ended.status}: ${ended.error?.message}`);
        }
        return { kind: ended.kind, result };
      };
      try {
        const where = `${name}, ${workers} workers`;
        const done = await Promise.all(JOBS.map(resultOf));
        const plan = done[done.length - 2].result as { measures: readonly { id: string }[] };
        const measures = plan.measures.map(({ id }) => JSON.stringify(id)).join(', ');
        simulated = `simulateDisruption(measures: [${measures}], runs: 20, seed: 3, ${SCOPE})`;
        const all = [...done, await resultOf(simulated)];
        for (const [i, { result }] of all.entries()) {
          expect(result).toMatchObject({ isStopped: false });
          keep(JOBS[i] ?? simulated, where, withoutSeconds(result));
        }
        expect([...new Set(all.map(({ kind }) => kind))].sort()).toEqual(
          ANALYSIS_KINDS.map((kind) => kind.name).sort(),
        );
        keep('queries', where, await ask(context, QUERIES));
      } finally {
        await services.runs.close();
      }
    },
    240_000,
  );
});

/** Plans hold plans, each with seconds of its own. */
function withoutSeconds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSeconds);
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, key === 'seconds' ? 0 : withoutSeconds(each)]),
  );
}

test('every engine gives the same bytes, on one worker and on two', () => {
  expect(answers.size).toBe(JOBS.length + 2);
  for (const [question, byPlace] of answers) {
    expect(byPlace.size).toBe(2 * storeNames.length);
    const [first, ...others] = [...byPlace.values()];
    for (const other of others)
      expect({ question, isSame: other === first }).toEqual({ question, isSame: true });
  }
});
