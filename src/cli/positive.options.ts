/** Numbers that an option accepts only in a range. */
import { InvalidArgumentError } from 'commander';
import { parseNumber } from './scope.options';

/** A number above zero. */
export function parsePositive(text: string): number {
  const value = parseNumber(text);
  if (value <= 0) throw new InvalidArgumentError('expected a number above 0');
  return value;
}

/** A whole number from 1. */
export function parseWhole(text: string): number {
  const value = parsePositive(text);
  if (!Number.isSafeInteger(value)) throw new InvalidArgumentError('expected a whole number');
  return value;
}
