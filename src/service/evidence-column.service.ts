/**
 * How sure every node and relationship of a view is, and by how many origins, as columns: lists are filtered, ordered and
 * counted by them like by any other. They follow from the claims that the view shows, so they are worked out when a filter
 * or an order first names them, once for each state of a view.
 */
import { columnOf, type Projection, withColumns } from '../analysis';
import { EVIDENCE_COLUMNS } from '../model/ontology/relations';
import { confidenceOf, percentOf } from './evidence/confidence';
import { reportRecords } from './evidence/report-record';
import type { GraphView } from './graph-view';
import type { ViewContent } from './view-content';

const NAMES: ReadonlySet<string> = new Set(EVIDENCE_COLUMNS.map(({ name }) => name));

/** Whether a filter, an order (`confidence:desc`) or a column to count by names one of the columns, at whatever depth. */
export function namesEvidence(value: unknown): boolean {
  if (typeof value === 'string') return NAMES.has(value.split(':')[0]);
  if (Array.isArray(value)) return value.some(namesEvidence);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, each]) => NAMES.has(name) || namesEvidence(each));
}

export class EvidenceColumnService {
  private readonly known = new WeakMap<Projection, Promise<Projection>>();

  constructor(private readonly content: ViewContent) {}

  /** The view with the columns, where what is asked of it names any; else the view as it is. */
  async forAsked(view: GraphView, ...asked: readonly unknown[]): Promise<GraphView> {
    return asked.some(namesEvidence) ? view.showing(await this.columnsOf(view)) : view;
  }

  private columnsOf(view: GraphView): Promise<Projection> {
    const { projection } = view;
    let columns = this.known.get(projection);
    if (columns === undefined) {
      columns = this.workOut(view);
      columns.catch(() => this.known.delete(projection));
      this.known.set(projection, columns);
    }
    return columns;
  }

  private async workOut(view: GraphView): Promise<Projection> {
    const { projection } = view;
    const recordOf = reportRecords(projection);
    const columns = async (ids: readonly string[]) => {
      const claims = await this.content.claims(view, ids);
      const all = ids.map((id) => confidenceOf(claims.get(id) ?? [], recordOf));
      return new Map([
        ['confidence', columnOf('number', all, percentOf)],
        ['corroboration', columnOf('number', all, ({ origins }) => origins.length)],
      ]);
    };
    return withColumns(
      projection,
      await columns(projection.vertices.ids),
      await columns(projection.edges.ids),
    );
  }
}
