/** A plan as a brief: what is to be done, to whom, by whom, on what basis, what it rests on, and how sure its effect is. */
import { type Projection, vertexCell, vertexOf } from '../../analysis';
import type { Json, NodeValue, Properties } from '../../model/values';
import type { ClaimView, FactView } from '../fact.service';
import { type Block, type BriefDocument, heading, list, paragraph, table } from './brief-document';
import type { CustodyItem } from './plan-custody';
import type { PlannedMeasure, PlanRecord } from './plan-record';
import { isPredicted, type Prediction } from './prediction';

export interface BriefContent {
  readonly record: PlanRecord;
  readonly projection: Projection;
  /** Partners and legal instruments of the measures, by id. */
  readonly linked: ReadonlyMap<string, NodeValue>;
  /** Facts that speak of a target, by its id. */
  readonly facts: ReadonlyMap<string, readonly FactView[]>;
  readonly custody: readonly CustodyItem[];
  readonly outcomes: readonly NodeValue[];
}

export function planBrief(content: BriefContent): BriefDocument {
  const { plan } = content.record;
  return {
    title: textOf(plan.properties.name) || plan.id,
    marking: markingOf(plan.properties),
    blocks: [
      ...summary(content),
      ...measures(content),
      ...expected(content),
      ...evidence(content),
      ...custody(content),
      ...doubts(content),
      ...outcomes(content),
    ],
  };
}

const textOf = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** How the reader must handle it: the plan's own markings, or that it has none. */
function markingOf({ markings, sharedWith }: Properties): string {
  const texts = (value: Json | undefined) => (Array.isArray(value) ? value.map(String) : []);
  const named = texts(sharedWith);
  const marks = texts(markings);
  if (marks.length + named.length === 0) return 'No marking';
  const head = marks.join(', ') || 'For named recipients';
  return named.length === 0 ? head : `${head}: ${named.join(', ')}`;
}

function nameOf(projection: Projection, id: string): string {
  const vertex = vertexOf(projection, id);
  const name = vertex < 0 ? null : vertexCell(projection, 'name', vertex);
  return typeof name === 'string' ? name : id;
}

/** 1234.5 -> `1,234.5`; nothing where there is no number. */
const figure = (value: unknown, digits = 1): string =>
  typeof value === 'number' && Number.isFinite(value)
    ? value.toLocaleString('en-GB', { maximumFractionDigits: digits })
    : '';

const percent = (value: unknown): string => (typeof value === 'number' ? `${figure(100 * value, 0)} %` : '');

const day = (value: Json | undefined): string => textOf(value).slice(0, 10);

function summary({ record, projection }: BriefContent): Block[] {
  const { properties } = record.plan;
  const rows: [string, string][] = [
    ['Status', `${record.status}${properties.statusSince ? ` since ${day(properties.statusSince)}` : ''}`],
    ['Case', textOf(properties.caseReference)],
    ['Proposed by', textOf(properties.proposedBy)],
    ['Approved by', textOf(properties.approvedBy)],
    ['Owner', record.ownerIds.map((id) => nameOf(projection, id)).join(', ')],
    ['Meant to stop', record.operationIds.map((id) => nameOf(projection, id)).join(', ')],
    ['Supposes', record.scenarioIds.map((id) => nameOf(projection, id)).join(', ')],
    ['Graph', properties.graphVersion === undefined ? '' : `change ${textOf(properties.graphVersion)}`],
    ['Digest', record.digest],
  ];
  const said = textOf(properties.description);
  return [
    ...(said === '' ? [] : [paragraph(said)]),
    table(
      ['', ''],
      rows.filter(([, value]) => value !== ''),
    ),
  ];
}

function measures({ record, projection, linked }: BriefContent): Block[] {
  const nameOfLinked = (ids: readonly string[]) =>
    ids.map((id) => textOf(linked.get(id)?.properties.name) || nameOf(projection, id)).join(', ');
  const row = ({ node, targetIds, partnerIds, instrumentIds }: PlannedMeasure, index: number): string[] => {
    const { properties } = node;
    const basis = [nameOfLinked(instrumentIds), textOf(properties.legalBasis)].filter((each) => each !== '');
    return [
      String(index + 1),
      textOf(properties.measureType),
      targetIds.map((id) => nameOf(projection, id)).join(', '),
      targetIds.flatMap((id) => jurisdictionsOf(projection, id)).join(' '),
      nameOfLinked(partnerIds),
      basis.join('; '),
      figure(properties.startDay, 0),
      figure(properties.cost),
      percent(properties.pSuccess),
      figure(properties.collateral),
      textOf(properties.measureStatus),
    ];
  };
  const head = [
    '#',
    'Measure',
    'Target',
    'Where',
    'By whom',
    'Legal basis',
    'Start (day)',
    'Cost',
    'Chance',
    'Collateral',
    'Status',
  ];
  return [heading(2, 'Measures'), table(head, record.measures.map(row))];
}

function jurisdictionsOf(projection: Projection, id: string): string[] {
  const vertex = vertexOf(projection, id);
  if (vertex < 0) return [];
  const { offsets, edges } = projection.out;
  const found: string[] = [];
  for (let at = offsets[vertex]; at < offsets[vertex + 1]; at++) {
    const far = projection.to[edges[at]];
    const code = vertexCell(projection, 'iso3166', far);
    if (typeof code === 'string') found.push(code);
  }
  return [...new Set(found)].sort();
}

function expected({ record, projection }: BriefContent): Block[] {
  const { prediction } = record.plan.properties;
  if (!isPredicted(prediction)) {
    return [heading(2, 'Expected effect'), paragraph('Not predicted yet.')];
  }
  const { objective, low, high, bound, gap, status, of, operations, ceiling } = prediction;
  const interval =
    low === null || high === null ? '' : `, likely ${figure(low)} to ${figure(high)} (5 to 95 %)`;
  const certificate =
    bound === null
      ? ''
      : `No plan within the same limits exceeds ${figure(bound)} (gap ${percent(gap)}, ${status}, of the ${of}).`;
  const rows = operations.map((each) => [
    nameOf(projection, each.id),
    figure(each.downtimeDays),
    figure(each.severityLost),
  ]);
  return [
    heading(2, 'Expected effect'),
    paragraph(
      `${figure(objective)} of severity times days lost${interval}, of ${figure(ceiling)} if everything stopped. ${certificate}`,
    ),
    table(['Operation', 'Days of full loss', 'Severity lost'], rows),
    ...alternatives(prediction, projection),
  ];
}

function alternatives({ alternatives: others }: Prediction, projection: Projection): Block[] {
  if (others.length === 0) return [];
  const words = others.map(({ objective, cost, targets }) => {
    const names = targets.map((id) => nameOf(projection, id)).join(', ');
    return `${names}: ${figure(objective)} at cost ${figure(cost)}`;
  });
  return [heading(3, 'Next best plans'), list(words)];
}

function evidence({ record, projection, facts }: BriefContent): Block[] {
  const targets = [...new Set(record.measures.flatMap(({ targetIds }) => targetIds))];
  return [
    heading(2, 'Evidence'),
    ...targets.flatMap((id) => {
      const known = facts.get(id) ?? [];
      const lines = known.flatMap((fact) => linesOf(fact));
      return [
        heading(3, nameOf(projection, id)),
        lines.length > 0 ? list(lines) : paragraph('No claim on record that you may see.'),
      ];
    }),
  ];
}

function custody({ custody: items }: BriefContent): Block[] {
  if (items.length === 0) return [];
  const rows = items.map(({ reportId, title, publisher, contentHash, claims, claimsDigest }) => [
    [title, publisher].filter((each) => each !== null).join(', '),
    reportId,
    contentHash ?? 'not kept',
    `${claims}: ${claimsDigest}`,
  ]);
  return [
    heading(2, 'Custody'),
    paragraph('SHA-256 of each report as it was imported, and over the claims of it that are cited here.'),
    table(['Report', 'Id', 'Content', 'Claims'], rows),
  ];
}

function linesOf({ type, fromName, toName, claims }: FactView): string[] {
  return claims.map(
    (claim) => `${fromName} ${type.toLowerCase().replace(/_/g, ' ')} ${toName}: ${cited(claim)}`,
  );
}

function cited({
  says,
  title,
  publisher,
  published,
  url,
  confidence,
  credibility,
  derivation,
}: ClaimView): string {
  const source = [publisher, title, published?.slice(0, 10), url].filter((each) => each).join(', ');
  const weight = [
    derivation?.toLowerCase(),
    credibility === null ? undefined : `credibility ${credibility}`,
    confidence === null ? undefined : `confidence ${confidence}`,
  ].filter((each) => each !== undefined);
  return `${says ?? 'stated'} [${source}${weight.length > 0 ? `; ${weight.join(', ')}` : ''}]`;
}

function doubts({ record }: BriefContent): Block[] {
  const { prediction } = record.plan.properties;
  if (!isPredicted(prediction)) return [];
  const { doubtfulEdges, warnings } = prediction;
  const items = [
    ...doubtfulEdges.map(
      ({ edge, confidence, value, flips }) =>
        `${edge}: held true with probability ${figure(confidence, 2)}; knowing it is worth ${figure(value)}${flips ? ' and would change the plan' : ''}`,
    ),
    ...warnings,
  ];
  return [
    heading(2, 'What would change it'),
    items.length > 0 ? list(items) : paragraph('No doubtful fact was found that would change the plan.'),
  ];
}

function outcomes({ outcomes: seen }: BriefContent): Block[] {
  if (seen.length === 0) return [];
  const rows = seen.map(({ properties }) => [
    textOf(properties.metric),
    figure(properties.before),
    figure(properties.after),
    typeof properties.changeShare === 'number'
      ? `${percent(properties.changeShare)} (${percent(properties.changeLowShare)} to ${percent(properties.changeHighShare)})`
      : '',
    figure(properties.downtimeDays),
    day(properties.observedAt),
    day(properties.regeneratedAt),
  ]);
  return [
    heading(2, 'What was observed'),
    table(['Metric', 'Before', 'After', 'Change (95 %)', 'Days down', 'Observed', 'Back'], rows),
  ];
}
