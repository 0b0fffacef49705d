/** What is refused of people, though a source may say it: ids and names that nobody could use, ends that are not there. */
import { AppError } from '../errors';
import { brief, contradictionsOf } from '../model/validate';
import type { NodeValue, RelationshipValue } from '../model/values';
import type { GraphView } from './graph-view';

const UNUSABLE = /[\s\p{C}]/u;

/** Refuses an id that cannot be passed on as a word. @throws AppError BAD_INPUT */
export function refuseUnusableId(id: string | null | undefined): void {
  if (typeof id !== 'string' || !UNUSABLE.test(id)) return;
  throw new AppError('BAD_INPUT', { what: 'id', expected: 'text without white space', got: brief(id) });
}

/** Refuses a name without a word; none at all is no fault. @throws AppError BAD_INPUT */
export function refuseUnusableName({ properties: { name } }: NodeValue): void {
  if (typeof name !== 'string' || name.trim() !== '') return;
  throw new AppError('BAD_INPUT', { what: 'name', expected: 'words, or to be left out', got: brief(name) });
}

/**
 * Refuses a relationship to what is not there: a mistyped id would make a node that nobody described. To whom an end is
 * hidden it is not there. A relationship without an end is for the ontology to refuse.
 *
 * @throws AppError NODE_NOT_FOUND
 */
export function refuseUnknownEnds({ from, to }: { from?: unknown; to?: unknown }, view: GraphView): void {
  if (typeof from !== 'string' || typeof to !== 'string') return;
  for (const id of [from, to]) if (!view.hasNode(id)) throw new AppError('NODE_NOT_FOUND', { id });
}

/** Whether a change contradicts itself where what was there did not: what came so by an import can still be worked on. */
export function contradictsAnew(
  after: NodeValue | RelationshipValue,
  before: NodeValue | RelationshipValue,
): boolean {
  const known = new Set(contradictionsOf(before).map(({ message }) => message));
  return contradictionsOf(after).some(({ message }) => !known.has(message));
}
