/** The curated files themselves: every fact has a source, every key resolves, every operation can be evaluated. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LAWFUL_TAKERS, mayTake } from '../../src/model/measure-law';
import { findNodeType } from '../../src/model/ontology/ontology';
import { VOCABULARIES } from '../../src/model/vocabulary';

const FOLDER = join(__dirname, '..', '..', 'seeds');
/** Day of the compilation: what has no end by then is present. */
const COMPILED = '2026-11-23';
const ASSUMPTIONS = 'atlas-assumptions';

interface Claim {
  report: string;
  says: string;
  confidence: number;
  credibility: number;
  derivation: string;
  about?: string[];
}
type Entry = Record<string, unknown> & { key: string; name: string; claims: Claim[] };
type Span = { validFrom?: string; validTo?: string };
type Node = Entry & Span & { type: string };
type Link = Record<string, unknown> & Span & { type: string; from: string; to: string; claims: Claim[] };
interface Supplier {
  component: string;
  role: string;
  share: number;
  switchDays: number;
  observed: boolean;
  claims: Claim[];
}
type Need = Entry & {
  stage: string;
  need: string;
  mode: string;
  atLeast?: number;
  criticality: number;
  graceDays: number;
  completeness: string;
  suppliers: Supplier[];
};
type Operation = Entry &
  Span & { operationType: string; severity: number; actor?: string; targets: string[]; needs: Need[] };
interface Outcome {
  metric: string;
  before?: number;
  after?: number;
  unit: string;
  regeneratedAt?: string;
  downtimeDays?: { low: number; mid: number; high: number };
  displacedTo?: string[];
  claims: Claim[];
}
type Intervention = Entry & {
  measureTypes: string[];
  startedAt: string;
  endedAt?: string;
  partners: { name: string; kind: string; jurisdiction: string }[];
  targets: string[];
  outcomes: Outcome[];
  lesson: string;
  verdict: string;
};
type Report = {
  key: string;
  publisher: string;
  title: string;
  published: string;
  url?: string;
  reliability: string;
};
type Market = { category: string; switchDays: number; capacityShare: number; claims: Claim[] };
type Profile = Entry & {
  measureType: string;
  effect: string;
  partnerKinds: string[];
  targetTypes: string[];
  targetKinds?: string[];
  legalBasis: string;
};
type Recovery = { category: string; setupSigma: number; claims: Claim[] };
type Partner = Entry & { kind: string; jurisdictions: string[]; capabilities?: string[] };
type Instrument = Entry & { instrumentKind: string; inForceIn: string[] };
type Path = Entry & { instrument: string; from: string[]; to: string[]; measureTypes?: string[] };
interface Theme {
  nodes: Node[];
  relationships: Link[];
  operations: Operation[];
  componentNeeds?: { component: string; needs: Need[] }[];
}

const read = <T>(name: string): T => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as T;

const { reports } = read<{ reports: Report[] }>('reports.json');
const places = read<{ jurisdictions: (Entry & { code: string })[]; sectors: Entry[] }>('jurisdictions.json');
const { tools } = read<{ tools: (Node & { availability: string; externalId?: string })[] }>('tools.json');
const { market } = read<{ market: Market[] }>('market.json');
const { interventions } = read<{ interventions: Intervention[] }>('interventions.json');
const { measures } = read<{ measures: Profile[] }>('measures.json');
const { recovery } = read<{ recovery: Recovery[] }>('recovery.json');
const { partners } = read<{ partners: Partner[] }>('partners.json');
const { instruments, cooperation } = read<{ instruments: Instrument[]; cooperation: Path[] }>(
  'cooperation.json',
);
const themes = readdirSync(join(FOLDER, 'ecosystem')).map((name) => read<Theme>(join('ecosystem', name)));
const nodes = themes.flatMap((theme) => theme.nodes);
const links = themes.flatMap((theme) => theme.relationships);
const operations = themes.flatMap((theme) => theme.operations);
const needs = [
  ...operations.flatMap((operation) => operation.needs),
  ...themes.flatMap((theme) => (theme.componentNeeds ?? []).flatMap((each) => each.needs)),
];
const components = nodes.filter((node) => node.type !== 'IntrusionSet');
const byKey = new Map([...nodes, ...tools].map((node) => [node.key, node]));
const keysOfPlaces = new Set(places.jurisdictions.map((place) => place.key));

/** Everything in the files that carries claims, with a name for messages. */
function facts(value: unknown, place = ''): { place: string; claims: Claim[] }[] {
  if (Array.isArray(value)) return value.flatMap((each) => facts(each, place));
  if (value === null || typeof value !== 'object') return [];
  const { claims, ...rest } = value as { claims?: Claim[] };
  const { key, from, type, to, component } = rest as Record<string, unknown>;
  const here = [place, key ?? component ?? (from === undefined ? '' : `${from} ${type} ${to}`)].join('/');
  const inside = Object.values(rest).flatMap((each) => facts(each, here));
  return claims ? [{ place: here, claims }, ...inside] : inside;
}
const allFacts = facts([
  places,
  tools,
  market,
  interventions,
  themes,
  measures,
  recovery,
  partners,
  instruments,
  cooperation,
]);

/** Entries that break a rule, so that a failure names them. */
const breaking = <T>(list: readonly T[], rule: (each: T) => boolean, name: (each: T) => string): string[] =>
  list.filter((each) => !rule(each)).map(name);
const keyOf = (each: { key: string }): string => each.key;
const within = (value: unknown, terms: readonly string[]): boolean => terms.includes(value as string);
const isDay = (value: string | undefined): boolean => value === undefined || /^\d{4}-\d\d-\d\d$/.test(value);
const isPresent = (span: Span): boolean => span.validTo === undefined || span.validTo > COMPILED;
const overlap = (a: Span, b: Span): boolean =>
  (a.validFrom ?? '0') < (b.validTo ?? '9') && (b.validFrom ?? '0') < (a.validTo ?? '9');

describe('sources', () => {
  const known = new Set(reports.map(keyOf));

  it('every fact has at least one claim of a known report, and one report says a thing once', () => {
    const broken = breaking(
      allFacts,
      ({ claims }) =>
        claims.length > 0 &&
        claims.every((claim) => known.has(claim.report) && claim.says.length > 3) &&
        new Set(claims.map((claim) => claim.report)).size === claims.length,
      (fact) => fact.place,
    );
    expect(broken).toEqual([]);
    expect(allFacts.length).toBeGreaterThan(1000);
  });

  it('says how sure each claim is, and marks the maintainers’ own assumptions as such', () => {
    const claims = allFacts.flatMap(({ place, claims: list }) => list.map((claim) => ({ place, claim })));
    const broken = breaking(
      claims,
      ({ claim }) =>
        claim.confidence > 0 &&
        claim.confidence <= 100 &&
        within(claim.credibility, [1, 2, 3, 4, 5, 6] as never) &&
        within(claim.derivation, VOCABULARIES.Derivation) &&
        (claim.derivation === 'ASSESSED') === (claim.report === ASSUMPTIONS) &&
        (claim.report !== ASSUMPTIONS || (claim.confidence >= 30 && claim.confidence <= 60)),
      ({ place }) => place,
    );
    expect(broken).toEqual([]);
  });

  it('every report is dated, used, and listed in the README', () => {
    const readme = readFileSync(join(FOLDER, 'README.md'), 'utf8');
    const used = new Set(allFacts.flatMap(({ claims }) => claims.map((claim) => claim.report)));
    const isComplete = (report: Report): boolean =>
      isDay(report.published) &&
      report.published <= COMPILED &&
      report.title.length > 0 &&
      (report.url === undefined || report.url.startsWith('https://')) &&
      within(report.reliability, VOCABULARIES.Reliability) &&
      used.has(report.key) &&
      readme.includes(`\`${report.key}\``);
    expect(breaking(reports, isComplete, keyOf)).toEqual([]);
  });

  it('holds personal data only with standing, basis and review date', () => {
    const persons = nodes.filter((node) => node.kind === 'PERSON');
    const hasBasis = (node: Node): boolean => Boolean(node.standing && node.legalBasis && node.reviewDate);
    expect(breaking(persons, hasBasis, keyOf)).toEqual([]);
  });
});

describe('keys and terms', () => {
  it('every key is used once and every reference resolves', () => {
    const keys = [...reports, ...places.jurisdictions, ...places.sectors, ...tools, ...nodes]
      .concat(operations as never, interventions as never, needs as never)
      .concat(measures as never, partners as never, instruments as never, cooperation as never)
      .map(keyOf);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    const known = new Set(keys);
    const referred = [
      ...links.flatMap((link) => [link.from, link.to]),
      ...needs.flatMap((need) => need.suppliers.map((supplier) => supplier.component)),
      ...operations.flatMap((operation) => [
        ...operation.targets,
        ...(operation.actor ? [operation.actor] : []),
      ]),
      ...interventions.flatMap((each) => each.targets),
      ...partners.flatMap((each) => each.jurisdictions),
      ...instruments.flatMap((each) => each.inForceIn),
      ...cooperation.flatMap((each) => [each.instrument, ...each.from, ...each.to]),
      ...interventions.flatMap((each) => each.outcomes.flatMap((outcome) => displaced(outcome))),
      ...themes.flatMap((theme) => (theme.componentNeeds ?? []).map((each) => each.component)),
    ];
    expect(referred.filter((key) => !known.has(key))).toEqual([]);
  });

  it('uses the vocabularies of the model', () => {
    expect(
      breaking(operations, (each) => within(each.operationType, VOCABULARIES.OperationType), keyOf),
    ).toEqual([]);
    const isSound = (need: Need): boolean =>
      within(need.stage, VOCABULARIES.Stage) &&
      within(need.mode, VOCABULARIES.RequirementMode) &&
      within(need.completeness, VOCABULARIES.Completeness) &&
      need.suppliers.every((supplier) => within(supplier.role, VOCABULARIES.SupplierRole));
    expect(breaking(needs, isSound, keyOf)).toEqual([]);
    const services = nodes.filter((node) => node.type === 'Service');
    expect(breaking(services, (node) => within(node.category, VOCABULARIES.ServiceCategory), keyOf)).toEqual(
      [],
    );
    const isAvailable = (tool: (typeof tools)[number]): boolean =>
      within(tool.availability, ['OPEN', 'LEAKED', 'COMMERCIAL']) &&
      (tool.externalId === undefined || /^S\d{4}$/.test(tool.externalId));
    expect(breaking(tools, isAvailable, keyOf)).toEqual([]);
  });

  it('dates are days in order, and present where both ends are', () => {
    const isOrdered = (each: Span): boolean =>
      isDay(each.validFrom) && isDay(each.validTo) && (each.validFrom ?? '0') < (each.validTo ?? '9');
    expect(breaking([...nodes, ...operations], isOrdered, keyOf)).toEqual([]);
    expect(breaking(links, isOrdered, (link) => `${link.from} ${link.type} ${link.to}`)).toEqual([]);
  });
});

describe('an ecosystem that can be analysed', () => {
  it('has the promised size', () => {
    expect(components.length).toBeGreaterThanOrEqual(60);
    expect(operations.length).toBeGreaterThanOrEqual(25);
    expect(operations.filter(isPresent).length).toBeGreaterThanOrEqual(20);
    expect(tools.length).toBeGreaterThanOrEqual(40);
    expect(interventions.length).toBeGreaterThanOrEqual(20);
    const unkept = interventions.filter((each) => within(each.verdict, ['FAILED', 'TEMPORARY']));
    expect(unkept.length).toBeGreaterThanOrEqual(8);
  });

  it('every operation has needs, and every need suppliers with shares that fit its mode', () => {
    expect(breaking(operations, (each) => each.needs.length > 0 && each.severity > 0, keyOf)).toEqual([]);
    const isSupplied = (need: Need): boolean => {
      const shares = need.suppliers.reduce((sum, supplier) => sum + supplier.share, 0);
      const count = need.suppliers.length;
      const isMode = need.mode === 'AT_LEAST' ? need.atLeast! >= 1 && need.atLeast! <= count : !need.atLeast;
      const isWhole = need.mode === 'ALL' ? shares === count : shares <= 1.005;
      return count > 0 && isMode && isWhole && need.suppliers.every((supplier) => supplier.switchDays >= 0);
    };
    expect(breaking(needs, isSupplied, keyOf)).toEqual([]);
  });

  it('a supplier lives while its operation does, and present operations are supplied today', () => {
    const pairs = operations.flatMap((operation) =>
      operation.needs.map((need) => ({ operation, need, name: need.key })),
    );
    const spanOf = (supplier: Supplier): Span => byKey.get(supplier.component) ?? {};
    const isAlive = ({ operation, need }: (typeof pairs)[number]): boolean =>
      need.suppliers.every((supplier) => overlap(operation, spanOf(supplier))) &&
      (!isPresent(operation) ||
        need.suppliers.some((each) => isPresent(spanOf(each)) && each.switchDays < 30));
    expect(breaking(pairs, isAlive, (pair) => pair.name)).toEqual([]);
  });

  it('every service category that is needed has a market assumption', () => {
    const priced = new Set(market.map((each) => each.category));
    const wanted = new Set(needs.map((need) => need.need));
    const missing = VOCABULARIES.ServiceCategory.filter((each) => wanted.has(each) && !priced.has(each));
    expect(missing).toEqual([]);
  });

  it('has substitutes, shared back ends, providers, jurisdictions and k of n', () => {
    const kinds = new Set(links.map((link) => link.type));
    for (const kind of [
      'SHARES_BACKEND',
      'RESELLS',
      'DEPENDS_ON',
      'PROVIDED_BY',
      'AFFILIATE_OF',
      'CONTINUES_AS',
    ]) {
      expect(kinds).toContain(kind);
    }
    expect(new Set(needs.map((need) => need.mode))).toEqual(new Set(VOCABULARIES.RequirementMode));
    expect(new Set(needs.map((need) => need.completeness))).toEqual(new Set(VOCABULARIES.Completeness));
    const shared = components.filter(
      (node) => needs.filter((need) => need.suppliers.some((each) => each.component === node.key)).length > 2,
    );
    expect(shared.length).toBeGreaterThan(15);
    const located = new Set(
      links.filter((link) => link.type === 'UNDER_JURISDICTION').map((link) => link.from),
    );
    expect(components.filter((node) => located.has(node.key)).length / components.length).toBeGreaterThan(
      0.5,
    );
  });

  it('every type of measure has a profile, which names who may take it, against what, on what basis', () => {
    const profiled = new Set(measures.map((each) => each.measureType));
    expect(Object.keys(LAWFUL_TAKERS).filter((type) => !profiled.has(type))).toEqual([]);
    const isWhole = (each: Profile): boolean =>
      within(each.effect, VOCABULARIES.MeasureEffect) &&
      each.partnerKinds.length > 0 &&
      each.partnerKinds.every((kind) => mayTake(kind, each.measureType)) &&
      each.targetTypes.length > 0 &&
      each.targetTypes.every((type) => findNodeType(type)?.isComponent === true) &&
      each.legalBasis.length > 5;
    expect(breaking(measures, isWhole, keyOf)).toEqual([]);
  });

  it('partners can do only what their kind may, and cooperation brings about only known measures', () => {
    const isLawful = (each: Partner): boolean =>
      (each.capabilities ?? []).every((type) => mayTake(each.kind, type));
    expect(breaking(partners, isLawful, keyOf)).toEqual([]);
    const isKnown = (each: Path): boolean =>
      (each.measureTypes ?? []).every((type) => within(type, VOCABULARIES.MeasureType));
    expect(breaking(cooperation, isKnown, keyOf)).toEqual([]);
    expect(
      breaking(instruments, (each) => within(each.instrumentKind, VOCABULARIES.InstrumentKind), keyOf),
    ).toEqual([]);
    expect(recovery.every((each) => each.setupSigma > 0)).toBe(true);
  });

  it('every intervention names measures, partners and hit components, and measures an effect', () => {
    const isWhole = (each: Intervention): boolean =>
      each.measureTypes.length > 0 &&
      each.measureTypes.every((type) => within(type, VOCABULARIES.MeasureType)) &&
      within(each.verdict, VOCABULARIES.Verdict) &&
      each.lesson.length > 10 &&
      each.partners.every(
        (one) => within(one.kind, VOCABULARIES.PartnerKind) && keysOfPlaces.has(one.jurisdiction),
      ) &&
      each.targets.every((target) => components.some((node) => node.key === target)) &&
      each.outcomes.length > 0 &&
      isDay(each.startedAt) &&
      each.startedAt <= (each.endedAt ?? '9');
    expect(breaking(interventions, isWhole, keyOf)).toEqual([]);
    const outcomes = interventions.flatMap((each) => each.outcomes.map((outcome) => ({ each, outcome })));
    const isMeasured = ({ each, outcome }: (typeof outcomes)[number]): boolean => {
      const { low, mid, high } = outcome.downtimeDays ?? { low: 0, mid: 0, high: 0 };
      const values = [outcome.before, outcome.after].filter((value) => value !== undefined);
      const isNumber = values.length > 0 && values.every((value) => Number.isFinite(Number(value)));
      return isNumber && low <= mid && mid <= high && (outcome.regeneratedAt ?? '9') >= each.startedAt;
    };
    expect(breaking(outcomes, isMeasured, ({ each, outcome }) => `${each.key}: ${outcome.metric}`)).toEqual(
      [],
    );
  });
});

function displaced(outcome: Outcome): string[] {
  return outcome.displacedTo ?? [];
}
