/** The values that readers make, services write and stores keep. */

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Properties of a node or relationship, by the names of the ontology. Absent means not known; null is not kept. */
export type Properties = { readonly [name: string]: Json };

export interface NodeValue {
  readonly id: string;
  /** Name of a node type of the ontology. */
  readonly type: string;
  readonly properties: Properties;
}

export interface RelationshipValue {
  readonly id: string;
  /** Name of a relationship type of the ontology. */
  readonly type: string;
  readonly from: string;
  readonly to: string;
  readonly properties: Properties;
}

export interface ClaimValue {
  readonly id: string;
  /** Id of the node or relationship that is claimed. */
  readonly factId: string;
  readonly reportId: string;
  /** Properties of the fact that the claim is about; absent means the fact as a whole. */
  readonly about?: readonly string[];
  /** What the report says of the fact, in our own words. */
  readonly says?: string;
  /** 0-100, or absent where nobody said. */
  readonly confidence?: number;
  /** Admiralty credibility, 1 (confirmed) to 6 (cannot be judged). */
  readonly credibility?: number;
  readonly derivation?: string;
  /** Same key = same origin: repeated reports of one origin are one corroboration. */
  readonly originKey?: string;
  /** Viewers and sharing groups that the claim is for. */
  readonly sharedWith?: readonly string[];
  /** What the report says of properties of the fact, by name. */
  readonly values?: Properties;
  /** Ids of reports that this one only repeats on the fact: it adds no origin to theirs. */
  readonly repeats?: readonly string[];
  /** From when it holds in the world, as the report says. */
  readonly validFrom?: string;
  /** Until when it holds in the world, as the report says. */
  readonly validTo?: string;
  /** TLP 2.0 names or marking definitions that apply to the claim, besides those of its fact and its report. */
  readonly markings?: readonly string[];
  /** An analyst has judged it: reading the report again leaves it as it is. */
  readonly edited?: boolean;
  /** Change that recorded what the report says, where an analyst has changed the claim since. */
  readonly statedIn?: string;
  /** Taken back at this time: kept, and counted no more. */
  readonly retractedAt?: string;
  readonly retractedBy?: string;
  readonly retractionReason?: string;
}

/** Something to write in one transaction. */
export interface Batch {
  readonly nodes: readonly NodeValue[];
  readonly relationships: readonly RelationshipValue[];
  readonly claims: readonly ClaimValue[];
  /** Claims that are written where there is none of their id, and change none that is there. */
  readonly carried?: readonly ClaimValue[];
}

export const EMPTY_BATCH: Batch = { nodes: [], relationships: [], claims: [] };
