/** Random small ecosystems, and what brute force says of them: written from the rules, without the code under test. */
import fc from 'fast-check';
import type { Batch, NodeValue, Properties, RelationshipValue } from '../../src/model/values';

export interface SmallEcosystem {
  readonly batch: Batch;
  readonly components: readonly string[];
  readonly operations: readonly string[];
}

const componentId = (i: number): string =>
  `service--${String(i).padStart(8, '0')}-0000-4000-8000-000000000000`;
const operationId = (i: number): string =>
  `campaign--${String(i).padStart(8, '0')}-0000-4000-8000-000000000000`;

const need = (componentCount: number) =>
  fc.record({
    mode: fc.constantFrom('ANY', 'ALL', 'AT_LEAST'),
    atLeast: fc.integer({ min: 1, max: 3 }),
    criticality: fc.constantFrom(1, 1, 0.5),
    completeness: fc.constantFrom('COMPLETE', 'PARTIAL'),
    suppliers: fc.uniqueArray(
      fc.record({
        component: fc.nat(componentCount - 1),
        role: fc.constantFrom('PRIMARY', 'BACKUP'),
        switchDays: fc.constantFrom(0, 10, 60),
      }),
      { maxLength: 4, selector: (supplier) => supplier.component },
    ),
  });

/** Ecosystems of up to 8 components and 4 operations, with cycles, k-of-n, substitutes, slow ones and sooner recoveries. */
export const smallEcosystem: fc.Arbitrary<SmallEcosystem> = fc
  .integer({ min: 1, max: 8 })
  .chain((componentCount) =>
    fc
      .record({
        setupDays: fc.array(fc.constantFrom(undefined, undefined, 5, 90), {
          minLength: componentCount,
          maxLength: componentCount,
        }),
        reach: fc.array(fc.constantFrom(undefined, undefined, undefined, 'UNREACHABLE'), {
          minLength: componentCount,
          maxLength: componentCount,
        }),
        depends: fc.uniqueArray(
          fc.record({
            from: fc.nat(componentCount - 1),
            to: fc.nat(componentCount - 1),
            isMutual: fc.boolean(),
          }),
          { maxLength: 8, selector: (each) => `${each.from} ${each.to} ${each.isMutual}` },
        ),
        componentNeeds: fc.array(
          fc.record({ component: fc.nat(componentCount - 1), need: need(componentCount) }),
          {
            maxLength: 3,
          },
        ),
        operations: fc.array(
          fc.record({
            severity: fc.integer({ min: 1, max: 5 }),
            needs: fc.array(need(componentCount), { minLength: 1, maxLength: 3 }),
          }),
          { minLength: 1, maxLength: 4 },
        ),
      })
      .map((spec) => assemble(componentCount, spec)),
  );

type Need = {
  mode: string;
  atLeast: number;
  criticality: number;
  completeness: string;
  suppliers: { component: number; role: string; switchDays: number }[];
};

function assemble(
  componentCount: number,
  spec: {
    setupDays: (number | undefined)[];
    reach: (string | undefined)[];
    depends: { from: number; to: number; isMutual: boolean }[];
    componentNeeds: { component: number; need: Need }[];
    operations: { severity: number; needs: Need[] }[];
  },
): SmallEcosystem {
  const nodes: NodeValue[] = [];
  const relationships: RelationshipValue[] = [];
  const link = (type: string, from: string, to: string, properties: Properties = {}): void => {
    relationships.push({ id: `relationship--${relationships.length}`, type, from, to, properties });
  };
  const addNeed = (dependent: string, { suppliers, ...properties }: Need): void => {
    const id = `x-atlas-requirement--${nodes.length}`;
    nodes.push({ id, type: 'Requirement', properties: { ...properties, need: 'loader' } });
    link('NEEDS', dependent, id);
    for (const { component, role, switchDays } of suppliers) {
      link('SATISFIED_BY', id, componentId(component), { supplierRole: role, switchDays });
    }
  };
  for (let i = 0; i < componentCount; i++) {
    const properties = { name: `S${i}`, setupDays: spec.setupDays[i] ?? null, reach: spec.reach[i] ?? null };
    nodes.push({ id: componentId(i), type: 'Service', properties });
  }
  for (const { from, to, isMutual } of spec.depends) {
    link(isMutual ? 'SHARES_BACKEND' : 'DEPENDS_ON', componentId(from), componentId(to));
  }
  for (const { component, need: own } of spec.componentNeeds) addNeed(componentId(component), own);
  spec.operations.forEach(({ severity, needs }, i) => {
    nodes.push({ id: operationId(i), type: 'Operation', properties: { name: `O${i}`, severity } });
    for (const own of needs) addNeed(operationId(i), own);
  });
  return {
    batch: { nodes, relationships, claims: [] },
    components: Array.from({ length: componentCount }, (_, i) => componentId(i)),
    operations: spec.operations.map((_, i) => operationId(i)),
  };
}

/** Days that an operation must be stopped for in these tests. */
export const T = 30;
/** Days in which the market replaces a loader where no assumption is on record. */
const MARKET_SWITCH_DAYS = 14;

/** What is down when some components are hit: the least set that the rules force, found by repeating them. */
export function downWhen(
  { batch }: SmallEcosystem,
  hits: ReadonlySet<string>,
  hasMarket = false,
): Set<string> {
  const down = new Set(hits);
  const isDownByRule = (node: NodeValue): boolean => {
    const out = batch.relationships.filter((each) => each.from === node.id);
    if (node.type === 'Requirement') return isUnmet(node, out, down, hasMarket);
    const mutual = batch.relationships.filter(
      (each) => each.type === 'SHARES_BACKEND' && each.to === node.id,
    );
    return out.some((each) => down.has(each.to)) || mutual.some((each) => down.has(each.from));
  };
  for (let size = -1; size !== down.size; ) {
    size = down.size;
    for (const node of batch.nodes) if (isDownByRule(node)) down.add(node.id);
  }
  return down;
}

function isUnmet(
  node: NodeValue,
  out: readonly RelationshipValue[],
  down: ReadonlySet<string>,
  hasMarket: boolean,
): boolean {
  const counted = out.filter(
    ({ properties }) => properties.supplierRole === 'PRIMARY' || (properties.switchDays as number) < T,
  );
  const lost = counted.filter((each) => down.has(each.to)).length;
  const up = counted.length - lost;
  if (counted.length === 0) return false;
  if (node.properties.mode === 'ALL') return lost > 0;
  const wanted =
    node.properties.mode === 'ANY' ? 1 : Math.min(node.properties.atLeast as number, counted.length);
  const market = hasMarket && node.properties.completeness !== 'COMPLETE' && MARKET_SWITCH_DAYS < T ? 1 : 0;
  return up + market < wanted;
}

/** Components that a lasting hit can reach. */
export function hittable({ batch, components }: SmallEcosystem): string[] {
  return components.filter((id) => {
    const properties = batch.nodes.find((node) => node.id === id)?.properties ?? {};
    const days = (properties.setupDays ?? null) as number | null;
    return properties.reach !== 'UNREACHABLE' && (days === null || days >= T);
  });
}

/** Operations lost and severity lost when some components are hit. */
export function lossWhen(
  ecosystem: SmallEcosystem,
  hits: readonly string[],
  hasMarket = false,
): { operations: string[]; severity: number } {
  const down = downWhen(ecosystem, new Set(hits), hasMarket);
  let severity = 0;
  const operations = ecosystem.operations.filter((id) => {
    const node = ecosystem.batch.nodes.find((each) => each.id === id);
    const shares = ecosystem.batch.relationships
      .filter((each) => each.type === 'NEEDS' && each.from === id && down.has(each.to))
      .map(
        (each) =>
          ecosystem.batch.nodes.find((other) => other.id === each.to)?.properties.criticality as number,
      );
    severity += ((node?.properties.severity as number) ?? 0) * Math.max(0, ...shares);
    return shares.length > 0;
  });
  return { operations, severity };
}

/** Every subset of at most `maxOrder` ids. */
export function subsets(ids: readonly string[], maxOrder: number): string[][] {
  const all: string[][] = [[]];
  for (const id of ids) for (const set of [...all]) if (set.length < maxOrder) all.push([...set, id]);
  return all;
}
