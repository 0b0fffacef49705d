/**
 * What an object says under a name of STIX that is not what STIX prescribes there: no time where a time belongs, a number out
 * of its range, an end before its beginning. Such words are kept as they came, beside the properties of the model.
 */
import { problemOf, timeOf } from '../model/validate';
import type { Json, NodeValue, Properties, RelationshipValue } from '../model/values';
import { isObject } from './json-document';
import type { Fault } from './reader';
import { specOfStix } from './stix-mapping';

/** Times of STIX 2.1 (sections 4 to 6) by type; those of any domain object and relationship are `created` and `modified`. */
const TIMES: Readonly<Record<string, string>> = {
  campaign: 'first_seen last_seen',
  directory: 'ctime mtime atime',
  'email-message': 'date',
  file: 'ctime mtime atime',
  indicator: 'valid_from valid_until',
  infrastructure: 'first_seen last_seen',
  'intrusion-set': 'first_seen last_seen',
  'language-content': 'object_modified',
  malware: 'first_seen last_seen',
  'malware-analysis': 'submitted analysis_started analysis_ended',
  'network-traffic': 'start end',
  'observed-data': 'first_observed last_observed',
  process: 'created_time',
  relationship: 'start_time stop_time',
  report: 'published',
  sighting: 'first_seen last_seen',
  'threat-actor': 'first_seen last_seen',
  'user-account':
    'account_created account_expires credential_last_changed account_first_login account_last_login',
  'windows-registry-key': 'modified_time',
  'x509-certificate': 'validity_not_before validity_not_after',
};
const times = new Map(Object.entries(TIMES).map(([type, names]) => [type, new Set(names.split(' '))]));

/** Whether STIX prescribes a time under a name on objects of a type. */
export const isStixTime = (stixType: string, name: string): boolean =>
  name === 'created' || name === 'modified' || times.get(stixType)?.has(name) === true;

/** Ends of spans that the model has no properties for, by their beginnings. */
const SPANS = [
  ['first_seen', 'last_seen'],
  ['first_observed', 'last_observed'],
  ['start', 'end'],
  ['analysis_started', 'analysis_ended'],
  ['validity_not_before', 'validity_not_after'],
] as const;

const MOST_OBSERVED = 999_999_999;

/** Why STIX does not take what an object of a type says under a name, or undefined. `type` is that in the model. */
export function misfit(stixType: string, type: string, name: string, value: Json): string | undefined {
  const spec = specOfStix(type, name);
  const problem = spec && problemOf(spec, value);
  if (problem) return problem.message;
  if (isStixTime(stixType, name) && Number.isNaN(timeOf(value))) return `${name} is no time as of RFC 3339`;
  const isCount = stixType === 'observed-data' && name === 'number_observed';
  if (isCount && !(Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_OBSERVED))
    return `${name} must be a whole number from 1 to ${MOST_OBSERVED}`;
  return undefined;
}

/** What of a value that was read from STIX is not as STIX prescribes; all of it is kept. */
export function faultsOf(
  stixType: string,
  { id, type, properties }: NodeValue | RelationshipValue,
): readonly Fault[] {
  const { customProperties } = properties;
  if (!isObject(customProperties)) return [];
  const faults: Fault[] = [];
  for (const [name, value] of Object.entries(customProperties)) {
    const reason = value === null ? undefined : misfit(stixType, type, name, value);
    if (reason !== undefined)
      faults.push({ code: 'KEPT_AS_SAID', message: `${id}: ${reason}; kept in customProperties` });
  }
  return [...faults, ...reversed(stixType, id, customProperties)];
}

const reversed = (stixType: string, id: string, custom: Properties): Fault[] =>
  SPANS.flatMap(([from, to]) =>
    isStixTime(stixType, to) && timeOf(custom[to]) < timeOf(custom[from])
      ? [{ code: 'CONTRADICTION', message: `${id}: ${to} lies below ${from}` }]
      : [],
  );
