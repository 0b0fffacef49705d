/** What stands behind claims: who published a report, when, and how reliable they are, as the reader's view has it. */
import { edgeCell, type Projection, vertexCell, vertexOf } from '../../analysis';
import { TYPE_COLUMN } from '../projection-rows';

export interface ReportRecord {
  /** Ids of its sources, in order. */
  readonly sources: readonly string[];
  readonly sourceNames: readonly string[];
  /** Admiralty reliability: its own, else the best of its sources. */
  readonly reliability: string | null;
  /** Milliseconds. */
  readonly publishedAt: number | null;
}

export type RecordOf = (reportId: string) => ReportRecord;

const UNKNOWN: ReportRecord = { sources: [], sourceNames: [], reliability: null, publishedAt: null };

/** Reads records of reports from a projection, each once. */
export function reportRecords(projection: Projection): RecordOf {
  const known = new Map<string, ReportRecord>();
  return (reportId) => {
    const record = known.get(reportId) ?? recordOf(projection, reportId);
    known.set(reportId, record);
    return record;
  };
}

function recordOf(projection: Projection, reportId: string): ReportRecord {
  const report = vertexOf(projection, reportId);
  if (report < 0) return UNKNOWN;
  const { offsets, edges } = projection.out;
  const sources: number[] = [];
  for (let at = offsets[report]; at < offsets[report + 1]; at++) {
    const edge = edges[at];
    const isActive = edgeCell(projection, 'revoked', edge) !== true;
    if (isActive && edgeCell(projection, TYPE_COLUMN, edge) === 'PUBLISHED_BY') {
      sources.push(projection.to[edge]);
    }
  }
  sources.sort((a, b) => a - b);
  const text = (column: string, vertex: number) => vertexCell(projection, column, vertex) as string | null;
  const own = text('reliability', report);
  const theirs = sources.map((source) => text('reliability', source)).filter((each) => each !== null);
  return {
    sources: sources.map((source) => projection.vertices.ids[source]),
    sourceNames: sources.flatMap((source) => text('name', source) ?? []),
    reliability: own ?? theirs.sort()[0] ?? null,
    publishedAt: vertexCell(projection, 'published', report) as number | null,
  };
}
