/** Plans: who words them, who approves them, how far they have come, and what came of them. */
import { type ClassType, Float, ID } from 'type-graphql';
import { nextStatuses } from '../model/plan-status';
import type { PlanBriefFormat } from '../service/plan/brief.service';
import type { PlanMove } from '../service/plan/plan.service';
import type { PlanDraft } from '../service/plan/plan-draft';
import type { PlanRecord } from '../service/plan/plan-record';
import {
  DRY_RUN,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  optional,
  required,
  type TypeRef,
} from './declare';
import { registerEnum, vocabularyEnum } from './enums';
import {
  changeOf,
  done,
  inputArg,
  planMutation,
  STEP_ARGS,
  type StepArgs,
  type WriteArgs,
} from './plan-fields';
import { JsonValue } from './scalars';

/** Home of the declared queries and mutations. */
export class PlanOperations {}
const target: ClassType<object> = PlanOperations;

declareInput('PlannedMeasureInput', 'A measure of a plan', [
  required('measureType', () => vocabularyEnum('MeasureType'), 'Type of measure'),
  required('targetIds', () => [ID] as TypeRef, 'Components or operations it is taken against'),
  optional('partnerId', () => ID, 'Partner who takes it; one whose kind may lawfully take it'),
  optional('instrumentId', () => ID, 'Legal instrument it rests on'),
  optional('legalBasis', () => String, 'Legal basis in words'),
  optional('effect', () => vocabularyEnum('MeasureEffect'), 'What it does to its target'),
  optional('strength', () => Float, 'How much of that it does: 1 is all'),
  optional('holdMedianDays', () => Float, 'Days that the effect is held, median'),
  optional('cost', () => Float, 'Effort in weeks of one case worker'),
  optional('leadDays', () => Float, 'Days of work before the effect begins'),
  optional('pSuccess', () => Float, 'Probability that it works'),
  optional('exposure', () => Float, 'How much of what we know it gives away'),
  optional('collateral', () => Float, 'Harm to those who did nothing wrong, as a relative weight'),
  optional('startDay', () => Float, 'Day of the plan on which work on it begins'),
  optional('owner', () => String, 'Who answers for it'),
]);
declareInput('PlanDraftInput', 'A plan; of a change, what is to be otherwise. A null takes a value away', [
  optional('name', () => String, 'Name; a new plan needs one'),
  optional('description', () => String, 'What it is for'),
  optional('objective', () => vocabularyEnum('PlanObjective'), 'What it is best at'),
  optional('caseReference', () => String, 'Reference of the case it belongs to'),
  optional('horizonDays', () => Float, 'Days over which the effect is counted'),
  optional('request', () => JsonValue, 'What was asked for when it was sought: scope and limits'),
  optional('operationIds', () => [ID] as TypeRef, 'Operations it is meant to stop'),
  optional('ownerId', () => ID, 'Partner who owns it'),
  optional('scenarioId', () => ID, 'Scenario that it supposes'),
  optional(
    'measures',
    () => [declared('PlannedMeasureInput')] as TypeRef,
    'All its measures; when given, those that are not among them are taken out',
  ),
  optional(
    'markings',
    () => [String] as TypeRef,
    'Markings; of a new plan TLP:AMBER+STRICT for its author alone if nothing is said',
  ),
  optional('sharedWith', () => [String] as TypeRef, 'People and groups it is for, reviewers included'),
]);

const nodesOf =
  (name: 'targetIds' | 'partnerIds' | 'instrumentIds'): FieldResolver<PlanRecord['measures'][number]> =>
  async (measure, _args, { loaders }) => {
    const nodes = await Promise.all(measure[name].map((id) => loaders.node.load(id)));
    return nodes.filter((each) => each !== null);
  };

const measureNode: FieldResolver<PlanRecord['measures'][number]> = (measure, _args, { loaders }) =>
  loaders.node.load(measure.node.id);
declareObject('PlanStep', 'A measure of a plan with what it is about', [
  { name: 'measure', type: () => declared('Measure'), description: 'The measure', resolve: measureNode },
  {
    ...required('targets', () => [declared('Node')] as TypeRef, 'What it is taken against'),
    resolve: nodesOf('targetIds'),
  },
  {
    ...required('partners', () => [declared('Partner')] as TypeRef, 'Who takes it'),
    resolve: nodesOf('partnerIds'),
  },
  {
    ...required(
      'instruments',
      () => [declared('LegalInstrument')] as TypeRef,
      'Legal instruments it rests on',
    ),
    resolve: nodesOf('instrumentIds'),
  },
]);

const planNode: FieldResolver<PlanRecord> = ({ plan }, _args, { loaders }) => loaders.node.load(plan.id);
const steps: FieldResolver<PlanRecord> = ({ measures }) => measures;
const next: FieldResolver<PlanRecord> = ({ status }) => nextStatuses(status);
const isApproved: FieldResolver<PlanRecord> = ({ plan, digest }) => plan.properties.approvedDigest === digest;
declareObject('PlanState', 'A plan as whoever reviews it sees it', [
  { name: 'plan', type: () => declared('Plan'), description: 'The plan', resolve: planNode },
  required('status', () => vocabularyEnum('PlanStatus'), 'Where it stands'),
  {
    ...required(
      'nextStatuses',
      () => [vocabularyEnum('PlanStatus')] as TypeRef,
      'Where it may go from there',
    ),
    resolve: next,
  },
  required(
    'digest',
    () => String,
    'Digest of what is approved with it; pass it as `expectedDigest` to approve just this',
  ),
  {
    ...required('isApprovalValid', () => Boolean, 'Whether it is still what was approved'),
    resolve: isApproved,
  },
  { ...required('steps', () => [declared('PlanStep')] as TypeRef, 'Its measures, by start'), resolve: steps },
]);

const createPlan: FieldResolver<unknown, WriteArgs & { readonly input: PlanDraft }> = (
  _root,
  args,
  context,
) => done(context.services.plans.create(args.input, changeOf(args, context)), context, args.dryRun);
const updatePlan: FieldResolver<unknown, StepArgs & { readonly input: PlanDraft }> = (
  _root,
  args,
  context,
) => {
  const { id, expectedRevision } = args;
  const step = { ...changeOf(args, context), id, expectedRevision };
  return done(context.services.plans.update(args.input, step), context, args.dryRun);
};
type MoveArgs = StepArgs & Pick<PlanMove, 'to' | 'reason' | 'expectedDigest'>;
const movePlan: FieldResolver<unknown, MoveArgs> = (_root, { dryRun, ...move }, context) =>
  done(context.services.plans.move({ ...move, view: context.view, isDryRun: dryRun }), context, dryRun);
planMutation(
  target,
  'createPlan',
  'Words a new plan; it begins as a draft',
  [inputArg('PlanDraftInput', 'The plan'), DRY_RUN],
  createPlan,
);
planMutation(
  target,
  'updatePlan',
  'Changes a plan while it is a draft',
  [inputArg('PlanDraftInput', 'What is to be otherwise'), ...STEP_ARGS],
  updatePlan,
);
planMutation(
  target,
  'movePlan',
  'Moves a plan to another status: DRAFT, REVIEW, APPROVED, EXECUTING, DONE, or ABANDONED. Approving takes an EDITOR who has not written it',
  [
    { name: 'to', type: () => vocabularyEnum('PlanStatus'), isRequired: true, description: 'Where to' },
    { name: 'reason', type: () => String, description: 'Why; needed to send it back or give it up' },
    {
      name: 'expectedDigest',
      type: () => String,
      description: 'Digest of the plan as it was reviewed; needed to approve it',
    },
    ...STEP_ARGS,
  ],
  movePlan,
);

const planState: FieldResolver<unknown, { readonly id: string }> = (_root, { id }, { services, view }) =>
  services.plans.read(view, id);
declareRoot(target, 'Query', {
  name: 'planState',
  role: 'ANALYST',
  type: () => declared('PlanState'),
  isRequired: true,
  description: 'A plan as whoever reviews it sees it',
  args: [{ name: 'id', type: () => ID, isRequired: true, description: 'Id of the plan' }],
  resolve: planState,
});

const BriefFormat = registerEnum('PlanBriefFormat', 'How a plan is handed over', [
  ['MARKDOWN', 'markdown'],
  ['HTML', 'html'],
  ['CSV', 'csv'],
  ['STIX', 'stix'],
]);
declareObject('PlanBrief', 'A plan to hand over: only what the reader may see is in it', [
  required('mediaType', () => String, 'Media type of the text'),
  required('fileName', () => String, 'Name for a file'),
  required('text', () => String, 'The text'),
]);
interface BriefArgs {
  readonly id: string;
  readonly format: PlanBriefFormat;
}
const planBrief: FieldResolver<unknown, BriefArgs> = (_root, { id, format }, { services, view }) =>
  services.briefs.brief(view, id, format);
declareRoot(target, 'Query', {
  name: 'planBrief',
  role: 'ANALYST',
  type: () => declared('PlanBrief'),
  isRequired: true,
  description: 'A plan as a brief: Markdown, a page that prints, CSV of its measures, or STIX 2.1',
  args: [
    { name: 'id', type: () => ID, isRequired: true, description: 'Id of the plan' },
    { name: 'format', type: () => BriefFormat, isRequired: true, description: 'Format' },
  ],
  resolve: planBrief,
});
