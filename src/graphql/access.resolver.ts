/** Who read what is on record of persons and victims. */
import { type ClassType, ID } from 'type-graphql';
import type { AccessFilter, AccessRecord } from '../service/access.service';
import { refuseUnset } from '../service/filter.service';
import { type PageArgs, pageSize } from '../service/page.service';
import { type ConnectionSource, declareConnection, listCursor, readListCursor } from './connections';
import {
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  required,
  type TypeRef,
} from './declare';
import { PAGE_ARGS } from './relation-fields';
import { DateTime } from './scalars';

/** Home of the declared query. */
export class AccessQueries {}
const target: ClassType<object> = AccessQueries;

const nodes: FieldResolver<AccessRecord> = async ({ nodeIds }, _args, { loaders }) =>
  (await Promise.all(nodeIds.map((id) => loaders.node.load(id)))).filter((node) => node !== null);

declareObject('Access', 'A read of what is on record of persons or victims', [
  required('id', () => ID, 'Id of the record'),
  required('at', () => DateTime, 'When'),
  required('viewer', () => String, 'Who read'),
  required('nodeIds', () => [ID] as TypeRef, 'What was read, of that which you may see'),
  { ...required('nodes', () => [declared('Node')] as TypeRef, 'The nodes as they are now'), resolve: nodes },
]);
declareConnection(
  'Access',
  () => declared('Access'),
  'reads of what is on record of persons or victims, the latest first',
);
declareInput('AccessWhere', 'Which reads to show; all conditions given must hold', [
  { name: 'viewer', type: () => String, description: 'Who read' },
  { name: 'nodeId', type: () => ID, description: 'What was read' },
  { name: 'from', type: () => DateTime, description: 'From this time on' },
  { name: 'until', type: () => DateTime, description: 'Before this time' },
]);

interface AccessArgs extends PageArgs {
  readonly where?: AccessFilter | null;
}
const accesses: FieldResolver<unknown, AccessArgs> = async (_root, { first, after, where }, context) => {
  const size = pageSize(first, context.limits.pageSize);
  refuseUnset('accesses', where);
  const all = await context.services.accesses.list(context.view, where ?? {});
  const id = readListCursor(after);
  const start = id === undefined ? 0 : all.findIndex((record) => record.id === id) + 1;
  const items = all
    .slice(start, start + size)
    .map((record) => ({ ...record, cursor: listCursor(record.id) }));
  const page = {
    items,
    totalCount: all.length,
    hasNextPage: start + size < all.length,
    hasPreviousPage: start > 0,
  };
  return { page, load: (record: unknown) => record } as unknown as ConnectionSource;
};

declareRoot(target, 'Query', {
  name: 'accesses',
  role: 'ADMIN',
  isTimeless: true,
  type: () => declared('AccessConnection'),
  isRequired: true,
  description:
    'Who read what is on record of persons (threat actors that are persons) and victims (organisations in that role)',
  args: [
    ...PAGE_ARGS,
    { name: 'where', type: () => declared('AccessWhere'), description: 'Which reads to show' },
  ],
  resolve: accesses,
});
