/** One view of the graph: its projections, and what of the store's content belongs to it. */
import { edgeOf, type Projection, quotient, subProjection, vertexOf } from '../analysis';
import { type MarkingMeaning, sharingOf } from '../model/marking';
import { timeOf } from '../model/validate';
import type { ClaimValue, Properties } from '../model/values';
import { maySee, type Viewer } from '../model/viewer';
import type { RelationshipKey } from '../store/relationship.store';
import type { ClaimsByFact } from './claim-index';
import { representativesOf } from './identity/joined-projection';
import type { Visibility } from './visibility';

interface Limits {
  readonly visibility: Visibility;
  readonly claims: ClaimsByFact;
  readonly definitions: ReadonlyMap<string, MarkingMeaning>;
}

/** A view in which nothing is joined, and the id that stands for each of its nodes where it is. */
interface Apart {
  readonly view: GraphView;
  readonly standIns: ReadonlyMap<string, string>;
}

export class GraphView {
  private constructor(
    readonly viewer: Viewer,
    /** Views of one key on one base are equal. */
    readonly key: string,
    /** The whole graph that the view is cut from: for whoever keeps things by it, never for answers. */
    readonly base: Projection,
    /** What the view holds. */
    readonly projection: Projection,
    /** The same at whatever time: for analyses that judge themselves what holds when. */
    readonly recorded: Projection,
    /** Instant in the world, where one was asked for. */
    readonly asOf: string | undefined,
    /** Number of the change up to which things are known, where an earlier one was asked for. */
    readonly knownAtSeq: number | undefined,
    private readonly limits: Limits | undefined,
    /** The same with every node by itself, where those that are judged to be the same are read as one. */
    private readonly apart?: Apart,
  ) {}

  static whole(viewer: Viewer, base: Projection, knownAtSeq?: number): GraphView {
    return new GraphView(viewer, 'all', base, base, base, undefined, knownAtSeq, undefined);
  }

  static limited(
    viewer: Viewer,
    key: string,
    base: Projection,
    projection: Projection,
    limits: Limits,
    knownAtSeq?: number,
  ): GraphView {
    return new GraphView(viewer, key, base, projection, projection, undefined, knownAtSeq, limits);
  }

  /** The same view for another viewer who sees the same. */
  for(viewer: Viewer): GraphView {
    const { key, base, projection, recorded, asOf, knownAtSeq, limits } = this;
    if (viewer === this.viewer) return this;
    const apart = this.apart && { ...this.apart, view: this.apart.view.for(viewer) };
    return new GraphView(viewer, key, base, projection, recorded, asOf, knownAtSeq, limits, apart);
  }

  /** What of the view holds at an instant: begun, or without a beginning on record, and not over. */
  at(asOf: string): GraphView {
    const { viewer, key, base, recorded, knownAtSeq, limits } = this;
    const time = timeOf(asOf);
    const kept = {
      vertices: holdingAt(recorded.vertices, time),
      edges: holdingAt(recorded.edges, time),
    };
    return new GraphView(
      viewer,
      key,
      base,
      subProjection(recorded, kept),
      recorded,
      asOf,
      knownAtSeq,
      limits,
    );
  }

  /** The same view with nodes that are judged to be the same read as one: one stands for all, with the relations of each. */
  joined(): GraphView {
    const { viewer, base, projection, recorded, asOf, knownAtSeq, limits } = this;
    const standIn = representativesOf(projection);
    const standIns = new Map<string, string>();
    projection.vertices.ids.forEach((id, vertex) => {
      if (standIn(vertex) !== vertex) standIns.set(id, projection.vertices.ids[standIn(vertex)]);
    });
    const whenever = recorded === projection ? standIn : representativesOf(recorded);
    const one = quotient(projection, standIn);
    const ever = recorded === projection ? one : quotient(recorded, whenever);
    const apart = { view: this, standIns };
    return new GraphView(viewer, `${this.key} joined`, base, one, ever, asOf, knownAtSeq, limits, apart);
  }

  /** The view with every node by itself. */
  get separate(): GraphView {
    return this.apart?.view ?? this;
  }

  /** Id of the node that stands for a node: its own, unless it is read as one with others. */
  standInFor(id: string): string {
    return this.apart?.standIns.get(id) ?? id;
  }

  /** Ends of a relationship as its source states them, by which the store finds it. */
  keyOf<K extends RelationshipKey>(key: K): RelationshipKey {
    if (this.apart === undefined) return key;
    const { projection } = this.apart.view;
    const edge = edgeOf(projection, key.id);
    if (edge < 0) return key;
    const { ids } = projection.vertices;
    return { id: key.id, from: ids[projection.from[edge]], to: ids[projection.to[edge]] };
  }

  /** Whether nothing of the graph is left out or joined. */
  get isWhole(): boolean {
    const isAll = this.limits === undefined && this.apart === undefined;
    return isAll && this.asOf === undefined && this.knownAtSeq === undefined;
  }

  get seesAll(): boolean {
    return this.limits === undefined;
  }

  hasRelationship(id: string): boolean {
    return edgeOf(this.projection, id) >= 0;
  }

  hasNode(id: string): boolean {
    return vertexOf(this.projection, id) >= 0;
  }

  /** What the view shows of an object of it, as the store holds it now; undefined when it has been hidden since. */
  shown<V extends { readonly id: string; readonly properties: Properties }>(value: V): V | undefined {
    const { limits, viewer } = this;
    if (limits === undefined) return value;
    if (!maySee(viewer, sharingOf(value.properties), limits.definitions)) return undefined;
    const masked = limits.visibility.masked.get(value.id);
    if (masked === undefined) return value;
    const kept = Object.entries(value.properties).filter(([name]) => !masked.includes(name));
    return { ...value, properties: Object.fromEntries(kept) };
  }

  /** How often an object was written, of what the view shows of it: 1 after it was created. */
  revisionOf(id: string, versions: readonly { readonly properties: Properties }[]): number {
    return 1 + versions.filter(({ properties }) => this.shown({ id, properties }) !== undefined).length;
  }

  /** Whether a claim on a fact of the view is part of it. */
  showsClaim(claim: ClaimValue): boolean {
    const { limits, viewer } = this;
    if (limits === undefined) return true;
    const known = limits.claims.get(claim.factId)?.find((each) => each.id === claim.id);
    const isKnown = known !== undefined && limits.visibility.isShown(known);
    return isKnown && maySee(viewer, sharingOf(claim), limits.definitions);
  }
}

function holdingAt({ ids, columns }: Projection['vertices'], time: number): Uint8Array {
  const [from, to] = [columns.get('validFrom'), columns.get('validTo')];
  const begins = from?.kind === 'number' ? from.values : undefined;
  const ends = to?.kind === 'number' ? to.values : undefined;
  return Uint8Array.from(ids, (_, row) =>
    (begins?.[row] ?? Number.NaN) > time || (ends?.[row] ?? Number.NaN) <= time ? 0 : 1,
  );
}
