/** Who can act on a component, by which measure, on what basis, how fast; and why nobody can where nobody can. */
import { compareIds, normalQuantile } from '../../analysis';
import { AppError } from '../../errors';
import { LAWFUL_TAKERS } from '../../model/measure-law';
import type { Term } from '../../model/vocabulary';
import type { EcosystemBuilder } from '../disruption/ecosystem';
import { jurisdictionOf, placesOf } from '../disruption/places';
import { CooperationWays, coversOffence, expiryDay, mayBeTakenBy } from './cooperation-ways';
import { planningBuilder } from './ecosystem-problem';
import {
  type CooperationRecord,
  type MeasureBook,
  type PartnerRecord,
  readMeasureBook,
} from './measure-book';
import { type Candidate, LOCATING_DAYS, MeasureCandidates } from './measure-candidates';
import type { PlanningSource } from './planning-source';

/** A partner who can take a measure, and how. */
export interface ReachingPartner {
  readonly partnerId: string;
  readonly name: string;
  readonly kind: Term<'PartnerKind'>;
  /** Codes of the jurisdictions it acts in. */
  readonly jurisdictions: readonly string[];
  /** Days from the start of work to the effect: those of the measure and those of cooperation. */
  readonly days: number;
  /** The same at the 10 % and 90 % quantile of the days of cooperation. */
  readonly lowDays: number;
  readonly highDays: number;
  readonly pSuccess: number;
  readonly cooperationPathId: string | null;
  readonly cooperation: string | null;
  readonly instrument: string | null;
}

export interface ReachingMeasure {
  readonly id: string;
  readonly name: string;
  readonly measureType: Term<'MeasureType'>;
  readonly effect: Term<'MeasureEffect'> | null;
  /** Code of the jurisdiction in which it would be taken; null where it is taken at home, or the place is not on record. */
  readonly jurisdiction: string | null;
  readonly isPlaceUnknown: boolean;
  readonly cost: number;
  readonly leadDays: number;
  readonly legalBasis: string | null;
  /** Fastest first. */
  readonly partners: readonly ReachingPartner[];
  /** Why nobody can take it; null where somebody can. */
  readonly reason: string | null;
}

export interface ComponentReach {
  readonly componentId: string;
  readonly reach: Term<'Reach'>;
  readonly reachReason: string;
  /** Codes of the jurisdictions it is under, its own or those of who holds or provides it. */
  readonly jurisdictions: readonly string[];
  readonly measures: readonly ReachingMeasure[];
  /** Why nobody can act at all; null where somebody can. */
  readonly reason: string | null;
}

export interface ReachQuery {
  readonly asOf?: number;
  /** Only these partners; absent means all. */
  readonly partnerIds?: readonly string[];
  /** Offences of the case. */
  readonly offences?: readonly string[];
}

/** @throws AppError COMPONENT_NOT_FOUND */
export async function componentReach(
  source: PlanningSource,
  componentId: string,
  query: ReachQuery = {},
): Promise<ComponentReach> {
  const builder = planningBuilder(source.projection, {
    asOf: query.asOf,
    policy: 'EXPLICIT_ONLY',
    horizonDays: Number.POSITIVE_INFINITY,
  });
  const vertex = builder.vertexOf(componentId);
  if (vertex < 0 || !builder.isComponent(vertex))
    throw new AppError('COMPONENT_NOT_FOUND', { ids: [componentId] });
  const book = await readMeasureBook(source, builder);
  return new ReachSearch(builder, withPartners(book, query.partnerIds), query).of(vertex);
}

const withPartners = (book: MeasureBook, ids: readonly string[] | undefined): MeasureBook =>
  ids === undefined ? book : { ...book, partners: book.partners.filter((each) => ids.includes(each.id)) };

class ReachSearch {
  private readonly ways: CooperationWays;
  private readonly candidates: MeasureCandidates;

  constructor(
    private readonly builder: EcosystemBuilder,
    private readonly book: MeasureBook,
    private readonly query: ReachQuery,
  ) {
    this.ways = new CooperationWays(book);
    this.candidates = new MeasureCandidates(builder, book);
  }

  of(vertex: number): ComponentReach {
    const { reach, reason } = this.builder.reach(vertex);
    const measures = this.candidates
      .of(vertex)
      .map((each) => this.measure(each))
      .sort(
        (a, b) => Number(a.partners.length === 0) - Number(b.partners.length === 0) || compareIds(a.id, b.id),
      );
    return {
      componentId: this.builder.projection.vertices.ids[vertex],
      reach,
      reachReason: reason,
      jurisdictions: placesOf(this.builder, vertex).map((place) => this.codeOf(place)),
      measures,
      reason: measures.some((each) => each.partners.length > 0)
        ? null
        : this.whyNobody(vertex, measures.length),
    };
  }

  private whyNobody(vertex: number, measures: number): string {
    const { reach, reason } = this.builder.reach(vertex);
    if (reach === 'UNREACHABLE' || reach === 'DEFENDABLE') return `${reach}: ${reason}`;
    if (this.book.profiles.length === 0 && this.book.own.length === 0) return 'no measures are on record';
    if (measures === 0) return 'no measure on record is made for a component of this kind';
    return 'no partner on record may take any of the measures, can carry it out and reaches the place';
  }

  private measure(candidate: Candidate): ReachingMeasure {
    const { terms, place } = candidate;
    const partners = this.book.partners
      .flatMap((partner) => this.reaching(candidate, partner))
      .sort((a, b) => a.days - b.days || b.pSuccess - a.pSuccess || compareIds(a.partnerId, b.partnerId));
    return {
      id: candidate.id,
      name: candidate.name,
      measureType: terms.measureType as Term<'MeasureType'>,
      effect: terms.effect as Term<'MeasureEffect'> | null,
      jurisdiction: place === undefined ? null : this.codeOf(place),
      isPlaceUnknown: candidate.isPlaceUnknown,
      cost: terms.cost ?? 1,
      leadDays: leadDaysOf(candidate),
      legalBasis: terms.legalBasis,
      partners,
      reason: partners.length > 0 ? null : this.whyNot(candidate),
    };
  }

  private reaching(candidate: Candidate, partner: PartnerRecord): ReachingPartner[] {
    const { terms, place } = candidate;
    if (!mayTakeIt(candidate, partner)) return [];
    const lead = leadDaysOf(candidate);
    const way = this.wayTo(candidate, partner);
    if (way === undefined) return [];
    const cooperation = way.medianDays ?? 0;
    const spread = Math.exp(way.daysSigma * normalQuantile(0.9));
    return [
      {
        partnerId: partner.id,
        name: partner.name,
        kind: partner.kind as Term<'PartnerKind'>,
        jurisdictions: partner.jurisdictions.map((id) => this.codeOf(this.builder.vertexOf(id))),
        days: lead + cooperation,
        lowDays: lead + cooperation / spread,
        highDays: lead + cooperation * spread,
        pSuccess: (terms.pSuccess ?? 1) * way.pGranted,
        cooperationPathId: way === AT_HOME ? null : way.id,
        cooperation: way === AT_HOME ? null : way.name,
        instrument: place === undefined ? null : way.instrument,
      },
    ];
  }

  /** The way that counts of those that are open for the offences in question and in force on the day of the effect. */
  private wayTo(candidate: Candidate, partner: PartnerRecord): CooperationRecord | undefined {
    return this.waysTo(candidate, partner).find(
      (way) => this.isCovered(candidate, way) && this.isInForce(candidate, way),
    );
  }

  private waysTo({ place, terms }: Candidate, partner: PartnerRecord): readonly CooperationRecord[] {
    if (place === undefined) return [AT_HOME];
    const id = this.builder.projection.vertices.ids[place];
    return partner.jurisdictions.includes(id) ? [AT_HOME] : this.ways.to(partner, id, terms.measureType);
  }

  private isCovered({ terms }: Candidate, way: CooperationRecord): boolean {
    return coversOffence(way, [...(this.query.offences ?? []), ...(terms.offences ?? [])]);
  }

  private isInForce(candidate: Candidate, way: CooperationRecord): boolean {
    const day = leadDaysOf(candidate) + (way.medianDays ?? 0);
    return [way.expiresAt, candidate.expiresAt].every(
      (expiresAt) => day <= (expiryDay(expiresAt, this.query.asOf) ?? Number.POSITIVE_INFINITY),
    );
  }

  private whyNot(candidate: Candidate): string {
    const { measureType } = candidate.terms;
    if (candidate.partnerKinds.length === 0) return `nobody may take ${measureType}`;
    const able = this.book.partners.filter((partner) => mayTakeIt(candidate, partner));
    if (able.length === 0) {
      const kinds =
        candidate.partnerKinds.join(', ') || LAWFUL_TAKERS[measureType as Term<'MeasureType'>].join(', ');
      return `no partner on record may take it and can carry it out: it takes one of ${kinds}`;
    }
    return this.whyNoWay(candidate, able);
  }

  private whyNoWay(candidate: Candidate, able: readonly PartnerRecord[]): string {
    const ways = able.flatMap((partner) => this.waysTo(candidate, partner));
    const covered = ways.filter((way) => this.isCovered(candidate, way));
    if (covered.length > 0) {
      const own = candidate.expiresAt === null ? [] : ['what it rests on'];
      const names = covered.flatMap(({ instrument }) => instrument ?? []);
      return `expired by the day it would take effect: ${[...new Set([...own, ...names])].join(', ')}`;
    }
    if (ways.length > 0) {
      const offences = [...new Set(ways.flatMap(({ offence }) => offence ?? []))].sort();
      return `cooperation is open for other offences alone: ${offences.join(', ')}; say that the case is about one of them (offences)`;
    }
    const place = candidate.place === undefined ? '' : this.codeOf(candidate.place);
    return `none of the ${able.length} partners who may take it acts in ${place} or has a way of cooperation there`;
  }

  private codeOf(place: number): string {
    return jurisdictionOf(this.builder.projection, place);
  }
}

/** The way of a partner in its own jurisdiction. */
const AT_HOME: CooperationRecord = {
  id: '',
  name: '',
  instrument: null,
  expiresAt: null,
  offence: null,
  from: new Set(),
  to: new Set(),
  medianDays: 0,
  daysSigma: 0,
  pGranted: 1,
  measureTypes: new Set(),
};

const leadDaysOf = ({ terms, isPlaceUnknown }: Candidate): number =>
  (terms.leadDays ?? 0) + (isPlaceUnknown ? LOCATING_DAYS : 0);

const mayTakeIt = ({ terms, partnerKinds, partners }: Candidate, partner: PartnerRecord): boolean =>
  mayBeTakenBy(partner, terms.measureType, partnerKinds) &&
  (partners.length === 0 || partners.includes(partner.id));
