/** Warninglists that an address, the pattern of an indicator or another observed value is on. */
import type { Properties } from '../model/values';
import { type Warning, warningsOf } from '../service/warninglist.service';
import { declared, declareObject, type FieldResolver, type FieldSpec, type TypeRef } from './declare';
import type { NodeObject } from './objects';

declareObject(
  'Warning',
  'A list of widely shared or harmless values that something is on: it proves little, and hitting it may hit others',
  [
    {
      name: 'list',
      type: () => String,
      isRequired: true,
      description: 'Name of the list',
      resolve: (({ list }) => list.name) as FieldResolver<Warning>,
    },
    {
      name: 'description',
      type: () => String,
      description: 'What the list says of itself',
      resolve: (({ list }) => list.description) as FieldResolver<Warning>,
    },
    {
      name: 'category',
      type: () => String,
      description: 'What being on it means, as the list words it',
      resolve: (({ list }) => list.category) as FieldResolver<Warning>,
    },
    { name: 'entry', type: () => String, isRequired: true, description: 'Entry of the list that matches' },
  ],
);

const warnings: FieldResolver<NodeObject> = async (node, _args, { services, projection }) => {
  const index = await services.warninglists.indexOf(projection);
  return warningsOf(index, node as unknown as Properties);
};

/** Types of nodes that can be on a warninglist. */
const WARNED_TYPES: ReadonlySet<string> = new Set(['Infrastructure', 'Indicator', 'Thing']);

export const warningFields = (type: string): readonly FieldSpec[] =>
  WARNED_TYPES.has(type)
    ? [
        {
          name: 'warnings',
          type: () => [declared('Warning')] as TypeRef,
          isRequired: true,
          description:
            'Warninglists on record that its address, a value of its pattern, or what was observed is on',
          resolve: warnings,
        },
      ]
    : [];
