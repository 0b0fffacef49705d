/** What contradicts itself within one value, over every bound that the ontology declares. */
import {
  nodeProperties,
  nodeTypes,
  type PropertySpec,
  relationshipProperties,
  relationshipTypes,
} from '../../../src/model/ontology/ontology';
import { contradictionsOf } from '../../../src/model/validate';
import type { Json, NodeValue, RelationshipValue } from '../../../src/model/values';
import { node } from '../../support/values';

type Bound = readonly [type: string, high: string, low: string];

const boundsOf = (type: string, specs: readonly PropertySpec[]): Bound[] =>
  specs.flatMap(({ name, notBelow = [] }) => notBelow.map((low) => [type, name, low] as const));
const nodeBounds = nodeTypes().flatMap(({ name }) => boundsOf(name, nodeProperties(name)));
const linkBounds = relationshipTypes().flatMap(({ name }) => boundsOf(name, relationshipProperties(name)));

const linkOf = (type: string, properties: Record<string, Json>, to = 'b'): RelationshipValue => ({
  id: 'r',
  type,
  from: 'a',
  to,
  properties,
});
const specOf = (specs: readonly PropertySpec[], name: string) => specs.find((spec) => spec.name === name);
/** A lower and a higher value of a kind; the times are so written that comparing their texts would err. */
const valuesOf = (kind: PropertySpec['kind'] | undefined): readonly [Json, Json] =>
  kind === 'datetime' ? ['2020-01-01T00:30:00+02:00', '2020-01-01T00:00:00Z'] : [0.25, 0.5];

describe('a contradiction', () => {
  it('is declared for every pair that the model has', () => {
    const pairs = new Set([...nodeBounds, ...linkBounds].map(([, high, low]) => `${low}..${high}`));
    expect([...pairs].sort()).toEqual([
      'changeLowShare..changeHighShare',
      'downtimeDays..downtimeHighDays',
      'downtimeLowDays..downtimeDays',
      'downtimeLowDays..downtimeHighDays',
      'firstSeen..lastSeen',
      'indicatorFrom..indicatorUntil',
      'predictedLowLoss..predictedHighLoss',
      'revenueLowUsd..revenueHighUsd',
      'startDay..effectDay',
      'startedAt..endedAt',
      'validFrom..validTo',
      'victimsLow..victimsHigh',
    ]);
  });

  it.each([...nodeBounds, ...linkBounds])('of %s: %s below %s, and nothing else', (type, high, low) => {
    const isNode = nodeTypes().some(({ name }) => name === type);
    const specs = isNode ? nodeProperties(type) : relationshipProperties(type);
    const [less, more] = valuesOf(specOf(specs, high)?.kind);
    expect(specOf(specs, low)?.kind).toBe(specOf(specs, high)?.kind);
    const found = (properties: Record<string, Json>): readonly string[] => {
      const value: NodeValue | RelationshipValue = isNode
        ? { id: 'a', type, properties }
        : linkOf(type, properties);
      return contradictionsOf(value).map(({ code }) => code);
    };
    expect(found({ [high]: less, [low]: more })).toEqual(['CONTRADICTION']);
    expect(found({ [high]: more, [low]: less })).toEqual([]);
    expect(found({ [high]: more, [low]: more })).toEqual([]);
    expect(found({ [high]: less })).toEqual([]);
    expect(found({ [high]: less, [low]: null })).toEqual([]);
  });

  it('is a number without its mode, and a mode without its number', () => {
    const codes = (properties: Record<string, Json>) =>
      contradictionsOf(node('Requirement', 'r', properties)).length;
    expect(codes({ mode: 'AT_LEAST', atLeast: 2 })).toBe(0);
    expect(codes({ mode: 'ANY' })).toBe(0);
    expect(codes({})).toBe(0);
    expect(codes({ mode: 'AT_LEAST' })).toBe(1);
    expect(codes({ mode: 'AT_LEAST', atLeast: null })).toBe(1);
    expect(codes({ mode: 'ANY', atLeast: 3 })).toBe(1);
    expect(codes({ atLeast: 3 })).toBe(1);
  });

  it('is a relationship of a node to itself, where its type has no sense in that', () => {
    const looping = relationshipTypes().filter(
      ({ name }) => contradictionsOf(linkOf(name, {}, 'a')).length === 0,
    );
    expect(looping.map(({ name }) => name)).toEqual(['TRANSFERS_TO', 'RELATED_TO']);
    for (const { name } of relationshipTypes()) expect(contradictionsOf(linkOf(name, {}))).toEqual([]);
  });

  it('is an id that says another type, where it says one beyond doubt', () => {
    const codes = (type: string, id: string) => contradictionsOf({ id, type, properties: {} }).length;
    expect(codes('Operation', 'malware--1')).toBe(1);
    expect(codes('Operation', 'campaign--1')).toBe(0);
    expect(codes('Operation', 'attack-flow--1')).toBe(0);
    expect(codes('Sector', 'identity--1')).toBe(0);
    expect(codes('Operation', 'my--1')).toBe(0);
    expect(codes('Operation', 'anything')).toBe(0);
    for (const { name } of nodeTypes()) expect(codes(name, node(name, 'x').id)).toBe(0);
  });
});
