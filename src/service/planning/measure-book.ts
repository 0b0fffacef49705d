/** The measures, partners and ways of cooperation on record, as planning and the question who can act take them. */
import { mayTake } from '../../model/measure-law';
import type { EcosystemBuilder } from '../disruption/ecosystem';
import { type PlanningSource, PropertyReader } from './planning-source';

/** What a measure does, takes and costs; null where nobody said. */
export interface MeasureTerms {
  readonly measureType: string;
  readonly effect: string | null;
  readonly strength: number | null;
  readonly holdMedianDays: number | null;
  readonly holdSigma: number | null;
  readonly cost: number | null;
  readonly leadDays: number | null;
  readonly pSuccess: number | null;
  readonly exposure: number | null;
  readonly collateral: number | null;
  readonly legalBasis: string | null;
  readonly offences: readonly string[] | null;
}

export interface MeasureProfile extends MeasureTerms {
  readonly id: string;
  readonly name: string;
  /** Kinds of partner that the profile names and the law allows. */
  readonly partnerKinds: readonly string[];
  readonly targetTypes: readonly string[];
  readonly targetKinds: readonly string[];
  readonly isAtHome: boolean;
}

/** One measure on record against some nodes, beside the profiles. */
export interface OwnMeasure extends MeasureTerms {
  readonly id: string;
  readonly name: string;
  readonly targets: readonly number[];
  /** Ids of the partners it is assigned to; none means any. */
  readonly partners: readonly string[];
  readonly conflicts: readonly string[];
  readonly requires: readonly string[];
  /** When what it rests on has expired, in milliseconds; null: never. */
  readonly expiresAt: number | null;
}

export interface PartnerRecord {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** Ids of the jurisdictions it acts in. */
  readonly jurisdictions: readonly string[];
  /** Measures it can carry out, of those its kind may take. */
  readonly capabilities: readonly string[];
  readonly capacity: number | null;
  /** Ids of the organisations it acts for; none means that it stands for many, or for none. */
  readonly represents: readonly string[];
}

export interface CooperationRecord {
  readonly id: string;
  readonly name: string;
  readonly instrument: string | null;
  /** When its instrument has expired, in milliseconds; null: never. */
  readonly expiresAt: number | null;
  /** The one offence it is open for; null: any. */
  readonly offence: string | null;
  readonly from: ReadonlySet<string>;
  readonly to: ReadonlySet<string>;
  /** Null: the way is closed. */
  readonly medianDays: number | null;
  readonly daysSigma: number;
  readonly pGranted: number;
  /** Empty: every measure. */
  readonly measureTypes: ReadonlySet<string>;
}

export interface MeasureBook {
  readonly profiles: readonly MeasureProfile[];
  readonly own: readonly OwnMeasure[];
  readonly partners: readonly PartnerRecord[];
  readonly cooperation: readonly CooperationRecord[];
}

export async function readMeasureBook(
  source: PlanningSource,
  builder: EcosystemBuilder,
): Promise<MeasureBook> {
  return new MeasureBookReader(source, builder).read();
}

class MeasureBookReader {
  constructor(
    private readonly source: PlanningSource,
    private readonly builder: EcosystemBuilder,
  ) {}

  async read(): Promise<MeasureBook> {
    const types = ['MeasureProfile', 'Measure', 'Partner', 'CooperationPath'];
    const vertices = types.map((type) => this.builder.verticesOf(type));
    const ids = vertices.flat().map((vertex) => this.idOf(vertex));
    const found = await this.source.nodes(ids);
    const readerOf = (vertex: number) => new PropertyReader(found.get(this.idOf(vertex))?.properties ?? {});
    const [profiles, measures, partners, paths] = vertices;
    return {
      profiles: profiles.flatMap((vertex) => this.profile(vertex, readerOf(vertex))),
      own: measures.flatMap((vertex) => this.own(vertex, readerOf(vertex))),
      partners: this.byExperience(partners).map((vertex) => this.partner(vertex, readerOf(vertex))),
      cooperation: paths.map((vertex) => this.path(vertex, readerOf(vertex))),
    };
  }

  private profile(vertex: number, read: PropertyReader): MeasureProfile[] {
    const terms = termsOf(read);
    if (terms === undefined) return [];
    return [
      {
        ...terms,
        id: this.idOf(vertex),
        name: this.builder.nameOf(vertex),
        partnerKinds: read.texts('partnerKinds').filter((kind) => mayTake(kind, terms.measureType)),
        targetTypes: read.texts('targetTypes'),
        targetKinds: read.texts('targetKinds'),
        isAtHome: read.flag('atHome'),
      },
    ];
  }

  /** Measures of a plan belong to it, and are not on offer to others. */
  private own(vertex: number, read: PropertyReader): OwnMeasure[] {
    const terms = termsOf(read);
    const { to, from } = this.builder.projection;
    if (terms === undefined || this.builder.edges(vertex, 'in', 'PLANS').length > 0) return [];
    const other = (type: string) => [
      ...this.builder.edges(vertex, 'out', type).map((edge) => this.idOf(to[edge])),
      ...(type === 'CONFLICTS_WITH'
        ? this.builder.edges(vertex, 'in', type).map((edge) => this.idOf(from[edge]))
        : []),
    ];
    return [
      {
        ...terms,
        id: this.idOf(vertex),
        name: this.builder.nameOf(vertex),
        targets: this.builder.edges(vertex, 'out', 'AGAINST').map((edge) => to[edge]),
        partners: other('ASSIGNED_TO'),
        conflicts: other('CONFLICTS_WITH'),
        requires: other('REQUIRES'),
        expiresAt: this.expiryOf(this.ends(vertex, 'BASED_ON')),
      },
    ];
  }

  /** Who took part in more past interventions comes first, so that of equals the more experienced acts. */
  private byExperience(partners: readonly number[]): number[] {
    const taken = new Map(partners.map((each) => [each, this.builder.edges(each, 'in', 'TAKEN_BY').length]));
    return [...partners].sort((a, b) => (taken.get(b) ?? 0) - (taken.get(a) ?? 0) || a - b);
  }

  private partner(vertex: number, read: PropertyReader): PartnerRecord {
    return {
      id: this.idOf(vertex),
      name: this.builder.nameOf(vertex),
      kind: read.text('partnerKind') ?? '',
      jurisdictions: this.endsOf(vertex, 'UNDER_JURISDICTION'),
      capabilities: read.texts('capabilities'),
      capacity: read.number('capacity'),
      represents: this.endsOf(vertex, 'REPRESENTS'),
    };
  }

  private path(vertex: number, read: PropertyReader): CooperationRecord {
    const instruments = this.ends(vertex, 'UNDER_INSTRUMENT');
    const expiresAt = this.expiryOf(instruments);
    const lasting = instruments.find((each) => this.builder.number('expiresAt', each) === expiresAt);
    return {
      id: this.idOf(vertex),
      name: this.builder.nameOf(vertex),
      instrument: lasting === undefined ? null : this.builder.nameOf(lasting),
      expiresAt,
      offence: read.text('offence'),
      from: new Set(this.endsOf(vertex, 'COOPERATES_FROM')),
      to: new Set(this.endsOf(vertex, 'COOPERATES_TO')),
      medianDays: read.number('medianDays'),
      daysSigma: read.number('daysSigma') ?? 0,
      pGranted: read.number('pGranted') ?? 1,
      measureTypes: new Set(read.texts('measureTypes')),
    };
  }

  /** The last instant at which one of some instruments is in force; null where one never ends, or there is none. */
  private expiryOf(instruments: readonly number[]): number | null {
    const ends = instruments.map((each) => this.builder.number('expiresAt', each));
    return ends.some((end) => end === null) || ends.length === 0 ? null : Math.max(...ends.map(Number));
  }

  private ends(vertex: number, type: string): number[] {
    return this.builder.edges(vertex, 'out', type).map((edge) => this.builder.projection.to[edge]);
  }

  private endsOf(vertex: number, type: string): string[] {
    return this.ends(vertex, type).map((end) => this.idOf(end));
  }

  private idOf(vertex: number): string {
    return this.builder.projection.vertices.ids[vertex];
  }
}

function termsOf(read: PropertyReader): MeasureTerms | undefined {
  const measureType = read.text('measureType');
  if (measureType === null) return undefined;
  return {
    measureType,
    effect: read.text('effect'),
    strength: read.number('strength'),
    holdMedianDays: read.number('holdMedianDays'),
    holdSigma: read.number('holdSigma'),
    cost: read.number('cost'),
    leadDays: read.number('leadDays'),
    pSuccess: read.number('pSuccess'),
    exposure: read.number('exposure'),
    collateral: read.number('collateral'),
    legalBasis: read.text('legalBasis'),
    offences: read.texts('offences').length > 0 ? read.texts('offences') : null,
  };
}

/** What one measure says of itself wins over its profile. */
export function overridden(profile: MeasureTerms, own: MeasureTerms): MeasureTerms {
  const said = Object.entries(own).filter(([, value]) => value !== null);
  return { ...profile, ...Object.fromEntries(said) };
}
