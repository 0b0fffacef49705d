/** The format of mapping files (docs/import.md explains it): strict, so that a slip of the pen is an error. */
import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const term = z.union([
  scalar,
  z.strictObject({
    from: z.string().min(1),
    split: z.string().min(1).optional(),
    case: z.enum(['lower', 'upper']).optional(),
    classify: z.enum(['address']).optional(),
    format: z.string().min(1).optional(),
    map: z.record(z.string(), scalar).optional(),
    default: scalar.optional(),
  }),
]);

const test = z.union([
  scalar,
  z.array(scalar).min(1),
  z.strictObject({
    not: z.union([scalar, z.array(scalar).min(1)]).optional(),
    startsWith: z.string().min(1).optional(),
    endsWith: z.string().min(1).optional(),
    contains: z.string().min(1).optional(),
    isEmpty: z.boolean().optional(),
  }),
]);
const condition = z.record(z.string(), test);

/** What nodes and relationships have in common. */
const fact = {
  properties: z.record(z.string(), term).default({}),
  keep: z.union([z.boolean(), z.array(z.string())]).optional(),
  entry: z.boolean().optional(),
  when: condition.optional(),
  confidence: term.optional(),
  says: term.optional(),
  originKey: term.optional(),
};

const node = z.strictObject({
  as: z.string().min(1),
  type: z.string(),
  key: z.array(z.string()).min(1).optional(),
  id: z.string().min(1).optional(),
  shared: z.boolean().default(false),
  ...fact,
});

const relationship = z.strictObject({
  type: z.string(),
  from: z.string(),
  to: z.string(),
  key: z.array(z.string()).default([]),
  ...fact,
});

const recordSet = z.strictObject({
  path: z.string().min(1).optional(),
  where: condition.optional(),
  nodes: z.array(node).min(1),
  relationships: z.array(relationship).default([]),
});

export const mappingFormat = z.strictObject({
  mapping: z.literal(1),
  title: z.string().optional(),
  description: z.string().optional(),
  format: z.enum(['csv', 'tsv', 'json', 'ndjson']).optional(),
  delimiter: z.string().length(1).optional(),
  quote: z.union([z.string().length(1), z.literal(false)]).optional(),
  comment: z.string().length(1).optional(),
  columns: z.array(z.string().min(1)).min(1).optional(),
  records: z.array(recordSet).min(1),
});

export type Mapping = z.infer<typeof mappingFormat>;
export type RecordSet = z.infer<typeof recordSet>;
export type MappedNode = z.infer<typeof node>;
export type MappedRelationship = z.infer<typeof relationship>;
export type MappedFact = MappedNode | MappedRelationship;
export type Term = z.infer<typeof term>;
export type Condition = z.infer<typeof condition>;
export type Test = z.infer<typeof test>;
