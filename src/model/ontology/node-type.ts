import type { PropertySpec } from './property';

/** One type of node. */
export interface NodeType {
  readonly name: string;
  readonly description: string;
  /** Something an operation can depend on and a measure can hit. */
  readonly isComponent: boolean;
  /** One node per natural key, shared by all sources. */
  readonly isReference: boolean;
  /** Only mutations of its own change one that is there. */
  readonly isManaged: boolean;
  /** STIX types that become this type; the first one is written on export. */
  readonly stixTypes: readonly string[];
  readonly properties: readonly PropertySpec[];
}

/** A type of node from what tells it apart. */
export const nodeType = (
  name: string,
  stixTypes: readonly string[],
  description: string,
  properties: readonly PropertySpec[] = [],
  flags: { component?: boolean; reference?: boolean; managed?: boolean } = {},
): NodeType => ({
  name,
  description,
  stixTypes,
  properties,
  isComponent: flags.component ?? false,
  isReference: flags.reference ?? false,
  isManaged: flags.managed ?? false,
});
