/** The ranking of chokepoints as a job. */
import { Float, ID } from 'type-graphql';
import {
  type ChokepointsParameters,
  type ChokepointsResult,
  chokepointsAnalysis,
  type RankedChokepoint,
} from '../service/disruption/chokepoints.analysis';
import { systemOptions } from '../service/disruption/scope';
import { declared, declareObject, type FieldResolver, required, type TypeRef } from './declare';
import { declareAnalysis } from './declare-analysis';
import { SCOPE_ARG, type Scoped, scopeOf } from './disruption-scope';
import { SafeInt } from './scalars';
import { checkCount, limitArg } from './subgraph-args';

const component: FieldResolver<RankedChokepoint> = ({ id }, _args, { loaders }) => loaders.node.load(id);
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

declareAnalysis<ChokepointsParameters, ChokepointsResult, Scoped & { readonly limit: number }>({
  kind: chokepointsAnalysis,
  mutation: 'analyseChokepoints',
  description:
    'Ranks components by what their loss stops, as the query chokepoints does, without holding up other requests',
  args: [SCOPE_ARG, limitArg('limit', 'How many of the first to list', 100)],
  // What holds when is for the scope to say, so the whole record is given.
  projection: ({ view }) => view.recorded,
  parameters: ({ limit, ...args }, { view }) => {
    checkCount('limit', limit, 1);
    const asked = scopeOf(args);
    const scope = view.asOf === undefined || asked.asOf !== undefined ? asked : { ...asked, asOf: view.asOf };
    return { options: systemOptions(scope, view.recorded, () => new Date()), limit };
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
