/** Where callers may put a text: every argument and every field of every input that holds one, found by walking the schema. */
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql';
import { apiSchema } from '../../src/graphql/schema';

export type Root = 'Query' | 'Mutation' | 'Subscription';
export type RootField = GraphQLField<unknown, unknown>;

const schema = apiSchema();

export const rootFields = (root: Root): readonly RootField[] =>
  Object.values((schema.getType(root) as GraphQLObjectType).getFields());

const SAMPLES: Readonly<Record<string, unknown>> = {
  Int: 1,
  SafeInt: 1,
  Float: 1,
  Boolean: true,
  DateTime: '2024-01-01T00:00:00Z',
};

/** Some value of an input type: as little as it takes. */
export function sampleOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return sampleOf(type.ofType);
  if (isListType(type)) return [sampleOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0].name;
  if (!isInputObjectType(type)) return SAMPLES[type.name] ?? 'x';
  const fields = Object.values(type.getFields());
  const wanted = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
  return Object.fromEntries(wanted.map((field) => [field.name, sampleOf(field.type)]));
}

/** A document that asks for one field of the root with some of its arguments, and for as little below as shows that it ran. */
export function asking(root: Root, field: RootField, names: readonly string[]): string {
  const args = field.args.filter((arg) => names.includes(arg.name));
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const below = getNamedType(field.type);
  const total = 'getFields' in below && 'totalCount' in below.getFields() ? 'totalCount' : '';
  const selection = isLeafType(below) ? '' : `{ __typename ${total} }`;
  return `${root.toLowerCase()}${declared && `(${declared})`} { ${field.name}${passed && `(${passed})`} ${selection} }`;
}

/** One place for a text: an argument of a field of the root, or a field of an input below one. */
export interface TextPlace {
  readonly root: Root;
  readonly field: RootField;
  /** The argument, and the fields that lead to the text. */
  readonly path: readonly string[];
}

const TEXTS: ReadonlySet<string> = new Set(['String', 'ID', 'JSON', 'DateTime']);

/** Every place, the fields of an input once however many arguments take it. */
export function textPlaces(): readonly TextPlace[] {
  const places: TextPlace[] = [];
  const known = new Set<string>();
  const walk = (root: Root, field: RootField, type: GraphQLInputType, path: readonly string[]): void => {
    const named = getNamedType(type);
    if (TEXTS.has(named.name)) places.push({ root, field, path });
    if (!isInputObjectType(named) || known.has(named.name)) return;
    known.add(named.name);
    for (const each of Object.values(named.getFields())) walk(root, field, each.type, [...path, each.name]);
  };
  for (const root of ['Query', 'Mutation'] as const) {
    for (const field of rootFields(root)) {
      for (const arg of field.args) walk(root, field, arg.type, [arg.name]);
    }
  }
  return places;
}

/** A request that puts a text in a place, with as little as it takes around it. */
export function requestAt({ root, field, path }: TextPlace, text: string) {
  const [name, ...rest] = path;
  const wanted = field.args.filter(
    (arg) => arg.name === name || (isNonNullType(arg.type) && arg.defaultValue === undefined),
  );
  return {
    query: asking(
      root,
      field,
      wanted.map((arg) => arg.name),
    ),
    variables: Object.fromEntries(
      wanted.map((arg) => [arg.name, arg.name === name ? valueAt(arg.type, rest, text) : sampleOf(arg.type)]),
    ),
  };
}

function valueAt(given: GraphQLInputType, path: readonly string[], text: string): unknown {
  const type = getNullableType(given);
  if (isListType(type)) return [valueAt(type.ofType, path, text)];
  if (!isInputObjectType(type)) return type.toString() === 'JSON' ? { [text]: [text] } : text;
  const [name, ...rest] = path;
  const inner = valueAt(type.getFields()[name].type, rest, text);
  return type.isOneOf ? { [name]: inner } : { ...(sampleOf(type) as object), [name]: inner };
}
