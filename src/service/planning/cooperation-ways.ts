/**
 * Who may take a measure, and how a partner gets things done abroad.
 *
 * A partner may take what its kind may take by law, its profile names, and its capabilities include. At home it acts at once;
 * abroad along a way of cooperation that leads from the partner or one of its jurisdictions to the place and is open for the
 * measure. Of several such ways the one that names the fewest pairs counts, since it was made for the case; among
 * these the fastest. A way without days is closed. A way that is for one offence alone, or whose instrument ends, counts where
 * the offence is covered and while the instrument is in force; otherwise the next does.
 */
import { compareIds } from '../../analysis';
import { mayTake } from '../../model/measure-law';
import type { CooperationRecord, MeasureBook, PartnerRecord } from './measure-book';

/** Who may take a measure whatever the place. */
export function mayBeTakenBy(
  partner: PartnerRecord,
  measureType: string,
  partnerKinds: readonly string[],
): boolean {
  return (
    mayTake(partner.kind, measureType) &&
    partnerKinds.includes(partner.kind) &&
    (partner.capabilities.length === 0 || partner.capabilities.includes(measureType))
  );
}

const DAY_MS = 86_400_000;

/** Whether one of some offences is the one that a way is for; names are compared in any case. */
export function coversOffence(way: CooperationRecord, offences: readonly string[]): boolean {
  const wanted = way.offence?.trim().toLowerCase();
  return wanted === undefined || offences.some((each) => each.trim().toLowerCase() === wanted);
}

/** Day on which something expires, counted from an instant; undefined where it never does, or all times count. */
export const expiryDay = (expiresAt: number | null, from: number | undefined): number | undefined =>
  expiresAt === null || from === undefined ? undefined : (expiresAt - from) / DAY_MS;

export class CooperationWays {
  private readonly byTo = new Map<string, CooperationRecord[]>();
  private readonly found = new Map<string, readonly CooperationRecord[]>();

  constructor(book: MeasureBook) {
    for (const way of book.cooperation) {
      for (const place of way.to) this.byTo.set(place, [...(this.byTo.get(place) ?? []), way]);
    }
  }

  /**
   * The ways by which a partner gets a measure taken in a place abroad, in the order in which they count; only the last is
   * neither for one offence alone nor under an instrument that ends.
   */
  to(partner: PartnerRecord, place: string, measureType: string): readonly CooperationRecord[] {
    const key = [partner.id, place, measureType].join('\u0000');
    const known = this.found.get(key) ?? this.search(partner, place, measureType);
    this.found.set(key, known);
    return known;
  }

  private search(partner: PartnerRecord, place: string, measureType: string): CooperationRecord[] {
    const origins = [partner.id, ...partner.jurisdictions];
    const ways = (this.byTo.get(place) ?? []).filter(
      (way) =>
        origins.some((origin) => way.from.has(origin)) &&
        (way.measureTypes.size === 0 || way.measureTypes.has(measureType)),
    );
    ways.sort(
      (a, b) =>
        a.from.size * a.to.size - b.from.size * b.to.size ||
        (a.medianDays ?? Number.POSITIVE_INFINITY) - (b.medianDays ?? Number.POSITIVE_INFINITY) ||
        b.pGranted - a.pGranted ||
        compareIds(a.id, b.id),
    );
    const last = ways.findIndex((way) => way.offence === null && way.expiresAt === null);
    return (last < 0 ? ways : ways.slice(0, last + 1)).filter((way) => way.medianDays !== null);
  }
}
