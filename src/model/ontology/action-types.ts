/** Types of node by which action is planned, taken and judged: who may act, by which measure, on what basis, to what effect. */
import { type NodeType, nodeType } from './node-type';
import {
  datetime,
  flag,
  float,
  int,
  json,
  type PropertySpec,
  string,
  strings,
  term,
  terms,
  text,
} from './property';

const days = (name: string, description: string, notBelow?: readonly string[]) =>
  float(name, description, { range: [0, 36500], notBelow });
const amount = (name: string, description: string) => float(name, description, { range: [0, 1e12] });
const share = (name: string, description: string) => float(name, description, { range: [0, 1] });

/** Spread of a duration around its median: the standard deviation of its logarithm; 0 is certain. */
const sigma = (name: string, of: string) =>
  float(name, `Spread of ${of}: standard deviation of its logarithm`, { range: [0, 10] });

const managed = { isManaged: true } as const;

/** What one measure does, takes and costs, by default or in one case. */
const MEASURE_PROPERTIES: readonly PropertySpec[] = [
  term('measureType', 'MeasureType', 'Type of measure'),
  term('effect', 'MeasureEffect', 'What it does to its target'),
  share('strength', 'How much of that it does: 1 is all'),
  days('holdMedianDays', 'Days that the effect is held, median; absent means until the target is rebuilt'),
  sigma('holdSigma', 'the days that the effect is held'),
  amount('cost', 'Effort in weeks of one case worker'),
  days('leadDays', 'Days of work before the effect begins, without those of cooperation abroad'),
  share('pSuccess', 'Probability that it works'),
  amount(
    'exposure',
    'How much of what we know it gives away, 0 is nothing and 1 an open act against the target',
  ),
  amount('collateral', 'Harm to those who did nothing wrong, as a relative weight'),
  text('legalBasis', 'Legal basis on which it is taken'),
  strings('offences', 'Offences it is taken for: opens ways of cooperation that are for one of these alone'),
];

const MEASURES: readonly NodeType[] = [
  nodeType(
    'MeasureProfile',
    ['x-atlas-measure-profile'],
    'What a type of measure does to a kind of target by default, and who may take it',
    [
      ...MEASURE_PROPERTIES,
      flag('atHome', 'Taken at home, wherever the target is'),
      terms('partnerKinds', 'PartnerKind', 'Kinds of partner who may take it'),
      strings('targetTypes', 'Types of node it is taken against'),
      strings(
        'targetKinds',
        'Kinds of these: categories, infrastructure, channel and venue types; none means all',
      ),
    ],
  ),
  nodeType('Measure', ['x-atlas-measure'], 'One measure against one target: possible, or part of a plan', [
    ...MEASURE_PROPERTIES,
    term('measureStatus', 'MeasureStatus', 'How far it has come'),
    days('startDay', 'Day of the plan on which work on it begins'),
    days('effectDay', 'Day of the plan on which its effect begins', ['startDay']),
    string('owner', 'Who answers for it'),
    datetime('startedAt', 'When work on it began'),
    datetime('endedAt', 'When it was done or given up', { notBelow: ['startedAt'] }),
  ]),
  nodeType(
    'Plan',
    ['x-atlas-plan'],
    'A set of measures meant to be taken, with what they are predicted to do',
    [
      term('planStatus', 'PlanStatus', 'Where it stands', managed),
      term('objective', 'PlanObjective', 'What it is best at'),
      string('caseReference', 'Reference of the case it belongs to'),
      string('proposedBy', 'Who proposed it', managed),
      strings('writtenBy', 'Who has written it, the proposer included', managed),
      string('approvedBy', 'Who approved it: nobody who has written it', managed),
      string('approvedDigest', 'Digest of what was approved', managed),
      datetime('statusSince', 'Since when it stands there', managed),
      text('statusReason', 'Why it was moved there', managed),
      json('request', 'What was asked for: scope, limits, and how doubt was taken'),
      json('scenario', 'What was supposed to be there or not to be there when it was predicted', managed),
      json('prediction', 'What was predicted, with its certificate', managed),
      int('graphVersion', 'Number of the last change of the graph that it was made on', {
        range: [0, 2 ** 53 - 1],
        ...managed,
      }),
      datetime('predictedAt', 'When it was predicted', managed),
      days('horizonDays', 'Days over which the effect is counted'),
      float('predictedLoss', 'Severity times days that operations are predicted to lose', managed),
      float('predictedLowLoss', 'The same, 5 % quantile', managed),
      float('predictedHighLoss', 'The same, 95 % quantile', { ...managed, notBelow: ['predictedLowLoss'] }),
      float('bound', 'What no plan within the same limits exceeds', managed),
      float('gap', 'How far the prediction is below the bound, relative', managed),
    ],
    { managed: true },
  ),
  nodeType(
    'SavedScenario',
    ['x-atlas-scenario'],
    'What is supposed to be there, or not to be there, to see what would follow',
    [
      json('additions', 'Objects supposed to be there', managed),
      strings('removals', 'Ids of objects supposed not to be there', managed),
      string('proposedBy', 'Who proposed it', managed),
    ],
    { managed: true },
  ),
];

const LAW: readonly NodeType[] = [
  nodeType('Partner', ['x-atlas-partner'], 'Someone who may take measures', [
    term('partnerKind', 'PartnerKind', 'Kind of partner'),
    terms(
      'capabilities',
      'MeasureType',
      'Measures it can carry out; none recorded means all that its kind may take',
    ),
    int('capacity', 'Measures that it can take in one plan', { range: [0, 1e6] }),
  ]),
  nodeType('LegalInstrument', ['x-atlas-legal-instrument'], 'What makes a measure or cooperation lawful', [
    term('instrumentKind', 'InstrumentKind', 'Kind of instrument'),
    string('issuer', 'Who issued it'),
    text('legalScope', 'What it covers'),
    datetime('expiresAt', 'When it ends'),
    text('url', 'Where it is published'),
  ]),
  nodeType(
    'CooperationPath',
    ['x-atlas-cooperation-path'],
    'A way in which one side gets another to act, and how long that takes',
    [
      string('offence', 'Offence it is open for; absent means any'),
      days('medianDays', 'Median days from request to answer'),
      sigma('daysSigma', 'the days from request to answer'),
      share('pGranted', 'Share of requests that are granted'),
      terms('measureTypes', 'MeasureType', 'Measures it can bring about; none means all'),
    ],
  ),
];

const RECORD: readonly NodeType[] = [
  nodeType('Intervention', ['x-atlas-intervention'], 'A past disruption, with what it did', [
    terms('measureTypes', 'MeasureType', 'Measures taken'),
    datetime('startedAt', 'When it began'),
    datetime('endedAt', 'When it ended', { notBelow: ['startedAt'] }),
    term('verdict', 'Verdict', 'Judgement by its measured effect'),
    text('lesson', 'What it teaches'),
  ]),
  nodeType('Outcome', ['x-atlas-outcome'], 'A measured effect of an intervention or a measure', [
    string('metric', 'What was measured'),
    float('before', 'Value before'),
    float('after', 'Value after'),
    string('unit', 'Unit of the values'),
    datetime('observedAt', 'When it was observed'),
    datetime('regeneratedAt', 'When the target was back'),
    days('downtimeLowDays', 'Days of downtime, low estimate'),
    days('downtimeDays', 'Days of downtime, best estimate', ['downtimeLowDays']),
    days('downtimeHighDays', 'Days of downtime, high estimate', ['downtimeLowDays', 'downtimeDays']),
    days('switchDays', 'Days until the activity had moved to others, best estimate'),
    share(
      'displacedShare',
      'Share of the activity that had moved to others when observed; 0 says that none had',
    ),
    json('series', 'Values over time: [[time, value], ..]'),
    float('changeShare', 'Change against what was to be expected without it, as a share of that'),
    float('changeLowShare', 'The same, 2.5 % quantile'),
    float('changeHighShare', 'The same, 97.5 % quantile', { notBelow: ['changeLowShare'] }),
  ]),
];

const ASSUMPTIONS: readonly NodeType[] = [
  nodeType(
    'MarketAssumption',
    ['x-atlas-market-assumption'],
    'How fast the market replaces a kind of supplier',
    [
      string('category', 'Service category, or the need in words'),
      float('switchDays', 'Days until an unknown supplier has taken over', { range: [0, 36500] }),
      float('capacityShare', 'Share of the lost capacity that it takes over', { range: [0, 1] }),
    ],
  ),
  nodeType(
    'RecoveryAssumption',
    ['x-atlas-recovery-assumption'],
    'How fast a kind of component is back where its own record does not say',
    [
      string('category', 'Service category, infrastructure, channel or venue type, or type of node'),
      days('detectDays', 'Days until the loss is noticed'),
      days('setupDays', 'Days to set up again, median'),
      sigma('setupSigma', 'the days to set up again'),
    ],
  ),
];

export const ACTION_TYPES: readonly NodeType[] = [...LAW, ...MEASURES, ...RECORD, ...ASSUMPTIONS];
