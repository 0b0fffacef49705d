/**
 * Names of the Open-PSA Model Exchange Format: public ones are found everywhere, private ones from inside the fault tree
 * or component that declares them, all of them by their full path.
 */
import { AppError, type ErrorCode } from '../errors';
import type { XmlElement } from './xml-element';

export interface Declared {
  readonly element: XmlElement;
  /** Path of what encloses it: 'Tree.Component', or '' for model data. */
  readonly scope: string;
  /** How results call it: its name, or its full path when it is private. */
  readonly name: string;
}

export class NameSpace<T extends Declared> {
  private readonly publics = new Map<string, T>();
  private readonly paths = new Map<string, T>();

  /** @throws AppError FAULT_TREE_DUPLICATE */
  declare(item: T, isPublic: boolean): void {
    const short = item.element.attributes.name;
    const path = item.scope ? `${item.scope}.${short}` : short;
    const known = this.paths.get(path) ?? (isPublic ? this.publics.get(short) : undefined);
    if (known) {
      throw fault('FAULT_TREE_DUPLICATE', item.element, { name: short, first: known.element.line });
    }
    this.paths.set(path, item);
    if (isPublic) this.publics.set(short, item);
  }

  /** What `reference` means inside `scope`: the nearest scope first, then the public names, then full paths. */
  find(reference: string, scope: string): T | undefined {
    return (
      (scope ? this.paths.get(`${scope}.${reference}`) : undefined) ??
      (reference.includes('.') ? this.paths.get(reference) : this.publics.get(reference))
    );
  }
}

/** A fault at an element, which the message names with its file and line. */
export function fault(code: ErrorCode, element: XmlElement, data: Record<string, unknown> = {}): AppError {
  return new AppError(code, { file: element.file, line: element.line, element: element.name, ...data });
}

export const unsupported = (element: XmlElement, inside: string): AppError =>
  fault('FAULT_TREE_UNSUPPORTED', element, { inside });

/** An attribute that must be there. @throws AppError FAULT_TREE_BAD_VALUE */
export function attribute(element: XmlElement, name: string): string {
  const value = element.attributes[name];
  if (value === undefined || value.trim() === '') {
    throw badValue(element, name, 'a value', value ?? 'nothing');
  }
  return value.trim();
}

export function badValue(element: XmlElement, what: string, expected: string, got: string): AppError {
  return fault('FAULT_TREE_BAD_VALUE', element, { what, expected, got });
}

/** @throws AppError FAULT_TREE_BAD_VALUE unless the element has as many children. */
export function expectOperands(element: XmlElement, least: number, most = Number.POSITIVE_INFINITY): void {
  const count = element.children.length;
  if (count >= least && count <= most) return;
  const expected =
    least === most
      ? `${least}`
      : most === Number.POSITIVE_INFINITY
        ? `${least} or more`
        : `${least} to ${most}`;
  throw badValue(element, 'operands', expected, String(count));
}
