/**
 * What of a graph a viewer sees: what its markings allow, whose ends are seen, and which nobody claims or somebody claims in
 * a report that is seen. Everything else is hidden, and what rests on it alone is hidden with it.
 */
import {
  type Blanks,
  cellOf,
  edgeOf,
  type NewIds,
  type Projection,
  rowOf,
  vertexCell,
  vertexOf,
} from '../analysis';
import { type MarkingMeaning, OPEN, type Sharing } from '../model/marking';
import { maySee, type Viewer } from '../model/viewer';
import type { ClaimSharing, ClaimsByFact } from './claim-index';

export interface Visibility {
  /** One flag a row: 1 where it is seen. */
  readonly vertices: Uint8Array;
  readonly edges: Uint8Array;
  /** Properties that only hidden claims support, by the id of the fact. */
  readonly masked: ReadonlyMap<string, readonly string[]>;
  readonly blankVertices: Blanks;
  readonly blankEdges: Blanks;
  /** Ids that rows bear in the view: those they stand for, where what bears them otherwise is hidden. */
  readonly newVertexIds: NewIds;
  readonly newEdgeIds: NewIds;
  readonly isShown: (claim: ClaimSharing) => boolean;
}

/** What makes an object what it is, and who may see it, is no matter of who says so. */
const NEVER_MASKED = new Set(['type', 'stub', 'markings', 'sharedWith', 'standsFor', 'restated']);

/** Whether a visibility leaves a graph as it is. */
export const hidesNothing = (of: Visibility): boolean =>
  of.blankVertices.size + of.blankEdges.size === 0 && !of.vertices.includes(0) && !of.edges.includes(0);

type Rows = Projection['vertices'];

/** Sharing of every row, read once for each different text of the columns. */
export function sharingReader(table: Rows): (row: number) => Sharing {
  const [markings, sharedWith] = [table.columns.get('markings'), table.columns.get('sharedWith')];
  const lists = new Map<string, Sharing>();
  const listOf = (text: string): readonly string[] => (text === '' ? [] : (JSON.parse(text) as string[]));
  return (row) => {
    const texts = [markings, sharedWith].map((column) =>
      column?.kind === 'string' ? column.dictionary.values[column.codes[row]] : '',
    );
    if (texts[0] === '' && texts[1] === '') return OPEN;
    const key = texts.join('\u0000');
    let sharing = lists.get(key);
    if (sharing === undefined) {
      sharing = { markings: listOf(texts[0]), sharedWith: listOf(texts[1]) };
      lists.set(key, sharing);
    }
    return sharing;
  };
}

export function visibilityOf(
  viewer: Viewer,
  projection: Projection,
  claims: ClaimsByFact,
  definitions: ReadonlyMap<string, MarkingMeaning>,
): Visibility {
  const answers = new Map<Sharing, boolean>([[OPEN, true]]);
  const sees = (sharing: Sharing): boolean => {
    let answer = answers.get(sharing);
    if (answer === undefined) {
      answer = maySee(viewer, sharing, definitions);
      answers.set(sharing, answer);
    }
    return answer;
  };
  const flagsOf = (table: Rows): Uint8Array => {
    const sharing = sharingReader(table);
    return Uint8Array.from(table.ids, (_, row) => (sees(sharing(row)) ? 1 : 0));
  };
  const vertices = flagsOf(projection.vertices);
  const edges = flagsOf(projection.edges);
  const isShown = hideUnsupported(projection, vertices, edges, claims, (claim) =>
    maySee(viewer, claim, definitions),
  );
  for (let edge = 0; edge < edges.length; edge++) {
    edges[edge] &= vertices[projection.from[edge]] & vertices[projection.to[edge]];
  }
  hideIdleStubs(projection, vertices, edges);
  const newVertexIds = newIdsOf(projection.vertices, vertices);
  const newEdgeIds = newIdsOf(projection.edges, edges);
  const masked = maskedProperties(claims, isShown);
  return {
    vertices,
    edges,
    masked,
    blankVertices: blanksOf(projection.vertices, masked, newVertexIds),
    blankEdges: blanksOf(projection.edges, masked, newEdgeIds),
    newVertexIds,
    newEdgeIds,
    isShown,
  };
}

/** A node that nobody has described is there because something refers to it: hidden where nothing that is seen does. */
function hideIdleStubs(projection: Projection, vertices: Uint8Array, edges: Uint8Array): void {
  const { offsets: out, edges: leaving } = projection.out;
  const { offsets: into, edges: entering } = projection.in;
  for (let vertex = 0; vertex < vertices.length; vertex++) {
    if (vertices[vertex] === 0 || vertexCell(projection, 'stub', vertex) !== true) continue;
    const isReferred =
      leaving.subarray(out[vertex], out[vertex + 1]).some((edge) => edges[edge] === 1) ||
      entering.subarray(into[vertex], into[vertex + 1]).some((edge) => edges[edge] === 1);
    if (!isReferred) vertices[vertex] = 0;
  }
}

/** Rows that are seen and stand for an id whose bearer is not; of several the first in order of id. */
function newIdsOf(table: Rows, flags: Uint8Array): NewIds {
  const newIds = new Map<number, string>();
  const column = table.columns.get('standsFor');
  if (column?.kind !== 'string') return newIds;
  const taken = new Set<string>();
  for (let row = 0; row < flags.length; row++) {
    const id = column.codes[row] === 0 ? undefined : column.dictionary.values[column.codes[row]];
    if (id === undefined || flags[row] === 0 || taken.has(id)) continue;
    const bearer = rowOf(table, id);
    if (bearer >= 0 && flags[bearer] === 1) continue;
    taken.add(id);
    newIds.set(row, id);
  }
  return newIds;
}

/**
 * Hides facts that are claimed and whose claims are all hidden; a report that becomes hidden hides its claims.
 *
 * @returns whether a claim is seen
 */
function hideUnsupported(
  projection: Projection,
  vertices: Uint8Array,
  edges: Uint8Array,
  claims: ClaimsByFact,
  maySeeClaim: (claim: ClaimSharing) => boolean,
): (claim: ClaimSharing) => boolean {
  const isReportSeen = (id: string): boolean => {
    const vertex = vertexOf(projection, id);
    return vertex < 0 || vertices[vertex] === 1;
  };
  const hidden = new Set<ClaimSharing>();
  const support = new Map<string, number>();
  const byReport = new Map<string, [string, ClaimSharing][]>();
  const pending: string[] = [];
  const hide = (fact: string): void => {
    const vertex = vertexOf(projection, fact);
    if (vertex >= 0 && vertices[vertex] === 1) {
      vertices[vertex] = 0;
      pending.push(fact);
    }
    const edge = vertex < 0 ? edgeOf(projection, fact) : -1;
    if (edge >= 0) edges[edge] = 0;
  };
  for (const [fact, list] of claims) {
    let count = 0;
    for (const claim of list) {
      if (!maySeeClaim(claim) || !isReportSeen(claim.reportId)) {
        hidden.add(claim);
        continue;
      }
      count++;
      const facts = byReport.get(claim.reportId);
      if (facts) facts.push([fact, claim]);
      else byReport.set(claim.reportId, [[fact, claim]]);
    }
    support.set(fact, count);
  }
  for (const [fact, count] of support) if (count === 0) hide(fact);
  for (let report = pending.pop(); report !== undefined; report = pending.pop()) {
    for (const [fact, claim] of byReport.get(report) ?? []) {
      hidden.add(claim);
      const count = (support.get(fact) as number) - 1;
      support.set(fact, count);
      if (count === 0) hide(fact);
    }
  }
  return (claim) => !hidden.has(claim);
}

/** Properties that are claimed by name, by hidden claims alone. */
function maskedProperties(
  claims: ClaimsByFact,
  isShown: (claim: ClaimSharing) => boolean,
): Map<string, readonly string[]> {
  const masked = new Map<string, readonly string[]>();
  for (const [fact, list] of claims) {
    const unseen = list.filter((claim) => claim.about.length > 0 && !isShown(claim));
    if (unseen.length === 0) continue;
    const open = new Set(list.filter(isShown).flatMap((claim) => claim.about));
    const names = [...new Set(unseen.flatMap((claim) => claim.about))].filter(
      (name) => !open.has(name) && !NEVER_MASKED.has(name),
    );
    if (names.length > 0) masked.set(fact, names);
  }
  return masked;
}

/**
 * What is left without a value of a state: what only hidden claims speak of, unless somebody wrote it who could not see
 * them, and with it when it was last modified, which would tell of writes to the rest.
 */
export function namesToLeave(masked: readonly string[], restated: readonly string[]): readonly string[] {
  const names = masked.filter((name) => !restated.includes(name));
  return names.length > 0 ? [...names, 'modified'] : names;
}

/** What a view does not show of rows: masked properties, and how things were written by others. */
function blanksOf(table: Rows, masked: ReadonlyMap<string, readonly string[]>, newIds: NewIds): Blanks {
  const blanks = new Map<number, readonly string[]>();
  const add = (row: number, names: readonly string[]): void => {
    if (row >= 0 && names.length > 0) blanks.set(row, [...(blanks.get(row) ?? []), ...names]);
  };
  const column = table.columns.get('restated');
  const restatedOf = (row: number): readonly string[] => {
    const cell = cellOf(column, row);
    return typeof cell === 'string' ? (JSON.parse(cell) as string[]) : [];
  };
  for (const [fact, names] of masked) {
    const row = rowOf(table, fact);
    if (row >= 0) add(row, namesToLeave(names, restatedOf(row)));
  }
  for (const row of newIds.keys()) add(row, ['standsFor']);
  if (column?.kind === 'string') {
    column.codes.forEach((code, row) => {
      if (code !== 0) add(row, ['restated']);
    });
  }
  return blanks;
}
