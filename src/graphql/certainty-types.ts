/** What confidence, explanation, importance and pairs of removals answer with. */
import { Float, ID } from 'type-graphql';
import { declared, declareObject, optional, required, type TypeRef } from './declare';
import { CutSetStatus, list } from './disruption-types';
import { ExactnessEnum, registerEnum } from './enums';
import { SafeInt } from './scalars';

const exactness = () => required('exactness', () => ExactnessEnum, 'Whether it is exact or estimated');
const basis = () => required('basis', () => declared('AnalysisBasis'), 'How the result came about');

declareObject(
  'ProbabilityEstimate',
  'A figure with its 95 % confidence interval; the interval is a point where it is exact',
  [
    required('value', () => Float, 'The figure'),
    required('low', () => Float, 'Low end of the interval'),
    required('high', () => Float, 'High end of the interval'),
    exactness(),
  ],
);
declareObject(
  'RankInterval',
  'Places in the ranking by loss alone, over scenarios in which facts may be false',
  [
    required('low', () => SafeInt, 'Best place: in 5 % of scenarios it is as good or better'),
    required(
      'high',
      () => SafeInt,
      'Worst place: in 5 % of scenarios it is worse; those that lose as much share places',
    ),
    required(
      'stability',
      () => Float,
      'Share of scenarios in which it keeps its place in the ranking, or a better one',
    ),
    exactness(),
  ],
);
declareObject('LossInterval', 'Severity a day lost, over scenarios in which facts may be false', [
  required('low', () => Float, '5 % of scenarios lose no more'),
  required('high', () => Float, '95 % of scenarios lose no more'),
  required('mean', () => declared('ProbabilityEstimate'), 'The mean over all scenarios'),
  exactness(),
]);
declareObject('ConfidenceSummary', 'What the confidence of a ranking rests on', [
  required('facts', () => SafeInt, 'Facts in doubt'),
  required('claims', () => SafeInt, 'Claims behind them'),
  required('origins', () => SafeInt, 'Origins of these claims: each is right or wrong for all that it says'),
  required('unclaimedFacts', () => SafeInt, 'Facts that nobody claims'),
  required('scenarios', () => SafeInt, 'Scenarios that were drawn'),
  required('seed', () => SafeInt, 'Seed of the scenarios'),
  required('status', () => CutSetStatus, 'STOPPED when time ended the drawing'),
]);

declareObject(
  'SufficientFacts',
  'The fewest facts by which an operation stops, whatever becomes of all others',
  [
    required('operationId', () => ID, 'Id of the operation; it may be a standing one, which has no node'),
    required('operationName', () => String, 'Its name'),
    required('facts', list('Fact'), 'The facts'),
    required('pAll', () => Float, 'Chance that all of them hold'),
    required(
      'exactness',
      () => ExactnessEnum,
      'EXACT: no smaller set suffices. UPPER_BOUND: none of these can be left out',
    ),
    required('bound', () => SafeInt, 'No sufficient set has fewer facts'),
  ],
);
const TurningKind = registerEnum('TurningKind', 'How a fact would turn', [
  ['FALSE', 'FALSE'],
  ['NEW_SUPPLIER', 'NEW_SUPPLIER'],
  ['SHARED_DEPENDENCY', 'SHARED_DEPENDENCY'],
]);
declareObject('TurningFact', 'A doubtful or missing fact, and what the component would lose if it turned', [
  required(
    'kind',
    () => TurningKind,
    'FALSE: it is on record and proves wrong; else it is missing and proves true',
  ),
  { name: 'fact', type: () => declared('Fact'), description: 'The fact on record' },
  {
    name: 'at',
    type: () => declared('Member'),
    description:
      'Where the missing one would be: the need with a further supplier, or what would depend on this component',
  },
  { name: 'pHolds', type: () => Float, description: 'Chance that the fact on record holds' },
  required('severityLost', () => Float, 'Severity a day that the component would lose alone'),
  required('severityChange', () => Float, 'By how much more than now'),
  required(
    'rank',
    () => SafeInt,
    'Place it would take by loss alone; those that lose as much share the best',
  ),
  required('rankChange', () => SafeInt, 'By how many places down; negative is up'),
]);
declareObject('ChokepointExplanation', 'Why a component is a chokepoint', [
  required('id', () => ID, 'Id of the component'),
  required('name', () => String, 'Its name'),
  required('hits', list('Member'), 'The component; with others where it stops nothing alone'),
  required('severityLost', () => Float, 'Severity a day that it loses alone'),
  required('rank', () => SafeInt, 'Place by that; those that lose as much share the best'),
  required(
    'sufficient',
    list('SufficientFacts'),
    'For operations that stop, what suffices for it; the shortest first',
  ),
  required('sufficientCount', () => SafeInt, 'Number of operations that stop; the list may be shorter'),
  required('turningFacts', list('TurningFact'), 'Facts that would change its rank most, then its loss'),
  required('turningFactCount', () => SafeInt, 'Number of such facts; the list may be shorter'),
  basis(),
]);

declareObject('RemovalPair', 'Two components taken away together', [
  required('members', list('Member'), 'The two'),
  required('severityLost', () => Float, 'Severity a day lost'),
  required('alone', () => [Float] as TypeRef, 'What each of them loses alone'),
  required('synergy', () => Float, 'What they lose together beyond that; negative where they stop the same'),
]);
declareObject('RemovalPairs', 'Pairs of components by what they stop together, best first', [
  required('pairs', list('RemovalPair'), 'The first of them'),
  required('evaluated', () => SafeInt, 'Pairs that were looked at'),
  required('synergies', () => SafeInt, 'Pairs that lose more together than apart'),
  basis(),
]);

declareObject('ComponentImportance', 'Measures of importance of one component for the expected loss', [
  required('id', () => ID, 'Id of the component'),
  required('name', () => String, 'Its name'),
  required('probability', () => Float, 'Chance that it is hit'),
  required('birnbaum', () => Float, 'Birnbaum: expected loss given the hit, less that without it'),
  required('criticality', () => Float, 'Share of the expected loss that hangs on it'),
  required('fussellVesely', () => Float, 'Share of the expected loss that goes through a cut set with it'),
  optional(
    'diagnostic',
    () => Float,
    'Its chance times its risk achievement worth; null where no loss is expected',
  ),
  optional(
    'riskAchievementWorth',
    () => Float,
    'Factor of the expected loss when it is surely hit; null where no loss is expected',
  ),
  {
    name: 'riskReductionWorth',
    type: () => Float,
    description:
      'Factor by which the expected loss falls when it is surely not hit; null when to nothing, or no loss is expected',
  },
  required('occurrence', () => String, 'Minimal cut sets with it over all operations, a decimal number'),
  {
    name: 'joint',
    type: () => Float,
    description: 'Joint importance with the component asked for; positive: hit both',
  },
]);
declareObject('ImportanceRanking', 'Components by Birnbaum importance for the expected loss', [
  required('components', list('ComponentImportance'), 'The first of them'),
  required('totalCount', () => SafeInt, 'Components that matter at all'),
  required('expectedLoss', () => Float, 'Expected severity a day lost when each is hit with its chance'),
  required('severityInScope', () => Float, 'Severity a day of all operations in scope'),
  required(
    'unsolved',
    () => SafeInt,
    'Operations, or shares of them, too large to solve, which count for nothing',
  ),
  basis(),
]);
