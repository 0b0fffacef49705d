import { ACTION_TYPES } from './action-types';
import { type NodeType, nodeType } from './node-type';
import {
  datetime,
  flag,
  float,
  int,
  json,
  type PropertySpec,
  string,
  strings,
  term,
  terms,
  text,
} from './property';

const noStix = { stix: null } as const;

/** Who may see an object: lists, and yet columns, since the views of viewers are cut by them. */
export const markings = {
  ...strings('markings', 'TLP 2.0 names or marking definitions that apply', { stix: 'object_marking_refs' }),
  isColumn: true,
};
export const sharedWith = {
  ...strings(
    'sharedWith',
    'Viewers and sharing groups that it is for; where any are named, nobody else sees it',
    noStix,
  ),
  isColumn: true,
};

/** What the service keeps of writers who do not see everything; docs/decisions/0012. */
export const standsFor = string(
  'standsFor',
  'Id that its writer gave it, where another object bears that id and was hidden from the writer',
  noStix,
);
export const restated = {
  ...strings(
    'restated',
    'Properties that were written by somebody who could not see the claims about them: the claims speak of another value',
    noStix,
  ),
  isColumn: true,
};

/** Properties of every node. */
export const NODE_PROPERTIES: readonly PropertySpec[] = [
  string('name', 'Name by which the object is best known'),
  strings('aliases', 'Other names of the object'),
  json('aliasUses', 'Who uses which alias: [{name, usedBy}]', noStix),
  text('description', 'What the object is'),
  datetime('validFrom', 'From when the object exists in the world', noStix),
  datetime('validTo', 'Until when the object exists in the world', { ...noStix, notBelow: ['validFrom'] }),
  datetime('created', 'When the source created the object'),
  datetime('modified', 'When the source last modified the object'),
  flag('revoked', 'The source revoked the object: kept, not active'),
  flag('deprecated', 'The source deprecated the object: kept, not active', { stix: 'x_mitre_deprecated' }),
  flag('stub', 'Only referred to so far: no source has described the object yet', noStix),
  flag('inferred', 'Derived by a rule of the service, not stated by a source', noStix),
  string('stixType', 'Type of the object at its source, where the model has no type of that name', noStix),
  strings('sourceIds', 'Identifiers of the object at its sources', noStix),
  markings,
  sharedWith,
  standsFor,
  restated,
  text('createdByRef', 'Identity that created the object at the source'),
  strings('labels', 'Labels given by the source'),
  strings('externalIds', 'Identifiers of the object in frameworks it is not part of', noStix),
  json('externalReferences', 'References to sources outside'),
  json('customProperties', 'What a source says that has no other room; exported again', noStix),
];

const setupDays = float('setupDays', 'Days to set up a replacement', { ...noStix, range: [0, 36500] });
const detectDays = float('detectDays', 'Days until the loss is noticed', { ...noStix, range: [0, 36500] });
const reach = term('reach', 'Reach', "An analyst's word on reach; overrides what availability says", noStix);
const reachReason = text('reachReason', 'Why the analyst says so', noStix);
const externalId = string('externalId', 'Identifier in the framework', noStix);
const framework = term('framework', 'Framework', 'Framework it belongs to', noStix);
const availability = term('availability', 'Availability', 'Who can get it', noStix);
const supplyKind = string(
  'supplyKind',
  'How it reaches its users: system utility, open source, commercial ..',
  noStix,
);
const killChain = { ...json('killChainPhases', 'Kill chain phases'), isColumn: true };
const platforms = strings('platforms', 'Platforms it applies to', { stix: 'x_mitre_platforms' });
const domains = strings('domains', 'Domains of the framework it belongs to', { stix: 'x_mitre_domains' });

const component = (
  name: string,
  stixTypes: readonly string[],
  description: string,
  properties: readonly PropertySpec[],
) =>
  nodeType(name, stixTypes, description, [...properties, reach, reachReason], {
    component: true,
  });

const reference = (
  name: string,
  stixTypes: readonly string[],
  description: string,
  properties: readonly PropertySpec[],
) => nodeType(name, stixTypes, description, properties, { reference: true });

/** STIX types of infrastructure: the object, and the observables that are addresses. */
const INFRASTRUCTURE = [
  'infrastructure',
  'domain-name',
  'ipv4-addr',
  'ipv6-addr',
  'url',
  'autonomous-system',
];

const FINANCIAL_CHANNEL = ['x-atlas-financial-channel', 'cryptocurrency-wallet'];

const COMPONENTS: readonly NodeType[] = [
  component('ThreatActor', ['threat-actor'], 'The real group or person behind clusters of activity', [
    term('kind', 'ActorKind', 'Group, person, persona or brand', noStix),
    term('motivation', 'ActorMotivation', 'Why the actor acts', noStix),
    strings('roles', 'Roles the actor plays'),
    text('sophistication', 'Skill level'),
    term('lifecycle', 'Lifecycle', 'Where the actor stands in its life', noStix),
    term('standing', 'PersonStanding', 'Standing of a natural person', noStix),
    text('legalBasis', 'Legal basis for holding personal data', noStix),
    datetime('reviewAt', 'When the holding of personal data is to be reviewed', noStix),
    setupDays,
    detectDays,
  ]),
  component('Service', ['x-atlas-service'], 'A criminal service that others buy', [
    term('category', 'ServiceCategory', 'Category of service'),
    term('layer', 'ServiceLayer', 'Layer of the market'),
    term('offer', 'OfferModel', 'How it is sold'),
    float('price', 'Price of one unit of the offer', { range: [0, 1e12] }),
    string('currency', 'Currency of the price (ISO 4217 or ticker)'),
    setupDays,
    detectDays,
    flag('brandDependent', 'Its business rests on trust in its brand'),
    term('lifecycle', 'Lifecycle', 'Where the service stands in its life'),
  ]),
  component('Infrastructure', INFRASTRUCTURE, 'Infrastructure that operations run on', [
    string('infrastructureType', 'Kind of infrastructure (STIX vocabulary and telecom terms)', noStix),
    strings('infrastructureTypes', 'Kinds as the source lists them'),
    killChain,
    string('address', 'Domain, address or number', noStix),
    term('tenancy', 'Tenancy', 'Who shares it', noStix),
    setupDays,
    detectDays,
    term('control', 'Control', 'Whether someone lawful controls it', noStix),
    text('controlledBy', 'Who controls it', noStix),
    datetime('controlledUntil', 'Until when it is controlled', noStix),
  ]),
  component('Malware', ['malware'], 'Malware', [
    flag('isFamily', 'A family, not a sample'),
    string('family', 'Family it belongs to', noStix),
    string('version', 'Version'),
    availability,
    supplyKind,
    strings('malwareTypes', 'Kinds of malware'),
    killChain,
    platforms,
    domains,
    externalId,
  ]),
  component('Tool', ['tool'], 'Legitimate or dual-use software used by adversaries', [
    string('family', 'Family it belongs to', noStix),
    string('toolVersion', 'Version'),
    availability,
    supplyKind,
    strings('toolTypes', 'Kinds of tool'),
    killChain,
    platforms,
    domains,
    externalId,
  ]),
  component('FinancialChannel', FINANCIAL_CHANNEL, 'A channel that money moves through', [
    term('channelType', 'ChannelType', 'Kind of channel'),
    string('chain', 'Blockchain of a wallet'),
    string('addressHash', 'Hash of the address or account'),
    flag('freezable', 'Someone lawful can freeze it'),
    setupDays,
    detectDays,
    term('lifecycle', 'Lifecycle', 'Where the channel stands in its life'),
  ]),
  component('Venue', ['x-atlas-venue'], 'A place where actors meet and trade', [
    term('venueType', 'VenueType', 'Kind of venue'),
    setupDays,
    detectDays,
    term('lifecycle', 'Lifecycle', 'Where the venue stands in its life'),
  ]),
  nodeType(
    'Technique',
    ['attack-pattern'],
    'A technique of a framework',
    [
      framework,
      externalId,
      term('maturity', 'TechniqueMaturity', 'Whether it has been observed', noStix),
      flag('isSubtechnique', 'A sub-technique', { stix: 'x_mitre_is_subtechnique' }),
      killChain,
      platforms,
      domains,
      text('detection', 'How it is detected', { stix: 'x_mitre_detection' }),
    ],
    { component: true, reference: true },
  ),
];

const ACTIVITY: readonly NodeType[] = [
  nodeType('IntrusionSet', ['intrusion-set'], 'What one reporter calls a cluster of activity', [
    string('reporter', 'Who reports the cluster', noStix),
    string('reportedName', 'Name the reporter gives it', noStix),
    datetime('publishedAt', 'When the reporter published it', noStix),
    strings('goals', 'Goals'),
    text('primaryMotivation', 'Primary motivation as the source words it'),
    text('resourceLevel', 'Resource level as the source words it'),
    datetime('firstSeen', 'First seen'),
    datetime('lastSeen', 'Last seen', { notBelow: ['firstSeen'] }),
    domains,
    externalId,
  ]),
  nodeType(
    'Operation',
    ['campaign', 'attack-flow'],
    'A criminal operation: what disruption is meant to stop',
    [
      term('operationType', 'OperationType', 'Kind of operation', noStix),
      float('severity', 'Harm of one day of the operation, as a relative weight', {
        ...noStix,
        range: [0, 1e9],
      }),
      float('revenueLowUsd', 'Yearly revenue, low estimate, US dollars', { ...noStix, range: [0, 1e15] }),
      float('revenueHighUsd', 'Yearly revenue, high estimate, US dollars', {
        ...noStix,
        range: [0, 1e15],
        notBelow: ['revenueLowUsd'],
      }),
      int('victimsLow', 'Yearly victims, low estimate', { ...noStix, range: [0, 1e12] }),
      int('victimsHigh', 'Yearly victims, high estimate', {
        ...noStix,
        range: [0, 1e12],
        notBelow: ['victimsLow'],
      }),
      flag('ended', 'The operation is over: evidence, never extra weight', noStix),
      datetime('firstSeen', 'First seen'),
      datetime('lastSeen', 'Last seen', { notBelow: ['firstSeen'] }),
      text('objective', 'Objective as the source words it'),
      domains,
      externalId,
    ],
  ),
  nodeType(
    'Requirement',
    ['x-atlas-requirement'],
    'One need of an operation or component, met by suppliers',
    [
      term('stage', 'Stage', 'Stage of the operation that has the need'),
      string('need', 'Service category, or what is needed in words'),
      term('mode', 'RequirementMode', 'How many suppliers it takes'),
      int('atLeast', 'k of AT_LEAST k', { range: [1, 1e6], onlyWith: ['mode', 'AT_LEAST'] }),
      float('criticality', 'Share of the operation lost while the need is unmet', { range: [0, 1] }),
      float('graceDays', 'Days the operation goes on with the need unmet', { range: [0, 36500] }),
      term('completeness', 'Completeness', 'How completely its suppliers are known'),
    ],
  ),
  nodeType('Account', ['user-account'], 'A handle at a venue', [
    string('handle', 'Handle', { stix: 'account_login' }),
  ]),
];

const KNOWLEDGE: readonly NodeType[] = [
  reference('Tactic', ['x-mitre-tactic'], 'A tactic of a framework', [
    framework,
    externalId,
    string('shortname', 'Short name used by kill chain phases', { stix: 'x_mitre_shortname' }),
    domains,
  ]),
  reference('Mitigation', ['course-of-action'], 'A mitigation of a framework', [
    framework,
    externalId,
    domains,
  ]),
  reference('Vulnerability', ['vulnerability'], 'A vulnerability', [string('cve', 'CVE identifier', noStix)]),
  reference('Software', ['software'], 'A software product', [
    string('purl', 'Package URL', noStix),
    string('cpe', 'CPE name'),
    string('version', 'Version'),
    text('vendor', 'Vendor'),
  ]),
  nodeType('VexStatement', ['x-atlas-vex-statement'], 'A statement on whether a product is affected', [
    term('status', 'VexStatus', 'Status'),
    text('justification', 'Justification'),
    datetime('statedAt', 'When it was stated'),
    text('author', 'Who stated it'),
  ]),
  nodeType('Indicator', ['indicator'], 'A pattern that detects activity', [
    text('pattern', 'Pattern'),
    string('patternType', 'Language of the pattern'),
    datetime('indicatorFrom', 'From when the pattern is useful', { stix: 'valid_from' }),
    datetime('indicatorUntil', 'Until when the pattern is useful', {
      stix: 'valid_until',
      notBelow: ['indicatorFrom'],
    }),
  ]),
  nodeType('Sighting', ['sighting'], 'Something was seen', [
    int('count', 'How often', { range: [0, 999999999] }),
    strings('whereSightedRefs', 'Who saw it, or where: ids of identities and locations'),
    datetime('firstSeen', 'First seen'),
    datetime('lastSeen', 'Last seen', { notBelow: ['firstSeen'] }),
    float('breakoutSeconds', 'Seconds to lateral movement or data theft', noStix),
    string('breakoutTo', 'What the breakout led to', noStix),
  ]),
  reference('Sector', ['x-atlas-sector'], 'An economic sector', [string('nace', 'NACE code', noStix)]),
  reference('Jurisdiction', ['location'], 'A country or area of law', [
    string('iso3166', 'ISO 3166-1 alpha-2 code', { stix: 'country' }),
    string('region', 'Region'),
  ]),
  nodeType('Organization', ['identity'], 'A legitimate organisation, or another identity', [
    { ...terms('organizationRoles', 'OrganizationRole', 'Roles it plays', noStix), isColumn: true },
    strings('roles', 'Roles as the source lists them'),
    string('identityClass', 'Class of the identity'),
    strings('sectors', 'Sectors as the source lists them'),
    term('complicity', 'Complicity', 'How far it is complicit as a provider', noStix),
    term('abuseResponsiveness', 'AbuseResponsiveness', 'How it answers reports of abuse', noStix),
    flag('pseudonymised', 'Its name stands for a victim that is not to be named', noStix),
    float('medianDaysToAct', 'Median days until it acts on an abuse report', {
      ...noStix,
      range: [0, 36500],
    }),
  ]),
];

const EVIDENCE: readonly NodeType[] = [
  nodeType('Source', ['x-atlas-source'], 'Who says something', [
    term('reliability', 'Reliability', 'Reliability (Admiralty code)'),
  ]),
  nodeType('Report', ['report'], 'Where it is said', [
    datetime('published', 'When it was published'),
    text('url', 'Where it is published', noStix),
    string('hash', 'SHA-256 of the content', noStix),
    string('publisher', 'Who published it', noStix),
    term('reliability', 'Reliability', 'Reliability of its source (Admiralty code)', noStix),
    strings('objectRefs', 'Objects the report is about'),
    strings('reportTypes', 'Kinds of report'),
  ]),
];

/** What the service itself is told: no intelligence, and part of no export. */
const SETTINGS: readonly NodeType[] = [
  nodeType('Collection', ['x-atlas-collection'], 'A saved query that is shared over TAXII', [
    string('alias', 'Short name by which it can be asked for'),
    strings('types', 'Types of nodes it holds; all when absent'),
    json('where', 'Filter on its nodes, as the lists of the API take it'),
    strings('nodeIds', 'Ids of nodes it holds, with what lies around them; all when absent'),
    int('hops', 'Steps around these nodes', { range: [0, 4] }),
    string('operation', 'Operation that it holds with all it depends on'),
    flag('acceptsObjects', 'Whether objects may be added through it, and taken out of it'),
    strings('withoutIds', 'Objects that were taken out of it'),
  ]),
  nodeType('Feed', ['x-atlas-feed'], 'A collection of another TAXII server that is imported from', [
    text('url', 'Address of the collection'),
    string('collectionId', 'Id of the collection there'),
    string('addedAfter', 'When the last object that was read had been added there'),
  ]),
];

/** Types of settings. */
export const SETTING_TYPES: ReadonlySet<string> = new Set(SETTINGS.map((type) => type.name));

export const NODE_TYPES: readonly NodeType[] = [
  ...COMPONENTS,
  ...ACTIVITY,
  ...KNOWLEDGE,
  ...EVIDENCE,
  ...ACTION_TYPES,
  ...SETTINGS,
  nodeType('Thing', [], 'An object of any other type, kept whole', []),
];
