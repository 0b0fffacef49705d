/**
 * Reads curated ecosystem files into model values. Keys are unique over all files and become deterministic ids, so that
 * reading a mended file again changes only what was mended.
 */
import { AppError } from '../errors';
import { claimId, nodeId, relationshipId } from '../model/identity';
import { nodeProperties, relationshipProperties } from '../model/ontology/ontology';
import type { Batch, ClaimValue, Json, NodeValue, Properties, RelationshipValue } from '../model/values';
import { declareActions, partnerId, readActions, type SeedTarget } from './seed-actions';
import {
  type SeedClaim,
  type SeedFile,
  type SeedIntervention,
  type SeedNeed,
  type SeedOperation,
  seedFile,
} from './seeds.format';

/** A file as it was found: its name for messages, and its text. */
export interface NamedText {
  readonly name: string;
  readonly text: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** Names that a file may shorten, by the type that carries them. */
const SHORT_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CONTINUES_AS: { kind: 'continuation' },
  PROVIDED_BY: { role: 'providerRole' },
  SATISFIED_BY: { role: 'supplierRole' },
  SAME_AS: { kind: 'judgement', by: 'judgedBy', rationale: 'reason' },
  ThreatActor: { reviewDate: 'reviewAt' },
  Organization: { roles: 'organizationRoles' },
  Malware: { kind: 'supplyKind' },
  Tool: { kind: 'supplyKind' },
  Partner: { kind: 'partnerKind' },
  Jurisdiction: { code: 'iso3166' },
};

/** Structure of a file, which is no property. */
const STRUCTURE = new Set([
  'key',
  'type',
  'from',
  'to',
  'claims',
  'needs',
  'suppliers',
  'actor',
  'targets',
  'outcomes',
]);

/**
 * Model values of a set of files that may refer to each other.
 *
 * @throws AppError SEED_INVALID naming the file and the place, for what does not follow the format, a key used twice, or
 *   a key that nothing has
 */
export function readSeeds(files: readonly NamedText[]): Batch {
  const parsed = files.map(parse);
  const reader = new SeedReader();
  for (const { name, content } of parsed) reader.declare(name, content);
  for (const { name, content } of parsed) reader.read(name, content);
  return reader.batch();
}

function parse(file: NamedText): { name: string; content: SeedFile } {
  let json: unknown;
  try {
    json = JSON.parse(file.text);
  } catch (error) {
    throw new AppError(
      'SEED_INVALID',
      { file: file.name, place: '', reason: String(error) },
      { cause: error },
    );
  }
  const section = Array.isArray(json) ? { interventions: json } : json;
  const result = seedFile.safeParse(section);
  if (result.success) return { name: file.name, content: result.data };
  const [issue] = result.error.issues;
  throw new AppError('SEED_INVALID', { file: file.name, place: issue.path.join('.'), reason: issue.message });
}

class SeedReader implements SeedTarget {
  private readonly ids = new Map<string, string>();
  private readonly known = new Set<string>();
  private readonly nodes: NodeValue[] = [];
  private readonly relationships: RelationshipValue[] = [];
  private readonly claims: ClaimValue[] = [];
  private file = '';

  batch(): Batch {
    const { nodes, relationships, claims } = this;
    return { nodes: this.once(nodes), relationships: this.once(relationships), claims: this.once(claims) };
  }

  /** What several places state alike (a publisher, a partner) is one; what they state differently is a slip. */
  private once<V extends { readonly id: string }>(values: readonly V[]): V[] {
    const first = new Map<string, V>();
    for (const value of values) {
      const known = first.get(value.id);
      if (known === undefined) first.set(value.id, value);
      else if (JSON.stringify(known) !== JSON.stringify(value))
        this.fail(value.id, 'two places state it differently');
    }
    return [...first.values()];
  }

  /** Learns every key of a file, so that files may refer to each other in any order. */
  declare(file: string, content: SeedFile): void {
    this.file = file;
    for (const each of content.reports ?? []) this.know(each.key, 'Report');
    for (const each of content.jurisdictions ?? []) this.know(each.key, 'Jurisdiction');
    for (const each of content.sectors ?? []) this.know(each.key, 'Sector');
    for (const each of [...(content.nodes ?? []), ...(content.tools ?? [])]) this.know(each.key, each.type);
    for (const each of content.operations ?? []) this.know(each.key, 'Operation');
    for (const each of content.interventions ?? []) this.know(each.key, 'Intervention');
    const needs = [...(content.operations ?? []), ...(content.componentNeeds ?? [])].flatMap(
      (each) => each.needs,
    );
    for (const need of needs) this.know(need.key, 'Requirement');
    declareActions(this, content);
  }

  read(file: string, content: SeedFile): void {
    this.file = file;
    for (const each of content.reports ?? []) this.report(each);
    for (const each of content.jurisdictions ?? []) this.node(each.key, 'Jurisdiction', each, each.claims);
    for (const each of content.sectors ?? []) this.node(each.key, 'Sector', each, each.claims);
    for (const each of [...(content.tools ?? []), ...(content.nodes ?? [])]) this.described(each);
    for (const each of content.market ?? []) this.market(each);
    for (const each of content.relationships ?? [])
      this.link(each.type, each.from, each.to, each, each.claims);
    for (const each of content.operations ?? []) this.operation(each);
    for (const each of content.componentNeeds ?? []) this.needs(each.component, each.needs);
    for (const each of content.interventions ?? []) this.intervention(each);
    readActions(this, content);
  }

  know(key: string, type: string, id = nodeId(type, key)): void {
    if (this.ids.has(key)) this.fail(key, 'the key is used twice');
    this.ids.set(key, id);
    this.known.add(id);
  }

  private idOf(key: string, place: string): string {
    const id = this.ids.get(key);
    if (id === undefined) this.fail(place, `nothing has the key ${JSON.stringify(key)}`);
    return id as string;
  }

  fail(place: string, reason: string): never {
    throw new AppError('SEED_INVALID', { file: this.file, place, reason });
  }

  private report(each: NonNullable<SeedFile['reports']>[number]): void {
    const { title, ...rest } = each;
    const id = this.node(each.key, 'Report', { ...rest, name: title }, []);
    const sourceId = nodeId('Source', each.publisher);
    this.nodes.push({ id: sourceId, type: 'Source', properties: { name: each.publisher } });
    this.relationships.push({
      id: relationshipId('PUBLISHED_BY', id, sourceId),
      type: 'PUBLISHED_BY',
      from: id,
      to: sourceId,
      properties: {},
    });
  }

  private described(each: NonNullable<SeedFile['nodes']>[number]): void {
    const { aliases, ...rest } = each;
    const names = aliases && { aliases: aliases.map((alias) => alias.name), aliasUses: aliases };
    this.node(each.key, each.type, { ...rest, ...names }, each.claims);
  }

  private market(each: NonNullable<SeedFile['market']>[number]): void {
    const { key: _key, claims, ...rest } = each;
    const fields = { name: each.category, ...rest };
    this.keyless(
      nodeId('MarketAssumption', each.category),
      'MarketAssumption',
      fields,
      claims,
      each.category,
    );
  }

  /** A node that nothing refers to by a key. */
  keyless(id: string, type: string, fields: Fields, claims: readonly SeedClaim[], place: string): void {
    this.nodes.push({ id, type, properties: this.properties(type, fields, place, false) });
    this.claim(id, claims, place);
  }

  private operation(each: SeedOperation): void {
    this.node(each.key, 'Operation', each, each.claims);
    if (each.actor !== undefined) this.link('ATTRIBUTED_TO', each.key, each.actor, {}, each.claims);
    for (const target of each.targets ?? []) this.link('TARGETS', each.key, target, {}, each.claims);
    this.needs(each.key, each.needs);
  }

  private needs(dependent: string, needs: readonly SeedNeed[]): void {
    for (const need of needs) {
      this.node(need.key, 'Requirement', { ...need, name: `${need.need} (${need.stage})` }, need.claims);
      this.link('NEEDS', dependent, need.key, {}, need.claims);
      for (const { component, claims, ...rest } of need.suppliers) {
        this.link('SATISFIED_BY', need.key, component, rest, claims);
      }
    }
  }

  private intervention(each: SeedIntervention): void {
    const { partners, ...rest } = each;
    const from = this.node(each.key, 'Intervention', rest, each.claims);
    for (const { jurisdiction, ...partner } of partners) {
      const id = partnerId(partner.name);
      if (!this.known.has(id)) this.keyless(id, 'Partner', partner, each.claims, each.key);
      this.push('TAKEN_BY', from, id, {}, each.claims, each.key);
      if (jurisdiction !== undefined) {
        this.push('UNDER_JURISDICTION', id, this.idOf(jurisdiction, each.key), {}, each.claims, each.key);
      }
    }
    for (const target of each.targets) this.link('HIT', each.key, target, {}, each.claims);
    each.outcomes.forEach((outcome, index) => {
      const { downtimeDays: days, displacedTo, ...measured } = outcome;
      const id = nodeId('Outcome', each.key, String(index));
      const downtime = { downtimeLowDays: days?.low, downtimeDays: days?.mid, downtimeHighDays: days?.high };
      const fields = { name: `${each.name}: ${outcome.metric}`, ...measured, ...downtime };
      this.keyless(id, 'Outcome', fields, outcome.claims, each.key);
      this.push('RESULTED_IN', from, id, {}, outcome.claims, each.key);
      for (const key of displacedTo ?? []) {
        this.push('DISPLACED_TO', id, this.idOf(key, each.key), {}, outcome.claims, each.key);
      }
    });
  }

  node(key: string, type: string, fields: Fields, claims: readonly SeedClaim[]): string {
    const id = this.idOf(key, key);
    const properties = this.properties(type, fields, key, false);
    this.nodes.push({ id, type, properties: { ...properties, sourceIds: [key] } });
    this.claim(id, claims, key);
    return id;
  }

  link(type: string, from: string, to: string, fields: Fields, claims: readonly SeedClaim[]): void {
    const place = `${from} ${type} ${to}`;
    this.push(type, this.idOf(from, place), this.idOf(to, place), fields, claims, place);
  }

  private push(
    type: string,
    from: string,
    to: string,
    fields: Fields,
    claims: readonly SeedClaim[],
    place: string,
  ): void {
    const properties = this.properties(type, fields, place, true);
    const discriminators = ['basis', 'reason', 'providerRole', 'validFrom'].map((name) =>
      String(properties[name] ?? ''),
    );
    const id = relationshipId(type, from, to, ...discriminators);
    this.relationships.push({ id, type, from, to, properties });
    this.claim(id, claims, place);
  }

  private claim(factId: string, claims: readonly SeedClaim[], place: string): void {
    for (const { report, ...rest } of claims) {
      const reportId = this.idOf(report, place);
      const id = claimId(factId, reportId, [...(rest.about ?? []), rest.says].join('\u0000'));
      this.claims.push({ ...rest, id, factId, reportId });
    }
  }

  /** Properties of a value by the names of the ontology; a field that the ontology lacks is an error. */
  private properties(type: string, fields: Fields, place: string, isRelationship: boolean): Properties {
    const specs = new Map(
      (isRelationship ? relationshipProperties : nodeProperties)(type).map((s) => [s.name, s]),
    );
    const properties: Record<string, Json> = {};
    for (const [field, value] of Object.entries(fields)) {
      if (STRUCTURE.has(field) || value === undefined) continue;
      const name = SHORT_NAMES[type]?.[field] ?? field;
      const spec = specs.get(name);
      if (!spec) this.fail(place, `${type} has no property ${JSON.stringify(field)}`);
      properties[name] = spec?.kind === 'datetime' ? instant(value) : (value as Json);
    }
    return properties;
  }
}

/** A day is the instant at which it begins, UTC. */
function instant(value: unknown): Json {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? `${value}T00:00:00Z`
    : (value as Json);
}
