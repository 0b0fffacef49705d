import { markings, restated, sharedWith, standsFor } from './nodes';
import { datetime, flag, float, json, type PropertySpec, string, strings, term, text } from './property';

/** One type of relationship. Ends are names of node types; `*` is any, `Component` any component. */
export interface RelationshipType {
  readonly name: string;
  readonly description: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /**
   * How failure travels: `hard` - the dependent goes down with what it points to; `mutual` - both go down together;
   * `provider` - goes down when all its providers are; `requirement` - by the mode of the requirement; undefined - not.
   */
  readonly dependency?: 'hard' | 'mutual' | 'provider' | 'requirement';
  readonly properties: readonly PropertySpec[];
  /** A node may have it to itself. */
  readonly mayLoop: boolean;
}

const noStix = { stix: null } as const;

/** Properties of every relationship. */
export const RELATIONSHIP_PROPERTIES: readonly PropertySpec[] = [
  string('stixType', 'Name of the relationship at its STIX source', noStix),
  text('description', 'What the source says about it'),
  datetime('validFrom', 'From when it holds in the world', { stix: 'start_time' }),
  datetime('validTo', 'Until when it holds in the world', { stix: 'stop_time', notBelow: ['validFrom'] }),
  datetime('firstSeen', 'First seen', noStix),
  datetime('lastSeen', 'Last seen', { ...noStix, notBelow: ['firstSeen'] }),
  datetime('created', 'When the source created it'),
  datetime('modified', 'When the source last modified it'),
  flag('revoked', 'The source revoked it: kept, not active'),
  flag('deprecated', 'The source deprecated it: kept, not active', { stix: 'x_mitre_deprecated' }),
  flag('inferred', 'Derived by a rule of the service, not stated by a source', noStix),
  strings('sourceIds', 'Identifiers of it at its sources', noStix),
  markings,
  sharedWith,
  standsFor,
  restated,
  text('createdByRef', 'Identity that created it at the source'),
  json('externalReferences', 'References to sources outside'),
  json('customProperties', 'What a source says that has no other room; exported again', noStix),
];

/** A wallet pays itself, and what a source means by other names is not known. */
const LOOPING: ReadonlySet<string> = new Set(['TRANSFERS_TO', 'RELATED_TO']);

const type = (
  name: string,
  from: string,
  to: string,
  description: string,
  properties: readonly PropertySpec[] = [],
  dependency?: RelationshipType['dependency'],
): RelationshipType => ({
  name,
  from: from.split(' '),
  to: to.split(' '),
  description,
  properties,
  dependency,
  mayLoop: LOOPING.has(name),
});

const ACTORS = 'ThreatActor IntrusionSet';
const days = (name: string, description: string) => float(name, description, { range: [0, 36500] });

export const RELATIONSHIP_TYPES: readonly RelationshipType[] = [
  type('ATTRIBUTED_TO', 'IntrusionSet Operation', ACTORS, 'Is attributed to'),
  type('SAME_AS', '*', '*', 'Is judged to be, or not to be, the same', [
    term('judgement', 'Judgement', 'The judgement'),
    string('judgedBy', 'Who judged'),
    datetime('judgedAt', 'When it was judged'),
    text('reason', 'Why'),
  ]),
  type('MEMBER_OF', ACTORS, ACTORS, 'Is a member of'),
  type('AFFILIATE_OF', `${ACTORS} Operation`, `${ACTORS} Service`, 'Is an affiliate of'),
  type(
    'CONTINUES_AS',
    'Component Operation IntrusionSet',
    'Component Operation IntrusionSet',
    'Continues as',
    [term('continuation', 'Continuation', 'How it continues')],
  ),
  type(
    'PROVIDED_BY',
    'Component',
    'ThreatActor',
    'Is provided by; goes down with its provider after autonomousDays',
    [
      term('providerRole', 'ProviderRole', 'Role of the provider'),
      days('autonomousDays', 'Days it runs on without the provider'),
    ],
    'provider',
  ),
  type('NEEDS', 'Operation Component', 'Requirement', 'Has the need', [], 'requirement'),
  type(
    'SATISFIED_BY',
    'Requirement',
    'Component',
    'Can be met by',
    [
      term('supplierRole', 'SupplierRole', 'Role of the supplier'),
      float('share', 'Share of the capacity it supplies', { range: [0, 1] }),
      days('switchDays', 'Days to switch to it'),
      flag('observed', 'Seen in use, not only possible'),
    ],
    'requirement',
  ),
  type(
    'DEPENDS_ON',
    'Component',
    'Component',
    'Cannot work without',
    [term('reason', 'DependencyReason', 'Why')],
    'hard',
  ),
  type('RESELLS', 'Component Organization', 'Component', 'Resells', [], 'hard'),
  type('SHARES_BACKEND', 'Component', 'Component', 'Runs on the same back end as', [], 'mutual'),
  type('ANNOUNCED_BY', 'Infrastructure', 'Infrastructure', 'Is announced by (routing)', [], 'hard'),
  type('LEASES_FROM', '*', '*', 'Leases from', [], 'hard'),
  type('LEASED_TO', '*', '*', 'Is leased to'),
  type('CUSTOMER_OF', 'Component Operation IntrusionSet', 'Component', 'Is a customer of'),
  type('HOSTED_AT', 'Component', 'Component Organization', 'Is hosted at', [], 'hard'),
  type('REGISTERED_WITH', 'Component', 'Organization', 'Is registered with'),
  type('HELD_BY', 'Component', '*', 'Is held by'),
  type('ACCOUNT_AT', 'Account', 'Venue', 'Is an account at'),
  type('ACCOUNT_OF', 'Account', `${ACTORS} Operation`, 'Is an account of'),
  type('UNDER_JURISDICTION', '*', 'Jurisdiction', 'Is under the jurisdiction of', [
    term('basis', 'JurisdictionBasis', 'On what basis'),
  ]),
  type('CASHES_OUT_VIA', 'Component Operation IntrusionSet', 'Component', 'Cashes out through'),
  type('TRANSFERS_TO', 'FinancialChannel', 'FinancialChannel', 'Sends money to'),
  type('ADVERTISED_ON', 'Component', 'Venue', 'Is advertised on'),
  type('USES', `Component Operation IntrusionSet`, 'Component', 'Uses'),
  type('USES_TECHNIQUE', 'Component Operation IntrusionSet', 'Technique', 'Uses the technique'),
  type('IN_TACTIC', 'Technique', 'Tactic', 'Serves the tactic'),
  type('SUBTECHNIQUE_OF', 'Technique', 'Technique', 'Is a sub-technique of'),
  type('MITIGATES', '*', 'Technique Vulnerability Malware Tool', 'Mitigates'),
  type('DETECTS', '*', 'Technique Malware Tool', 'Detects'),
  type(
    'TARGETS',
    'Component Operation IntrusionSet',
    'Sector Jurisdiction Organization Infrastructure Vulnerability',
    'Targets',
  ),
  type('EXPLOITS', 'Component Operation IntrusionSet', 'Vulnerability', 'Exploits'),
  type('AFFECTS', 'Vulnerability VexStatement', 'Software', 'Affects', [
    strings('versions', 'Versions it holds for, or ranges of them (vers); those of the product when absent'),
  ]),
  type('STATES', 'VexStatement Report', 'Vulnerability Software', 'States something about'),
  type('CONTAINS', '*', '*', 'Contains'),
  type('INDICATES', 'Indicator', '*', 'Indicates'),
  type('SIGHTED', 'Sighting', '*', 'Is a sighting of'),
  type('REVOKED_BY', '*', '*', 'Is replaced by'),
  type('PUBLISHED_BY', 'Report', 'Source', 'Was published by'),
  type('TAKEN_BY', 'Intervention', 'Partner', 'Was taken by'),
  type('HIT', 'Intervention', 'Component', 'Hit'),
  type('RESULTED_IN', 'Intervention', 'Outcome', 'Had the measured effect'),
  type('DISPLACED_TO', 'Outcome', '*', 'Found the activity displaced to'),
  type('ACHIEVED', 'Plan Measure', 'Outcome', 'Was seen to achieve'),
  type('AGAINST', 'Measure', 'Component Operation', 'Is taken against'),
  type('ASSIGNED_TO', 'Measure', 'Partner', 'Is assigned to'),
  type('BASED_ON', 'Measure', 'LegalInstrument', 'Is taken on the basis of'),
  type('CONFLICTS_WITH', 'Measure', 'Measure', 'Cannot be taken together with'),
  type('REQUIRES', 'Measure', 'Measure', 'Can be taken only together with'),
  type('PLANS', 'Plan', 'Measure', 'Plans the measure'),
  type('AIMS_AT', 'Plan', 'Operation', 'Is meant to stop'),
  type('SUPPOSES', 'Plan', 'SavedScenario', 'Supposes the scenario'),
  type('OWNED_BY', 'Plan', 'Partner', 'Is owned by'),
  type('EXECUTED_AS', 'Plan', 'Intervention', 'Was executed as'),
  type('REPRESENTS', 'Partner', 'Organization', 'Acts for'),
  type('COOPERATES_FROM', 'CooperationPath', 'Jurisdiction Partner', 'Is open to'),
  type('COOPERATES_TO', 'CooperationPath', 'Jurisdiction Partner', 'Leads to'),
  type('UNDER_INSTRUMENT', 'CooperationPath', 'LegalInstrument', 'Rests on'),
  type('IN_FORCE_IN', 'LegalInstrument', 'Jurisdiction', 'Is in force in'),
  type('RELATED_TO', '*', '*', 'Any other relationship, kept under the name its source gives it'),
];
