/** A scenario as the API takes it: each object in the field of its type, terms of vocabularies as enums. */
import { enumName } from '../../model/naming';
import { nodeProperties, type PropertySpec, relationshipProperties } from '../../model/ontology/ontology';
import type { Json, Properties } from '../../model/values';
import type { Scenario } from '../../service/scenario/scenario';

const lowerFirst = (text: string): string => text[0].toLowerCase() + text.slice(1);
const camelCase = (type: string): string =>
  type.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function served(properties: Properties, specs: readonly PropertySpec[]): Record<string, Json> {
  const terms = new Set(specs.filter((spec) => spec.vocabulary !== undefined).map((spec) => spec.name));
  const term = (value: Json): Json => (typeof value === 'string' ? enumName(value) : value);
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => {
      if (!terms.has(name)) return [name, value];
      return [name, Array.isArray(value) ? (value as readonly Json[]).map(term) : term(value)];
    }),
  );
}

export function scenarioInput({ addNodes, addRelationships, remove }: Scenario): Record<string, unknown> {
  return {
    addNodes: addNodes?.map(({ id, type, properties }) => ({
      [lowerFirst(type)]: { id, ...served(properties, nodeProperties(type)) },
    })),
    addRelationships: addRelationships?.map(({ id, type, from, to, properties }) => ({
      [camelCase(type)]: { id, from, to, ...served(properties, relationshipProperties(type)) },
    })),
    remove,
  };
}
