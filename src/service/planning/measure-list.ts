/** The measures of a planning problem, who may take them, and the ways of cooperation that lead to where they are taken. */
import { compareIds } from '../../analysis';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import type { EcosystemBuilder } from '../disruption/ecosystem';
import { jurisdictionOf } from '../disruption/places';
import { CooperationWays, expiryDay, mayBeTakenBy } from './cooperation-ways';
import type { MeasureBook, PartnerRecord } from './measure-book';
import { type Candidate, effectsOf, LOCATING_DAYS, type MeasureCandidates } from './measure-candidates';
import type { Recovery } from './recovery';

type MeasureOfFile = PlanProblemFile['measures'][number];

export interface MeasureSources {
  readonly builder: EcosystemBuilder;
  readonly book: MeasureBook;
  readonly recovery: Recovery;
  readonly candidates: MeasureCandidates;
}

export interface MeasureScope {
  readonly components: readonly string[];
  readonly operations: readonly string[];
}

export interface MeasureList extends Pick<PlanProblemFile, 'measures' | 'partners' | 'cooperation'> {
  /** Ids of targets that nobody has placed. */
  readonly unplaced: readonly string[];
}

export function measureList(
  sources: MeasureSources,
  scope: MeasureScope,
  starts: readonly number[],
  begins: number | undefined,
): MeasureList {
  const { builder, book } = sources;
  const targets = new Set([...scope.components, ...actorsOf(builder, scope)]);
  const vertices = [...targets].map((id) => builder.vertexOf(id)).filter((vertex) => vertex >= 0);
  const candidates = vertices
    .flatMap((vertex) => sources.candidates.of(vertex))
    .filter((each) => each.partnerKinds.length > 0);
  const targetsOf = targetsWithin(builder, scope);
  const stated = candidates
    .map((candidate) => ({ candidate, effects: effectsOf(candidate, sources.recovery, targetsOf) }))
    .filter(({ effects }) => effects.length > 0);
  const ids = new Set(stated.map(({ candidate }) => candidate.id));
  const known = (list: readonly string[]) => list.filter((id) => ids.has(id));
  const measures = stated.map(({ candidate, effects }) => ({
    ...measureOf(builder, candidate, effects, starts),
    expiresDay: expiryDay(candidate.expiresAt, begins),
    conflicts: known(candidate.conflicts),
    requires: known(candidate.requires),
  }));
  const kept = stated.map(({ candidate }) => candidate);
  return {
    measures,
    partners: book.partners.map((partner) => partnerOf(builder, partner, kept)),
    cooperation: cooperationOf(builder, book, kept, begins),
    unplaced: [
      ...new Set(
        kept
          .filter((each) => each.isPlaceUnknown)
          .map((each) => builder.projection.vertices.ids[each.target]),
      ),
    ].sort(compareIds),
  };
}

function measureOf(
  builder: EcosystemBuilder,
  { id, name, terms, target, place, isPlaceUnknown, partnerKinds, partners }: Candidate,
  effects: MeasureOfFile['effects'],
  starts: readonly number[],
): MeasureOfFile {
  return {
    id,
    name,
    type: terms.measureType,
    target: builder.projection.vertices.ids[target],
    cost: terms.cost ?? 1,
    leadDays: (terms.leadDays ?? 0) + (isPlaceUnknown ? LOCATING_DAYS : 0),
    starts: [...starts],
    successProbability: terms.pSuccess ?? 1,
    ...(place === undefined ? {} : { jurisdiction: jurisdictionOf(builder.projection, place) }),
    capability: terms.measureType,
    partnerKinds: [...partnerKinds],
    partners: [...partners],
    ...(terms.legalBasis === null ? {} : { legalBasis: terms.legalBasis }),
    offences: [...(terms.offences ?? [])],
    exposure: terms.exposure ?? 0,
    collateral: terms.collateral ?? 0,
    effects,
    conflicts: [],
    requires: [],
  };
}

/** Actors to whom operations in scope are attributed, and who provide what these need. */
function actorsOf(builder: EcosystemBuilder, scope: MeasureScope): string[] {
  const { projection } = builder;
  const found = (ids: readonly string[], type: string) =>
    ids
      .map((id) => builder.vertexOf(id))
      .filter((vertex) => vertex >= 0)
      .flatMap((vertex) => builder.edges(vertex, 'out', type))
      .map((edge) => projection.vertices.ids[projection.to[edge]]);
  return [...found(scope.operations, 'ATTRIBUTED_TO'), ...found(scope.components, 'PROVIDED_BY')];
}

/**
 * What a measure bears on: an outage or a watch on its target; what drives customers away, or takes away what the crime lives on,
 * on those whom the target serves. An actor stands for the operations attributed to it and for what it provides. A state's own
 * unit has no customers that could leave it: DEMAND bears only on what it provides to others.
 */
function targetsWithin(builder: EcosystemBuilder, scope: MeasureScope): (candidate: Candidate) => string[] {
  const components = new Set(scope.components);
  const operations = new Set(scope.operations);
  const { projection } = builder;
  const idOf = (vertex: number) => projection.vertices.ids[vertex];
  const hasNoCustomers = (target: number, effect: string | null) =>
    effect === 'DEMAND' && builder.text('motivation', target) === 'NATION_STATE';
  return ({ target, terms }) => {
    const own = components.has(idOf(target)) ? [idOf(target)] : [];
    if (terms.effect === 'OUTAGE' || terms.effect === 'INTERCEPT') return own;
    const attributed = hasNoCustomers(target, terms.effect)
      ? []
      : builder.edges(target, 'in', 'ATTRIBUTED_TO').map((edge) => idOf(projection.from[edge]));
    const provided = builder.edges(target, 'in', 'PROVIDED_BY').map((edge) => idOf(projection.from[edge]));
    return [
      ...own,
      ...attributed.filter((id) => operations.has(id)),
      ...provided.filter((id) => components.has(id)),
    ];
  };
}

/** A partner with what it can do of the measures in question, and the places where it does so at home. */
function partnerOf(
  builder: EcosystemBuilder,
  partner: PartnerRecord,
  candidates: readonly Candidate[],
): PlanProblemFile['partners'][number] {
  const able = new Set(
    candidates
      .filter((each) => mayBeTakenBy(partner, each.terms.measureType, each.partnerKinds))
      .map((each) => each.terms.measureType),
  );
  return {
    id: partner.id,
    name: partner.name,
    kind: partner.kind,
    jurisdictions: partner.jurisdictions.map((id) =>
      jurisdictionOf(builder.projection, builder.vertexOf(id)),
    ),
    capabilities: [...able].sort(compareIds),
    capacity: partner.capacity,
  };
}

/** The ways of each partner to each place, for the measures it can take there. */
function cooperationOf(
  builder: EcosystemBuilder,
  book: MeasureBook,
  candidates: readonly Candidate[],
  begins: number | undefined,
): PlanProblemFile['cooperation'] {
  const ways = new CooperationWays(book);
  const wanted = kindsWanted(candidates);
  const found = new Map<string, PlanProblemFile['cooperation'][number]>();
  for (const partner of book.partners) {
    for (const [place, types] of wanted) {
      const placeId = builder.projection.vertices.ids[place];
      if (partner.jurisdictions.includes(placeId)) continue;
      for (const [type, kinds] of types) {
        if (!mayBeTakenBy(partner, type, [...kinds])) continue;
        for (const way of ways.to(partner, placeId, type)) {
          const key = [partner.id, placeId, way.id].join('\u0000');
          const known = found.get(key);
          if (known !== undefined) known.capabilities.push(type);
          else {
            found.set(key, {
              from: partner.id,
              to: jurisdictionOf(builder.projection, place),
              medianDays: way.medianDays ?? 0,
              pGranted: way.pGranted,
              capabilities: [type],
              instrument: way.instrument ?? way.name,
              ...(way.offence === null ? {} : { offence: way.offence }),
              expiresDay: expiryDay(way.expiresAt, begins),
            });
          }
        }
      }
    }
  }
  return [...found.values()];
}

/** Kinds of partner that may take each type of measure in each place. */
function kindsWanted(candidates: readonly Candidate[]): Map<number, Map<string, Set<string>>> {
  const wanted = new Map<number, Map<string, Set<string>>>();
  for (const { place, terms, partnerKinds } of candidates) {
    if (place === undefined) continue;
    const types = wanted.get(place) ?? new Map<string, Set<string>>();
    const kinds = types.get(terms.measureType) ?? new Set<string>();
    for (const kind of partnerKinds) kinds.add(kind);
    wanted.set(place, types.set(terms.measureType, kinds));
  }
  return wanted;
}
