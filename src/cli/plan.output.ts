/** Plans for people: the certificate in a sentence, then tables. */
import type { FullPlanReport } from '../service/planning/planning-report';
import { formatTable } from './output';

export const round = (value: number): number => Math.round(value * 100) / 100;

const PROGRESS_END = '\r\x1b[K';

/** Shows a line of progress on a terminal; elsewhere it says nothing. */
export function showProgress(seconds: number, phase: string): void {
  if (process.stderr.isTTY === true) process.stderr.write(`\r${seconds.toFixed(1)} s  ${phase}\x1b[K`);
}

export function endProgress(): void {
  if (process.stderr.isTTY === true) process.stderr.write(PROGRESS_END);
}

export const planPhase = (objective: number, bound: number, rounds: number): string =>
  `plan ${objective.toPrecision(6)}  bound ${bound.toPrecision(6)}  round ${rounds}`;

export function describePlan(report: FullPlanReport): string {
  if (report.status === 'infeasible') return 'No plan keeps all limits.';
  const gap = report.gap === null ? 'unknown' : `${(100 * report.gap).toFixed(2)} %`;
  const parts = [
    `${report.status} for the ${report.of}: objective ${round(report.objective)} of ${round(report.ceiling)}, ` +
      `bound ${round(report.bound)}, gap ${gap}, cost ${round(report.cost)}`,
    formatTable(report.measures, [
      { title: 'measure', value: (each) => each.name ?? each.id, width: 50 },
      { title: 'type', value: (each) => each.type ?? '' },
      ...(report.measures.some((each) => each.name !== null)
        ? []
        : [{ title: 'target', value: (each: { target: string }) => each.target, width: 40 }]),
      { title: 'cost', value: (each) => each.cost },
      { title: 'partner', value: (each) => each.partnerName ?? each.partner ?? '', width: 34 },
      { title: 'jurisdiction', value: (each) => each.jurisdiction ?? '' },
      { title: 'effect day', value: (each) => each.effectDay },
      { title: 'chance', value: (each) => each.pSuccess },
    ]),
    formatTable(report.operations, [
      { title: 'operation', value: (each) => each.name ?? each.id, width: 44 },
      { title: 'downtime days', value: (each) => each.downtimeDays },
      { title: 'severity lost', value: (each) => each.severityLost },
    ]),
    ...describeExtras(report),
  ];
  return parts.join('\n\n');
}

function describeExtras(report: FullPlanReport): string[] {
  const parts: string[] = [];
  if (report.sample) {
    const { expected, halfWidth, statisticalGapUpper } = report.sample;
    parts.push(
      `On fresh scenarios ${round(expected)} ± ${round(halfWidth)}; at most ${round(statisticalGapUpper)} from the best (95 %).`,
    );
  }
  if (report.simulation) {
    const { runs, mean, p5, p95 } = report.simulation;
    parts.push(`Simulated ${runs} times: mean ${round(mean)}, 90 % between ${round(p5)} and ${round(p95)}.`);
  }
  if (report.frontier) {
    parts.push(
      formatTable(report.frontier.points, [
        { title: 'cost', value: (each) => each.cost },
        { title: 'objective', value: (each) => each.objective },
        { title: 'status', value: (each) => each.status },
        { title: 'measures', value: (each) => each.measures.length },
        { title: 'ids', value: (each) => each.measures.join(', '), width: 60 },
      ]),
    );
  }
  for (const each of report.alternatives ?? []) {
    const names = each.measures.map((measure) => measure.name ?? measure.id).join(', ');
    parts.push(`alternative ${round(each.objective)}: ${names}`);
  }
  if (report.marginalValues) {
    parts.push(
      formatTable(
        report.marginalValues.filter((each) => each.value > 0),
        [
          { title: 'without', value: (each) => `${each.kind.toLowerCase()} ${each.name ?? each.id}` },
          { title: 'loses', value: (each) => each.value },
        ],
      ),
    );
  }
  if (report.doubtfulEdges) {
    parts.push(
      formatTable(report.doubtfulEdges.edges, [
        { title: 'doubtful edge', value: (each) => each.edge, width: 60 },
        { title: 'confidence', value: (each) => each.confidence },
        { title: 'worth', value: (each) => each.value },
        { title: 'flips the plan', value: (each) => (each.flips ? 'yes' : 'no') },
      ]),
    );
  }
  return parts;
}
