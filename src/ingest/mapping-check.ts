/** Reads a mapping file (YAML or JSON) and checks all of it before any data is read: every fault at once, each with its place. */
import { AppError } from '../errors';
import {
  findNodeType,
  findRelationshipType,
  isAllowed,
  nodeProperties,
  nodeTypes,
  type PropertySpec,
  relationshipProperties,
  relationshipTypes,
} from '../model/ontology/ontology';
import { problemOf } from '../model/validate';
import {
  type Condition,
  type MappedFact,
  type MappedNode,
  type Mapping,
  mappingFormat,
  type RecordSet,
  type Term,
} from './mapping.format';
import { fitted, templateOf } from './mapping-value';
import type { Content } from './reader';
import { readYaml } from './yaml-document';

interface Fault {
  readonly place: string;
  readonly reason: string;
}

/** A mapping that was checked, with the name of its file. */
export interface CheckedMapping {
  readonly file: string;
  readonly mapping: Mapping;
}

/** @throws AppError MAPPING_INVALID, and what makes the file no YAML */
export async function readMapping(content: Content): Promise<CheckedMapping> {
  const parsed = mappingFormat.safeParse(await readYaml(content));
  const faults = parsed.success
    ? [...faultsOf(parsed.data)]
    : parsed.error.issues.map(({ path, message }) => ({
        place: path.map(String).join('.'),
        reason: message,
      }));
  if (faults.length === 0 && parsed.success) return { file: content.name, mapping: parsed.data };
  const [{ place }] = faults;
  const reason = faults
    .slice(0, 10)
    .map((fault, i) => (i === 0 ? fault.reason : `at ${fault.place || 'its root'}: ${fault.reason}`))
    .join('; ');
  throw new AppError('MAPPING_INVALID', { file: content.name, place, reason, count: faults.length });
}

function* faultsOf(mapping: Mapping): Generator<Fault> {
  const isTable = mapping.format === 'csv' || mapping.format === 'tsv';
  if (mapping.format !== undefined && !isTable) {
    for (const name of ['delimiter', 'quote', 'comment', 'columns'] as const)
      if (mapping[name] !== undefined) yield { place: name, reason: 'is for csv and tsv only' };
  }
  if (isTable && mapping.records.length > 1)
    yield { place: 'records', reason: 'a table has one kind of record' };
  for (const [i, set] of mapping.records.entries()) {
    const place = `records.${i}`;
    if (isTable && set.path !== undefined)
      yield { place: `${place}.path`, reason: 'is for json and ndjson only' };
    yield* faultsOfSet(set, place);
  }
}

function* faultsOfSet(set: RecordSet, place: string): Generator<Fault> {
  yield* faultsOfCondition(set.where, `${place}.where`);
  const nodes = new Map<string, MappedNode>();
  for (const [i, node] of set.nodes.entries()) {
    const here = `${place}.nodes.${i}`;
    if (nodes.has(node.as))
      yield { place: `${here}.as`, reason: `${node.as} is the name of another node already` };
    nodes.set(node.as, node);
    if (!findNodeType(node.type)) {
      const known = nodeTypes().map((type) => type.name);
      yield { place: `${here}.type`, reason: `no node type ${node.type}; there are ${known.join(' ')}` };
    }
    if ((node.key === undefined) === (node.id === undefined)) {
      yield { place: here, reason: 'expected exactly one of key and id' };
    }
    for (const text of node.key ?? [node.id ?? 'x'])
      yield* faultsOfTemplate(text, `${here}.${node.key ? 'key' : 'id'}`);
    yield* faultsOfFact(node, nodeProperties(node.type), here);
  }
  for (const [i, link] of set.relationships.entries()) {
    const here = `${place}.relationships.${i}`;
    for (const end of ['from', 'to'] as const) {
      if (!nodes.has(link[end])) yield { place: `${here}.${end}`, reason: `no node is named ${link[end]}` };
    }
    const [from, to] = [nodes.get(link.from)?.type ?? '', nodes.get(link.to)?.type ?? ''];
    if (!findRelationshipType(link.type)) {
      const known = relationshipTypes().map((type) => type.name);
      yield {
        place: `${here}.type`,
        reason: `no relationship type ${link.type}; there are ${known.join(' ')}`,
      };
    } else if (findNodeType(from) && findNodeType(to) && !isAllowed(from, link.type, to)) {
      yield { place: `${here}.type`, reason: `${link.type} does not lead from ${from} to ${to}` };
    }
    for (const text of link.key) yield* faultsOfTemplate(text, `${here}.key`);
    yield* faultsOfFact(link, relationshipProperties(link.type), here);
  }
  const entries = [...set.nodes, ...set.relationships].filter((fact) => fact.entry === true);
  if (entries.length > 1)
    yield { place, reason: `entry: true stands ${entries.length} times; a record has one` };
}

function* faultsOfFact(fact: MappedFact, specs: readonly PropertySpec[], place: string): Generator<Fault> {
  yield* faultsOfCondition(fact.when, `${place}.when`);
  for (const [name, term] of Object.entries(fact.properties)) {
    const here = `${place}.properties.${name}`;
    const spec = specs.find((each) => each.name === name);
    if (specs.length > 0 && !spec) {
      yield {
        place: here,
        reason: `${fact.type} has no such property; it has ${specs.map((each) => each.name).join(' ')}`,
      };
    }
    yield* faultsOfTerm(term, here);
    if (spec) yield* faultsOfConstants(term, spec, here);
  }
  for (const name of ['confidence', 'says', 'originKey'] as const) {
    const term = fact[name];
    if (term !== undefined) yield* faultsOfTerm(term, `${place}.${name}`);
  }
}

const faultsOfTerm = (term: Term, place: string): Fault[] =>
  typeof term === 'string'
    ? faultsOfTemplate(term, place)
    : typeof term === 'object'
      ? faultsOfTemplate(term.from, `${place}.from`)
      : [];

function faultsOfTemplate(text: string, place: string): Fault[] {
  const template = templateOf(text);
  return typeof template === 'string' ? [{ place, reason: template }] : [];
}

/** What is written into the mapping itself must fit the property. */
function* faultsOfConstants(term: Term, spec: PropertySpec, place: string): Generator<Fault> {
  const isConstant = typeof term === 'string' && !term.includes('{');
  const constants =
    typeof term === 'object'
      ? [...Object.values(term.map ?? {}), ...(term.default === undefined ? [] : [term.default])]
      : isConstant || typeof term !== 'string'
        ? [term]
        : [];
  for (const constant of constants) {
    if (fitted(constant, spec) !== undefined) continue;
    const { message } = problemOf(spec, constant) ?? {
      message: `${spec.name} cannot be ${JSON.stringify(constant)}`,
    };
    yield { place, reason: message };
  }
}

function* faultsOfCondition(condition: Condition | undefined, place: string): Generator<Fault> {
  for (const name of Object.keys(condition ?? {})) {
    if (/[{}]/.test(name)) yield { place, reason: `${name} expected the name of a column, without braces` };
  }
}

/** Every column that a mapping names. */
export function columnsNamed({ records }: Mapping): ReadonlySet<string> {
  const names = new Set<string>();
  const take = (text: string): void => {
    for (const part of templateOf(text)) if (typeof part === 'object') names.add(part.name);
  };
  const takeTerm = (term: Term | undefined): void => {
    if (typeof term === 'string') take(term);
    else if (typeof term === 'object') take(term.from);
  };
  for (const set of records) {
    for (const name of Object.keys(set.where ?? {})) names.add(name);
    for (const fact of [...set.nodes, ...set.relationships]) {
      for (const text of fact.key ?? []) take(text);
      if ('id' in fact && fact.id !== undefined) take(fact.id);
      for (const name of Object.keys(fact.when ?? {})) names.add(name);
      for (const term of [...Object.values(fact.properties), fact.confidence, fact.says, fact.originKey])
        takeTerm(term);
      if (Array.isArray(fact.keep)) for (const name of fact.keep) names.add(name);
    }
  }
  return names;
}
