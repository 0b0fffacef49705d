/** What is wrong with a claim by the ontology of its fact. */
import { edgeCell, edgeOf, type Projection, vertexCell, vertexOf } from '../analysis';
import { nodeProperties, relationshipProperties } from '../model/ontology/ontology';
import { brief, problemOf } from '../model/validate';
import type { ClaimValue } from '../model/values';
import { VOCABULARIES } from '../model/vocabulary';
import { isDisputable } from './evidence/conflicts';
import { TYPE_COLUMN } from './projection-rows';

interface ClaimProblem {
  readonly code: string;
  readonly message: string;
}

export function claimProblem(claim: ClaimValue, view: Projection): ClaimProblem | undefined {
  return numbersProblem(claim) ?? termsProblem(claim) ?? propertiesProblem(claim, view);
}

const within = (value: number | undefined, least: number, greatest: number, isWhole: boolean): boolean =>
  value === undefined || (value >= least && value <= greatest && (!isWhole || Number.isInteger(value)));

function numbersProblem({ confidence, credibility }: ClaimValue): ClaimProblem | undefined {
  const outOf = (what: string, range: string, got: unknown) => ({
    code: 'OUT_OF_RANGE',
    message: `${what} must lie in ${range}, got ${brief(got)}`,
  });
  if (!within(confidence, 0, 100, false)) return outOf('confidence', '0 to 100', confidence);
  if (!within(credibility, 1, 6, true)) return outOf('credibility', '1 to 6, whole', credibility);
  return undefined;
}

function termsProblem({
  derivation,
  validFrom,
  validTo,
  reportId,
  repeats,
}: ClaimValue): ClaimProblem | undefined {
  const terms: readonly string[] = VOCABULARIES.Derivation;
  if (derivation !== undefined && !terms.includes(derivation)) {
    return { code: 'NOT_IN_VOCABULARY', message: `derivation has no term ${brief(derivation)} (Derivation)` };
  }
  if (validFrom !== undefined && validTo !== undefined && Date.parse(validFrom) > Date.parse(validTo)) {
    return { code: 'BAD_VALUE', message: `validFrom ${validFrom} lies after validTo ${validTo}` };
  }
  if (repeats?.includes(reportId)) {
    return { code: 'BAD_VALUE', message: `${reportId} cannot repeat itself` };
  }
  return undefined;
}

function propertiesProblem(
  { factId, about, values }: ClaimValue,
  view: Projection,
): ClaimProblem | undefined {
  const vertex = vertexOf(view, factId);
  const edge = vertex < 0 ? edgeOf(view, factId) : -1;
  const type = String(vertex < 0 ? edgeCell(view, TYPE_COLUMN, edge) : vertexCell(view, TYPE_COLUMN, vertex));
  const specs = vertex < 0 ? relationshipProperties(type) : nodeProperties(type);
  for (const name of [...(about ?? []), ...Object.keys(values ?? {})]) {
    const spec = specs.find((each) => each.name === name);
    if (!spec) return { code: 'UNKNOWN_PROPERTY', message: `${type} has no property ${brief(name)}` };
    const value = values?.[name];
    if (value === undefined) continue;
    if (!isDisputable(name)) {
      return {
        code: 'BAD_VALUE',
        message: `${name} is of the record, each source has its own; claims do not state it`,
      };
    }
    if (value === null) return { code: 'BAD_VALUE', message: `${name} expects a value, got null` };
    const problem = problemOf(spec, value);
    if (problem) return problem;
  }
  return undefined;
}
