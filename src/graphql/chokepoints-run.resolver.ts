/** The ranking of chokepoints, and how sure it is, as jobs. */
import { Float, ID } from 'type-graphql';
import {
  type ChokepointsParameters,
  type ChokepointsResult,
  chokepointsAnalysis,
} from '../service/disruption/chokepoints.analysis';
import { checkedConfidence } from '../service/disruption/component-confidence';
import {
  type ConfidenceDoubt,
  type ConfidenceParameters,
  type ConfidenceResult,
  confidenceAnalysis,
} from '../service/disruption/confidence.analysis';
import { type DisruptionScope, systemOptions } from '../service/disruption/scope';
import type { GraphContext } from './context';
import { declared, declareObject, type FieldResolver, required, type TypeRef } from './declare';
import { declareAnalysis } from './declare-analysis';
import { CONFIDENCE_ARG, confidenceOf, SCOPE_ARG, type Scoped, scopeOf } from './disruption-scope';
import { SafeInt } from './scalars';
import { checkCount, limitArg } from './subgraph-args';

const component: FieldResolver<{ readonly id: string }> = ({ id }, _args, { loaders }) =>
  loaders.node.load(id);
declareObject('RankedChokepoint', 'A component whose loss stops operations, in a ranking that ran as a job', [
  required('rank', () => SafeInt, 'Place in the ranking, from 1'),
  required('id', () => ID, 'Id of the component'),
  { name: 'component', type: () => declared('Component'), description: 'The component', resolve: component },
  required('loss', () => declared('Loss'), 'What its loss alone stops'),
  required(
    'withMarket',
    () => declared('Loss'),
    'The same when the market replaces what is not known to be irreplaceable',
  ),
  required(
    'cheapestCutSets',
    () => [declared('RankedCutSet')] as TypeRef,
    'The cheapest sets of order 1 to 3 that it belongs to',
  ),
]);

/** As the query has it: at the time of the view, where the scope names none itself. */
function scopeAt(args: Scoped, { view }: GraphContext): DisruptionScope {
  const asked = scopeOf(args);
  return view.asOf === undefined || asked.asOf !== undefined ? asked : { ...asked, asOf: view.asOf };
}

declareAnalysis<ChokepointsParameters, ChokepointsResult, Scoped & { readonly limit: number }>({
  kind: chokepointsAnalysis,
  mutation: 'analyseChokepoints',
  description:
    'Ranks components by what their loss stops, as the query chokepoints does, without holding up other requests',
  args: [SCOPE_ARG, limitArg('limit', 'How many of the first to list', 100)],
  // What holds when is for the scope to say, so the whole record is given.
  projection: ({ view }) => view.recorded,
  parameters: ({ limit, ...args }, context) => {
    checkCount('limit', limit, 1);
    const scope = scopeAt(args, context);
    return { options: systemOptions(scope, context.view.recorded, () => new Date()), limit };
  },
  result: {
    name: 'ChokepointsResult',
    description: 'Components by what their loss stops',
    fields: [
      required(
        'chokepoints',
        () => [declared('RankedChokepoint')] as TypeRef,
        'The first of them, best first',
      ),
      required('totalCount', () => SafeInt, 'Components that stop something, exactly'),
      required('operationsInScope', () => SafeInt, 'Operations that count'),
      required('severityInScope', () => Float, 'Their severity a day'),
    ],
  },
});

declareObject('RankedConfidence', 'How sure a place in the ranking is', [
  required('rank', () => SafeInt, 'Place in the ranking, from 1'),
  required('id', () => ID, 'Id of the component'),
  { name: 'component', type: () => declared('Component'), description: 'The component', resolve: component },
  required('rankInterval', () => declared('RankInterval'), 'Places that it takes when facts may be false'),
  required('pChokepoint', () => declared('ProbabilityEstimate'), 'Chance that its loss alone stops anything'),
  required(
    'severityLostInterval',
    () => declared('LossInterval'),
    'What it loses alone when facts may be false',
  ),
]);

type ConfidenceArgs = Scoped & Parameters<typeof confidenceOf>[0] & { readonly limit: number };
declareAnalysis<ConfidenceParameters, ConfidenceResult, ConfidenceArgs, ConfidenceDoubt>({
  kind: confidenceAnalysis,
  mutation: 'analyseConfidence',
  description:
    'How sure the ranking of chokepoints is when facts may be false, as the query chokepoints says with confidence',
  args: [SCOPE_ARG, CONFIDENCE_ARG, limitArg('limit', 'How many of the first of the ranking to list', 100)],
  projection: ({ view }) => view.recorded,
  parameters: ({ limit, ...args }, context) => {
    checkCount('limit', limit, 1);
    const scope = scopeAt(args, context);
    const options = systemOptions(scope, context.view.recorded, () => new Date());
    return { ...checkedConfidence(confidenceOf(args) ?? {}), scope, options, limit };
  },
  extra: async ({ scope }, { services, view }) => {
    const { system, doubt, summary, eventOf } = await services.confidence.doubtOf(view, scope);
    return { system, doubt, summary, eventOf };
  },
  result: {
    name: 'ConfidenceResult',
    description: 'How sure the first places of a ranking are',
    fields: [
      required(
        'chokepoints',
        () => [declared('RankedConfidence')] as TypeRef,
        'The first of the ranking, best first',
      ),
      required('totalCount', () => SafeInt, 'Components that stop something, exactly'),
      required('summary', () => declared('ConfidenceSummary'), 'What the confidence rests on'),
    ],
  },
});
