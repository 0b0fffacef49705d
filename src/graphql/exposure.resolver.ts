/** The query that joins what somebody runs with who exploits it. */
import { type ClassType, Float, ID, Int } from 'type-graphql';
import type {
  ExposureReport,
  ExposureView,
  PatchView,
  StatementView,
} from '../service/exposure/exposure-views';
import type { ExposureQuery } from '../service/exposure.service';
import { type GivenContent, givenSource } from '../service/import-source';
import { pageSize } from '../service/page.service';
import type { GraphContext } from './context';
import {
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  markOneOf,
  required,
  type TypeRef,
} from './declare';
import { SCOPE_ARG, type Scoped, scopeOf } from './disruption-scope';
import { list } from './disruption-types';
import { NodeTypeEnum, registerEnum } from './enums';
import { DateTime, SafeInt } from './scalars';

/** Home of the declared queries. */
export class ExposureQueries {}
const target: ClassType<object> = ExposureQueries;

const MatchEnum = registerEnum(
  'ProductMatch',
  'How it is known that what is stated of a product holds for another',
  [
    ['SAME_VERSION', 'SAME_VERSION'],
    ['IN_RANGE', 'IN_RANGE'],
    ['ANY_VERSION', 'ANY_VERSION'],
    ['NOT_COMPARABLE', 'NOT_COMPARABLE'],
  ],
);
const StatusEnum = registerEnum(
  'ExposureStatus',
  'What the latest VEX statement says; UNSTATED where there is none',
  [
    ['AFFECTED', 'AFFECTED'],
    ['NOT_AFFECTED', 'NOT_AFFECTED'],
    ['FIXED', 'FIXED'],
    ['UNDER_INVESTIGATION', 'UNDER_INVESTIGATION'],
    ['UNSTATED', 'UNSTATED'],
  ],
);
const ActionEnum = registerEnum('ClosingAction', 'What closes a vulnerability', [
  ['PATCH', 'PATCH'],
  ['VEX', 'VEX'],
]);

const byId =
  (field: 'id' | 'vulnerabilityId'): FieldResolver<never> =>
  (view: { readonly [name: string]: string }, _args, { loaders }) =>
    loaders.node.load(view[field]);
const vulnerability = {
  name: 'vulnerability',
  type: () => declared('Vulnerability') as TypeRef,
  description: 'The vulnerability',
  resolve: byId('vulnerabilityId') as FieldResolver<ExposureView | PatchView>,
};

declareObject('ExposureStatement', 'A VEX statement on a product and a vulnerability', [
  required('status', () => StatusEnum, 'Status'),
  { name: 'justification', type: () => String, description: 'Why it is so' },
  { name: 'author', type: () => String, description: 'Who says so' },
  { name: 'statedAt', type: () => DateTime, description: 'When' },
  {
    name: 'statement',
    type: () => declared('VexStatement'),
    description: 'The statement',
    resolve: byId('id') as FieldResolver<StatementView>,
  },
]);
declareObject('Exploiter', 'An adversary who exploits a vulnerability', [
  required('id', () => ID, 'Id'),
  required('name', () => String, 'Name'),
  required('type', () => NodeTypeEnum, 'Type'),
  { name: 'node', type: () => declared('Node'), description: 'The adversary', resolve: byId('id') },
  { name: 'viaName', type: () => String, description: 'Malware, tool or operation by which it does' },
  required('sectors', () => [String] as TypeRef, 'Names of the sectors it targets'),
]);
declareObject('SoftwareExposure', 'A product that is run, and a vulnerability that may affect it', [
  required('software', () => String, 'The product'),
  vulnerability,
  { name: 'cve', type: () => String, description: 'CVE identifier' },
  required('match', () => MatchEnum, 'How it is known that it affects the product'),
  required('status', () => StatusEnum, 'What the latest statement says'),
  required(
    'isOpen',
    () => Boolean,
    'Whether it counts: neither not affected nor fixed, for all that is known',
  ),
  required('statements', list('ExposureStatement'), 'Statements on it, the latest first'),
  required('isKnownExploited', () => Boolean, 'Whether CISA lists it as exploited'),
  required('isUsedByRansomware', () => Boolean, 'Whether CISA knows that ransomware uses it'),
  required('exploiters', list('Exploiter'), 'Who exploits it'),
]);
declareObject('SectorExposure', 'Adversaries who exploit what is open, by the sector they target', [
  { name: 'sector', type: () => String, description: 'Name of the sector; null where none is known' },
  required('adversaries', () => [ID] as TypeRef, 'Ids of the adversaries'),
  required('vulnerabilities', () => [ID] as TypeRef, 'Ids of the vulnerabilities they exploit'),
]);
declareObject('Patch', 'What closing one vulnerability everywhere would do', [
  vulnerability,
  { name: 'cve', type: () => String, description: 'CVE identifier' },
  required('software', () => [String] as TypeRef, 'Products of those asked about that it closes'),
  required(
    'action',
    () => ActionEnum,
    'A fix to roll out where every product is stated to be affected, else a statement to get',
  ),
  required('operations', () => [ID] as TypeRef, 'Ids of the operations that stop, or lose a share'),
  required('operationsLost', () => SafeInt, 'How many they are'),
  required('severityLost', () => Float, 'Severity a day of these operations, each by the share that is lost'),
]);
declareObject('PatchLoss', 'What closing everything that is open would stop', [
  required('operationsLost', () => SafeInt, 'Operations that stop, or lose a share'),
  required('severityLost', () => Float, 'Their severity a day'),
]);

const first = <T>(
  items: readonly T[],
  args: { readonly first?: number | null },
  context: GraphContext,
): readonly T[] => items.slice(0, pageSize(args.first, context.limits.pageSize));
const FIRST = { name: 'first', type: () => Int as TypeRef, description: 'How many to show; 50 if not given' };
const exposures: FieldResolver<ExposureReport, { readonly first?: number | null }> = (
  report,
  args,
  context,
) => first(report.exposures, args, context);
const patches: FieldResolver<ExposureReport, { readonly first?: number | null }> = (report, args, context) =>
  first(report.patches, args, context);

declareObject('Exposure', 'Who exploits what is run and not fixed', [
  required('softwareCount', () => SafeInt, 'Products asked about'),
  required('unmatchedCount', () => SafeInt, 'Products that nothing is stated of'),
  required('untoldCount', () => SafeInt, 'Products that nothing tells: no package URL, CPE or name'),
  required('openCount', () => SafeInt, 'Pairs of product and vulnerability that are open'),
  required('closedCount', () => SafeInt, 'Pairs that a statement closes'),
  {
    ...required(
      'exposures',
      list('SoftwareExposure'),
      'The pairs, open ones first, those that ransomware uses before others',
    ),
    args: [FIRST],
    resolve: exposures as FieldResolver<never, never>,
  },
  required('sectors', list('SectorExposure'), 'Who exploits what is open, by sector'),
  {
    ...required('patches', list('Patch'), 'Open vulnerabilities, by what closing them would stop'),
    args: [FIRST],
    resolve: patches as FieldResolver<never, never>,
  },
  required('together', () => declared('PatchLoss'), 'What closing all of them would stop'),
  required('graphVersion', () => SafeInt, 'Number of the last change of the graph that was analysed'),
]);

const input = declareInput('ExposureInput', 'What is run: give exactly one of the fields', [
  { name: 'ids', type: () => [ID] as TypeRef, description: 'Ids of Software in the graph' },
  { name: 'names', type: () => [String] as TypeRef, description: 'Package URLs, CPEs, or names' },
  {
    name: 'sbom',
    type: () => declared('FileContent'),
    description: 'A CycloneDX document; it is not imported',
  },
]);
markOneOf(input);

interface GivenExposure {
  readonly ids?: readonly string[] | null;
  readonly names?: readonly string[] | null;
  readonly sbom?: GivenContent | null;
}

async function queryOf({ ids, names, sbom }: GivenExposure): Promise<ExposureQuery> {
  if (!sbom) return { ids: ids ?? undefined, names: names ?? undefined };
  const chunks: Buffer[] = [];
  for await (const chunk of givenSource(sbom, 'sbom').open()) chunks.push(chunk);
  return { sbom: Buffer.concat(chunks) };
}

const exposure: FieldResolver<unknown, Scoped & { readonly of: GivenExposure }> = async (
  _root,
  args,
  { services, view },
) => services.exposures.exposure(view, await queryOf(args.of), scopeOf(args));

declareRoot(target, 'Query', {
  name: 'exposure',
  role: 'ANALYST',
  type: () => declared('Exposure'),
  isRequired: true,
  description:
    'Which adversaries exploit what is run and not fixed, by sector, and which patch would stop most of their operations',
  args: [
    { name: 'of', type: () => declared('ExposureInput'), isRequired: true, description: 'What is run' },
    SCOPE_ARG,
  ],
  resolve: exposure,
});
