/**
 * Views: the graph as a viewer sees it, as of an instant. Everything that answers takes its graph from a view, so that
 * pages, totals, search, paths and analysis are those of a graph that never held the rest.
 *
 * A scope begins with a base, the graph as it is known now or as it was known at a moment; what is hidden now is hidden
 * there too.
 */
import { edgeOf, type Projection, subProjection, vertexOf } from '../analysis';
import { isMarkingDefinitionId, type MarkingMeaning, meaningOf, meaningOfDefinition } from '../model/marking';
import type { Json } from '../model/values';
import { LOCAL_VIEWER, type Viewer } from '../model/viewer';
import type { StoreEngine } from '../store/engine';
import { findNodes } from '../store/node.store';
import { ClaimIndex, type ClaimsByFact } from './claim-index';
import { GraphView } from './graph-view';
import type { ProjectionService } from './projection.service';
import { hidesNothing, sharingReader, type Visibility, visibilityOf } from './visibility';

/** Who asks, and of when. */
export interface ReadScope {
  readonly viewer: Viewer;
  /** Instant in the world, RFC 3339: only what holds then is part of the view. */
  readonly asOf?: string;
  /** Moment of recording, RFC 3339: the graph as it was known then. */
  readonly knownAt?: string;
  /** Whether nodes that are judged to be the same are read as one. */
  readonly joined?: boolean;
  /** The same by the number of a change. */
  readonly knownAtSeq?: number;
}

/** Views that are kept ready. */
const VIEWS_KEPT = 32;

/** What a base says of who may see it. */
interface Sharings {
  readonly base: Projection;
  readonly claims: ClaimsByFact;
  readonly definitions: ReadonlyMap<string, MarkingMeaning>;
  /** Recipients, and markings of other schemes, that occur at all: what else a viewer is called makes no difference. */
  readonly names: ReadonlySet<string>;
}

export class ViewService {
  private readonly claims: ClaimIndex;
  private readonly views = new Map<string, GraphView>();
  private sharings: Sharings | undefined;

  constructor(
    private readonly projections: ProjectionService,
    private readonly engine: StoreEngine,
  ) {
    this.claims = new ClaimIndex(engine);
  }

  /** Everything on record: what the one user of a machine sees. */
  whole(): Promise<GraphView> {
    return this.view({ viewer: LOCAL_VIEWER });
  }

  /** The graph in a scope, at least as new as the last change at this moment. */
  async view({ viewer, asOf, knownAt, joined, ...scope }: ReadScope): Promise<GraphView> {
    const present = await this.projections.current();
    const seq = knownAt === undefined ? scope.knownAtSeq : await this.projections.seqAt(new Date(knownAt));
    const isPast = seq !== undefined && seq < present.seq;
    const base = isPast ? await this.projections.at(seq) : present;
    const knownAtSeq = isPast ? seq : undefined;
    const seen = viewer.seesAll
      ? GraphView.whole(viewer, base, knownAtSeq)
      : await this.seenBy(viewer, base, present, knownAtSeq);
    const then =
      asOf === undefined ? seen : this.kept(`${seen.key} at ${asOf}`, base, () => seen.at(asOf)).for(viewer);
    if (!joined) return then;
    const key = `${then.key} at ${asOf ?? 'any time'}, known at ${knownAtSeq ?? 'present'}, joined`;
    return this.kept(key, base, () => then.joined()).for(viewer);
  }

  private async seenBy(
    viewer: Viewer,
    base: Projection,
    present: Projection,
    knownAtSeq: number | undefined,
  ): Promise<GraphView> {
    const { claims, definitions, names } = await this.sharingsOf(present);
    const granted = [viewer.id, ...viewer.groups].filter((name) => names.has(name));
    const key = JSON.stringify([viewer.clearance, knownAtSeq ?? null, ...[...new Set(granted)].sort()]);
    const shared = this.kept(key, base, () => {
      const now = visibilityOf(viewer, present, claims, definitions);
      const visibility =
        base === present ? now : earlier(visibilityOf(viewer, base, claims, definitions), base, now, present);
      const projection = hidesNothing(visibility) ? base : subProjection(base, visibility);
      return GraphView.limited(
        viewer,
        key,
        base,
        projection,
        { visibility, claims, definitions },
        knownAtSeq,
      );
    });
    return shared.for(viewer);
  }

  /** A view by its key, made anew when the graph has moved on. */
  private kept(key: string, base: Projection, make: () => GraphView): GraphView {
    const known = this.views.get(key);
    this.views.delete(key);
    const view = known?.base === base ? known : make();
    this.views.set(key, view);
    for (const oldest of this.views.keys()) {
      if (this.views.size <= VIEWS_KEPT) break;
      this.views.delete(oldest);
    }
    return view;
  }

  private async sharingsOf(base: Projection): Promise<Sharings> {
    const claims = await this.claims.at(base.seq);
    if (this.sharings?.base === base && this.sharings.claims === claims) return this.sharings;
    const markings = new Set<string>();
    const names = new Set<string>();
    for (const table of [base.vertices, base.edges]) {
      const sharing = sharingReader(table);
      for (let row = 0; row < table.ids.length; row++) note(sharing(row), markings, names);
    }
    for (const list of claims.values()) for (const claim of list) note(claim, markings, names);
    const definitions = await this.definitionsOf(base, [...markings]);
    for (const marking of markings) if (meaningOf(marking, definitions) === 'UNKNOWN') names.add(marking);
    this.sharings = { base, claims, definitions, names };
    return this.sharings;
  }

  /** What the marking definitions in the graph say of markings that no standard fixes. */
  private async definitionsOf(
    base: Projection,
    markings: readonly string[],
  ): Promise<ReadonlyMap<string, MarkingMeaning>> {
    const ids = markings.filter(
      (id) => isMarkingDefinitionId(id) && meaningOf(id) === 'UNKNOWN' && vertexOf(base, id) >= 0,
    );
    if (ids.length === 0) return new Map();
    const found = await findNodes(this.engine, ids);
    return new Map(
      [...found].map(([id, { properties }]) => [
        id.toLowerCase(),
        meaningOfDefinition((properties.customProperties ?? {}) as { readonly [name: string]: Json }),
      ]),
    );
  }
}

function note(
  { markings, sharedWith }: { readonly markings: readonly string[]; readonly sharedWith: readonly string[] },
  allMarkings: Set<string>,
  names: Set<string>,
): void {
  for (const marking of markings) allMarkings.add(marking);
  for (const name of sharedWith) names.add(name);
}

/** What was seen earlier, less what is hidden now: knowing when is no way round a marking that was set since. */
function earlier(then: Visibility, base: Projection, now: Visibility, present: Projection): Visibility {
  const still = (
    ids: readonly string[],
    flags: Uint8Array,
    rowNow: (id: string) => number,
    flagsNow: Uint8Array,
  ) =>
    flags.map((flag, row) => {
      const found = flag === 1 ? rowNow(ids[row]) : -1;
      return found >= 0 ? flagsNow[found] : flag;
    });
  return {
    ...then,
    vertices: still(base.vertices.ids, then.vertices, (id) => vertexOf(present, id), now.vertices),
    edges: still(base.edges.ids, then.edges, (id) => edgeOf(present, id), now.edges),
  };
}
