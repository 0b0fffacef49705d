import fc from 'fast-check';
import type { NodeValue } from '../../src/model/values';
import { useApi } from '../support/api-server';
import { sampleGraph } from '../support/sample-graph';

type Where = { readonly [field: string]: unknown };

const graph = sampleGraph(40, 11);
const byId = new Map(graph.nodes.map((each) => [each.id, each]));
const operations = graph.nodes.filter((each) => each.type === 'Operation');
const QUERY =
  'query ($where: OperationWhere) { operations(first: 500, where: $where) { totalCount nodes { id } } }';

/** What a filter asks, evaluated by looping over the values: the API must agree. */
function matches(node: NodeValue, where: Where): boolean {
  return Object.entries(where).every(([field, value]) => {
    if (field === 'AND') return (value as Where[]).every((each) => matches(node, each));
    if (field === 'OR') return (value as Where[]).some((each) => matches(node, each));
    if (field === 'NOT') return !matches(node, value as Where);
    if (field === 'active') return (node.properties.revoked !== true) === (value as { eq: boolean }).eq;
    if (field === 'uses' || field === 'targets' || field === 'usedBy')
      return related(node, field, value as Where);
    if (field === 'relations') return relatedAtAll(node, value as Where);
    const cell = field === 'id' ? node.id : node.properties[field];
    return Object.entries(value as Where).every(([operator, operand]) => holds(cell, operator, operand));
  });
}

function related(node: NodeValue, field: string, quantified: Where): boolean {
  const type = field === 'targets' ? 'TARGETS' : 'USES';
  const [near, far] = field === 'usedBy' ? (['to', 'from'] as const) : (['from', 'to'] as const);
  const ends = graph.relationships
    .filter((each) => each.type === type && each[near] === node.id)
    .map((each) => byId.get(each[far]) as NodeValue);
  return quantify(ends, quantified);
}

/** The same over relationships of some types, one way or both. */
function relatedAtAll(node: NodeValue, { types, direction, ...quantified }: Where): boolean {
  const ends = graph.relationships
    .filter((each) => types === undefined || (types as string[]).includes(each.type))
    .flatMap((each) => [
      ...(direction !== 'IN' && each.from === node.id ? [each.to] : []),
      ...(direction !== 'OUT' && each.to === node.id ? [each.from] : []),
    ])
    .map((id) => byId.get(id) as NodeValue);
  return quantify(ends, quantified);
}

function quantify(ends: readonly NodeValue[], quantified: Where): boolean {
  return Object.entries(quantified).every(([quantifier, where]) => {
    if (quantifier === 'count') {
      const { where: such, gte } = where as { where: Where; gte: number };
      return new Set(ends.filter((end) => matches(end, such))).size >= gte;
    }
    const found = ends.filter((end) => matches(end, where as Where)).length;
    return quantifier === 'some' ? found > 0 : quantifier === 'none' ? found === 0 : found === ends.length;
  });
}

function holds(cell: unknown, operator: string, operand: unknown): boolean {
  const text = (value: unknown) => String(value).toLowerCase();
  const has = cell !== undefined;
  switch (operator) {
    case 'eq':
      return cell === operand;
    case 'ne':
      return cell !== operand;
    case 'in':
      return (operand as unknown[]).includes(cell);
    case 'notIn':
      return !(operand as unknown[]).includes(cell);
    case 'isNull':
      return has !== operand;
    case 'contains':
      return has && text(cell).includes(text(operand));
    case 'startsWith':
      return has && text(cell).startsWith(text(operand));
    case 'endsWith':
      return has && text(cell).endsWith(text(operand));
    case 'eqFolded':
      return has && text(cell) === text(operand);
    default:
      return has && compared(cell as number | string, operator, operand as number | string);
  }
}

function compared(cell: number | string, operator: string, operand: number | string): boolean {
  if (operator === 'lt') return cell < operand;
  if (operator === 'lte') return cell <= operand;
  if (operator === 'gt') return cell > operand;
  return cell >= operand;
}

const oneOf = (...keys: string[]) => fc.constantFrom(...keys);
const condition = (operators: fc.Arbitrary<string>, values: fc.Arbitrary<unknown>) =>
  fc.tuple(operators, values).map(([operator, value]) => ({ [operator]: value }));
const withLists = (values: fc.Arbitrary<unknown>) =>
  fc.oneof(
    condition(oneOf('eq', 'ne'), values),
    condition(oneOf('in', 'notIn'), fc.array(values, { maxLength: 3 })),
    condition(oneOf('isNull'), fc.boolean()),
  );
const times = fc.constantFrom(
  '2020-03-01T00:00:00.000Z',
  '2020-12-01T00:00:00.000Z',
  '2021-06-01T00:00:00.000Z',
);
const onColumns = fc.oneof(
  withLists(fc.constantFrom('RANSOMWARE', 'BEC', 'DDOS')).map((it) => ({ operationType: it })),
  withLists(fc.integer({ min: 0, max: 4 })).map((it) => ({ severity: it })),
  condition(oneOf('lt', 'lte', 'gt', 'gte'), fc.integer({ min: 0, max: 4 })).map((it) => ({ severity: it })),
  condition(oneOf('lt', 'gte'), fc.integer({ min: 0, max: 5e9 })).map((it) => ({ victimsLow: it })),
  condition(oneOf('eq', 'ne', 'isNull'), fc.boolean()).map((it) => ({ ended: it })),
  condition(oneOf('eq', 'lt', 'gt'), times).map((it) => ({ firstSeen: it })),
  condition(
    oneOf('eq', 'contains', 'startsWith', 'endsWith', 'eqFolded'),
    fc.constantFrom('alpha', 'A', 'é', 'ray', ''),
  ).map((it) => ({ name: it })),
  fc.boolean().map((eq) => ({ active: { eq } })),
  fc.subarray(operations.map((each) => each.id)).map((ids) => ({ id: { in: ids } })),
);
const onRelations = fc.oneof(
  condition(oneOf('some', 'none', 'every'), fc.constantFrom({}, { name: { endsWith: '1' } })).map((it) => ({
    targets: it,
  })),
  condition(
    oneOf('some', 'none', 'every'),
    fc.constantFrom({}, { name: { contains: '1' } }, { NOT: { name: { endsWith: '2' } } }),
  ).map((it) => ({ uses: it })),
  fc
    .record(
      {
        types: fc.subarray(['USES', 'TARGETS', 'ATTRIBUTED_TO']),
        direction: fc.constantFrom('IN', 'OUT', 'BOTH'),
        some: fc.constantFrom({}, { name: { endsWith: '1' } }),
        every: fc.constantFrom({ NOT: { name: { endsWith: '2' } } }),
        none: fc.constantFrom({ name: { endsWith: '3' } }),
        count: fc.record({ where: fc.constant({ name: { contains: '1' } }), gte: fc.nat(2) }),
      },
      { requiredKeys: [] },
    )
    .map((it) => ({ relations: it })),
);
const wheres = fc.letrec<{ where: Where }>((tie) => ({
  where: fc.oneof(
    { maxDepth: 3 },
    onColumns,
    onRelations,
    fc.array(tie('where'), { maxLength: 3 }).map((AND) => ({ AND })),
    fc.array(tie('where'), { maxLength: 3 }).map((OR) => ({ OR })),
    tie('where').map((NOT) => ({ NOT })),
  ),
})).where;

describe('filters', () => {
  const api = useApi();
  beforeAll(() => api().services.writes.write(graph, { kind: 'TEST', actor: 'test' }));

  it('take what looping over the values takes, with the exact total', async () => {
    await fc.assert(
      fc.asyncProperty(wheres, async (where) => {
        const expected = operations.filter((each) => matches(each, where)).map((each) => each.id);
        const { operations: found } = await api().data<{
          operations: { totalCount: number; nodes: { id: string }[] };
        }>(QUERY, { where });
        expect(found.totalCount).toBe(expected.length);
        expect(found.nodes.map((each) => each.id).sort()).toEqual(expected.sort());
      }),
      { numRuns: 150, seed: 20260101 },
    );
  });

  it('work on groups of types, with the type itself as a column', async () => {
    const data = await api().data<Record<string, { totalCount: number }>>(`{
      sectors: allNodes(where: { type: { in: [SECTOR, SERVICE] } }) { totalCount }
      loaders: components(where: { type: { eq: SERVICE }, name: { startsWith: "SERVICE" } }) { totalCount }
      all: allNodes { totalCount }
    }`);
    expect(data).toEqual({
      sectors: { totalCount: 17 },
      loaders: { totalCount: 12 },
      all: { totalCount: graph.nodes.length },
    });
  });

  it('narrow the relations of a node as they narrow lists', async () => {
    const { operations: found } = await api().data<{
      operations: { nodes: { id: string; targets: { totalCount: number } }[] };
    }>(
      '{ operations(first: 500) { nodes { id targets(where: { name: { endsWith: "1" } }) { totalCount } } } }',
    );
    for (const { id, targets } of found.nodes) {
      const expected = graph.relationships.filter(
        (each) =>
          each.type === 'TARGETS' && each.from === id && byId.get(each.to)?.properties.name === 'sector 1',
      );
      expect(targets.totalCount).toBe(expected.length);
    }
  });

  describe('that say nothing where they seem to are refused, so that an unset variable never takes everything', () => {
    it.each<readonly [where: object, field: string]>([
      [{ severity: { eq: null } }, 'severity.eq'],
      [{ severity: null }, 'Operation.severity'],
      [{ severity: {} }, 'severity'],
      [{ id: { in: null } }, 'id.in'],
      [{ id: {} }, 'id'],
      [{ active: { eq: null } }, 'active.eq'],
      [{ name: { contains: null, eq: 'a' } }, 'name.contains'],
      [{ AND: null }, 'Operation.AND'],
      [{ OR: [{ severity: { gte: null } }] }, 'severity.gte'],
      [{ NOT: null }, 'Operation.NOT'],
      [{ NOT: { severity: { lt: null } } }, 'severity.lt'],
      [{ needs: {} }, 'needs'],
      [{ needs: null }, 'Operation.needs'],
      [{ needs: { some: null } }, 'needs.some'],
      [{ needs: { some: { mode: { in: null } } } }, 'mode.in'],
      [{ needs: { relationship: { active: { eq: true } } } }, 'needs'],
      [{ needs: { relationship: null, some: {} } }, 'needs.relationship'],
      [{ needs: { relationship: { type: { eq: null } }, some: {} } }, 'type.eq'],
      [{ needs: { relationship: { from: { id: { eq: null } } }, some: {} } }, 'id.eq'],
      [{ needs: { count: {} } }, 'needs.count'],
      [{ needs: { count: { eq: null } } }, 'needs.count.eq'],
      [{ needs: { count: { where: null, eq: 1 } } }, 'needs.count.where'],
    ])('%j', async (where, field) => {
      const { errors = [] } = await api().ask(QUERY, { where });
      expect(errors.map(({ extensions }) => [extensions.code, extensions.field])).toEqual([
        ['BAD_FILTER', field],
      ]);
    });

    it.each([
      'query ($no: Float) { operations(where: { severity: { eq: $no } }) { totalCount } }',
      'query ($no: [ID!]) { operations(where: { id: { in: $no } }) { totalCount } }',
      'query ($no: StringFilter) { relationships(where: { from: { name: $no } }) { totalCount } }',
      'query ($no: ID) { identityJudgements(where: { node: { eq: $no } }) { totalCount } }',
      'query ($no: Float) { identityProposals(where: { score: { gte: $no } }) { totalCount } }',
    ])('%s', async (query) => {
      expect(await api().codes(query, { no: null })).toEqual(['BAD_FILTER']);
    });

    it.each([
      'query ($no: [ID!]) { changes(where: { ids: $no }) { nodes { cursor } } }',
      'query ($no: String) { accesses(where: { viewer: $no }) { totalCount } }',
    ])('%s', async (query) => {
      expect(await api().codes(query, { no: null })).toEqual(['BAD_FILTER']);
    });

    it('but what is optional as a whole may be null', async () => {
      const all = operations.length;
      for (const where of [null, {}, undefined]) {
        const { operations: found } = await api().data<{ operations: { totalCount: number } }>(QUERY, {
          where,
        });
        expect(found.totalCount).toBe(all);
      }
    });

    it('and a variable that is not set at all leaves a condition without an operator', async () => {
      const query = 'query ($no: Float) { operations(where: { severity: { eq: $no } }) { totalCount } }';
      expect(await api().codes(query)).toEqual(['BAD_FILTER']);
    });
  });

  it('refuse what the schema cannot: too deep, too long, no time', async () => {
    let deep: Where = { ended: { eq: true } };
    for (let i = 0; i < 20; i++) deep = { NOT: deep };
    expect(await api().codes(QUERY, { where: deep })).toEqual(['BAD_FILTER']);
    expect(await api().codes(QUERY, { where: { severity: { in: Array(1001).fill(1) } } })).toEqual([
      'BAD_FILTER',
    ]);
    expect(await api().codes(QUERY, { where: { firstSeen: { lt: 'yesterday' } } })).toEqual([
      'BAD_USER_INPUT',
    ]);
    expect(await api().codes(QUERY, { where: { nonsense: { eq: 1 } } })).toEqual(['BAD_USER_INPUT']);
  });
});
