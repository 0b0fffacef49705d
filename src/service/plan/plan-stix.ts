/** A plan as STIX 2.1: a grouping that holds a course of action for each measure, linked to what it is taken against. */
import { uuidV5 } from '../../model/identity';
import type { StixObject } from '../../model/stix-extension';
import { timeOf } from '../../model/validate';
import type { Json, NodeValue, Properties } from '../../model/values';
import { markingRefs } from '../export/markings';
import { explanationsOf } from '../export/stix.format';
import { stixIdOf, stixNode } from '../export/stix-object';
import type { CustodyItem } from './plan-custody';
import type { PlannedMeasure, PlanRecord } from './plan-record';

/** STIX types that a course of action can be said to mitigate (STIX 2.1, section 4.4.2). */
const MITIGATED: ReadonlySet<string> = new Set([
  'attack-pattern',
  'indicator',
  'malware',
  'tool',
  'vulnerability',
]);

interface Times {
  readonly created: string;
  readonly modified: string;
}

const EPOCH = '1970-01-01T00:00:00.000Z';

export function planBundle(
  record: PlanRecord,
  linked: ReadonlyMap<string, NodeValue>,
  custody: readonly CustodyItem[],
): { readonly type: 'bundle'; readonly id: string; readonly objects: readonly StixObject[] } {
  const { plan, measures } = record;
  const times = timesOf(plan.properties);
  const marks = marksOf(plan.properties);
  const targets = [...new Set(measures.flatMap(({ targetIds }) => targetIds))]
    .map((id) => linked.get(id))
    .filter((node) => node !== undefined);
  const objects = [
    ...targets.map((node) => stixNode(node, { first: times.created, last: times.modified }, [], () => true)),
    ...measures.flatMap((measure) => courseOf(measure, linked, times, marks)),
  ];
  const id = `grouping--${uuidV5(`plan\u0000${plan.id}`)}`;
  const grouping: StixObject = {
    type: 'grouping',
    spec_version: '2.1',
    id,
    ...times,
    ...marks,
    name: String(plan.properties.name ?? plan.id),
    ...described(plan.properties.description),
    context: 'unspecified',
    ...sourcesOf(custody),
    object_refs: objects.map((object) => object.id as string),
  };
  const explained = new Map(objects.flatMap(explanationsOf).map((each) => [each.id, each]));
  return {
    type: 'bundle',
    id: `bundle--${uuidV5(`plan bundle\u0000${plan.id}\u0000${record.digest}`)}`,
    objects: [...explained.values(), grouping, ...objects],
  };
}

/** The reports that the plan rests on, with the digests by which they can be checked. */
function sourcesOf(custody: readonly CustodyItem[]): Readonly<Record<string, Json>> {
  if (custody.length === 0) return {};
  const references = custody.map(({ reportId, title, publisher, contentHash, claimsDigest }) => ({
    source_name: publisher ?? title,
    external_id: reportId,
    description: `${title}. SHA-256 over the claims cited: ${claimsDigest}`,
    ...(contentHash === null ? {} : { hashes: { 'SHA-256': contentHash } }),
  }));
  return { external_references: references };
}

function timesOf({ created, modified, statusSince }: Properties): Times {
  const first = textOf(created) ?? textOf(statusSince) ?? EPOCH;
  const last = textOf(modified) ?? first;
  return { created: first, modified: timeOf(last) < timeOf(first) ? first : last };
}

function marksOf({ markings }: Properties): Readonly<Record<string, Json>> {
  const refs = Array.isArray(markings) ? markingRefs(markings.map(String)) : [];
  return refs.length > 0 ? { object_marking_refs: refs } : {};
}

const textOf = (value: Json | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

const described = (value: Json | undefined): Readonly<Record<string, Json>> =>
  typeof value === 'string' ? { description: value } : {};

function courseOf(
  { node, targetIds, partnerIds }: PlannedMeasure,
  linked: ReadonlyMap<string, NodeValue>,
  times: Times,
  marks: ReturnType<typeof marksOf>,
): StixObject[] {
  const { measureType, legalBasis } = node.properties;
  const nameOf = (id: string) => String(linked.get(id)?.properties.name ?? id);
  const id = `course-of-action--${uuidV5(`measure\u0000${node.id}`)}`;
  const by = partnerIds.length > 0 ? `By ${partnerIds.map(nameOf).join(', ')}. ` : '';
  const basis = textOf(legalBasis) === undefined ? '' : `Basis: ${legalBasis}.`;
  const course: StixObject = {
    type: 'course-of-action',
    spec_version: '2.1',
    id,
    ...times,
    ...marks,
    name: `${measureType}: ${targetIds.map(nameOf).join(', ')}`,
    ...described(`${by}${basis}`.trim() || undefined),
  };
  const links = targetIds.flatMap((targetId): StixObject[] => {
    const target = linked.get(targetId);
    if (target === undefined) return [];
    const ref = stixIdOf({
      id: target.id,
      type: target.type,
      isStub: false,
      ...stixTypeOf(target.properties),
    });
    return [
      {
        type: 'relationship',
        spec_version: '2.1',
        id: `relationship--${uuidV5(`measure target\u0000${node.id}\u0000${targetId}`)}`,
        ...times,
        ...marks,
        relationship_type: MITIGATED.has(ref.slice(0, ref.indexOf('--'))) ? 'mitigates' : 'related-to',
        source_ref: id,
        target_ref: ref,
      },
    ];
  });
  return [course, ...links];
}

const stixTypeOf = ({ stixType }: Properties) => (typeof stixType === 'string' ? { stixType } : {});
