/** Outcomes: what was observed to come of plans and measures, and what that says of the next. */
import { type ClassType, Float, ID } from 'type-graphql';
import type { InterruptedSeries } from '../analysis';
import { judgeSeries, type OutcomeDraft, type SeriesPoint } from '../service/plan/outcome.service';
import type { BeliefGroup, BelievedTime, TimeBelief } from '../service/planning/time-beliefs';
import {
  DRY_RUN,
  declared,
  declareInput,
  declareObject,
  declareRoot,
  type FieldResolver,
  type FieldSpec,
  optional,
  required,
  type TypeRef,
} from './declare';
import { vocabularyEnum } from './enums';
import { changeOf, done, inputArg, planMutation, type WriteArgs } from './plan-fields';
import { DateTime, SafeInt } from './scalars';

/** Home of the declared queries and mutations. */
export class OutcomeOperations {}
const target: ClassType<object> = OutcomeOperations;

const recordOutcome: FieldResolver<unknown, WriteArgs & { readonly input: OutcomeDraft }> = (
  _root,
  args,
  context,
) => done(context.services.outcomes.record(args.input, changeOf(args, context)), context, args.dryRun);

declareInput('SeriesPointInput', 'A value of a series at an instant', [
  required('at', () => DateTime, 'Instant'),
  required('value', () => Float, 'Value'),
]);
declareInput('OutcomeDraftInput', 'What was observed to come of a plan or a measure', [
  required('achievedById', () => ID, 'Plan or measure that achieved it'),
  required('metric', () => String, 'What was measured'),
  optional('name', () => String, 'Name'),
  optional('description', () => String, 'What was seen'),
  optional('unit', () => String, 'Unit of the values'),
  optional('before', () => Float, 'Value before; from the series if not given'),
  optional('after', () => Float, 'Value after; from the series if not given'),
  optional('observedAt', () => DateTime, 'When it was observed'),
  optional('regeneratedAt', () => DateTime, 'When the target was back'),
  optional('downtimeLowDays', () => Float, 'Days of downtime, low estimate'),
  optional('downtimeDays', () => Float, 'Days of downtime, best estimate'),
  optional('downtimeHighDays', () => Float, 'Days of downtime, high estimate'),
  optional('series', () => [declared('SeriesPointInput')] as TypeRef, 'Values over time, before and after'),
  optional('interruptedAt', () => DateTime, 'When the measure took effect: the series is judged by it'),
  optional('switchDays', () => Float, 'Days until the activity had moved to others, best estimate'),
  optional(
    'displacedShare',
    () => Float,
    'Share of it that had moved to others when observed; 0 says that none had',
  ),
  optional('displacedToIds', () => [ID] as TypeRef, 'Where the activity went'),
  optional('reportId', () => ID, 'Report that says so'),
  optional('confidence', () => Float, 'Confidence in it, 0 to 100'),
]);
planMutation(
  target,
  'recordOutcome',
  'Records what was observed to come of a plan or a measure; a series gives the change with its interval',
  [inputArg('OutcomeDraftInput', 'The outcome'), DRY_RUN],
  recordOutcome,
);

declareObject('Estimate', 'An estimate with its 95 % interval', [
  required('value', () => Float, 'The estimate'),
  required('low', () => Float, 'Lower end'),
  required('high', () => Float, 'Upper end'),
]);
const isEstimated: FieldResolver<InterruptedSeries> = ({ status }) => status === 'estimated';
const estimate = (name: string, description: string): FieldSpec => ({
  name,
  type: () => declared('Estimate'),
  description,
});
declareObject('SeriesEffect', 'What a series did at an instant, against what it would have gone on to do', [
  {
    ...required(
      'isSufficient',
      () => Boolean,
      'Whether there is enough to tell; nothing is estimated otherwise',
    ),
    resolve: isEstimated,
  },
  required('before', () => SafeInt, 'Points before'),
  required('after', () => SafeInt, 'Points after'),
  { name: 'degrees', type: () => SafeInt, description: 'Degrees of freedom' },
  { name: 'lag', type: () => SafeInt, description: 'Lag of the Newey-West errors' },
  estimate('levelChange', 'Change of the level at the instant'),
  estimate('slopeChange', 'Change of the slope, a day'),
  estimate('averageEffect', 'Mean difference after the instant'),
  { name: 'counterfactualMean', type: () => Float, description: 'Mean to be expected without it' },
  estimate('relativeEffect', 'Mean difference as a share of what was to be expected'),
]);
interface SeriesArgs {
  readonly series: readonly SeriesPoint[];
  readonly interruptedAt: string;
  readonly hasSlopeChange: boolean;
}
const seriesEffect: FieldResolver<unknown, SeriesArgs> = (_root, { series, interruptedAt, hasSlopeChange }) =>
  judgeSeries(series, interruptedAt, hasSlopeChange);
declareRoot(target, 'Query', {
  name: 'seriesEffect',
  role: 'ANALYST',
  isTimeless: true,
  type: () => declared('SeriesEffect'),
  isRequired: true,
  description: 'Judges a series of values interrupted at an instant, without keeping it',
  args: [
    {
      name: 'series',
      type: () => [declared('SeriesPointInput')] as TypeRef,
      isRequired: true,
      description: 'Values over time',
    },
    { name: 'interruptedAt', type: () => DateTime, isRequired: true, description: 'The instant' },
    {
      name: 'hasSlopeChange',
      type: () => Boolean,
      description: 'Whether the slope may change too',
      defaultValue: false,
    },
  ],
  resolve: seriesEffect,
});

interface BelievedAs {
  readonly of: BelievedTime;
  readonly query: string;
  readonly type: string;
  readonly ended: string;
  readonly what: string;
}
const GROUP: Readonly<Record<BeliefGroup, FieldSpec>> = {
  MEASURE_TYPE: required('measureType', () => vocabularyEnum('MeasureType'), 'Type of measure'),
  TARGET_KIND: required(
    'targetKind',
    () => String,
    'Kind of target: its category, or its type where it has none',
  ),
};

/** Declares what is believed of a time by a group, and the query for it. */
function declareBeliefs({ of, query, type, ended, what }: BelievedAs, by: BeliefGroup): void {
  const words = by === 'MEASURE_TYPE' ? 'type of measure' : 'kind of target';
  declareObject(type, `${what}, by ${words}, as the record tells`, [
    { ...GROUP[by], resolve: ({ group }: TimeBelief) => group },
    required('observed', () => SafeInt, `Actions of this ${words} on record with such a time`),
    { ...required(ended, () => SafeInt, 'Of these, those in which it had happened'), resolve: endedOf },
    required('pNever', () => Float, 'Probability that it never happens'),
    required('medianDays', () => Float, 'Median days of those in which it happens'),
    required('sigma', () => Float, 'Standard deviation of the logarithm of these days'),
    {
      name: 'lowDays',
      type: () => Float,
      description:
        'Days within which it happens next time with probability 0.1; null where it may well never',
    },
    { name: 'middleDays', type: () => Float, description: 'The same with probability 0.5' },
    { name: 'highDays', type: () => Float, description: 'The same with probability 0.9' },
  ]);
  declareRoot(target, 'Query', {
    name: query,
    role: 'ANALYST',
    type: () => [declared(type)] as TypeRef,
    isRequired: true,
    description: `${what}, by ${words}: what the others have shown, moved by every outcome of its own`,
    resolve: (_root, _args, { services, view }) => services.outcomes.beliefs(view, of, by),
  });
}

const endedOf: FieldResolver<TimeBelief> = ({ ended }) => ended;
const RETURN = { of: 'RETURN', ended: 'returned', what: 'How long targets stay down' } as const;
const SWITCH = { of: 'SWITCH', ended: 'moved', what: 'How fast activity moves elsewhere' } as const;
declareBeliefs({ ...RETURN, query: 'durationBeliefs', type: 'DurationBelief' }, 'MEASURE_TYPE');
declareBeliefs({ ...RETURN, query: 'durationBeliefsByTarget', type: 'TargetDurationBelief' }, 'TARGET_KIND');
declareBeliefs({ ...SWITCH, query: 'switchingBeliefs', type: 'SwitchingBelief' }, 'MEASURE_TYPE');
declareBeliefs(
  { ...SWITCH, query: 'switchingBeliefsByTarget', type: 'TargetSwitchingBelief' },
  'TARGET_KIND',
);
