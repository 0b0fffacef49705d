/** The measures that could be taken against a component: by the profiles of its kind, and by measures on record against it. */

import { compareIds } from '../../analysis';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import { LAWFUL_TAKERS, OWN_CUSTOMER_MEASURES } from '../../model/measure-law';
import type { Term } from '../../model/vocabulary';
import type { EcosystemBuilder } from '../disruption/ecosystem';
import { holdersOf, jurisdictionOf, placesOf } from '../disruption/places';
import {
  type MeasureBook,
  type MeasureProfile,
  type MeasureTerms,
  type OwnMeasure,
  overridden,
} from './measure-book';
import type { Recovery } from './recovery';
import { kindsOf } from './target-kind';

type MeasureOfFile = PlanProblemFile['measures'][number];
type EffectOfFile = MeasureOfFile['effects'][number];

/** Days to find out where a target is that nobody has placed; an assumption. */
export const LOCATING_DAYS = 60;

/** A measure that could be taken against one target in one place. */
export interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly target: number;
  readonly terms: MeasureTerms;
  readonly partnerKinds: readonly string[];
  readonly partners: readonly string[];
  /** Vertex of the jurisdiction; undefined where the measure is taken at home, or the place is not on record. */
  readonly place?: number;
  readonly isPlaceUnknown: boolean;
  readonly conflicts: readonly string[];
  readonly requires: readonly string[];
  /** When what it rests on has expired, in milliseconds; null: never. */
  readonly expiresAt: number | null;
}

export class MeasureCandidates {
  private readonly ownByTarget = new Map<number, OwnMeasure[]>();

  constructor(
    private readonly builder: EcosystemBuilder,
    private readonly book: MeasureBook,
  ) {
    for (const own of book.own) {
      for (const target of own.targets) {
        this.ownByTarget.set(target, [...(this.ownByTarget.get(target) ?? []), own]);
      }
    }
  }

  /** Profiles that are made for a component, whatever its reach. */
  profilesFor(target: number): MeasureProfile[] {
    const type = this.builder.typeOf(target);
    const kinds = kindsOf(this.builder, target);
    const cannotFreeze = this.builder.flag('freezable', target) === false;
    return this.book.profiles.filter(
      (each) =>
        each.targetTypes.includes(type) &&
        (each.targetKinds.length === 0 || each.targetKinds.some((kind) => kinds.includes(kind))) &&
        !(cannotFreeze && each.measureType === 'freeze-account'),
    );
  }

  /** Candidates in order of id; none against what is out of reach, or can only be defended against. */
  of(target: number): Candidate[] {
    const { reach } = this.builder.reach(target);
    if (reach === 'UNREACHABLE' || reach === 'DEFENDABLE') return [];
    const own = this.ownByTarget.get(target) ?? [];
    const profiles = this.profilesFor(target);
    const isOwn = (profile: MeasureProfile) => own.some((each) => each.measureType === profile.measureType);
    const byProfile = profiles.filter((each) => !isOwn(each)).flatMap((each) => this.byProfile(target, each));
    const recorded = own.flatMap((each) => this.recorded(target, each, profiles));
    return [...byProfile, ...recorded].sort((a, b) => compareIds(a.id, b.id));
  }

  private byProfile(target: number, profile: MeasureProfile): Candidate[] {
    const shared = {
      target,
      terms: profile,
      partnerKinds: profile.partnerKinds,
      partners: this.providersOf(target, profile.measureType),
      conflicts: [],
      requires: [],
      expiresAt: null,
    };
    return this.inEachPlace(target, profile.isAtHome, (place, isPlaceUnknown) => ({
      ...shared,
      id: [
        profile.measureType,
        ...this.qualifierOf(profile, target),
        this.idOf(target),
        ...this.codeOf(place),
      ].join(' '),
      name: `${profile.name}: ${this.builder.nameOf(target)}`,
      place,
      isPlaceUnknown,
    }));
  }

  private recorded(target: number, own: OwnMeasure, profiles: readonly MeasureProfile[]): Candidate[] {
    const profile = profiles.find((each) => each.measureType === own.measureType);
    const terms = profile === undefined ? own : overridden(profile, own);
    const partnerKinds = profile?.partnerKinds ?? LAWFUL_TAKERS[own.measureType as Term<'MeasureType'>] ?? [];
    const { partners, conflicts, requires, expiresAt } = own;
    return this.inEachPlace(target, profile?.isAtHome ?? false, (place, isPlaceUnknown) => ({
      id: [own.id, ...(own.targets.length > 1 ? [this.idOf(target)] : []), ...this.codeOf(place)].join(' '),
      name: own.name,
      target,
      terms,
      partnerKinds,
      partners,
      place,
      isPlaceUnknown,
      conflicts,
      requires,
      expiresAt,
    }));
  }

  /**
   * Who alone may take a measure against its own customers: partners that act for who holds the target or, where none does,
   * those that act for nobody in particular. Empty: everybody.
   */
  private providersOf(target: number, measureType: string): string[] {
    const { partners } = this.book;
    if (!OWN_CUSTOMER_MEASURES.has(measureType) || partners.every((each) => each.represents.length === 0))
      return [];
    const holders = new Set(holdersOf(this.builder, target).map((vertex) => this.idOf(vertex)));
    const own = partners.filter((each) => each.represents.some((id) => holders.has(id)));
    return (own.length > 0 ? own : partners.filter((each) => each.represents.length === 0)).map(
      (each) => each.id,
    );
  }

  private inEachPlace(
    target: number,
    isAtHome: boolean,
    make: (place: number | undefined, isUnknown: boolean) => Candidate,
  ): Candidate[] {
    if (isAtHome) return [make(undefined, false)];
    const places = placesOf(this.builder, target);
    return places.length === 0 ? [make(undefined, true)] : places.map((place) => make(place, false));
  }

  /** Two profiles of one type for one target are told apart by their id. */
  private qualifierOf(profile: MeasureProfile, target: number): string[] {
    const same = this.profilesFor(target).filter((each) => each.measureType === profile.measureType);
    return same.length > 1 ? [profile.id] : [];
  }

  private codeOf(place: number | undefined): string[] {
    return place === undefined ? [] : [jurisdictionOf(this.builder.projection, place)];
  }

  private idOf(vertex: number): string {
    return this.builder.projection.vertices.ids[vertex];
  }
}

/** What a measure does, as the planning problem states it; undefined where it does nothing that counts. */
export function effectsOf(
  candidate: Candidate,
  recovery: Recovery,
  targetsOf: (candidate: Candidate) => readonly string[],
): EffectOfFile[] {
  const { terms } = candidate;
  const effect = terms.effect as EffectOfFile['effect'] | null;
  if (effect === null) return [];
  const holdDays =
    terms.holdMedianDays === null
      ? null
      : recovery.holdOf(terms.measureType, { median: terms.holdMedianDays, sigma: terms.holdSigma ?? 0 });
  return targetsOf(candidate).map((target) => ({ effect, target, holdDays, strength: terms.strength ?? 1 }));
}
