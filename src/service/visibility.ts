/**
 * What of a graph a viewer sees: what its markings allow, whose ends are seen, and which nobody claims or somebody claims in
 * a report that is seen. Everything else is hidden, and what rests on it alone is hidden with it.
 */
import { type Blanks, edgeOf, type Projection, vertexOf } from '../analysis';
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
  readonly isShown: (claim: ClaimSharing) => boolean;
}

/** What makes an object what it is, and who may see it, is no matter of who says so. */
const NEVER_MASKED = new Set(['type', 'stub', 'markings', 'sharedWith']);

/** Whether a visibility leaves a graph as it is. */
export const hidesNothing = ({ vertices, edges, masked }: Visibility): boolean =>
  masked.size === 0 && !vertices.includes(0) && !edges.includes(0);

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
  const masked = maskedProperties(claims, isShown);
  return { vertices, edges, masked, ...blanksOf(projection, masked), isShown };
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
    const seen = new Set(list.filter(isShown).flatMap((claim) => claim.about));
    const names = [...new Set(unseen.flatMap((claim) => claim.about))].filter(
      (name) => !seen.has(name) && !NEVER_MASKED.has(name),
    );
    if (names.length > 0) masked.set(fact, names);
  }
  return masked;
}

function blanksOf(
  projection: Projection,
  masked: ReadonlyMap<string, readonly string[]>,
): { readonly blankVertices: Blanks; readonly blankEdges: Blanks } {
  const blankVertices = new Map<number, readonly string[]>();
  const blankEdges = new Map<number, readonly string[]>();
  for (const [fact, names] of masked) {
    const vertex = vertexOf(projection, fact);
    if (vertex >= 0) blankVertices.set(vertex, names);
    else {
      const edge = edgeOf(projection, fact);
      if (edge >= 0) blankEdges.set(edge, names);
    }
  }
  return { blankVertices, blankEdges };
}
