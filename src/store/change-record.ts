/**
 * The ids that a change lists, as the store keeps them. They are most of what a change log takes, so each list is one text: a
 * JSON list of runs `[type, base64url of the UUIDs]` of STIX ids of one type, and of ids of any other make as they are.
 */

const LISTS = ['nodeIds', 'relationshipIds', 'fromIds', 'deletedIds', 'factIds'] as const;

export type ChangeList = (typeof LISTS)[number];

export interface ChangeLists extends Readonly<Record<ChangeList, readonly string[]>> {
  /** Nodes and relationships whose claims changed and that were not written otherwise. */
  readonly factIds: readonly string[];
}

/** Only what is read again as it was: small letters, and dashes at their places. */
const PACKABLE = /^([a-z0-9-]+?)--([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/;
const HEX_DIGITS = 32;

type Run = string | readonly [type: string, uuids: string];

export function packIds(ids: readonly string[]): string {
  const runs: Run[] = [];
  let type = '';
  let hex = '';
  const close = (): void => {
    if (hex !== '') runs.push([type, Buffer.from(hex, 'hex').toString('base64url')]);
    hex = '';
  };
  for (const id of ids) {
    const parts = PACKABLE.exec(id);
    if (!parts || parts[1] !== type) close();
    if (parts) {
      type = parts[1];
      hex += parts[2].replaceAll('-', '');
    } else {
      runs.push(id);
    }
  }
  close();
  return JSON.stringify(runs);
}

export const unpackIds = (packed: string): string[] =>
  (JSON.parse(packed) as Run[]).flatMap((run) => (typeof run === 'string' ? [run] : idsOf(run)));

function idsOf([type, uuids]: readonly [string, string]): string[] {
  const hex = Buffer.from(uuids, 'base64url').toString('hex');
  const ids: string[] = [];
  for (let at = 0; at < hex.length; at += HEX_DIGITS) {
    const [a, b, c, d, e] = [0, 8, 12, 16, 20].map((from) => at + from);
    ids.push(
      `${type}--${hex.slice(a, b)}-${hex.slice(b, c)}-${hex.slice(c, d)}-${hex.slice(d, e)}-${hex.slice(e, at + HEX_DIGITS)}`,
    );
  }
  return ids;
}

/** A store that was written before has lists as lists, and the oldest changes no facts. */
const decodeIds = (stored: unknown): readonly string[] =>
  typeof stored === 'string' ? unpackIds(stored) : ((stored ?? []) as readonly string[]);

const eachList = <V>(of: (name: ChangeList) => V): Record<ChangeList, V> =>
  Object.fromEntries(LISTS.map((name) => [name, of(name)])) as Record<ChangeList, V>;

export const readChangeLists = (properties: Readonly<Partial<Record<ChangeList, unknown>>>): ChangeLists =>
  eachList((name) => decodeIds(properties[name]));

export const writeChangeLists = (lists: ChangeLists): Record<ChangeList, string> =>
  eachList((name) => packIds(lists[name]));
