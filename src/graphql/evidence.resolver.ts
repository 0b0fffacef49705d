/** Queries about evidence: why a fact is held, and what sources disagree on. */
import { type ClassType, ID } from 'type-graphql';
import { AppError } from '../errors';
import type { PropertyConflict } from '../service/evidence/conflicts';
import type { PageArgs } from '../service/page.service';
import { declareConnection } from './connections';
import { declared, declareObject, declareRoot, type FieldResolver, type TypeRef } from './declare';
import { registerEnum } from './enums';
import { factConfidence, factConflicts } from './fact-evidence';
import {
  FACT_FIELDS,
  type FactRef,
  listOf,
  loadRelationship,
  TYPE_ARGS,
  type TypesArgs,
  typesOf,
} from './fact-ref';
import { pageOfHistory } from './history.resolver';
import { PAGE_ARGS } from './relation-fields';

/** Home of the declared queries. */
export class EvidenceQueries {}
const target: ClassType<object> = EvidenceQueries;

const DerivationRuleEnum = registerEnum(
  'DerivationRule',
  'How a fact came about; STATED by reports, IMPLIED by what a source names, a JUDGEMENT of somebody, or the STANDING_OPERATION of a group by the dependency policy',
  ['STATED', 'IMPLIED', 'JUDGEMENT', 'STANDING_OPERATION'].map((name) => [name, name] as const),
);
const because: FieldResolver<{ readonly because: readonly string[] }, PageArgs> = (
  { because: ids },
  args,
  context,
) => {
  const items = [...ids].sort().map((id) => ({ id }));
  return listOf(items, args, context, ({ id }) => loadRelationship(id, context));
};
declareConnection('Fact', () => declared('Relationship'), 'relationships that something rests on');
declareObject('DerivationChain', 'How a fact came about', [
  { name: 'rule', type: () => DerivationRuleEnum, isRequired: true, description: 'The rule' },
  { name: 'description', type: () => String, isRequired: true, description: 'The rule in words' },
  {
    name: 'because',
    type: () => declared('FactConnection'),
    isRequired: true,
    description: 'Relationships that it rests on, where a rule derived it from others',
    args: PAGE_ARGS,
    resolve: because,
  },
]);

declareObject(
  'Explanation',
  'Why a fact is held: who says so, how sure it is, what contradicts it, who changed it',
  [
    ...FACT_FIELDS,
    {
      name: 'claims',
      type: () => [declared('Claim')] as TypeRef,
      isRequired: true,
      description: 'Every claim about it, those taken back too',
      resolve: (({ id }, _args, { loaders }) => loaders.claims.load(id)) as FieldResolver<FactRef>,
    },
    {
      name: 'confidence',
      type: () => declared('Confidence'),
      isRequired: true,
      description: 'How sure it is, and what that follows from',
      resolve: (({ id }, _args, context) => factConfidence(id, context)) as FieldResolver<FactRef>,
    },
    {
      name: 'conflicts',
      type: () => [declared('PropertyConflict')] as TypeRef,
      isRequired: true,
      description: 'Properties on which its claims disagree',
      resolve: (({ id }, _args, context) => factConflicts(id, context)) as FieldResolver<FactRef>,
    },
    {
      name: 'derivation',
      type: () => declared('DerivationChain'),
      isRequired: true,
      description: 'How it came about',
    },
    {
      name: 'history',
      type: () => declared('HistoryConnection'),
      isRequired: true,
      description: 'Who changed it when, the latest first',
      args: PAGE_ARGS,
      resolve: (({ id }, args, context) => pageOfHistory(id, args, context)) as FieldResolver<
        FactRef,
        PageArgs
      >,
    },
  ],
);
const explain: FieldResolver<unknown, { readonly factId: string }> = (_root, { factId }, context) => {
  const derivation = context.services.explanations.derivationOf(context.projection, factId);
  if (!derivation) throw new AppError('OBJECT_NOT_FOUND', { id: factId });
  return { id: factId, derivation };
};
declareRoot(target, 'Query', {
  name: 'explain',
  type: () => declared('Explanation'),
  isRequired: true,
  description: 'Why a node or relationship is held, one that a rule derived too',
  args: [{ name: 'factId', type: () => ID, isRequired: true, description: 'Id of the node or relationship' }],
  resolve: explain,
  role: 'READER',
});

declareObject('FactConflicts', 'An object whose claims disagree', [
  ...FACT_FIELDS,
  {
    name: 'conflicts',
    type: () => [declared('PropertyConflict')] as TypeRef,
    isRequired: true,
    description: 'The properties, with every value side by side',
  },
]);
declareConnection('FactConflicts', () => declared('FactConflicts'), 'objects whose claims disagree');

const conflicts: FieldResolver<unknown, TypesArgs & PageArgs> = async (_root, args, context) => {
  const ids = await context.services.evidence.disputable(context.projection, typesOf(args));
  const found = await Promise.all(
    ids.map(async (id) => ({
      id,
      conflicts: (await factConflicts(id, context)) as readonly PropertyConflict[],
    })),
  );
  return listOf(
    found.filter((each) => each.conflicts.length > 0),
    args,
    context,
  );
};
declareRoot(target, 'Query', {
  name: 'conflicts',
  type: () => declared('FactConflictsConnection'),
  isRequired: true,
  description: 'Objects of which claims say different things, in order of id',
  args: [...PAGE_ARGS, ...TYPE_ARGS],
  resolve: conflicts,
  role: 'READER',
});
