/** A graph with gaps, ties and every kind of column, small enough to check by looping over it. */
import type { Batch, NodeValue, RelationshipValue } from '../../src/model/values';
import { node, relationship } from './values';

/** Deterministic numbers in [0, 1): the same graph in every run. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const KINDS = ['RANSOMWARE', 'BEC', 'DDOS'] as const;
const NAMES = ['alpha', 'Alpha', 'beta', 'Éta', 'gamma ray', 'Ω'] as const;

function pick<T>(random: () => number, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)];
}

/** Some share of the time nothing is known. */
const maybe = <T>(random: () => number, value: T): T | null => (random() < 0.3 ? null : value);

const present = (properties: Record<string, string | number | boolean | null>) =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null)) as Record<
    string,
    string | number | boolean
  >;

export function sampleGraph(operations = 60, seed = 7): Batch {
  const random = randomNumbers(seed);
  const nodes: NodeValue[] = [];
  const relationships: RelationshipValue[] = [];
  const services = Array.from({ length: 12 }, (_, i) =>
    node('Service', `service ${i}`, present({ category: maybe(random, pick(random, ['loader', 'mixer'])) })),
  );
  const sectors = Array.from({ length: 5 }, (_, i) => node('Sector', `sector ${i}`));
  for (let i = 0; i < operations; i++) {
    const operation = node(
      'Operation',
      `operation ${i}`,
      present({
        name: maybe(random, pick(random, NAMES)),
        operationType: maybe(random, pick(random, KINDS)),
        severity: maybe(random, Math.floor(random() * 4)),
        victimsLow: maybe(random, Math.floor(random() * 5e9)),
        ended: maybe(random, random() < 0.5),
        revoked: random() < 0.1 ? true : null,
        firstSeen: maybe(random, new Date(Date.UTC(2020, Math.floor(random() * 24), 1)).toISOString()),
      }),
    );
    nodes.push(operation);
    for (const service of services)
      if (random() < 0.15) relationships.push(relationship('USES', operation, service));
    for (const sector of sectors)
      if (random() < 0.2) relationships.push(relationship('TARGETS', operation, sector));
  }
  return { nodes: [...nodes, ...services, ...sectors], relationships, claims: [] };
}
