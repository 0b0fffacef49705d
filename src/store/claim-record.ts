/** A claim as the store and the versions keep it, and as it is read again. */
import { claimId } from '../model/identity';
import type { ClaimValue, Json } from '../model/values';

/** A claim as it was found, with the change that last wrote it. */
export type StoredClaim = ClaimValue & { readonly changeId: string };

/** What most claims have; they travel as rows of one statement a report and derivation. */
const PLAIN = [
  'id',
  'factId',
  'reportId',
  'about',
  'says',
  'confidence',
  'credibility',
  'derivation',
  'originKey',
] as const satisfies readonly (keyof ClaimValue)[];

/** What few claims have. */
const SPECIAL = [
  'values',
  'repeats',
  'validFrom',
  'validTo',
  'markings',
  'sharedWith',
  'standsFor',
  'edited',
  'statedIn',
  'retractedAt',
  'retractedBy',
  'retractionReason',
] as const satisfies readonly (keyof ClaimValue)[];

const FIELDS = [...PLAIN, ...SPECIAL] as const;

/** What all claims of a group have the same. */
const SHARED = [
  'reportId',
  'derivation',
  'confidence',
  'credibility',
  'originKey',
  'markings',
] as const satisfies readonly (keyof ClaimValue)[];

const isShared: ReadonlySet<keyof ClaimValue> = new Set(SHARED);
const OWN = FIELDS.filter((field) => field !== 'id' && field !== 'factId' && !isShared.has(field));

export const isPlain = (claim: ClaimValue): boolean => SPECIAL.every((field) => claim[field] === undefined);

/** Whether a claim says nothing of its own but which fact it is about. One without a report is none. */
export const isOfMany = (claim: ClaimValue): boolean =>
  claim.reportId !== undefined && OWN.every((field) => claim[field] === undefined);

/** Whether a claim is the one that a report makes of a fact by default. */
export const isDefaultId = ({ id, factId, reportId }: ClaimValue): boolean =>
  id === claimId(factId, reportId);

/** Everything a claim says: values as JSON text. */
export const encodeClaim = (claim: ClaimValue): Record<string, Json> =>
  Object.fromEntries(
    FIELDS.filter((field) => claim[field] !== undefined).map((field) => [
      field,
      field === 'values' ? JSON.stringify(claim.values) : (claim[field] as Json),
    ]),
  );

const decodeClaim = (stored: Readonly<Record<string, unknown>>): ClaimValue =>
  Object.fromEntries(
    FIELDS.flatMap((field) => {
      const value = stored[field];
      if (value === undefined || value === null) return [];
      return [[field, field === 'values' ? JSON.parse(value as string) : value]];
    }),
  ) as unknown as ClaimValue;

export const storedFrom = (properties: Readonly<Record<string, unknown>>): StoredClaim => ({
  ...decodeClaim(properties),
  changeId: properties.changeId as string,
});

/** What a claim has in common with those of its group. */
export const sharedOf = (claim: ClaimValue): Record<string, Json> =>
  Object.fromEntries(
    SHARED.filter((field) => claim[field] !== undefined).map((field) => [field, claim[field] as Json]),
  );
