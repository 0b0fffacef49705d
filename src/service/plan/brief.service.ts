/** Hands a plan over: as a brief to read or print, as a table of its measures, as STIX 2.1. What the reader may not see is not in it. */
import { type Projection, vertexOf } from '../../analysis';
import type { NodeValue } from '../../model/values';
import { cellOf } from '../export/csv.format';
import type { FactService, FactView } from '../fact.service';
import type { GraphView } from '../graph-view';
import type { ViewContent } from '../view-content';
import { briefHtml, briefMarkdown } from './brief-document';
import type { PlanService } from './plan.service';
import { planBrief } from './plan-brief';
import { type CustodyItem, custodyOf } from './plan-custody';
import { linkedIds, type PlanRecord } from './plan-record';
import { planBundle } from './plan-stix';

export type PlanBriefFormat = 'markdown' | 'html' | 'csv' | 'stix';

export interface HandedOver {
  readonly mediaType: string;
  readonly fileName: string;
  readonly text: string;
}

/** Facts on one target that a brief cites. */
const MAX_FACTS = 20;

export class BriefService {
  constructor(
    private readonly plans: PlanService,
    private readonly content: ViewContent,
    private readonly facts: FactService,
  ) {}

  /** @throws AppError PLAN_NOT_FOUND */
  async brief(view: GraphView, id: string, format: PlanBriefFormat): Promise<HandedOver> {
    const record = await this.plans.read(view, id);
    switch (format) {
      case 'csv':
        return {
          mediaType: 'text/csv',
          fileName: 'plan.csv',
          text: csvOf(record, await this.linked(view, record)),
        };
      case 'stix': {
        const about = await this.linked(view, record);
        const custody = await this.custody(view, await this.factsOn(view, targetsOf(record)));
        const text = `${JSON.stringify(planBundle(record, about, custody), null, 2)}\n`;
        return { mediaType: 'application/stix+json;version=2.1', fileName: 'plan.json', text };
      }
      default: {
        const facts = await this.factsOn(view, targetsOf(record));
        const document = planBrief({
          record,
          projection: view.projection,
          linked: await this.linked(view, record),
          facts,
          custody: await this.custody(view, facts),
          outcomes: await this.outcomesOf(view, record),
        });
        return format === 'html'
          ? { mediaType: 'text/html', fileName: 'plan.html', text: briefHtml(document) }
          : { mediaType: 'text/markdown', fileName: 'plan.md', text: briefMarkdown(document) };
      }
    }
  }

  /** Targets, partners and instruments of the measures. */
  private async linked(view: GraphView, { measures }: PlanRecord): Promise<ReadonlyMap<string, NodeValue>> {
    const ids = measures.flatMap((each) => [...each.targetIds, ...each.partnerIds, ...each.instrumentIds]);
    return this.content.nodes(view, [...new Set(ids)]);
  }

  private async custody(
    view: GraphView,
    facts: ReadonlyMap<string, readonly FactView[]>,
  ): Promise<CustodyItem[]> {
    const cited = [...facts.values()].flat();
    const reportIds = new Set(cited.flatMap(({ claims }) => claims.map(({ report }) => report)));
    return custodyOf(cited, await this.content.nodes(view, [...reportIds]));
  }

  private async factsOn(
    view: GraphView,
    targets: readonly string[],
  ): Promise<ReadonlyMap<string, readonly FactView[]>> {
    const edges = targets.map((id) => edgesOn(view.recorded, id));
    const facts = await this.facts.factsOf(view, edges.flat());
    const found = new Map<string, readonly FactView[]>();
    let at = 0;
    targets.forEach((id, index) => {
      const own = facts.slice(at, at + edges[index].length);
      at += edges[index].length;
      found.set(id, own.filter(({ claims }) => claims.length > 0).slice(0, MAX_FACTS));
    });
    return found;
  }

  private async outcomesOf(view: GraphView, { plan, measures }: PlanRecord): Promise<NodeValue[]> {
    const from = [plan.id, ...measures.map(({ node }) => node.id)];
    const ids = new Set(from.flatMap((id) => linkedIds(view.projection, id, 'ACHIEVED')));
    const found = await this.content.nodes(view, [...ids]);
    const seenAt = ({ properties }: NodeValue) => String(properties.observedAt ?? '');
    return [...found.values()].sort((a, b) =>
      seenAt(a) < seenAt(b) ? -1 : seenAt(a) > seenAt(b) ? 1 : a.id < b.id ? -1 : 1,
    );
  }
}

const targetsOf = ({ measures }: PlanRecord): readonly string[] => [
  ...new Set(measures.flatMap(({ targetIds }) => targetIds)),
];

/** Edges at a node, those that leave it first. */
function edgesOn(projection: Projection, id: string): number[] {
  const vertex = vertexOf(projection, id);
  if (vertex < 0) return [];
  return [projection.out, projection.in].flatMap(({ offsets, edges }) =>
    Array.from(edges.subarray(offsets[vertex], offsets[vertex + 1])),
  );
}

const COLUMNS = [
  'measureType',
  'effect',
  'startDay',
  'effectDay',
  'cost',
  'leadDays',
  'pSuccess',
  'exposure',
  'collateral',
  'legalBasis',
  'measureStatus',
  'owner',
] as const;

function csvOf({ measures }: PlanRecord, linked: ReadonlyMap<string, NodeValue>): string {
  const names = (ids: readonly string[]) =>
    ids.map((id) => String(linked.get(id)?.properties.name ?? id)).join('; ');
  const rows = measures.map(({ node, targetIds, partnerIds, instrumentIds }) => [
    node.id,
    names(targetIds),
    targetIds.join(' '),
    names(partnerIds),
    names(instrumentIds),
    ...COLUMNS.map((name) => node.properties[name] ?? ''),
  ]);
  const head = ['id', 'targets', 'targetIds', 'partners', 'instruments', ...COLUMNS];
  return [head, ...rows].map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}
