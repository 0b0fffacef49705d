/**
 * Reads fault trees in the Open-PSA Model Exchange Format: gates with nested formulas, components, house events, basic
 * events, parameters and model data, from one file or several that complete each other. Whatever else the format has
 * (event trees, common-cause groups, substitutions, extern functions ..) is refused by a code that names it.
 */
import { AppError } from '../errors';
import type { FaultTreeModel, Formula, FormulaKind, NamedEvent, NamedGate } from '../model/fault-tree-model';
import type { ByteSource } from './byte-source';
import { ExpressionValues } from './open-psa-expressions';
import {
  attribute,
  badValue,
  type Declared,
  expectOperands,
  fault,
  NameSpace,
  unsupported,
} from './open-psa-names';
import { readXml, type XmlElement } from './xml-element';

type EventKind = 'gate' | 'basic-event' | 'house-event';

interface DeclaredEvent extends Declared {
  readonly kind: EventKind;
  /** Of gates and basic events, among their kind. */
  readonly index: number;
}

export interface OpenPsaOptions {
  /** The time that `system-mission-time` means, in hours. */
  readonly missionHours?: number;
}

export const DEFAULT_MISSION_HOURS = 8760;

const OPERANDS: Readonly<Record<FormulaKind, readonly [number, number]>> = {
  and: [1, 1e9],
  or: [1, 1e9],
  nand: [1, 1e9],
  nor: [1, 1e9],
  atleast: [1, 1e9],
  xor: [2, 1e9],
  iff: [2, 2],
  imply: [2, 2],
  not: [1, 1],
};

/** @throws AppError of the FAULT_TREE and XML codes, and those of reading files. */
export async function readOpenPsa(
  sources: readonly ByteSource[],
  options: OpenPsaOptions = {},
): Promise<FaultTreeModel> {
  const document = new OpenPsaDocument(sources.map((source) => source.name).join(', '));
  for (const source of sources) document.add(await readXml(source));
  return document.model(options.missionHours ?? DEFAULT_MISSION_HOURS);
}

class OpenPsaDocument {
  private readonly names = new NameSpace<DeclaredEvent>();
  private readonly parameters = new NameSpace<Declared>();
  private readonly gates: DeclaredEvent[] = [];
  private readonly events: DeclaredEvent[] = [];

  constructor(private readonly source: string) {}

  add(root: XmlElement): void {
    if (root.name !== 'opsa-mef') throw unsupported(root, 'the file (expected opsa-mef)');
    for (const child of root.children) {
      if (child.name === 'define-fault-tree') this.addContainer(child, '', true);
      else if (child.name === 'model-data')
        for (const each of child.children) this.addDefinition(each, '', true);
      else if (!isRemark(child)) throw unsupported(child, 'opsa-mef');
    }
  }

  private addContainer(container: XmlElement, scope: string, isPublic: boolean): void {
    const path = scope ? `${scope}.${attribute(container, 'name')}` : attribute(container, 'name');
    const isOpen = roleOf(container, isPublic);
    for (const child of container.children) {
      if (child.name === 'define-component') this.addContainer(child, path, isOpen);
      else if (!isRemark(child)) this.addDefinition(child, path, isOpen);
    }
  }

  private addDefinition(element: XmlElement, scope: string, isPublicScope: boolean): void {
    const isPublic = roleOf(element, isPublicScope);
    const kind = element.name.replace(/^define-/, '');
    if (element.name === 'define-parameter') {
      const name = attribute(element, 'name');
      this.parameters.declare({ element, scope, name }, isPublic);
      return;
    }
    if (element.name === kind || (kind !== 'gate' && kind !== 'basic-event' && kind !== 'house-event')) {
      throw unsupported(element, scope === '' ? 'model-data' : scope);
    }
    const short = attribute(element, 'name');
    const list = kind === 'gate' ? this.gates : this.events;
    const name = isPublic ? short : `${scope}.${short}`;
    const declared = { element, scope, name, kind: kind as EventKind, index: list.length };
    this.names.declare(declared, isPublic);
    if (kind !== 'house-event') list.push(declared);
  }

  model(missionHours: number): FaultTreeModel {
    const values = new ExpressionValues(this.parameters, missionHours);
    const gates = this.gates.map((gate) => this.gateOf(gate));
    refuseCycles(this.gates, gates);
    const events = this.events.map((event) => eventOf(event, values));
    const isReferred = new Uint8Array(gates.length);
    for (const gate of gates) forEachGate(gate.formula, (index) => (isReferred[index] = 1));
    const tops = gates.map((_, index) => index).filter((index) => isReferred[index] === 0);
    return { source: this.source, events, gates, tops };
  }

  private gateOf(gate: DeclaredEvent): NamedGate {
    const body = bodyOf(gate.element);
    if (body.length !== 1) throw badValue(gate.element, 'formulas', '1', String(body.length));
    return { name: gate.name, formula: this.formula(body[0], gate.scope) };
  }

  private formula(element: XmlElement, scope: string): Formula {
    switch (element.name) {
      case 'constant':
        return { kind: 'constant', value: truth(element) };
      case 'event':
      case 'gate':
      case 'basic-event':
      case 'house-event':
        return this.reference(element, scope);
      default:
        return this.compound(element, scope);
    }
  }

  private reference(element: XmlElement, scope: string): Formula {
    const name = attribute(element, 'name');
    const wanted = element.name === 'event' ? element.attributes.type : element.name;
    const declared = this.names.find(name, scope);
    if (!declared || (wanted !== undefined && declared.kind !== wanted)) {
      throw fault('FAULT_TREE_UNDEFINED', element, { name });
    }
    if (declared.kind === 'gate') return { kind: 'gate', index: declared.index };
    if (declared.kind === 'basic-event') return { kind: 'event', index: declared.index };
    const body = bodyOf(declared.element);
    if (body.length === 0) return { kind: 'constant', value: false };
    if (body.length > 1 || body[0].name !== 'constant') throw unsupported(body[0], 'define-house-event');
    return { kind: 'constant', value: truth(body[0]) };
  }

  private compound(element: XmlElement, scope: string): Formula {
    if (!Object.hasOwn(OPERANDS, element.name)) throw unsupported(element, 'a formula');
    const kind = element.name as FormulaKind;
    expectOperands(element, ...OPERANDS[kind]);
    const operands = element.children.map((child) => this.formula(child, scope));
    if (kind !== 'atleast') return { kind, operands };
    const text = attribute(element, 'min');
    const min = /^\+?\d+$/.test(text) ? Number(text) : 0;
    if (min < 1 || min > operands.length) {
      throw badValue(element, 'min', `a whole number from 1 to ${operands.length}`, text);
    }
    return { kind, operands, min };
  }
}

function eventOf(event: DeclaredEvent, values: ExpressionValues): NamedEvent {
  const body = bodyOf(event.element);
  if (body.length === 0) return { name: event.name };
  if (body.length > 1) throw badValue(event.element, 'expressions', 'at most 1', String(body.length));
  const probability = values.valueOf(body[0], event.scope);
  if (!(probability >= 0 && probability <= 1)) {
    throw fault('FAULT_TREE_BAD_PROBABILITY', event.element, { name: event.name, got: String(probability) });
  }
  return { name: event.name, probability };
}

const isRemark = (element: XmlElement): boolean => element.name === 'label' || element.name === 'attributes';

const bodyOf = (element: XmlElement): XmlElement[] => element.children.filter((child) => !isRemark(child));

function roleOf(element: XmlElement, inherited: boolean): boolean {
  const { role } = element.attributes;
  if (role === undefined) return inherited;
  if (role !== 'public' && role !== 'private') throw badValue(element, 'role', 'public or private', role);
  return role === 'public';
}

function truth(element: XmlElement): boolean {
  const text = attribute(element, 'value');
  if (text !== 'true' && text !== 'false' && text !== '1' && text !== '0') {
    throw badValue(element, 'value', 'true or false', text);
  }
  return text === 'true' || text === '1';
}

function forEachGate(formula: Formula, visit: (index: number) => void): void {
  if (formula.kind === 'gate') visit(formula.index);
  if ('operands' in formula) for (const operand of formula.operands) forEachGate(operand, visit);
}

/** @throws AppError FAULT_TREE_CYCLE with the gates of one cycle. */
function refuseCycles(declared: readonly DeclaredEvent[], gates: readonly NamedGate[]): void {
  const below = gates.map(({ formula }) => {
    const found: number[] = [];
    forEachGate(formula, (index) => found.push(index));
    return found;
  });
  const state = new Uint8Array(gates.length);
  for (let start = 0; start < gates.length; start += 1) {
    const path = [start];
    const cursor = [0];
    if (state[start] !== 0) continue;
    state[start] = 1;
    while (path.length > 0) {
      const gate = path[path.length - 1];
      const child = below[gate][cursor[path.length - 1]++];
      if (child === undefined) {
        state[gate] = 2;
        path.pop();
        cursor.pop();
      } else if (state[child] === 1) {
        const cycle = [...path.slice(path.indexOf(child)), child].map((index) => gates[index].name);
        throw fault('FAULT_TREE_CYCLE', declared[child].element, { path: cycle });
      } else if (state[child] === 0) {
        state[child] = 1;
        path.push(child);
        cursor.push(0);
      }
    }
  }
}

/** The index of the gate that is analysed. @throws AppError FAULT_TREE_NO_GATES, FAULT_TREE_TOP_UNKNOWN, FAULT_TREE_TOP_AMBIGUOUS */
export function topOf(model: FaultTreeModel, name?: string): number {
  if (model.gates.length === 0) throw new AppError('FAULT_TREE_NO_GATES', { file: model.source });
  if (name !== undefined) {
    const index = model.gates.findIndex((gate) => gate.name === name);
    if (index < 0) throw new AppError('FAULT_TREE_TOP_UNKNOWN', { file: model.source, name });
    return index;
  }
  if (model.tops.length !== 1) {
    const tops = model.tops.slice(0, 10).map((index) => model.gates[index].name);
    throw new AppError('FAULT_TREE_TOP_AMBIGUOUS', { file: model.source, count: model.tops.length, tops });
  }
  return model.tops[0];
}
