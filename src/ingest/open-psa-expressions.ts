/**
 * Values of the expressions of the Open-PSA Model Exchange Format: constants, parameters, arithmetic, the built-in
 * distributions over time, and random deviates at their mean (the point estimate).
 */
import {
  attribute,
  badValue,
  type Declared,
  expectOperands,
  fault,
  type NameSpace,
  unsupported,
} from './open-psa-names';
import type { XmlElement } from './xml-element';

interface Operation {
  readonly least: number;
  readonly most: number;
  readonly value: (operands: readonly number[]) => number;
}

const many = (value: Operation['value']): Operation => ({ least: 1, most: 1e6, value });
/** Combines operands from the left. */
const folded = (value: (x: number, y: number) => number): Operation => many((xs) => xs.reduce(value));
const exactly = (count: number, value: (...operands: number[]) => number): Operation => ({
  least: count,
  most: count,
  value: (operands) => value(...operands),
});

const failureBy = (rate: number, time: number): number => -Math.expm1(-rate * time);

const OPERATIONS: Readonly<Record<string, Operation>> = {
  neg: exactly(1, (x) => -x),
  add: folded((sum, x) => sum + x),
  sub: folded((rest, x) => rest - x),
  mul: folded((product, x) => product * x),
  div: folded((quotient, x) => quotient / x),
  pi: exactly(0, () => Math.PI),
  abs: exactly(1, Math.abs),
  acos: exactly(1, Math.acos),
  asin: exactly(1, Math.asin),
  atan: exactly(1, Math.atan),
  cos: exactly(1, Math.cos),
  cosh: exactly(1, Math.cosh),
  exp: exactly(1, Math.exp),
  log: exactly(1, Math.log),
  log10: exactly(1, Math.log10),
  mod: exactly(2, (x, y) => x % y),
  pow: exactly(2, (x, y) => x ** y),
  sin: exactly(1, Math.sin),
  sinh: exactly(1, Math.sinh),
  tan: exactly(1, Math.tan),
  tanh: exactly(1, Math.tanh),
  sqrt: exactly(1, Math.sqrt),
  ceil: exactly(1, Math.ceil),
  floor: exactly(1, Math.floor),
  min: folded((x, y) => Math.min(x, y)),
  max: folded((x, y) => Math.max(x, y)),
  mean: many((xs) => xs.reduce((sum, x) => sum + x) / xs.length),
  not: exactly(1, (x) => (x === 0 ? 1 : 0)),
  and: many((xs) => (xs.every((x) => x !== 0) ? 1 : 0)),
  or: many((xs) => (xs.some((x) => x !== 0) ? 1 : 0)),
  eq: exactly(2, (x, y) => Number(x === y)),
  df: exactly(2, (x, y) => Number(x !== y)),
  lt: exactly(2, (x, y) => Number(x < y)),
  gt: exactly(2, (x, y) => Number(x > y)),
  leq: exactly(2, (x, y) => Number(x <= y)),
  geq: exactly(2, (x, y) => Number(x >= y)),
  ite: exactly(3, (condition, x, y) => (condition !== 0 ? x : y)),
  exponential: exactly(2, failureBy),
  GLM: exactly(4, (onDemand, failure, repair, time) => {
    const both = failure + repair;
    return (failure - (failure - onDemand * both) * Math.exp(-both * time)) / both;
  }),
  Weibull: exactly(4, (scale, shape, start, time) =>
    time <= start ? 0 : -Math.expm1(-(((time - start) / scale) ** shape)),
  ),
  'periodic-test': exactly(4, (rate, interval, first, time) =>
    time <= first ? failureBy(rate, time) : failureBy(rate, (time - first) % interval || interval),
  ),
  'uniform-deviate': exactly(2, (low, high) => (low + high) / 2),
  'normal-deviate': exactly(2, (mean) => mean),
  'lognormal-deviate': {
    least: 2,
    most: 3,
    value: ([mean, sigma, level]) => (level === undefined ? Math.exp(mean + sigma ** 2 / 2) : mean),
  },
  'gamma-deviate': exactly(2, (shape, scale) => shape * scale),
  'beta-deviate': exactly(2, (alpha, beta) => alpha / (alpha + beta)),
};

export class ExpressionValues {
  private readonly known = new Map<Declared, number>();
  private readonly open = new Set<Declared>();

  constructor(
    private readonly parameters: NameSpace<Declared>,
    private readonly missionHours: number,
  ) {}

  /** @throws AppError FAULT_TREE_UNSUPPORTED, FAULT_TREE_UNDEFINED, FAULT_TREE_CYCLE, FAULT_TREE_BAD_VALUE */
  valueOf(element: XmlElement, scope: string): number {
    switch (element.name) {
      case 'float':
      case 'int':
        return number(element);
      case 'bool':
        return attribute(element, 'value') === 'true' ? 1 : 0;
      case 'system-mission-time':
        return this.missionHours;
      case 'parameter':
        return this.parameter(element, scope);
      default:
        return this.operation(element, scope);
    }
  }

  /** Parameters may refer to each other in chains of any length: what one needs is worked out before it, without recursion. */
  private parameter(element: XmlElement, scope: string): number {
    const asked = this.declared(element, scope);
    const path: Declared[] = [asked];
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      if (this.known.has(at)) {
        path.pop();
        continue;
      }
      this.open.add(at);
      const body = bodyOf(at);
      const missing = this.missingIn(body, at.scope);
      if (missing.length > 0) {
        for (const each of missing) path.push(each);
        continue;
      }
      this.known.set(at, this.valueOf(body, at.scope));
      this.open.delete(at);
      path.pop();
    }
    return this.known.get(asked) as number;
  }

  /** Parameters of an expression that have no value yet. @throws AppError FAULT_TREE_CYCLE when one is being worked out. */
  private missingIn(element: XmlElement, scope: string): Declared[] {
    const missing: Declared[] = [];
    const stack = [element];
    for (let each = stack.pop(); each !== undefined; each = stack.pop()) {
      if (each.name === 'parameter') {
        const declared = this.declared(each, scope);
        if (!this.open.has(declared)) {
          if (!this.known.has(declared)) missing.push(declared);
          continue;
        }
        const path = [...this.open].map((opened) => opened.name);
        const from = [...this.open].indexOf(declared);
        throw fault('FAULT_TREE_CYCLE', each, {
          path: [...path.slice(from), declared.element.attributes.name],
        });
      }
      for (const child of each.children) stack.push(child);
    }
    return missing;
  }

  private declared(element: XmlElement, scope: string): Declared {
    const name = attribute(element, 'name');
    const declared = this.parameters.find(name, scope);
    if (!declared) throw fault('FAULT_TREE_UNDEFINED', element, { name });
    return declared;
  }

  private operation(element: XmlElement, scope: string): number {
    const operation = Object.hasOwn(OPERATIONS, element.name) ? OPERATIONS[element.name] : undefined;
    if (!operation) throw unsupported(element, 'an expression');
    expectOperands(element, operation.least, operation.most);
    return operation.value(element.children.map((child) => this.valueOf(child, scope)));
  }
}

/** The expression of a parameter. @throws AppError FAULT_TREE_BAD_VALUE unless there is exactly one. */
function bodyOf({ element }: Declared): XmlElement {
  const body = element.children.filter((child) => child.name !== 'label' && child.name !== 'attributes');
  if (body.length !== 1) throw badValue(element, 'expressions', '1', String(body.length));
  return body[0];
}

function number(element: XmlElement): number {
  const text = attribute(element, 'value');
  const isInteger = element.name === 'int';
  const pattern = isInteger ? /^[+-]?\d+$/ : /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
  if (!pattern.test(text)) throw badValue(element, 'value', isInteger ? 'a whole number' : 'a number', text);
  return Number(text);
}
