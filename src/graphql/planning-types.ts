/** Types of plans, simulations, reach and calibration. */
import { Float, ID } from 'type-graphql';
import { EXCLUSION_REASONS } from '../analysis';
import { CALIBRATED_QUANTITIES } from '../service/planning/calibration';
import type { ComponentReach, ReachingPartner } from '../service/planning/component-reach';
import type { PlannedMeasure, PlannedOperation } from '../service/planning/planning-report';
import {
  declared,
  declareObject,
  type FieldResolver,
  type FieldSpec,
  optional,
  required,
  type TypeRef,
} from './declare';
import { registerEnum, vocabularyEnum } from './enums';
import { DateTime, SafeInt } from './scalars';

const upper = (name: string): readonly [string, string] => [name.toUpperCase(), name];
const same = (name: string): readonly [string, string] => [name, name];

const PlanCertificate = registerEnum(
  'PlanCertificate',
  'OPTIMAL: proved, no plan within the limits does better; FEASIBLE: a plan, with a bound that none exceeds; STOPPED: the best plan when it was interrupted',
  ['optimal', 'feasible', 'stopped'].map(upper),
);
const CertificateScope = registerEnum(
  'CertificateScope',
  'Of what a certificate is: of the MODEL, or of the SAMPLE of scenarios that was drawn from it',
  ['model', 'sample'].map(upper),
);
const ExclusionReason = registerEnum(
  'MeasureExclusion',
  'Why a measure was no option: the first rule that left nothing of it',
  EXCLUSION_REASONS.map(same),
);
const MarginalKind = registerEnum(
  'MarginalKind',
  'Whose contribution is meant',
  ['PARTNER', 'JURISDICTION'].map(same),
);
const AssumptionCode = registerEnum(
  'PlanAssumption',
  'What had to be assumed: PLACE_UNKNOWN, nobody has placed the target; RECOVERY_ASSUMED, its recovery is taken from its kind; TOO_FEW_SUPPLIERS and CONTRADICTION, as for chokepoints',
  ['PLACE_UNKNOWN', 'RECOVERY_ASSUMED', 'TOO_FEW_SUPPLIERS', 'CONTRADICTION'].map(same),
);
export const CalibratedQuantityEnum = registerEnum(
  'CalibratedQuantity',
  'What is predicted: days of downtime, the share lost of what an index measures, or days until activity had moved elsewhere',
  CALIBRATED_QUANTITIES.map(same),
);

const list =
  (name: string): (() => TypeRef) =>
  () =>
    [declared(name)] as TypeRef;
const nodeField = <S>(
  name: string,
  type: string,
  description: string,
  idOf: (source: S) => string | null,
) => ({
  name,
  type: () => declared(type),
  description,
  resolve: ((source, _args, { loaders }) => {
    const id = idOf(source);
    return id === null ? null : loaders.node.load(id);
  }) as FieldResolver<S>,
});

declareObject(
  'PlannedMeasure',
  'A measure of a plan: what, against what, by whom, when',
  [
    required('id', () => ID, 'Id of the measure within planning problems'),
    optional('name', () => String, 'Name of the measure'),
    optional('type', () => vocabularyEnum('MeasureType'), 'Type of the measure'),
    required('targetId', () => ID, 'Id of what it is taken against'),
    nodeField<PlannedMeasure>('target', 'Node', 'What it is taken against', ({ target }) => target),
    required('cost', () => Float, 'What it costs, in the unit of the budget'),
    optional('jurisdiction', () => String, 'Code of the jurisdiction in which it is taken; null at home'),
    optional('partnerId', () => ID, 'Id of the partner who takes it'),
    optional('partnerName', () => String, 'Name of the partner who takes it'),
    nodeField<PlannedMeasure>('partner', 'Partner', 'Partner who takes it', ({ partner }) => partner),
    required('startDay', () => Float, 'Day on which work on it begins'),
    required('effectDay', () => Float, 'Day on which its effect begins'),
    required('pSuccess', () => Float, 'Probability that it works, that of cooperation abroad included'),
    optional('legalBasis', () => String, 'Legal basis on which it is taken'),
    optional('instrument', () => String, 'Instrument by which the partner gets it done abroad; null at home'),
  ].map((field) => renamed(field, { targetId: 'target', partnerId: 'partner' })),
);

/** A field that reads a property of another name. */
function renamed(field: FieldSpec, names: Readonly<Record<string, string>>): FieldSpec {
  const property = names[field.name];
  if (property === undefined) return field;
  const resolve: FieldResolver<Readonly<Record<string, unknown>>> = (source) => source[property];
  return { ...field, resolve };
}

declareObject('PlannedOperation', 'What an operation loses by a plan', [
  required('id', () => ID, 'Id of the operation'),
  optional('name', () => String, 'Name of the operation'),
  nodeField<PlannedOperation>('operation', 'Node', 'The operation; null where it is derived', ({ id }) => id),
  required('downtimeDays', () => Float, 'Days of full loss that its loss over the horizon amounts to'),
  required('severityLost', () => Float, 'Severity times days that it loses'),
]);
declareObject('ExcludedMeasure', 'A measure that was no option', [
  required('id', () => ID, 'Id of the measure'),
  required('reason', () => ExclusionReason, 'Why'),
]);
declareObject('PlanWarning', 'What makes a plan doubtful', [
  required('code', () => String, 'A stable code'),
  required('subject', () => String, 'Id of what it is about'),
  required('message', () => String, 'In words'),
]);
declareObject('PlanAssumed', 'Something that had to be assumed', [
  required('code', () => AssumptionCode, 'What was assumed'),
  required('subject', () => ID, 'Id of what it is about'),
]);
declareObject('MeasureFrequency', 'How often independent samples choose a measure', [
  required('id', () => ID, 'Id of the measure'),
  required('frequency', () => Float, 'Share of the samples'),
]);
declareObject('PlanSample', 'What a sample of scenarios says of the plan that is best on it', [
  required('scenarios', () => SafeInt, 'Scenarios in a sample'),
  required('replications', () => SafeInt, 'Independent samples'),
  required('expected', () => Float, 'Effect on fresh scenarios'),
  required('halfWidth', () => Float, 'Half width of its 95 % interval'),
  required('statisticalGap', () => Float, 'Estimate of how far the plan is below the best'),
  required('statisticalGapUpper', () => Float, 'It is no further below than this (95 %)'),
  required('selectionFrequency', list('MeasureFrequency'), 'How often each measure is chosen'),
]);
const SPREAD: readonly FieldSpec[] = [
  required('runs', () => SafeInt, 'Runs'),
  required('mean', () => Float, 'Mean effect, severity times days'),
  required('standardError', () => Float, 'Standard error of the mean'),
  required('p5', () => Float, '5 % quantile of the effect'),
  required('p50', () => Float, 'Median of the effect'),
  required('p95', () => Float, '95 % quantile of the effect'),
];
declareObject('PlanSpread', 'Spread of the effect over simulated runs', SPREAD);
declareObject('FrontierPoint', 'The best plan at one cost', [
  required('cost', () => Float, 'What it costs'),
  required('objective', () => Float, 'What it achieves, severity times days'),
  required('bound', () => Float, 'No plan of that cost achieves more'),
  required('status', () => PlanCertificate, 'How far that is proved'),
  required('measures', () => [ID] as TypeRef, 'Ids of its measures'),
]);
declareObject('PlanFrontier', 'The Pareto frontier of cost against effect', [
  required('points', list('FrontierPoint'), 'Its points, the cheapest first'),
  required('isComplete', () => Boolean, 'Whether all were found in time'),
]);
declareObject('MarginalValue', 'What the best plan would lose without a partner or jurisdiction', [
  required('kind', () => MarginalKind, 'Partner or jurisdiction'),
  required('id', () => ID, 'Id of the partner, or code of the jurisdiction'),
  optional('name', () => String, 'Name of the partner'),
  required('value', () => Float, 'What would be lost'),
  required('low', () => Float, 'It is no less than this'),
  required('high', () => Float, 'It is no more than this'),
]);
declareObject('EdgeValue', 'What it is worth to find out whether a doubtful relationship holds', [
  required('edge', () => String, 'The relationship in words'),
  required('confidence', () => Float, 'Probability that it holds'),
  required('value', () => Float, 'Expected gain of knowing, severity times days'),
  required('flips', () => Boolean, 'Whether knowing would change the plan'),
  required('isProved', () => Boolean, 'Whether all searches behind it were proved'),
]);
declareObject('EdgeValues', 'What it is worth to collect on doubtful relationships', [
  required('edges', list('EdgeValue'), 'The most valuable first'),
  required('isComplete', () => Boolean, 'Whether all were looked at in time'),
]);

const PLAN_FIELDS: readonly FieldSpec[] = [
  required('measures', list('PlannedMeasure'), 'The measures'),
  required('cost', () => Float, 'What they cost together'),
  optional('budget', () => Float, 'The budget; null where there was none'),
  required('objective', () => Float, 'What they achieve: severity times days; for a takedown their cost'),
  required('bound', () => Float, 'No plan within the limits achieves more; for a takedown none costs less'),
  optional(
    'gap',
    () => Float,
    'How far the plan may be from the best, relative; null where the bound says nothing',
  ),
  required('status', () => PlanCertificate, 'How far that is proved'),
  required('of', () => CertificateScope, 'Of what the certificate is'),
  required('operations', list('PlannedOperation'), 'What each operation loses, the greatest loss first'),
];
declareObject('PlanAlternative', 'Another plan, with other measures', PLAN_FIELDS);

export const PLAN_RESULT_FIELDS: readonly FieldSpec[] = [
  ...PLAN_FIELDS,
  required('ceiling', () => Float, 'What losing every operation for the whole horizon would come to'),
  required('solver', () => String, 'Name and version of the solver'),
  required('rounds', () => SafeInt, 'How often the programme was solved'),
  required('excluded', list('ExcludedMeasure'), 'Measures that were no option, and why'),
  required('warnings', list('PlanWarning'), 'What makes the plan doubtful'),
  required('assumptions', list('PlanAssumed'), 'What had to be assumed'),
  optional('sample', () => declared('PlanSample'), 'What the sample says, where there was one'),
  optional('simulation', () => declared('PlanSpread'), 'Spread over simulated runs, if asked for'),
  optional('frontier', () => declared('PlanFrontier'), 'The frontier, if asked for'),
  optional('alternatives', list('PlanAlternative'), 'The next best plans, if asked for'),
  optional('marginalValues', list('MarginalValue'), 'Marginal values, if asked for'),
  optional('doubtfulEdges', () => declared('EdgeValues'), 'Values of information, if asked for'),
];

declareObject('SimulatedMeasure', 'A measure that was simulated', [
  required('id', () => ID, 'Id of the measure'),
  optional('name', () => String, 'Name of the measure'),
  required('effectDay', () => Float, 'Day on which its effect begins'),
]);
declareObject('SimulatedOperation', 'What an operation loses in simulated runs', [
  required('id', () => ID, 'Id of the operation'),
  optional('name', () => String, 'Name of the operation'),
  required('severityLost', () => Float, 'Mean severity times days that it loses'),
]);
export const SIMULATION_FIELDS: readonly FieldSpec[] = [
  ...SPREAD,
  required('closedForm', () => Float, 'Effect in closed form, all claims true and durations at their mean'),
  required('measures', list('SimulatedMeasure'), 'What was taken'),
  required('operations', list('SimulatedOperation'), 'What each operation loses, the greatest loss first'),
];

const partnerNode = nodeField<ReachingPartner>(
  'partner',
  'Partner',
  'The partner',
  ({ partnerId }) => partnerId,
);
const pathNode = nodeField<ReachingPartner>(
  'cooperationPath',
  'CooperationPath',
  'The way of cooperation; null at home',
  ({ cooperationPathId }) => cooperationPathId,
);
declareObject('ReachingPartner', 'A partner who can take a measure, and how fast', [
  required('partnerId', () => ID, 'Id of the partner'),
  required('name', () => String, 'Name of the partner'),
  required('kind', () => vocabularyEnum('PartnerKind'), 'Kind of partner'),
  partnerNode,
  required('jurisdictions', () => [String] as TypeRef, 'Codes of the jurisdictions it acts in'),
  required('days', () => Float, 'Days from the start of work to the effect'),
  required('lowDays', () => Float, 'The same where cooperation is as fast as in one case of ten'),
  required('highDays', () => Float, 'The same where cooperation is as slow as in one case of ten'),
  required('pSuccess', () => Float, 'Probability that it works, that of cooperation included'),
  optional('cooperationPathId', () => ID, 'Id of the way of cooperation; null at home'),
  pathNode,
  optional('cooperation', () => String, 'Name of the way of cooperation; null at home'),
  optional('instrument', () => String, 'Instrument that the cooperation rests on'),
]);
declareObject('ReachingMeasure', 'A measure that could be taken against a component, and who can', [
  required('id', () => ID, 'Id of the measure within planning problems'),
  required('name', () => String, 'Name of the measure'),
  required('measureType', () => vocabularyEnum('MeasureType'), 'Type of the measure'),
  optional('effect', () => vocabularyEnum('MeasureEffect'), 'What it does'),
  optional('jurisdiction', () => String, 'Code of the jurisdiction in which it would be taken'),
  required('isPlaceUnknown', () => Boolean, 'Whether the component has to be found first'),
  required('cost', () => Float, 'What it costs, in weeks of one case worker'),
  required('leadDays', () => Float, 'Days of work before the effect, without those of cooperation'),
  optional('legalBasis', () => String, 'Legal basis on which it is taken'),
  required('partners', list('ReachingPartner'), 'Who can take it, the fastest first'),
  optional('reason', () => String, 'Why nobody can; null where somebody can'),
]);
declareObject('ComponentReach', 'Who can act on a component, by which measure, on what basis, how fast', [
  nodeField<ComponentReach>('component', 'Component', 'The component', ({ componentId }) => componentId),
  required('reach', () => vocabularyEnum('Reach'), 'Whether lawful action can take it away'),
  required('reachReason', () => String, 'Why'),
  required('jurisdictions', () => [String] as TypeRef, 'Codes of the jurisdictions it is under'),
  required('measures', list('ReachingMeasure'), 'Measures made for it, those that somebody can take first'),
  optional('reason', () => String, 'Why nobody can act at all; null where somebody can'),
]);

declareObject('PredictedInterval', 'A central interval with its median', [
  required('low', () => Float, 'Lower end'),
  required('median', () => Float, 'Median'),
  required('high', () => Float, 'Upper end'),
]);
declareObject('HitRate', 'How often intervals held what was recorded', [
  required('hits', () => SafeInt, 'Cases that were within'),
  required('cases', () => SafeInt, 'All cases'),
  required('low', () => Float, 'Lower end of the exact 95 % interval of the share of hits'),
  required('high', () => Float, 'Upper end of it'),
  required('meanScore', () => Float, 'Mean interval score, the smaller the better'),
]);
declareObject('CalibratedCase', 'A past outcome, predicted from all other actions', [
  required('actionId', () => ID, 'Id of the intervention or measure'),
  required('outcomeId', () => ID, 'Id of the outcome'),
  required('name', () => String, 'Name of the action'),
  required('metric', () => String, 'What was measured'),
  optional('startedAt', () => DateTime, 'When the action began'),
  required('measureTypes', () => [vocabularyEnum('MeasureType')] as TypeRef, 'Measures taken'),
  required('targetKinds', () => [String] as TypeRef, 'Kinds of what was hit'),
  optional('recordedLow', () => Float, 'Recorded, low estimate'),
  required('recorded', () => Float, 'Recorded, best estimate'),
  optional('recordedHigh', () => Float, 'Recorded, high estimate'),
  required(
    'predicted',
    () => declared('PredictedInterval'),
    'Predicted from the record of all other actions',
  ),
  required('baseRate', () => declared('PredictedInterval'), 'Predicted by one who knows the base rate alone'),
  required('isHit', () => Boolean, 'Whether the prediction holds the best estimate'),
  required('isBaseRateHit', () => Boolean, 'Whether that of the base rate does'),
]);
declareObject(
  'CalibrationReport',
  'How well past actions predict one another, each left out of its own prediction',
  [
    required('quantity', () => CalibratedQuantityEnum, 'What is predicted'),
    required('level', () => Float, 'Nominal level of the intervals'),
    required('record', () => declared('HitRate'), 'By the record'),
    required('baseRate', () => declared('HitRate'), 'By the base rate'),
    required(
      'skill',
      () => Float,
      'Part of the score of the base rate that the record saves; below 0 it is worse',
    ),
    required('skillLow', () => Float, 'Lower end of its 95 % interval'),
    required('skillHigh', () => Float, 'Upper end of it'),
    required('beatsBaseRate', () => Boolean, 'Whether that interval lies above 0'),
    required('cases', list('CalibratedCase'), 'The cases, the earliest first'),
    required('graphVersion', () => SafeInt, 'Number of the last change of the graph that was analysed'),
  ],
);
