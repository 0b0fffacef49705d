/** Asks a running service for an exposure. */
import type { DisruptionScope } from '../../service/disruption/scope';
import type { ExposureReport } from '../../service/exposure/exposure-views';
import type { ExposureQuery } from '../../service/exposure.service';
import type { ExposureAnswers } from '../answers';
import type { GraphqlClient } from './graphql-client';

const EXPOSURE = `query ($of: ExposureInput!, $scope: DisruptionScope) { exposure(of: $of, scope: $scope) {
  softwareCount unmatchedCount untoldCount openCount closedCount graphVersion
  exposures(first: 500) { software vulnerability { id name } cve match status isOpen isKnownExploited isUsedByRansomware
    statements { statement { id } status justification author statedAt }
    exploiters { id name type viaName sectors } }
  sectors { sector adversaries vulnerabilities }
  patches(first: 500) { vulnerability { id name } cve software action operations operationsLost severityLost }
  together { operationsLost severityLost } } }`;

type Named = { readonly vulnerability: { readonly id: string; readonly name: string } };
type Served = Omit<ExposureReport, 'exposures' | 'patches'> & {
  readonly exposures: readonly (Omit<ExposureReport['exposures'][number], 'statements'> &
    Named & {
      readonly statements: readonly (ExposureReport['exposures'][number]['statements'][number] & {
        readonly statement: { readonly id: string };
      })[];
    })[];
  readonly patches: readonly (ExposureReport['patches'][number] & Named)[];
};

export class RemoteExposure implements ExposureAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async exposure({ ids, names, sbom }: ExposureQuery, scope: DisruptionScope = {}): Promise<ExposureReport> {
    const content = sbom === undefined ? undefined : { base64: Buffer.from(sbom).toString('base64') };
    const of = content ? { sbom: content } : ids ? { ids } : { names };
    const { exposure } = await this.client.ask<{ exposure: Served }>(EXPOSURE, { of, scope });
    const exposures = exposure.exposures.map(({ vulnerability, statements, ...each }) => ({
      ...each,
      vulnerabilityId: vulnerability.id,
      name: vulnerability.name,
      statements: statements.map(({ statement, ...said }) => ({ ...said, id: statement.id })),
    }));
    const patches = exposure.patches.map(({ vulnerability, ...each }) => ({
      ...each,
      vulnerabilityId: vulnerability.id,
      name: vulnerability.name,
    }));
    return { ...exposure, exposures, patches };
  }
}
