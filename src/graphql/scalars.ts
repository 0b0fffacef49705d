/** Scalars that GraphQL itself lacks. */
import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLJSON, GraphQLSafeInt } from 'graphql-scalars';
import { brief, isTimestamp } from '../model/validate';

function timestamp(value: unknown): string {
  if (isTimestamp(value)) return value;
  throw new GraphQLError(`DateTime expected a date and time as of RFC 3339, got ${brief(value)}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** Kept as the source wrote it: sources give microseconds, which a JavaScript date would lose. */
export const DateTime = new GraphQLScalarType<string, string>({
  name: 'DateTime',
  description: 'Date and time as of RFC 3339, as the source wrote it',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: (value) => value as string,
  parseValue: timestamp,
  parseLiteral: (node) => timestamp(node.kind === Kind.STRING ? node.value : node.kind),
});

export const JsonValue = GraphQLJSON;
export const SafeInt = GraphQLSafeInt;
