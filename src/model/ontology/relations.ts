/**
 * Relations as seen from a node: each relationship type gives one relation at the end it leaves and one at the end it
 * enters, with a name for each. These are the names of the fields of the API and of its filters.
 */
import {
  findNodeType,
  nodeProperties,
  nodeTypes,
  relationshipProperties,
  relationshipTypes,
} from './ontology';
import { float, int, type PropertySpec } from './property';

/** Names at the end that a relationship enters. */
const INVERSE_NAMES: Readonly<Record<string, string>> = {
  ACCOUNT_AT: 'accounts',
  ACCOUNT_OF: 'hasAccount',
  ACHIEVED: 'achievedBy',
  ADVERTISED_ON: 'advertises',
  AFFECTS: 'affectedBy',
  AFFILIATE_OF: 'affiliates',
  AGAINST: 'measures',
  AIMS_AT: 'aimedAtBy',
  ANNOUNCED_BY: 'announces',
  ASSIGNED_TO: 'assignments',
  ATTRIBUTED_TO: 'attributions',
  BASED_ON: 'basisOf',
  CASHES_OUT_VIA: 'cashedOutBy',
  CONFLICTS_WITH: 'conflictedBy',
  CONTAINS: 'containedIn',
  CONTINUES_AS: 'continues',
  COOPERATES_FROM: 'cooperatesBy',
  COOPERATES_TO: 'reachedBy',
  CUSTOMER_OF: 'customers',
  DEPENDS_ON: 'dependents',
  DETECTS: 'detectedBy',
  DISPLACED_TO: 'displacements',
  EXECUTED_AS: 'executionOf',
  EXPLOITS: 'exploitedBy',
  HELD_BY: 'holds',
  HIT: 'hitBy',
  HOSTED_AT: 'hosts',
  INDICATES: 'indicatedBy',
  IN_FORCE_IN: 'instruments',
  IN_TACTIC: 'techniques',
  LEASED_TO: 'hasLeaseOf',
  LEASES_FROM: 'lessees',
  MEMBER_OF: 'members',
  MITIGATES: 'mitigatedBy',
  NEEDS: 'neededBy',
  OWNED_BY: 'ownedPlans',
  PLANS: 'plannedIn',
  PROVIDED_BY: 'provides',
  PUBLISHED_BY: 'published',
  REGISTERED_WITH: 'registrations',
  RELATED_TO: 'relatedFrom',
  REPRESENTS: 'representedBy',
  REQUIRES: 'requiredBy',
  RESELLS: 'resoldBy',
  RESULTED_IN: 'resultOf',
  REVOKED_BY: 'replaces',
  SAME_AS: 'judgedSame',
  SATISFIED_BY: 'satisfies',
  SHARES_BACKEND: 'backendSharedBy',
  SIGHTED: 'sightedBy',
  STATES: 'statedBy',
  SUBTECHNIQUE_OF: 'subtechniques',
  SUPPOSES: 'supposedBy',
  TAKEN_BY: 'tookPartIn',
  TARGETS: 'targetedBy',
  TRANSFERS_TO: 'transfersFrom',
  UNDER_INSTRUMENT: 'cooperation',
  UNDER_JURISDICTION: 'jurisdictionOver',
  USES: 'usedBy',
  USES_TECHNIQUE: 'techniqueUsedBy',
};

/** Names of a set of node types that share relations and properties, and the name of the set. */
export interface NodeGroup {
  readonly name: string;
  readonly description: string;
  readonly types: readonly string[];
}

export const NODE_GROUPS: readonly NodeGroup[] = [
  { name: 'Node', description: 'Anything the model has a type for', types: nodeTypes().map((t) => t.name) },
  {
    name: 'Component',
    description: 'Something an operation can depend on and a measure can hit',
    types: nodeTypes()
      .filter((t) => t.isComponent)
      .map((t) => t.name),
  },
  {
    name: 'Actor',
    description: 'A threat actor, or the cluster of activity that a reporter sees',
    types: ['ThreatActor', 'IntrusionSet'],
  },
];

export interface Relation {
  /** Name of the relation at this end. */
  readonly name: string;
  readonly relationshipType: string;
  readonly description: string;
  readonly direction: 'out' | 'in';
  /** Types of the node at this end. */
  readonly nearTypes: readonly string[];
  /** Types of the node at the other end. */
  readonly farTypes: readonly string[];
  /** Least group or type that holds every type at the other end. */
  readonly farName: string;
  /** Whether it leads from anything to anything and no failure travels along it: then it is followed by its type alone. */
  readonly isOpen: boolean;
}

/** `USES_TECHNIQUE` -> `usesTechnique`. */
const camelCase = (type: string): string =>
  type.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Types that an end of the ontology admits. */
function typesOf(ends: readonly string[]): readonly string[] {
  const names = ends.flatMap((end) => (end === '*' ? NODE_GROUPS[0].types : (groupOf(end)?.types ?? [end])));
  return NODE_GROUPS[0].types.filter((name) => names.includes(name));
}

const groupOf = (name: string): NodeGroup | undefined => NODE_GROUPS.find((group) => group.name === name);

function leastName(types: readonly string[]): string {
  if (types.length === 1) return types[0];
  const fits = NODE_GROUPS.filter((group) => types.every((type) => group.types.includes(type)));
  return fits.reduce((least, group) => (group.types.length < least.types.length ? group : least)).name;
}

export const RELATIONS: readonly Relation[] = relationshipTypes().flatMap((type) => {
  const from = typesOf(type.from);
  const to = typesOf(type.to);
  const isOpen = !type.dependency && [type.from, type.to].every((ends) => ends.includes('*'));
  const shared = { relationshipType: type.name, isOpen };
  const incoming = INVERSE_NAMES[type.name] ?? `${camelCase(type.name)}From`;
  return [
    {
      ...shared,
      name: camelCase(type.name),
      description: `${type.description} (${type.name})`,
      direction: 'out',
      nearTypes: from,
      farTypes: to,
      farName: leastName(to),
    },
    {
      ...shared,
      name: incoming,
      description: `The other way round: what ${lowerFirst(type.description)} this (${type.name})`,
      direction: 'in',
      nearTypes: to,
      farTypes: from,
      farName: leastName(from),
    },
  ] as const;
});

function lowerFirst(text: string): string {
  return text === '' ? text : text[0].toLowerCase() + text.slice(1);
}

/** Types that a name stands for: a group of types, or one type. */
export function typesNamed(name: string): readonly string[] {
  return groupOf(name)?.types ?? (findNodeType(name) ? [name] : []);
}

/** Relations that every one of some types has. */
export function relationsOf(name: string): readonly Relation[] {
  const types = typesNamed(name);
  return RELATIONS.filter((relation) => types.every((type) => relation.nearTypes.includes(type)));
}

/** Those that have a field and a filter of their own at a type or group. */
export const ownRelationsOf = (name: string): readonly Relation[] =>
  relationsOf(name).filter((relation) => !relation.isOpen);

/** Properties that every one of some types has, alike in kind and vocabulary. */
export function propertiesOf(name: string): readonly PropertySpec[] {
  const [first, ...rest] = typesNamed(name).map((type) => nodeProperties(type));
  return first.filter((spec) =>
    rest.every((specs) =>
      specs.some(
        (other) =>
          other.name === spec.name && other.kind === spec.kind && other.vocabulary === spec.vocabulary,
      ),
    ),
  );
}

/** Whether lists are filtered and ordered by a property. */
export const isFilterColumn = (spec: PropertySpec): boolean =>
  spec.isColumn && spec.kind !== 'json' && spec.kind !== 'strings';

/** Columns that follow from the claims about a node or relationship; the store holds none of them. */
export const EVIDENCE_COLUMNS: readonly PropertySpec[] = [
  float('confidence', 'How sure it is by the claims about it, 0 to 100; no value where nobody claims it'),
  int('corroboration', 'Independent origins of the claims about it; 0 where nobody claims it'),
];

/** Columns by which nodes of a type or group are filtered and ordered. */
export const filterColumns = (name: string): readonly PropertySpec[] => [
  ...propertiesOf(name).filter(isFilterColumn),
  ...EVIDENCE_COLUMNS,
];

/** Columns by which relationships of any type are filtered; one that a type does not have has no value there. */
export const RELATIONSHIP_COLUMNS: readonly PropertySpec[] = [
  ...new Map(
    relationshipTypes()
      .flatMap((type) => relationshipProperties(type.name))
      .filter(isFilterColumn)
      .map((spec) => [spec.name, spec] as const),
  ).values(),
  ...EVIDENCE_COLUMNS,
];

/** Types that are followed where none is named: judgements of who is who lead nowhere in the world. */
export const FOLLOWED_TYPES: ReadonlySet<string> = new Set(
  relationshipTypes()
    .map(({ name }) => name)
    .filter((name) => name !== 'SAME_AS'),
);
