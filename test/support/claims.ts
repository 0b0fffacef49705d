/** Claims over HTTP: adding, changing and taking them back, and what a service then shows. */
import type { ApiServer } from './api-server';

export interface Result {
  readonly items: readonly {
    readonly id: string;
    readonly status: string;
    readonly problemCode: string | null;
    readonly claim: { readonly says: string | null } | null;
  }[];
  readonly seq: number | null;
  readonly isDryRun: boolean;
}

export const RESULT = 'items { id status problemCode claim { says } } seq isDryRun';
export const add = async (api: ApiServer, claims: readonly object[], dryRun = false): Promise<Result> =>
  (
    await api.data<{ addClaims: Result }>(
      `mutation ($claims: [ClaimInput!]!, $dryRun: Boolean) { addClaims(claims: $claims, dryRun: $dryRun) { ${RESULT} } }`,
      { claims, dryRun },
    )
  ).addClaims;
export const change = async (api: ApiServer, claims: readonly object[]): Promise<Result> =>
  (
    await api.data<{ changeClaims: Result }>(
      `mutation ($claims: [ClaimChangeInput!]!) { changeClaims(claims: $claims) { ${RESULT} } }`,
      { claims },
    )
  ).changeClaims;
export const retract = async (api: ApiServer, ids: readonly string[]): Promise<Result> =>
  (
    await api.data<{ retractClaims: Result }>(
      `mutation ($ids: [ID!]!) { retractClaims(ids: $ids, reason: "It was a mix-up") { ${RESULT} } }`,
      { ids },
    )
  ).retractClaims;

let serial = 0;
export const service = async (api: ApiServer, properties: object = {}): Promise<string> => {
  serial += 1;
  const input = { service: { name: `Service ${serial}`, ...properties } };
  const { createNode } = await api.data<{ createNode: { id: string } }>(
    'mutation ($input: NodeInput!) { createNode(input: $input) { id } }',
    { input },
  );
  return createNode.id;
};
export const report = (name: string, more: object = {}) => ({
  create: { name: `${name} ${serial}`, ...more },
});
export const published = (source: string, reliability?: string) => ({
  source: { name: source, reliability },
});

export interface Shown {
  readonly price: number | null;
  readonly corroboration: number;
  readonly confidence: { readonly percent: number | null; readonly origins: { key: string }[] };
  readonly conflicts: {
    property: string;
    shown: unknown;
    shownBy: string;
    preferred: unknown;
    preferredBy: string | null;
    values: { value: unknown; isShown: boolean; claims: { says: string | null }[] }[];
  }[];
  readonly evidence: { nodes: { says: string | null; isRetracted: boolean; recordedBy: string }[] };
}
export const shown = async (api: ApiServer, id: string): Promise<Shown> =>
  (
    await api.data<{ node: Shown }>(
      `query ($id: ID!) { node(id: $id) { ... on Service { price corroboration confidence { percent formula origins { key } }
        conflicts { property shown shownBy preferred preferredBy values { value isShown claims { says } } }
        evidence { nodes { says isRetracted recordedBy } } } } }`,
      { id },
    )
  ).node;
