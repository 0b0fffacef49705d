/** Reads MISP galaxy clusters: values with their synonyms, messy keys and relations to values of any cluster. */

import { relationshipId } from '../model/identity';
import { toRelationshipType } from '../model/naming';
import { findRelationshipType, isAllowed } from '../model/ontology/ontology';
import type { Json, RelationshipValue } from '../model/values';
import {
  compact,
  isObject,
  type JsonObject,
  objectsOf,
  textOf,
  textsOf,
  unexpected,
  without,
} from './json-document';
import { JsonSplitter } from './json-splitter';
import { meaningOfTags } from './misp-tags';
import type { Content, FormatReader, ReadItem, TypeOf } from './reader';
import { implied, jurisdictionItem, linkItem as sharedLink } from './shared-nodes';

/**
 * Ids rest on the UUID alone, because a relation names its target by nothing else. The value of another publisher with
 * the same UUID stays a node of its own; which of them are the same is a judgement.
 */
const idOf = (uuid: string): string => `x-misp-galaxy-cluster--${uuid.toLowerCase()}`;

interface Shape {
  readonly type: string;
  readonly framework?: string;
}

/** What the values of a cluster are, by the type of its galaxy; any other value is a Thing. */
const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ...[
    'threat-actor',
    '360net-threat-actor',
    'microsoft-activity-group',
    'mitre-intrusion-set',
    'mitre-ics-groups',
  ].map((each): [string, Shape] => [each, { type: 'IntrusionSet' }]),
  ...[
    'mitre-attack-pattern',
    'mitre-enterprise-attack-attack-pattern',
    'mitre-mobile-attack-attack-pattern',
  ].map((each): [string, Shape] => [each, { type: 'Technique', framework: 'ATTACK' }]),
  ['mitre-fraud-framework', { type: 'Technique', framework: 'F3' }],
  ['gsma-motif', { type: 'Technique', framework: 'MOTIF' }],
  ['bhadra-framework', { type: 'Technique', framework: 'CUSTOM' }],
  ['cmtmf-attack-pattern', { type: 'Technique', framework: 'CUSTOM' }],
  ['disarm-techniques', { type: 'Technique', framework: 'CUSTOM' }],
  ['financial-fraud', { type: 'Technique', framework: 'CUSTOM' }],
  ['mitre-course-of-action', { type: 'Mitigation', framework: 'ATTACK' }],
  ['disarm-countermeasures', { type: 'Mitigation', framework: 'CUSTOM' }],
  ...[
    'android',
    'backdoor',
    'banker',
    'botnet',
    'cryptominers',
    'exploit-kit',
    'malpedia',
    'mitre-malware',
    'ransomware',
    'rat',
    'stealer',
    'stalkerware',
    'wiper',
  ].map((each): [string, Shape] => [each, { type: 'Malware' }]),
  ...['mitre-tool', 'tool', 'rmm-tool', 'tds'].map((each): [string, Shape] => [each, { type: 'Tool' }]),
  ['branded-vulnerability', { type: 'Vulnerability' }],
  ['country', { type: 'Jurisdiction' }],
  ['region', { type: 'Jurisdiction' }],
  ['sector', { type: 'Sector' }],
  ['cert-eu-govsector', { type: 'Sector' }],
  ...['producer', 'software-vendor', 'surveillance-vendor', 'intelligence-agency'].map(
    (each): [string, Shape] => [each, { type: 'Organization' }],
  ),
]);

interface Galaxy {
  readonly type: string;
  readonly name: string;
}

function nodeItem(value: JsonObject, uuid: string, galaxy: Galaxy): ReadItem {
  const meta = isObject(value.meta) ? value.meta : {};
  const shape = SHAPES.get(galaxy.type) ?? { type: 'Thing' };
  const name = textOf(value.value);
  const refs = [...textsOf(meta.refs), ...textsOf(meta['official-refs'])];
  const hasFramework = shape.framework !== undefined;
  const hasExternalId = ['Technique', 'Mitigation', 'Malware', 'Tool', 'IntrusionSet'].includes(shape.type);
  const code = textOf(meta.ISO);
  const properties = compact({
    name,
    aliases: textsOf(meta.synonyms).filter((alias) => alias !== name),
    description: textOf(value.description),
    revoked: value.revoked === true ? true : undefined,
    stixType: shape.type === 'Thing' ? `x-misp-${galaxy.type}` : undefined,
    framework: shape.framework,
    externalId: hasFramework || hasExternalId ? textOf(meta.external_id) : undefined,
    reporter: shape.type === 'IntrusionSet' ? `MISP galaxy: ${galaxy.name}` : undefined,
    reportedName: shape.type === 'IntrusionSet' ? name : undefined,
    iso3166:
      shape.type === 'Jurisdiction' && code && /^[a-z]{2}$/i.test(code) ? code.toUpperCase() : undefined,
    nace: shape.type === 'Sector' ? textsOf(meta.NACE_CODE)[0] : undefined,
    externalReferences: refs.map((url) => ({ source_name: 'MISP galaxy', url })),
    customProperties: compact({
      misp_galaxy: galaxy.type,
      misp_meta: without(meta, ['synonyms', 'refs', 'official-refs']),
      misp_extra: without(value, ['value', 'uuid', 'description', 'meta', 'related', 'revoked']),
    }),
  });
  return { kind: 'node', value: { id: idOf(uuid), type: shape.type, properties } };
}

/** A relation as it is while only its own end is known: typed once both are. */
function linkItem(relation: JsonObject, uuid: string, occurrence: number): ReadItem {
  const target = textOf(relation['dest-uuid']);
  const stixType = textOf(relation.type) ?? 'related-to';
  const from = idOf(uuid);
  if (target === undefined) {
    return {
      kind: 'rejected',
      id: from,
      code: 'MISSING_END',
      message: `a relation of ${uuid} has no dest-uuid`,
    };
  }
  const to = idOf(target);
  const rest = without(relation, ['dest-uuid', 'type', 'tags']);
  const tags = textsOf(relation.tags);
  const customProperties = compact({ misp_tags: tags, misp_extra: rest });
  const { confidence } = meaningOfTags(relation.tags);
  const discriminators = occurrence === 0 ? [stixType] : [stixType, String(occurrence)];
  return {
    kind: 'relationship',
    value: {
      id: relationshipId('misp', from, to, ...discriminators),
      type: 'RELATED_TO',
      from,
      to,
      properties: compact({
        stixType,
        customProperties: Object.keys(customProperties).length > 0 ? customProperties : undefined,
      }),
    },
    ...(confidence === undefined ? {} : { evidence: { confidence } }),
  };
}

function itemsOf(value: Json, galaxy: Galaxy): ReadItem[] {
  const uuid = isObject(value) ? textOf(value.uuid) : undefined;
  if (!isObject(value) || uuid === undefined || textOf(value.value) === undefined) {
    const message = 'a value needs a uuid and a name (value)';
    return [{ kind: 'rejected', id: uuid ?? '', code: 'MISSING_ID', message }];
  }
  const seen = new Map<string, number>();
  const links = objectsOf(value.related).map((relation) => {
    const key = `${textOf(relation['dest-uuid'])} ${textOf(relation.type)}`;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return linkItem(relation, uuid, occurrence);
  });
  return [nodeItem(value, uuid, galaxy), ...originOf(value, uuid, galaxy), ...links];
}

const COUNTRY = /^[a-z]{2}$/i;
const MOST_CONFIDENCE = 100;

/** The country that a value attributes an actor to, with the confidence that it states. */
function originOf(value: JsonObject, uuid: string, galaxy: Galaxy): ReadItem[] {
  const meta = isObject(value.meta) ? value.meta : {};
  const code = textOf(meta.country);
  const isActor = SHAPES.get(galaxy.type)?.type === 'IntrusionSet';
  if (!isActor || code === undefined || !COUNTRY.test(code)) return [];
  const country = implied(jurisdictionItem(code));
  const stated = textOf(meta['attribution-confidence']);
  const confidence = stated === undefined ? Number.NaN : Number(stated);
  const evidence = confidence >= 0 && confidence <= MOST_CONFIDENCE ? { confidence } : undefined;
  const link = sharedLink('UNDER_JURISDICTION', idOf(uuid), country, { basis: 'NATIONALITY' }, { evidence });
  return [country, { ...implied(link), isSettled: true }];
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const values: Json[] = [];
  const splitter = new JsonSplitter(content.name, new Set(['values']), (_array, value) => values.push(value));
  for await (const chunk of content.bytes) splitter.push(chunk);
  const envelope = splitter.end();
  const type = textOf(envelope?.type);
  if (envelope === undefined || type === undefined) {
    throw unexpected(content, 'misp-galaxy', 'the cluster does not name the type of its galaxy');
  }
  const galaxy = { type, name: textOf(envelope.name) ?? type };
  for (const value of values) yield itemsOf(value, galaxy);
}

/** The relationship that the words of a relation mean between two types, `RELATED_TO` where either is not known. */
function settle(value: RelationshipValue, typeOf: TypeOf): RelationshipValue {
  const from = typeOf(value.from);
  const to = typeOf(value.to);
  if (from === undefined || to === undefined) return value;
  const named = toRelationshipType(value.properties.stixType as string);
  const candidates = named === 'USES' ? ['USES_TECHNIQUE', 'USES'] : [named];
  const type = candidates.find((each) => findRelationshipType(each) && isAllowed(from, each, to));
  return type === undefined || type === 'SAME_AS' ? value : { ...value, type };
}

export const mispGalaxyReader: FormatReader = { format: 'misp-galaxy', read, settle };
