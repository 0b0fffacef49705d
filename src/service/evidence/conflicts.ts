/**
 * Values of one property that claims disagree on, side by side.
 *
 * What a claim says of a property is what it states itself; else what the object was when the change that recorded the claim wrote
 * it. Of several claims of one origin the latest counts: who corrects themselves is not in conflict with themselves.
 *
 * The preferred value is that of the claim whose report is more reliable (A before B .., what cannot be judged last), then of the
 * more credible claim (1 before 2 ..), then of the later one (publication, else recording), then of the lesser id.
 */
import { canonicalJson } from '../../model/digest';
import type { ClaimValue, Json } from '../../model/values';
import type { ChangeStamp } from '../../store/change.store';
import type { StoredClaim } from '../../store/claim.store';
import type { ObjectState } from '../object-states';
import { isStanding, originsOf } from './origins';
import type { RecordOf } from './report-record';

/** Why the object shows the value it shows. */
export type ShownBy = 'RELIABILITY' | 'CREDIBILITY' | 'RECENCY' | 'LAST_WRITE' | 'EDIT';

export interface StatedValue {
  readonly value: Json;
  /** Claims that say so, the preferred first. */
  readonly claims: readonly StoredClaim[];
  readonly isShown: boolean;
}

export interface PropertyConflict {
  readonly property: string;
  /** The preferred first. */
  readonly values: readonly StatedValue[];
  /** What the object shows; null where it shows nothing. */
  readonly shown: Json;
  readonly shownBy: ShownBy;
  readonly preferred: Json;
  /** What decided for the preferred value; undefined where all claims agree. */
  readonly preferredBy?: 'RELIABILITY' | 'CREDIBILITY' | 'RECENCY';
}

/** Properties that say something of the record, not of the world, and of which each source has its own. */
const OF_THE_RECORD = new Set([
  'created',
  'modified',
  'createdByRef',
  'sourceIds',
  'externalIds',
  'externalReferences',
  'customProperties',
  'labels',
  'markings',
  'stixType',
  'stub',
  'inferred',
  'description',
]);

export const isDisputable = (property: string): boolean => !OF_THE_RECORD.has(property);

export interface Disputed {
  readonly properties: { readonly [name: string]: Json };
  readonly claims: readonly StoredClaim[];
  /** States of the object, for what claims say without stating it. */
  readonly states: readonly ObjectState[];
  /** Changes that recorded the claims, by id. */
  readonly changes: ReadonlyMap<string, ChangeStamp>;
}

interface Statement {
  readonly claim: StoredClaim;
  readonly value: Json;
  /** The greater the better, the first that differs decides: reliability, credibility, publication, recording. */
  readonly grade: readonly number[];
}

/** Conflicts over the properties of an object, in order of property. */
export function conflictsOf(object: Disputed, recordOf: RecordOf): PropertyConflict[] {
  const byProperty = statements(object, recordOf);
  return [...byProperty]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([property, list]) => conflictOver(property, list, object) ?? []);
}

/** The preferred value of a property by the claims given, or undefined where none says anything of it. */
export function preferredValue(object: Disputed, property: string, recordOf: RecordOf): Json | undefined {
  return statements(object, recordOf).get(property)?.[0]?.value;
}

/** What standing claims say, by property, the preferred first. */
function statements({ claims, states, changes }: Disputed, recordOf: RecordOf): Map<string, Statement[]> {
  const standing = claims.filter(isStanding);
  const originOf = new Map<string, string>();
  for (const { key, claims: own, repeatedBy } of originsOf(standing, recordOf)) {
    for (const claim of [...own, ...repeatedBy]) originOf.set(claim.id, originOf.get(claim.id) ?? key);
  }
  const byChange = new Map(states.map((state) => [state.change.id, state]));
  const latest = new Map<string, Map<string, Statement>>();
  for (const claim of standing) {
    const state = byChange.get(claim.statedIn ?? claim.changeId);
    const values = valuesOf(claim, state);
    const grade = gradeOf(claim, changes.get(claim.changeId), recordOf);
    for (const [property, value] of Object.entries(values)) {
      if (!isDisputable(property) || value === null) continue;
      const byOrigin = latest.get(property) ?? new Map<string, Statement>();
      latest.set(property, byOrigin);
      const origin = originOf.get(claim.id) ?? claim.id;
      const before = byOrigin.get(origin);
      if (!before || isLater(grade, before.grade)) byOrigin.set(origin, { claim, value, grade });
    }
  }
  return new Map([...latest].map(([property, list]) => [property, [...list.values()].sort(byPreference)]));
}

function valuesOf(claim: ClaimValue, state: ObjectState | undefined): { readonly [name: string]: Json } {
  const implied = claim.about
    ? Object.fromEntries(claim.about.map((name) => [name, state?.properties[name] ?? null]))
    : (state?.properties ?? {});
  return { ...implied, ...claim.values };
}

const RELIABILITIES = ['A', 'B', 'C', 'D', 'E'];

function gradeOf(
  claim: ClaimValue,
  recorded: ChangeStamp | undefined,
  recordOf: RecordOf,
): Statement['grade'] {
  const { reliability, publishedAt } = recordOf(claim.reportId);
  const at = RELIABILITIES.indexOf(reliability ?? '');
  const { credibility = 6 } = claim;
  return [
    at < 0 ? 0 : RELIABILITIES.length - at,
    6 - credibility,
    publishedAt ?? (recorded ? Date.parse(recorded.at) : 0),
    recorded?.seq ?? 0,
  ];
}

const isLater = (a: Statement['grade'], b: Statement['grade']): boolean =>
  a[2] > b[2] || (a[2] === b[2] && a[3] > b[3]);

function byPreference(a: Statement, b: Statement): number {
  for (let i = 0; i < a.grade.length; i++) if (a.grade[i] !== b.grade[i]) return b.grade[i] - a.grade[i];
  return a.claim.id < b.claim.id ? -1 : 1;
}

function conflictOver(
  property: string,
  list: readonly Statement[],
  { properties, claims }: Disputed,
): PropertyConflict | undefined {
  const stored = properties[property] ?? null;
  const shownText = canonicalJson(stored);
  const byValue = new Map<string, Statement[]>();
  for (const statement of list) {
    const text = canonicalJson(statement.value);
    byValue.set(text, [...(byValue.get(text) ?? []), statement]);
  }
  if (byValue.size === 1 && byValue.has(shownText)) return undefined;
  const values = [...byValue].map(([text, said]) => ({
    value: said[0].value,
    claims: said.map((each) => each.claim),
    isShown: text === shownText,
  }));
  const [first] = list;
  const rival = list.find((each) => canonicalJson(each.value) !== canonicalJson(first.value));
  const preferredBy = rival && decidedBy(first, rival);
  const isSaid = byValue.has(shownText) || wasSaid(claims, property, shownText);
  const isPreferred = canonicalJson(first.value) === shownText;
  return {
    property,
    values,
    shown: stored,
    shownBy: isPreferred && preferredBy ? preferredBy : isSaid ? 'LAST_WRITE' : 'EDIT',
    preferred: first.value,
    preferredBy,
  };
}

/** Whether any claim, be it taken back, states the value. */
export const wasSaid = (claims: readonly ClaimValue[], property: string, text: string): boolean =>
  claims.some(({ values }) => values?.[property] !== undefined && canonicalJson(values[property]) === text);

function decidedBy(first: Statement, rival: Statement): 'RELIABILITY' | 'CREDIBILITY' | 'RECENCY' {
  if (first.grade[0] !== rival.grade[0]) return 'RELIABILITY';
  return first.grade[1] !== rival.grade[1] ? 'CREDIBILITY' : 'RECENCY';
}
