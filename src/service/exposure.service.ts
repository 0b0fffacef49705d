/**
 * Which adversaries exploit what somebody runs and has not fixed, and which patch would stop most of their operations. The rules
 * are in docs/analysis/exposure.md.
 */
import { compareIds } from '../analysis';
import { AppError } from '../errors';
import { bytesSource, contentOf } from '../ingest/byte-source';
import { readerOf } from '../ingest/format';
import type { DisruptionScope } from './disruption/scope';
import type { DisruptionSystems } from './disruption/systems';
import { keysOf } from './export/export-selection';
import { ExposureGraph, type StatedProduct } from './exposure/exposure-graph';
import {
  compareViews,
  type ExposureReport,
  type ExposureView,
  type FoundPair,
  MATCHES,
  type PatchView,
  sectorsOf,
  viewOf,
} from './exposure/exposure-views';
import {
  matchProducts,
  type Product,
  type ProductMatch,
  type ProductWords,
  productsOf,
} from './exposure/product-match';
import type { GraphView } from './graph-view';
import type { ViewContent } from './view-content';

/** What is run: nodes of the graph, package URLs or CPEs, or the components of an SBOM. */
export interface ExposureQuery {
  readonly ids?: readonly string[];
  readonly names?: readonly string[];
  /** Text or bytes of a CycloneDX document. */
  readonly sbom?: Buffer | string;
}

interface RunProduct {
  readonly label: string;
  readonly products: readonly Product[];
}

type Found = FoundPair & {
  match: ProductMatch;
  readonly statements: { readonly vertex: number; readonly match: ProductMatch }[];
  readonly run: RunProduct;
};

export class ExposureService {
  constructor(
    private readonly systems: DisruptionSystems,
    private readonly content: ViewContent,
  ) {}

  /** @throws AppError BAD_INPUT, NODE_NOT_FOUND, and what the reader of an SBOM says */
  async exposure(
    view: GraphView,
    query: ExposureQuery,
    scope: DisruptionScope = {},
  ): Promise<ExposureReport> {
    const { projection } = view;
    const graph = new ExposureGraph(projection);
    const runs = await runProducts(graph, query);
    const found = await this.found(view, graph, runs);
    const vulnerabilities = [...new Set(found.map(({ vulnerability }) => vulnerability))];
    const statements = found.flatMap((each) => each.statements.map(({ vertex }) => vertex));
    const nodes = await this.content.nodes(
      view,
      [...vulnerabilities, ...statements].map((vertex) => graph.idOf(vertex)),
    );
    const exploiters = new Map(vulnerabilities.map((vertex) => [vertex, graph.exploitersOf(vertex)]));
    const views = found.map((each) => viewOf(graph, each, nodes, exploiters.get(each.vulnerability) ?? []));
    const order = views.map((_, index) => index).sort((a, b) => compareViews(views[a], views[b]));
    const open = order.filter((index) => views[index].isOpen);
    const { patches, together } = this.patches(
      view,
      scope,
      open.map((index) => views[index]),
    );
    const matched = new Set(found.map(({ run }) => run));
    return {
      softwareCount: runs.length,
      unmatchedCount: runs.filter((run) => run.products.length > 0 && !matched.has(run)).length,
      untoldCount: runs.filter((run) => run.products.length === 0).length,
      openCount: open.length,
      closedCount: views.length - open.length,
      exposures: order.map((index) => views[index]),
      sectors: sectorsOf(open.map((index) => views[index])),
      patches,
      together,
      graphVersion: projection.seq,
    };
  }

  /** Pairs of a product and a vulnerability that is stated of it, with the statements on the pair. */
  private async found(
    view: GraphView,
    graph: ExposureGraph,
    runs: readonly RunProduct[],
  ): Promise<readonly Found[]> {
    const candidates = runs.map((run) => ({
      run,
      stated: run.products.flatMap((product) =>
        (graph.statedOf.get(product.identity) ?? []).map((each) => ({ product, each })),
      ),
    }));
    const edges = [...new Set(candidates.flatMap(({ stated }) => stated.map(({ each }) => each.edge)))];
    const stored = await this.content.relationships(view, keysOf(view.projection, edges));
    const rangesOf = ({ edge }: StatedProduct) =>
      (stored.get(view.projection.edges.ids[edge])?.properties.versions ?? []) as readonly string[];
    const found: Found[] = [];
    for (const { run, stated } of candidates) {
      const byVulnerability = new Map<number, Found>();
      for (const { product, each } of stated) {
        const match = matchProducts(product, each.product, rangesOf(each));
        if (!MATCHES.includes(match)) continue;
        const isStatement = graph.typeOf(each.from) === 'VexStatement';
        for (const vulnerability of isStatement ? graph.vulnerabilitiesOf(each.from) : [each.from]) {
          const pair = byVulnerability.get(vulnerability) ?? {
            run,
            software: run.label,
            vulnerability,
            match,
            statements: [],
          };
          if (MATCHES.indexOf(match) < MATCHES.indexOf(pair.match)) pair.match = match;
          if (isStatement) pair.statements.push({ vertex: each.from, match });
          byVulnerability.set(vulnerability, pair);
        }
      }
      found.push(...byVulnerability.values());
    }
    return found;
  }

  /** What closing each open vulnerability would stop, under the lever DEFEND with patches alone. */
  private patches(
    view: GraphView,
    scope: DisruptionScope,
    open: readonly ExposureView[],
  ): Pick<ExposureReport, 'patches' | 'together'> {
    const { system } = this.systems.of(view.recorded, { ...scope, lever: 'DEFEND', defences: ['PATCH'] });
    const groups = new Map<string, ExposureView[]>();
    for (const each of open)
      groups.set(each.vulnerabilityId, [...(groups.get(each.vulnerabilityId) ?? []), each]);
    const ids = [...groups.keys()];
    const events = ids.map((id) => system.eventOf.get(id));
    const removals = events.map((event) => (event === undefined ? [] : [event]));
    const [all, ...losses] = system.known.losses([removals.flat(), ...removals]);
    const patches = ids.map((id, index): PatchView => {
      const [first, ...others] = groups.get(id) as ExposureView[];
      const loss = losses[index];
      const isStated = [first, ...others].every((each) => each.status === 'AFFECTED');
      return {
        vulnerabilityId: id,
        cve: first.cve,
        name: first.name,
        software: [first, ...others].map((each) => each.software),
        operations: loss.tops.map((top) => system.known.operations[top].id),
        operationsLost: loss.tops.length,
        severityLost: loss.weight,
        action: isStated ? 'PATCH' : 'VEX',
      };
    });
    const exploited = (patch: PatchView) =>
      (groups.get(patch.vulnerabilityId) as ExposureView[])[0].exploiters.length;
    patches.sort(
      (a, b) =>
        b.severityLost - a.severityLost ||
        exploited(b) - exploited(a) ||
        b.software.length - a.software.length ||
        compareIds(a.vulnerabilityId, b.vulnerabilityId),
    );
    return { patches, together: { operationsLost: all.tops.length, severityLost: all.weight } };
  }
}

async function runProducts(
  graph: ExposureGraph,
  { ids, names, sbom }: ExposureQuery,
): Promise<readonly RunProduct[]> {
  if (sbom !== undefined) return sbomProducts(sbom);
  if (names !== undefined) return names.map((name) => ({ label: name, products: productsOf({ name }) }));
  return (ids ?? []).map((id) => {
    const vertex = graph.vertexOf(id);
    if (vertex < 0) throw new AppError('NODE_NOT_FOUND', { id });
    if (graph.typeOf(vertex) !== 'Software') {
      throw new AppError('BAD_INPUT', { what: 'id', expected: 'the id of a Software', got: id });
    }
    return { label: graph.nameOf(vertex), products: productsOf(graph.wordsOf(vertex)) };
  });
}

/** Formats of what lists the parts of something. */
const BILLS: ReadonlySet<string> = new Set(['cyclonedx', 'cyclonedx-xml']);

async function sbomProducts(sbom: Buffer | string): Promise<readonly RunProduct[]> {
  const source = bytesSource(sbom, 'sbom');
  const runs = new Map<string, RunProduct>();
  const found = await readerOf(source);
  const reader = BILLS.has(found.format) ? found : await readerOf(source, 'cyclonedx');
  for await (const items of reader.read({ name: source.name, bytes: contentOf(source) })) {
    for (const item of items) {
      if (item.kind !== 'node' || item.value.type !== 'Software') continue;
      const { name, purl, cpe, version, vendor } = item.value.properties as Partial<
        Record<keyof ProductWords, string>
      >;
      runs.set(item.value.id, {
        label: name ?? item.value.id,
        products: productsOf({ name, purl, cpe, version, vendor }),
      });
    }
  }
  return [...runs.values()];
}
