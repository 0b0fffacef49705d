/**
 * The STIX extensions of this project (STIX 2.1, section 7.3): one for each type of object that STIX lacks, and one for what
 * objects of any type carry beyond what STIX has room for. Who writes STIX and who reads it share them.
 */
import { uuidV5 } from './identity';
import { toSnakeCase } from './naming';
import { nodeTypes } from './ontology/ontology';
import type { ClaimValue, Json } from './values';

/** A STIX object as JSON. */
export type StixObject = { readonly [name: string]: Json };

const idOf = (type: string, name: string): string => `${type}--${uuidV5(`stix\u0000${name}`)}`;

/** Who the extensions are by: an identity must be named, and this one is no object of the graph. */
export const EXTENSION_AUTHOR = idOf('identity', 'Chokepoint Atlas');

/** Properties of the model on objects of any type. */
export const MODEL_EXTENSION = idOf('extension-definition', 'model properties');

/** Type that a node gets whose own has no valid name in STIX. */
export const FALLBACK_STIX_TYPE = 'x-atlas-thing';

/** Extension that defines a type of object, for the types that STIX lacks. */
const TYPE_EXTENSIONS: ReadonlyMap<string, string> = new Map(
  [...nodeTypes().flatMap((type) => type.stixTypes), FALLBACK_STIX_TYPE]
    .filter((stixType) => stixType.startsWith('x-atlas-'))
    .map((stixType) => [stixType, idOf('extension-definition', stixType)]),
);

/** Extension that defines a STIX type of this project; undefined for any other type. */
export const extensionOfType = (stixType: string): string | undefined => TYPE_EXTENSIONS.get(stixType);

/**
 * What an object carries in the extension for properties: only what reading the rest of the object would not give back.
 * Reading applies it last, so that export and import undo each other exactly.
 */
export interface ModelExtension {
  readonly extension_type: 'property-extension';
  /** Id, where the one in the model is no STIX identifier of the type. */
  readonly model_id?: string;
  /** Type of the node or relationship, where the STIX type does not say it. */
  readonly model_type?: string;
  /** Ids of the ends of a relationship, where they are no STIX identifiers. */
  readonly source_id?: string;
  readonly target_id?: string;
  /** Properties of the model, by their names in snake case. */
  readonly properties?: { readonly [name: string]: Json };
  /** Properties that STIX demands and the model has no value for: what stands there is filled in. */
  readonly filled?: readonly string[];
  /** What the object names makes no relationships: those that there are are exported. */
  readonly unlinked?: true;
  /** Who says so, in which report. */
  readonly claims?: readonly { readonly [name: string]: Json }[];
}

/** What an exported claim says; the fact is the object that carries it. */
export const CLAIM_PROPERTIES = [
  'id',
  'reportId',
  'about',
  'says',
  'confidence',
  'credibility',
  'derivation',
  'originKey',
  'values',
  'repeats',
  'validFrom',
  'validTo',
  'markings',
  'edited',
  'retractedAt',
  'retractedBy',
  'retractionReason',
] as const satisfies readonly (keyof ClaimValue)[];

const AT = '2026-01-01T00:00:00.000Z';

const definition = (id: string, name: string, kind: string, description: string): StixObject => ({
  type: 'extension-definition',
  spec_version: '2.1',
  id,
  created_by_ref: EXTENSION_AUTHOR,
  created: AT,
  modified: AT,
  name,
  description,
  schema: 'docs/exchange.md of Chokepoint Atlas describes every property',
  version: '1.0.0',
  extension_types: [kind],
});

const AUTHOR: StixObject = {
  type: 'identity',
  spec_version: '2.1',
  id: EXTENSION_AUTHOR,
  created: AT,
  modified: AT,
  name: 'Chokepoint Atlas',
  identity_class: 'system',
};

/** Objects that explain exports to other readers. They are part of no graph: reading skips them. */
export const EXTENSION_OBJECTS: ReadonlyMap<string, StixObject> = new Map(
  [
    AUTHOR,
    definition(
      MODEL_EXTENSION,
      'Chokepoint Atlas: properties of the model',
      'property-extension',
      'What an object carries beyond what STIX has room for, and who says so',
    ),
    ...[...TYPE_EXTENSIONS].map(([stixType, id]) => {
      const type = nodeTypes().find((each) => each.stixTypes.includes(stixType));
      const says = type?.description ?? 'An object of a type that has no name in STIX';
      return definition(id, `Chokepoint Atlas: ${stixType}`, 'new-sdo', says);
    }),
  ].map((object) => [object.id as string, object]),
);

/** `financialChannel` -> `financial_channel`: names of properties in the extension. */
export const toExtensionName = toSnakeCase;
