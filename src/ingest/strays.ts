/** What stands in a list of entries and is none: it is named in the report, not passed over. */
import type { Json } from '../model/values';
import { isObject } from './json-document';
import type { ReadItem } from './reader';

const rejected = (message: string): ReadItem => ({
  kind: 'rejected',
  id: '',
  code: 'NOT_AN_OBJECT',
  message,
});

export const notAnObject = (what: string): ReadItem => rejected(`${what} is no object`);

/** One for each value of a list that is no object, and one for anything in its place that is no list. */
export function straysOf(list: Json | undefined, what: string): ReadItem[] {
  // Documents that come from XML or PHP say '' for a list that is empty.
  if (list === undefined || list === null || list === '') return [];
  if (!Array.isArray(list)) return [rejected(`${what} stands where a list should`)];
  return (list as readonly Json[]).filter((each) => !isObject(each)).map(() => notAnObject(what));
}
