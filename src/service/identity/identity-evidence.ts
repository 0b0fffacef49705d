/**
 * What speaks for and against two views being one, each piece with its weight in bits (docs/identity.md gives the table).
 * Pieces that come from one another, such as names that one reporter took from the other, are capped together.
 */
import { type Projection, rarityWeight, vertexCell } from '../../analysis';
import { reachOf } from '../disruption/reach';
import { TYPE_COLUMN } from '../projection.service';
import type { ViewMatch } from './identity-match';
import { targetsOf, type Uses, usesOf } from './identity-uses';
import type { IdentityView, ViewName } from './identity-view';
import { judgementGraph } from './judgement-graph';

export const EVIDENCE_KINDS = [
  'IDENTIFIER',
  'NAME',
  'LINK',
  'SOFTWARE',
  'TECHNIQUE',
  'ATTRIBUTION',
  'COUNTRY',
  'REPORTER',
] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface IdentityEvidence {
  readonly kind: EvidenceKind;
  /** Bits: the log2 of how much more often this is seen between views that are one. Negative speaks against. */
  readonly weight: number;
  readonly says: string;
  /** Nodes that it rests on beside the two. */
  readonly nodeIds: readonly string[];
  /** Relationships that it rests on. */
  readonly relationshipIds: readonly string[];
}

const WEIGHTS = {
  uuid: 14,
  external: 10,
  primaryNames: 10,
  primaryAndAlias: 8,
  aliases: 7,
  normalizedOnly: -1,
  shortName: -3,
  furtherName: 1,
  sameAttribution: 4,
  otherAttribution: -4,
  sameCountry: 1,
  otherCountry: -6,
  sameReporter: -5,
} as const;

/** Most that all pieces of a kind say together. */
const CAPS: Readonly<Partial<Record<EvidenceKind, number>>> = {
  NAME: 13,
  LINK: 8,
  SOFTWARE: 6,
  TECHNIQUE: 3,
};
/** Letters and digits up to which a name says little: many groups are called TA or UNC. */
const SHORT_NAME = 3;
/** Sharing what one in eight uses says nothing. */
const COMMON_BITS = 3;
const MOST_A_SOFTWARE = 3;
const MOST_A_TECHNIQUE = 0.75;
/** A graph of few actors does not make a thing rare: as if there were at least so many. */
const LEAST_ACTORS = 128;
/** Software that so few use makes a pair a candidate by itself. */
const RARE_USERS = 12;

/** Reads evidence on pairs of views of one projection. */
export class EvidenceReader {
  private readonly software: Uses;
  private readonly techniques: Uses;
  private readonly countries: (vertex: number) => ReadonlySet<number>;
  private readonly attributions: (vertex: number) => ReadonlySet<number>;
  private readonly actorCount: number;

  constructor(
    private readonly projection: Projection,
    private readonly views: readonly IdentityView[],
    private readonly bearers: ReadonlyMap<string, readonly number[]>,
  ) {
    const reach = reachOf(projection);
    const isTellTale = (vertex: number): boolean => {
      const type = String(vertexCell(projection, TYPE_COLUMN, vertex));
      return (type === 'Malware' || type === 'Tool') && reach(vertex).reach !== 'UNREACHABLE';
    };
    this.software = usesOf(projection, views, 'USES', isTellTale);
    this.techniques = usesOf(projection, views, 'USES_TECHNIQUE', () => true);
    this.countries = targetsOf(projection, 'UNDER_JURISDICTION');
    const { groups } = judgementGraph(projection);
    const attributed = targetsOf(projection, 'ATTRIBUTED_TO');
    this.attributions = (vertex) => new Set([...attributed(vertex)].map((actor) => groups.groupOf(actor)));
    this.actorCount = Math.max(LEAST_ACTORS, views.length);
  }

  /** Pairs of views, by place, that share software few others use. */
  rareSoftwarePairs(): (readonly [number, number])[] {
    const pairs = new Map<number, readonly [number, number]>();
    for (const users of this.software.users.values()) {
      if (users.length > RARE_USERS) continue;
      users.forEach((a, index) => {
        for (const b of users.slice(index + 1)) pairs.set(a * this.views.length + b, [a, b]);
      });
    }
    return [...pairs.values()];
  }

  evidenceOn(match: ViewMatch): IdentityEvidence[] {
    const [a, b] = [this.views[match.a], this.views[match.b]];
    return [
      ...this.identifiers(match),
      ...capped(this.names(match, a, b)),
      ...capped(this.links(match)),
      ...capped(this.shared('SOFTWARE', this.software, match, MOST_A_SOFTWARE, COMMON_BITS)),
      ...capped(this.shared('TECHNIQUE', this.techniques, match, MOST_A_TECHNIQUE, COMMON_BITS)),
      ...this.compared('ATTRIBUTION', this.attributions, a, b),
      ...this.compared('COUNTRY', this.countries, a, b),
      ...this.reporters(a, b),
    ];
  }

  private identifiers({ identifiers }: ViewMatch): IdentityEvidence[] {
    return identifiers.slice(0, 1).map((token) => {
      const [kind, value] = token.split(' ');
      const weight = kind === 'uuid' ? WEIGHTS.uuid : WEIGHTS.external;
      return piece('IDENTIFIER', weight, `both have the identifier ${value}`);
    });
  }

  private names(match: ViewMatch, a: IdentityView, b: IdentityView): IdentityEvidence[] {
    const pieces = match.names.map((normalized) => {
      const [left, right] = [nameOf(a, normalized), nameOf(b, normalized)];
      const [mine, theirs] = [a, b].map((view) => this.bearersBeside(view, normalized));
      const others = mine + theirs - 2;
      const more = others > 0 ? `; these reporters call ${others} more so` : '';
      const says = `${worded(left, a)} = ${worded(right, b)}${more}`;
      return piece('NAME', nameWeight(left, right) - Math.log2(mine * theirs), says);
    });
    const [best, ...further] = pieces.sort((x, y) => y.weight - x.weight || (x.says < y.says ? -1 : 1));
    const weaker = further.map((each) => ({ ...each, weight: Math.min(WEIGHTS.furtherName, each.weight) }));
    return best ? [best, ...weaker] : [];
  }

  /** Views of a reporter that bear a name. */
  private bearersBeside({ reporter }: IdentityView, normalized: string): number {
    const bearers = this.bearers.get(normalized) ?? [];
    return bearers.filter((place) => this.views[place].reporter === reporter).length;
  }

  private links({ links }: ViewMatch): IdentityEvidence[] {
    return [...links]
      .sort((x, y) => y.weight - x.weight || x.edge - y.edge)
      .map(({ edge, word, weight }) => ({
        ...piece('LINK', weight, `a source calls them ${word}`),
        relationshipIds: [this.projection.edges.ids[edge]],
      }));
  }

  /** Things that both use, the rarest first; what is common weighs nothing and is left out. */
  private shared(
    kind: EvidenceKind,
    uses: Uses,
    match: ViewMatch,
    most: number,
    threshold: number,
  ): IdentityEvidence[] {
    const [mine, theirs] = [uses.of.get(match.a), uses.of.get(match.b)];
    if (!mine || !theirs) return [];
    const pieces: IdentityEvidence[] = [];
    for (const [vertex, relationship] of mine) {
      const other = theirs.get(vertex);
      const count = uses.users.get(vertex)?.length ?? 0;
      const weight = other === undefined ? 0 : rarityWeight(count, this.actorCount, threshold, most);
      if (other === undefined || weight === 0) continue;
      const name = vertexCell(this.projection, 'name', vertex) ?? this.projection.vertices.ids[vertex];
      pieces.push({
        kind,
        weight,
        says: `both use ${name}, as ${count - 2} others do`,
        nodeIds: [this.projection.vertices.ids[vertex]],
        relationshipIds: [relationship, other],
      });
    }
    return pieces.sort((x, y) => y.weight - x.weight || (x.nodeIds[0] < y.nodeIds[0] ? -1 : 1));
  }

  private compared(
    kind: 'ATTRIBUTION' | 'COUNTRY',
    targets: (vertex: number) => ReadonlySet<number>,
    a: IdentityView,
    b: IdentityView,
  ): IdentityEvidence[] {
    const [mine, theirs] = [targets(a.vertex), targets(b.vertex)];
    if (mine.size === 0 || theirs.size === 0) return [];
    const both = [...mine].filter((vertex) => theirs.has(vertex));
    const [same, other] =
      kind === 'COUNTRY'
        ? [WEIGHTS.sameCountry, WEIGHTS.otherCountry]
        : [WEIGHTS.sameAttribution, WEIGHTS.otherAttribution];
    const subject = kind === 'COUNTRY' ? 'country' : 'attribution';
    const idsOf = (vertices: readonly number[]) =>
      vertices.map((vertex) => this.projection.vertices.ids[vertex]);
    return both.length > 0
      ? [{ ...piece(kind, same, `both have the same ${subject}`), nodeIds: idsOf(both) }]
      : [{ ...piece(kind, other, `each has another ${subject}`), nodeIds: idsOf([...mine, ...theirs]) }];
  }

  private reporters(a: IdentityView, b: IdentityView): IdentityEvidence[] {
    if (a.reporter === undefined || a.reporter !== b.reporter) return [];
    return [piece('REPORTER', WEIGHTS.sameReporter, 'one reporter lists them as two')];
  }
}

const piece = (kind: EvidenceKind, weight: number, says: string): IdentityEvidence => ({
  kind,
  weight,
  says,
  nodeIds: [],
  relationshipIds: [],
});

/** Lowers weights, the weakest pieces first, so that a kind says no more than its cap. */
function capped(pieces: readonly IdentityEvidence[]): IdentityEvidence[] {
  let left = CAPS[pieces[0]?.kind] ?? Number.POSITIVE_INFINITY;
  return pieces.map((each) => {
    const weight = Math.min(each.weight, left);
    left -= Math.max(0, weight);
    return { ...each, weight };
  });
}

const nameOf = (view: IdentityView, normalized: string): ViewName =>
  view.names.find((name) => name.normalized === normalized) as ViewName;

function nameWeight(a: ViewName, b: ViewName): number {
  const aliases = Number(a.isAlias) + Number(b.isAlias);
  const base = [WEIGHTS.primaryNames, WEIGHTS.primaryAndAlias, WEIGHTS.aliases][aliases];
  const form = a.text === b.text ? 0 : WEIGHTS.normalizedOnly;
  const length = [...a.normalized].length <= SHORT_NAME ? WEIGHTS.shortName : 0;
  return base + form + length;
}

function worded(name: ViewName, view: IdentityView): string {
  const users = [
    ...new Set([...name.usedBy, ...(view.reporterName === undefined ? [] : [view.reporterName])]),
  ];
  const by = users.length > 0 ? ` by ${users.join(', ')}` : '';
  return `"${name.text}" (${name.isAlias ? 'alias' : 'name'}${by})`;
}
