/** Values of MISP galaxies: what each becomes by its galaxy, its relations, and the country that it is attributed to. */
import { relationshipId, uuidV5 } from '../model/identity';
import { compact, isObject, type JsonObject, objectsOf, textOf, textsOf, without } from './json-document';
import { meaningOfTags } from './misp-tags';
import type { ReadItem } from './reader';
import { implied, jurisdictionItem, type NodeItem, linkItem as sharedLink } from './shared-nodes';
import { straysOf } from './strays';

/**
 * Ids rest on the UUID alone, because a relation names its target by nothing else. The value of another publisher with
 * the same UUID stays a node of its own; which of them are the same is a judgement.
 */
const idOf = (uuid: string): string => `x-misp-galaxy-cluster--${uuid.toLowerCase()}`;

/** A value that its galaxy gives no UUID is known by its name in it: nothing can refer to it otherwise. */
const idOfValue = (value: JsonObject, name: string, galaxy: Galaxy): string =>
  idOf(textOf(value.uuid) ?? uuidV5(['misp-galaxy', galaxy.type, name].join('\u0000')));

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

export interface Galaxy {
  readonly type: string;
  readonly name: string;
}

function nodeItem(value: JsonObject, id: string, name: string, galaxy: Galaxy): NodeItem {
  const meta = isObject(value.meta) ? value.meta : {};
  const shape = SHAPES.get(galaxy.type) ?? { type: 'Thing' };
  const refs = [...textsOf(meta.refs), ...textsOf(meta['official-refs'])];
  const hasFramework = shape.framework !== undefined;
  const hasExternalId = ['Technique', 'Mitigation', 'Malware', 'Tool', 'IntrusionSet'].includes(shape.type);
  const [code] = textsOf(meta.ISO);
  const properties = compact({
    name,
    aliases: textsOf(meta.synonyms).filter((alias) => alias !== name),
    description: textOf(value.description),
    revoked: value.revoked === true ? true : undefined,
    stixType: shape.type === 'Thing' ? `x-misp-${galaxy.type}` : undefined,
    framework: shape.framework,
    externalId: hasFramework || hasExternalId ? textsOf(meta.external_id)[0] : undefined,
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
  return { kind: 'node', value: { id, type: shape.type, properties } };
}

/** A relation as it is while only its own end is known: typed once both are. */
function linkItem(relation: JsonObject, from: string, occurrence: number): ReadItem {
  const target = textOf(relation['dest-uuid']);
  const stixType = textOf(relation.type) ?? 'related-to';
  if (target === undefined) {
    return {
      kind: 'rejected',
      id: from,
      code: 'MISSING_END',
      message: `a relation of ${from} has no dest-uuid`,
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

const COUNTRY = /^[a-z]{2}$/i;
const MOST_CONFIDENCE = 100;

/** The country that a value attributes an actor to, with the confidence that it states. */
function originOf(value: JsonObject, id: string, galaxy: Galaxy): ReadItem[] {
  const meta = isObject(value.meta) ? value.meta : {};
  const [code] = textsOf(meta.country);
  const isActor = SHAPES.get(galaxy.type)?.type === 'IntrusionSet';
  if (!isActor || code === undefined || !COUNTRY.test(code)) return [];
  const country = implied(jurisdictionItem(code));
  const stated = textsOf(meta['attribution-confidence'])[0];
  const confidence = stated === undefined ? Number.NaN : Number(stated);
  const evidence = confidence >= 0 && confidence <= MOST_CONFIDENCE ? { confidence } : undefined;
  const link = sharedLink('UNDER_JURISDICTION', id, country, { basis: 'NATIONALITY' }, { evidence });
  return [country, { ...implied(link), isSettled: true }];
}

/** All that a value of a galaxy says. */
export function clusterItems(value: JsonObject, galaxy: Galaxy): ReadItem[] {
  const name = textOf(value.value);
  if (name === undefined) {
    const message = 'a value needs a name (value)';
    return [{ kind: 'rejected', id: textOf(value.uuid) ?? '', code: 'MISSING_ID', message }];
  }
  const id = idOfValue(value, name, galaxy);
  const seen = new Map<string, number>();
  const links = objectsOf(value.related).map((relation) => {
    const key = `${textOf(relation['dest-uuid'])} ${textOf(relation.type)}`;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return linkItem(relation, id, occurrence);
  });
  return [
    nodeItem(value, id, name, galaxy),
    ...originOf(value, id, galaxy),
    ...links,
    ...straysOf(value.related, 'a relation'),
  ];
}

/** A cluster that an event is tagged with: its galaxy may tell more, and then that stays. */
export function namedCluster(cluster: JsonObject, galaxy: JsonObject): NodeItem | undefined {
  const name = textOf(cluster.value);
  const type = textOf(galaxy.type) ?? textOf(cluster.type);
  if (name === undefined || type === undefined) return undefined;
  const within = { type, name: textOf(galaxy.name) ?? type };
  const { value, ...item } = nodeItem(cluster, idOfValue(cluster, name, within), name, within);
  const { customProperties: _own, ...properties } = value.properties;
  return { ...item, value: { ...value, properties }, isShared: true };
}
