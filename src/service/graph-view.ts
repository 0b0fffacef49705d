/** One view of the graph: its projections, and what of the store's content belongs to it. */
import { createHash } from 'node:crypto';
import { cellOf, edgeOf, type Projection, quotient, subProjection, vertexOf } from '../analysis';
import { canonicalJson } from '../model/digest';
import { type MarkingMeaning, meaningOf, sharingOf } from '../model/marking';
import { timeOf } from '../model/validate';
import type { ClaimValue, Properties } from '../model/values';
import { maySee, type Viewer } from '../model/viewer';
import type { RelationshipKey } from '../store/relationship.store';
import type { ClaimsByFact } from './claim-index';
import { representativesOf } from './identity/joined-projection';
import { namesToLeave, type Visibility } from './visibility';

const NO_IDS: ReadonlyMap<string, string> = new Map();

export interface Limits {
  readonly visibility: Visibility;
  readonly claims: ClaimsByFact;
  readonly definitions: ReadonlyMap<string, MarkingMeaning>;
  readonly viewIds: ReadonlyMap<string, string>;
  readonly storeIds: ReadonlyMap<string, string>;
  /** Claims in the store by the ids that they bear here, once somebody asks. */
  claimIds?: ReadonlyMap<string, string>;
}

/**
 * A projection that tells those who do not see everything nothing by its number: equal graphs have equal numbers, whatever
 * else was written. Worked out when somebody looks.
 */
function numbered(projection: Projection): Projection {
  let number: number | undefined;
  return {
    ...projection,
    get seq() {
      number ??= fingerprintOf(projection);
      return number;
    },
  };
}

/** A view in which nothing is joined, and the id that stands for each of its nodes where it is. */
interface Apart {
  readonly view: GraphView;
  readonly standIns: ReadonlyMap<string, string>;
}

export class GraphView {
  /** Ids in the store of what bears another id in the view, and the other way round. */
  private readonly storeIds: ReadonlyMap<string, string>;
  private readonly viewIds: ReadonlyMap<string, string>;

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
  ) {
    this.viewIds = limits?.viewIds ?? NO_IDS;
    this.storeIds = limits?.storeIds ?? NO_IDS;
  }

  static whole(viewer: Viewer, base: Projection, knownAtSeq?: number): GraphView {
    return new GraphView(viewer, 'all', base, base, base, undefined, knownAtSeq, undefined);
  }

  static limited(
    viewer: Viewer,
    key: string,
    base: Projection,
    projection: Projection,
    given: Pick<Limits, 'visibility' | 'claims' | 'definitions'>,
    knownAtSeq?: number,
  ): GraphView {
    const { newVertexIds, newEdgeIds } = given.visibility;
    const viewIds = new Map([
      ...[...newVertexIds].map(([row, id]) => [base.vertices.ids[row], id] as const),
      ...[...newEdgeIds].map(([row, id]) => [base.edges.ids[row], id] as const),
    ]);
    const storeIds = new Map([...viewIds].map(([store, id]) => [id, store]));
    const limits: Limits = { ...given, viewIds, storeIds };
    const own = numbered(projection);
    return new GraphView(viewer, key, base, own, own, undefined, knownAtSeq, limits);
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
    const holding = subProjection(recorded, kept);
    const projection = limits ? numbered(holding) : holding;
    return new GraphView(viewer, key, base, projection, recorded, asOf, knownAtSeq, limits);
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

  /** The same view with further columns: `projection` is its own with these. */
  showing(projection: Projection): GraphView {
    const { viewer, key, base, recorded, asOf, knownAtSeq, limits, apart } = this;
    return new GraphView(viewer, key, base, projection, recorded, asOf, knownAtSeq, limits, apart);
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

  /** Id in the store of what bears an id in the view. */
  storeId(id: string): string {
    return this.storeIds.get(id) ?? id;
  }

  /** Id in the view of what bears an id in the store. */
  viewId(id: string): string {
    return this.viewIds.get(id) ?? id;
  }

  /** Names of properties of a state of an object in the store that the view leaves without a value. */
  maskedIn(storeId: string, { restated }: Properties): readonly string[] {
    const masked = this.limits?.visibility.masked.get(storeId);
    return masked ? namesToLeave(masked, (restated ?? []) as readonly string[]) : [];
  }

  /** Whether the view leaves anything of an object in the store without a value. */
  hidesOf(storeId: string): boolean {
    if (this.limits === undefined) return false;
    const { blankVertices, blankEdges } = this.limits.visibility;
    const vertex = vertexOf(this.base, storeId);
    return vertex >= 0 ? blankVertices.has(vertex) : blankEdges.has(edgeOf(this.base, storeId));
  }

  /** Whether a claim of the store belongs to the view. */
  showsClaim(claim: ClaimValue): boolean {
    return this.shownClaim(claim) !== undefined;
  }

  /** Id in the store of the claim that bears an id in the view. */
  storeClaimId(id: string): string {
    const { limits } = this;
    if (limits === undefined) return id;
    limits.claimIds ??= new Map(
      [...limits.claims.values()].flatMap((list) =>
        list.flatMap((claim) =>
          claim.standsFor !== undefined && limits.visibility.isShown(claim)
            ? [[claim.standsFor, claim.id] as const]
            : [],
        ),
      ),
    );
    return limits.claimIds.get(id) ?? id;
  }

  /** Whether a claim on a fact in the store is there, and seen. */
  sightOfClaim(storeFactId: string, claimId: string): 'none' | 'seen' | 'hidden' {
    const claim = this.limits?.claims.get(storeFactId)?.find((each) => each.id === claimId);
    if (claim === undefined) return 'none';
    return this.limits?.visibility.isShown(claim) ? 'seen' : 'hidden';
  }

  /** What a marking means. */
  meaningOf(marking: string): MarkingMeaning {
    return meaningOf(marking, this.limits?.definitions);
  }

  /** Whether the viewer may see what is marked so. */
  maySee(properties: { readonly markings?: unknown; readonly sharedWith?: unknown }): boolean {
    return this.limits === undefined || maySee(this.viewer, sharingOf(properties), this.limits.definitions);
  }

  /**
   * What the view shows of an object of the store, under the ids of the view; undefined when it has been hidden since.
   * Whether it belongs to the view at all is for `hasNode` and `hasRelationship` to say.
   */
  shown<V extends Shown>(value: V): V | undefined {
    if (this.limits === undefined) return value;
    if (!this.maySee(value.properties)) return undefined;
    const { id, from, to, properties } = value;
    const isRenamed = this.viewIds.has(id);
    const left = new Set([...this.maskedIn(id, properties), 'restated', ...(isRenamed ? ['standsFor'] : [])]);
    const isWhole = !Object.keys(properties).some((name) => left.has(name));
    const kept = isWhole ? properties : withoutNames(properties, left);
    if (isWhole && this.viewIds.size === 0) return value;
    const ends =
      from === undefined || to === undefined ? {} : { from: this.viewId(from), to: this.viewId(to) };
    return { ...value, ...ends, id: this.viewId(id), properties: kept };
  }

  /** How often an object of the store was written, of what the view shows: 1 after it was created. */
  revisionOf(storeId: string, versions: readonly { readonly properties: Properties }[]): number {
    return (
      1 + versions.filter(({ properties }) => this.shown({ id: storeId, properties }) !== undefined).length
    );
  }

  /** States of an object that the view shows, oldest first: those marked so, each with something to see that is new. */
  statesShown<S extends { readonly properties: Properties }>(
    storeId: string,
    states: readonly S[],
  ): readonly S[] {
    if (this.limits === undefined) return states;
    const shown: S[] = [];
    let last: string | undefined;
    for (const state of states) {
      const value = this.shown({ ...state, id: storeId });
      if (value === undefined) continue;
      const text = canonicalJson(value.properties);
      if (text === last) continue;
      last = text;
      shown.push(value);
    }
    return shown;
  }

  /** A claim as the view shows it, under the ids of the view; undefined where it is none of it. */
  shownClaim<C extends ClaimValue>(claim: C): C | undefined {
    const { limits } = this;
    if (limits === undefined) return claim;
    const list = limits.claims.get(claim.factId) ?? [];
    const known = list.find((each) => each.id === claim.id);
    if (known === undefined || !limits.visibility.isShown(known) || !this.maySee(claim)) return undefined;
    const { standsFor } = claim;
    const isFree =
      standsFor !== undefined &&
      !list.some((each) => each.id === standsFor && limits.visibility.isShown(each));
    const { standsFor: _own, ...rest } = claim;
    return {
      ...rest,
      id: isFree ? standsFor : claim.id,
      factId: this.viewId(claim.factId),
      reportId: this.viewId(claim.reportId),
    } as C;
  }
}

type Shown = {
  readonly id: string;
  readonly from?: string;
  readonly to?: string;
  readonly properties: Properties;
};

const withoutNames = (properties: Properties, names: ReadonlySet<string>): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !names.has(name)));

/** A number that equal graphs share: 52 bits over ids, ends and columns. */
function fingerprintOf({ vertices, edges, from, to }: Projection): number {
  const hash = createHash('sha256');
  for (const { ids, columns } of [vertices, edges]) {
    hash.update(JSON.stringify(ids));
    for (const name of [...columns.keys()].sort()) {
      const cells = ids.flatMap((_, row) => {
        const cell = cellOf(columns.get(name), row);
        return cell === null ? [] : [[row, cell]];
      });
      if (cells.length > 0) hash.update(JSON.stringify([name, cells]));
    }
  }
  hash.update(JSON.stringify([[...from], [...to]]));
  return Number.parseInt(hash.digest('hex').slice(0, 13), 16);
}

function holdingAt({ ids, columns }: Projection['vertices'], time: number): Uint8Array {
  const [from, to] = [columns.get('validFrom'), columns.get('validTo')];
  const begins = from?.kind === 'number' ? from.values : undefined;
  const ends = to?.kind === 'number' ? to.values : undefined;
  return Uint8Array.from(ids, (_, row) =>
    (begins?.[row] ?? Number.NaN) > time || (ends?.[row] ?? Number.NaN) <= time ? 0 : 1,
  );
}
