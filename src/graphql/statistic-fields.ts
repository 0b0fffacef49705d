/** Figures over all nodes of a list, not only its page: how they spread over values, over relations and over time. */
import type { TimePoint } from '../analysis';
import { enumName, toSnakeCase } from '../model/naming';
import { filterColumns, relationsOf } from '../model/ontology/relations';
import { pageSize } from '../service/page.service';
import { distributionBy, type SeriesRequest, type Spread, seriesOf } from '../service/statistic.service';
import type { GraphContext } from './context';
import {
  type ArgSpec,
  declared,
  declareObject,
  type FieldResolver,
  type FieldSpec,
  type TypeRef,
} from './declare';
import { registerEnum } from './enums';
import { isGroup } from './objects';
import {
  firstArg,
  relationStatistics,
  type Selection,
  type StatisticSource,
  selectionOn,
  spreadFields,
  whole,
} from './relation-statistics';
import { DateTime } from './scalars';

const IntervalEnum = registerEnum(
  'Interval',
  'Length of the steps of a time series, UTC; weeks start on Monday',
  ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'].map((name) => [name, name] as const),
);

declareObject('Bucket', 'A value and how many nodes have it', [
  {
    name: 'value',
    type: () => String,
    isRequired: true,
    description: 'The value as text; of a vocabulary, its enum name',
  },
  whole('count', 'Nodes with the value'),
]);
declareObject('Distribution', 'How nodes spread over the values of a column', spreadFields('Bucket'));

declareObject('TimePoint', 'One step of a time series', [
  {
    name: 'start',
    type: () => DateTime,
    isRequired: true,
    description: 'Start of the step, UTC',
    resolve: (({ start }) => new Date(start).toISOString()) as FieldResolver<TimePoint>,
  },
  whole('count', 'Nodes with a time in the step'),
]);
declareObject('TimeSeries', 'How nodes spread over time, without gaps', [
  {
    name: 'points',
    type: () => [declared('TimePoint')] as TypeRef,
    isRequired: true,
    description: 'Steps in order of time',
  },
  whole('missing', 'Nodes without a time'),
]);

interface DistributionArgs {
  readonly by: string;
  readonly first?: number | null;
}

/** Terms of a vocabulary and types leave as the names of their enums, so that they can be used in filters. */
function shownValue(name: string, column: string, value: string | number | boolean): string {
  const spec = filterColumns(name).find((each) => each.name === column);
  if (column === 'type') return enumName(String(value).replace(/([a-z])([A-Z])/g, '$1_$2'));
  return spec?.vocabulary ? enumName(String(value)) : String(value);
}

export function distributionView(
  name: string,
  { projection, vertices }: Selection,
  { by, first }: DistributionArgs,
  { limits }: GraphContext,
): Spread<string> {
  const spread = distributionBy(projection, vertices(), by, pageSize(first, limits.pageSize));
  const isTime = filterColumns(name).some((each) => each.name === by && each.kind === 'datetime');
  const shown = (value: string | number | boolean) =>
    isTime ? new Date(Number(value)).toISOString() : shownValue(name, by, value);
  return { ...spread, buckets: spread.buckets.map(({ value, count }) => ({ value: shown(value), count })) };
}

const column = ({ name }: { readonly name: string }) => [toSnakeCase(name).toUpperCase(), name] as const;

/** Enums of the columns, times and relations of a type or group. */
function declareEnums(name: string) {
  const columns = filterColumns(name);
  const types = isGroup(name) ? [['TYPE', 'type'] as const] : [];
  return {
    columns: registerEnum(`${name}Column`, `Columns of ${name} nodes`, [...types, ...columns.map(column)]),
    times: registerEnum(
      `${name}TimeColumn`,
      `Times of ${name} nodes`,
      columns.filter((each) => each.kind === 'datetime').map(column),
    ),
    relations: registerEnum(`${name}Relation`, `Relations of ${name} nodes`, relationsOf(name).map(column)),
  };
}

export interface StatisticArgs {
  readonly distribution: readonly ArgSpec[];
  readonly timeSeries: readonly ArgSpec[];
}

/** Arguments of the figures over a type or group, and the fields of its connection. */
export function declareStatistics(name: string): {
  readonly args: StatisticArgs;
  readonly fields: readonly FieldSpec[];
} {
  const { columns, times, relations } = declareEnums(name);
  const args: StatisticArgs = {
    distribution: [
      { name: 'by', type: () => columns, isRequired: true, description: 'Column to count by' },
      firstArg,
    ],
    timeSeries: [
      { name: 'by', type: () => times, isRequired: true, description: 'Time to count by' },
      { name: 'interval', type: () => IntervalEnum, isRequired: true, description: 'Length of a step' },
      { name: 'from', type: () => DateTime, description: 'First time; the least there is if not given' },
      {
        name: 'until',
        type: () => DateTime,
        description: 'Time to end before; the greatest there is if not given',
      },
    ],
  };
  return { args, fields: fieldsOf(name, args, relations) };
}

function fieldsOf(name: string, args: StatisticArgs, relations: TypeRef): FieldSpec[] {
  const distribution: FieldResolver<StatisticSource, DistributionArgs> = (source, given, context) =>
    distributionView(name, selectionOn(source, context), given, context);
  const series: FieldResolver<StatisticSource, SeriesArgs> = (source, given, context) =>
    seriesView(selectionOn(source, context), given);
  return [
    {
      name: 'distribution',
      type: () => declared('Distribution'),
      isRequired: true,
      description:
        'How all nodes of the list, not only those of the page, spread over the values of a column',
      args: args.distribution,
      resolve: distribution,
    },
    ...relationStatistics(name, relations),
    {
      name: 'timeSeries',
      type: () => declared('TimeSeries'),
      isRequired: true,
      description: 'How all nodes of the list spread over time',
      args: args.timeSeries,
      resolve: series,
    },
  ];
}

export type SeriesArgs = Omit<SeriesRequest, 'column'> & { readonly by: string };

export const seriesView = ({ projection, vertices }: Selection, { by, ...rest }: SeriesArgs) =>
  seriesOf(projection, vertices(), { ...rest, column: by });
