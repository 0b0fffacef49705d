/**
 * Reach: whether lawful action can take a component away. Availability decides, not the type a source gives: open, leaked
 * and commercial tools stay in supply whoever is arrested. An analyst's word wins over every rule.
 */
import { type Projection, vertexCell } from '../../analysis';
import type { Term } from '../../model/vocabulary';
import { TYPE_COLUMN } from '../projection-rows';

export interface Reach {
  readonly reach: Term<'Reach'>;
  /** Why, in words; names the object that the judgement rests on where it is another one. */
  readonly reason: string;
}

const UNREACHABLE_SUPPLY = new Set(['OPEN', 'LEAKED', 'COMMERCIAL']);
const ALWAYS_DISRUPTABLE = new Set(['Service', 'Infrastructure', 'FinancialChannel', 'Venue', 'ThreatActor']);
const SUPPLY = new Set(['Malware', 'Tool']);

/** Availability that some object states, by framework id and by name, so that it serves its namesakes from other sources. */
interface KnownSupply {
  readonly byExternalId: ReadonlyMap<string, number>;
  readonly byName: ReadonlyMap<string, number>;
}

const keyOfName = (name: string): string => name.normalize('NFKC').toLowerCase();

function knownSupply(projection: Projection): KnownSupply {
  const byExternalId = new Map<string, number>();
  const byName = new Map<string, number>();
  projection.vertices.ids.forEach((_, vertex) => {
    const availability = vertexCell(projection, 'availability', vertex);
    if (availability === null || availability === 'UNKNOWN') return;
    const externalId = vertexCell(projection, 'externalId', vertex);
    const name = vertexCell(projection, 'name', vertex);
    if (externalId !== null && !byExternalId.has(String(externalId)))
      byExternalId.set(String(externalId), vertex);
    if (name !== null && !byName.has(keyOfName(String(name)))) byName.set(keyOfName(String(name)), vertex);
  });
  return { byExternalId, byName };
}

/** A function that judges the reach of vertices of a projection. */
export function reachOf(projection: Projection): (vertex: number) => Reach {
  const known = knownSupply(projection);
  const cell = (column: string, vertex: number) => vertexCell(projection, column, vertex);
  const supplyFor = (vertex: number): number | undefined => {
    const availability = cell('availability', vertex);
    if (availability !== null && availability !== 'UNKNOWN') return vertex;
    const name = cell('name', vertex);
    const externalId = cell('externalId', vertex);
    const byId = externalId === null ? undefined : known.byExternalId.get(String(externalId));
    return byId ?? (name === null ? undefined : known.byName.get(keyOfName(String(name))));
  };
  return (vertex) => {
    const said = cell('reach', vertex);
    if (said !== null) return { reach: said as Reach['reach'], reason: 'an analyst says so' };
    const type = String(cell(TYPE_COLUMN, vertex));
    if (ALWAYS_DISRUPTABLE.has(type)) return { reach: 'DISRUPTABLE', reason: `${type} can be taken away` };
    if (type === 'Technique') return { reach: 'DEFENDABLE', reason: 'a technique is only defended against' };
    if (!SUPPLY.has(type)) return { reach: 'UNKNOWN', reason: `nothing is known of the supply of ${type}` };
    const supply = supplyFor(vertex);
    if (supply === undefined) {
      return type === 'Tool'
        ? { reach: 'UNREACHABLE', reason: 'legitimate or dual-use software, whose supply nobody takes away' }
        : { reach: 'UNKNOWN', reason: 'its availability is not recorded' };
    }
    const availability = String(cell('availability', supply));
    const by = supply === vertex ? '' : `, by ${projection.vertices.ids[supply]}`;
    return UNREACHABLE_SUPPLY.has(availability)
      ? { reach: 'UNREACHABLE', reason: `availability is ${availability}${by}` }
      : { reach: 'DISRUPTABLE', reason: `availability is ${availability}${by}` };
  };
}
