/** What STIX 2.1 has room for (sections 4 to 7): properties of each type, and those that must be there. */
import { toRelationshipType } from '../../model/naming';
import { EXTENSION_AUTHOR } from '../../model/stix-extension';
import type { Json } from '../../model/values';

const words = (text: string): readonly string[] => text.split(' ');

/** Section 3.2: properties of every domain and relationship object. */
const COMMON = words(
  'created_by_ref created modified revoked labels confidence lang external_references object_marking_refs granular_markings extensions',
);
/** Section 3.2: properties of every cyber-observable object. */
const OBSERVABLE_COMMON = words('object_marking_refs granular_markings defanged extensions');

const DOMAIN: Readonly<Record<string, string>> = {
  'attack-pattern': 'name description aliases kill_chain_phases',
  campaign: 'name description aliases first_seen last_seen objective',
  'course-of-action': 'name description',
  grouping: 'name description context object_refs',
  identity: 'name description roles identity_class sectors contact_information',
  indicator:
    'name description indicator_types pattern pattern_type pattern_version valid_from valid_until kill_chain_phases',
  infrastructure: 'name description infrastructure_types aliases kill_chain_phases first_seen last_seen',
  'intrusion-set':
    'name description aliases first_seen last_seen goals resource_level primary_motivation secondary_motivations',
  location:
    'name description latitude longitude precision region country administrative_area city street_address postal_code',
  malware:
    'name description malware_types is_family aliases kill_chain_phases first_seen last_seen operating_system_refs architecture_execution_envs implementation_languages capabilities sample_refs',
  'malware-analysis':
    'product version host_vm_ref operating_system_ref installed_software_refs configuration_version modules analysis_engine_version analysis_definition_version submitted analysis_started analysis_ended result_name result analysis_sco_refs sample_ref',
  'marking-definition': 'name definition_type definition',
  note: 'abstract content authors object_refs',
  'observed-data': 'first_observed last_observed number_observed objects object_refs',
  opinion: 'explanation authors opinion object_refs',
  report: 'name description report_types published object_refs',
  'threat-actor':
    'name description threat_actor_types aliases first_seen last_seen roles goals sophistication resource_level primary_motivation secondary_motivations personal_motivations',
  tool: 'name description tool_types aliases kill_chain_phases tool_version',
  vulnerability: 'name description',
  relationship: 'description start_time stop_time',
  sighting:
    'description first_seen last_seen count sighting_of_ref observed_data_refs where_sighted_refs summary',
};

const OBSERVABLE: Readonly<Record<string, string>> = {
  artifact: 'mime_type payload_bin url hashes encryption_algorithm decryption_key',
  'autonomous-system': 'number name rir',
  directory: 'path path_enc ctime mtime atime contains_refs',
  'domain-name': 'value resolves_to_refs',
  'email-addr': 'value display_name belongs_to_ref',
  'email-message':
    'is_multipart date content_type from_ref sender_ref to_refs cc_refs bcc_refs message_id subject received_lines additional_header_fields body body_multipart raw_email_ref',
  file: 'hashes size name name_enc magic_number_hex mime_type ctime mtime atime parent_directory_ref contains_refs content_ref',
  'ipv4-addr': 'value resolves_to_refs belongs_to_refs',
  'ipv6-addr': 'value resolves_to_refs belongs_to_refs',
  'mac-addr': 'value',
  mutex: 'name',
  'network-traffic':
    'start end is_active src_ref dst_ref src_port dst_port protocols src_byte_count dst_byte_count src_packets dst_packets ipfix src_payload_ref dst_payload_ref encapsulates_refs encapsulated_by_ref',
  process:
    'is_hidden pid created_time cwd command_line environment_variables opened_connection_refs creator_user_ref image_ref parent_ref child_refs',
  software: 'name cpe swid languages vendor version',
  url: 'value',
  'user-account':
    'user_id credential account_login account_type display_name is_service_account is_privileged can_escalate_privs is_disabled account_created account_expires credential_last_changed account_first_login account_last_login',
  'windows-registry-key': 'key values modified_time creator_user_ref number_of_subkeys',
  'x509-certificate':
    'is_self_signed hashes version serial_number signature_algorithm issuer validity_not_before validity_not_after subject subject_public_key_algorithm subject_public_key_modulus subject_public_key_exponent x509_v3_extensions',
};

/** Section 6: observables have no created and modified. */
export const isObservable = (stixType: string): boolean => Object.hasOwn(OBSERVABLE, stixType);

const standard = new Map<string, ReadonlySet<string>>([
  ...Object.entries(DOMAIN).map(([type, own]) => [type, new Set([...COMMON, ...words(own)])] as const),
  ...Object.entries(OBSERVABLE).map(
    ([type, own]) => [type, new Set([...OBSERVABLE_COMMON, ...words(own)])] as const,
  ),
]);

const common: ReadonlySet<string> = new Set(COMMON);

/** Whether an object of a type has room for a property under this name: STIX says so, or a name that it leaves to others. */
export function hasRoom(stixType: string, name: string): boolean {
  const names = standard.get(stixType);
  return names === undefined || names.has(name) || name.startsWith('x_');
}

/** Whether STIX itself says what stands under a name on objects of a type. */
export const isStandardName = (stixType: string, name: string): boolean =>
  (standard.get(stixType) ?? common).has(name);

/** Section 3.1: names of properties. */
const PROPERTY_NAME = /^[a-z][a-z0-9_]{2,249}$/;
export const isPropertyName = (name: string): boolean => PROPERTY_NAME.test(name);

/** Section 2.11 and 5.1: names of types, and of relationships. */
const TYPE_NAME = /^[a-z][a-z0-9-]{1,248}[a-z0-9]$/;
export const isTypeName = (name: string): boolean => TYPE_NAME.test(name) && !name.includes('--');

/** A name of a relationship that gives back its type. */
export const isRelationshipName = (name: string): boolean =>
  isTypeName(name) && toRelationshipType(name) !== '';

type Filler = (object: Readonly<Record<string, Json>>) => Json;

const nameFiller: Filler = (object) => object.id;
const atCreation: Filler = (object) => object.created;

/** What stands where STIX demands a value and the model has none. The extension lists it as filled in. */
const FILLERS: Readonly<Record<string, Readonly<Record<string, Filler>>>> = {
  ...Object.fromEntries(
    words(
      'attack-pattern campaign course-of-action identity infrastructure intrusion-set threat-actor tool vulnerability software',
    ).map((type) => [type, { name: nameFiller }]),
  ),
  indicator: {
    pattern: () => 'none on record',
    pattern_type: (object) => (object.pattern === 'none on record' ? 'x-none' : 'stix'),
    valid_from: atCreation,
  },
  malware: { is_family: () => false, name: nameFiller },
  'observed-data': {
    first_observed: ({ created, last_observed: last }) => last ?? created,
    last_observed: (object) => object.first_observed,
    number_observed: () => 1,
  },
  report: { name: nameFiller, published: atCreation, object_refs: () => [EXTENSION_AUTHOR] },
  sighting: { sighting_of_ref: () => EXTENSION_AUTHOR },
  'user-account': { account_login: nameFiller },
};

/** Adds what STIX demands and the object lacks. */
export function fillRequired(object: Record<string, Json>): void {
  const stixType = object.type as string;
  for (const [name, filler] of Object.entries(FILLERS[stixType] ?? {})) {
    if (object[name] === undefined) object[name] = filler(object);
  }
  const isNowhere = ['region', 'country', 'latitude'].every((name) => object[name] === undefined);
  if (stixType === 'location' && isNowhere) object.region = 'unknown';
}
