/**
 * Who may take a measure, and how a partner gets things done abroad.
 *
 * A partner may take what its kind may take by law, its profile names, and its capabilities include. At home it acts at once;
 * abroad along a way of cooperation that leads from the partner or one of its jurisdictions to the place and is open for the
 * measure. Of several such ways the one that names the fewest pairs counts, since it was made for the case; among
 * these the fastest. A way without days is closed.
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

export class CooperationWays {
  private readonly byTo = new Map<string, CooperationRecord[]>();
  private readonly found = new Map<string, CooperationRecord | undefined>();

  constructor(book: MeasureBook) {
    for (const way of book.cooperation) {
      for (const place of way.to) this.byTo.set(place, [...(this.byTo.get(place) ?? []), way]);
    }
  }

  /** The way by which a partner gets a measure taken in a place abroad; undefined where there is none. */
  to(partner: PartnerRecord, place: string, measureType: string): CooperationRecord | undefined {
    const key = [partner.id, place, measureType].join('\u0000');
    if (!this.found.has(key)) this.found.set(key, this.search(partner, place, measureType));
    return this.found.get(key);
  }

  private search(partner: PartnerRecord, place: string, measureType: string): CooperationRecord | undefined {
    const origins = [partner.id, ...partner.jurisdictions];
    const open = (this.byTo.get(place) ?? []).filter(
      (way) =>
        origins.some((origin) => way.from.has(origin)) &&
        (way.measureTypes.size === 0 || way.measureTypes.has(measureType)),
    );
    const [best] = open.sort(
      (a, b) =>
        a.from.size * a.to.size - b.from.size * b.to.size ||
        (a.medianDays ?? Number.POSITIVE_INFINITY) - (b.medianDays ?? Number.POSITIVE_INFINITY) ||
        b.pGranted - a.pGranted ||
        compareIds(a.id, b.id),
    );
    return best?.medianDays === null ? undefined : best;
  }
}
