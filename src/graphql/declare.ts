/**
 * Declares types from descriptions instead of decorated classes: the ontology knows its types only as rows. The resolver
 * of a declared field is a plain function, bound when the schema is built.
 */
import 'reflect-metadata';
import {
  type GraphQLFieldResolver,
  GraphQLInputObjectType,
  GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import {
  Arg,
  type ClassType,
  Field,
  InputType,
  InterfaceType,
  Mutation,
  ObjectType,
  Query,
  Subscription,
} from 'type-graphql';
import { type GraphContext, refresh } from './context';

/** A type as type-graphql names it: a class, an enum object, a scalar, or a list of one. */
export type TypeRef = Parameters<typeof Field>[0] extends infer F
  ? F extends (...args: never[]) => infer R
    ? R
    : never
  : never;

export interface ArgSpec {
  readonly name: string;
  readonly type: () => TypeRef;
  readonly description: string;
  readonly isRequired?: boolean;
  readonly defaultValue?: unknown;
}

export type FieldResolver<S, A = Record<string, unknown>> = GraphQLFieldResolver<S, GraphContext, A>;

export interface FieldSpec {
  readonly name: string;
  readonly type: () => TypeRef;
  readonly description: string;
  readonly isRequired?: boolean;
  /** For lists: whether items may be null. */
  readonly hasNullItems?: boolean;
  readonly args?: readonly ArgSpec[];
  readonly resolve?: FieldResolver<never, never>;
}

/** A field that is never null. */
export const required = (name: string, type: () => TypeRef, description: string): FieldSpec => ({
  name,
  type,
  description,
  isRequired: true,
});

const bindings = new Map<string, FieldResolver<never, never>>();
const sources = new Map<string, EventSource<never, never>>();

const classes = new Map<string, ClassType<object>>();

function classNamed(name: string): ClassType<object> {
  if (classes.has(name)) throw new Error(`${name} is declared twice`);
  const target = { [name]: class {} }[name];
  classes.set(name, target);
  return target;
}

/** A declared type by name; call it in a type thunk, when all types have been declared. */
export function declared(name: string): ClassType<object> {
  const target = classes.get(name);
  if (!target) throw new Error(`${name} is not declared`);
  return target;
}

const nullability = (spec: FieldSpec): boolean | 'items' =>
  spec.isRequired ? (spec.hasNullItems ? 'items' : false) : true;

/** Adds a field to a declared type. */
export function declareField(target: ClassType<object>, spec: FieldSpec): void {
  const { name, type, description, args = [], resolve } = spec;
  Field(type, { nullable: nullability(spec), description, simple: true })(target.prototype, name);
  declareArgs(target, name, args);
  if (resolve) bindings.set(`${target.name}.${name}`, resolve);
}

function declareArgs(target: ClassType<object>, field: string, args: readonly ArgSpec[]): void {
  args.forEach(({ name, type, description, isRequired, defaultValue }, index) => {
    const options = { nullable: !isRequired && defaultValue === undefined, description, defaultValue };
    Arg(name, type, options)(target.prototype, field, index);
  });
}

export function declareObject(
  name: string,
  description: string,
  fields: readonly FieldSpec[],
  interfaces: readonly ClassType<object>[] = [],
): ClassType<object> {
  const target = classNamed(name);
  for (const field of fields) declareField(target, field);
  const options = { description, simpleResolvers: true };
  ObjectType(name, interfaces.length > 0 ? { ...options, implements: [...interfaces] } : options)(target);
  return target;
}

export function declareInterface(
  name: string,
  description: string,
  fields: readonly FieldSpec[],
  resolveType: (value: { readonly __typename: string }) => string,
  interfaces: readonly ClassType<object>[] = [],
): ClassType<object> {
  const target = classNamed(name);
  for (const field of fields) declareField(target, field);
  InterfaceType(name, { description, resolveType, implements: [...interfaces] })(target);
  return target;
}

export interface InputFieldSpec {
  readonly name: string;
  readonly type: () => TypeRef;
  readonly description: string;
  readonly isRequired?: boolean;
}

/** Declares an input type; fields are added at once, their types resolved later, so inputs may refer to each other. */
export function declareInput(
  name: string,
  description: string,
  fields: readonly InputFieldSpec[],
): ClassType<object> {
  const target = classNamed(name);
  for (const { name: field, type, description: says, isRequired } of fields) {
    Field(type, { nullable: !isRequired, description: says })(target.prototype, field);
  }
  InputType(name, { description })(target);
  return target;
}

/** Makes an input one of which exactly one field must be given. */
export function markOneOf(input: ClassType<object>): void {
  oneOfs.add(input.name);
}
const oneOfs = new Set<string>();

const ROOTS = { Query, Mutation };

/** Adds a field to the root type of queries or mutations. */
export function declareRoot(
  target: ClassType<object>,
  root: keyof typeof ROOTS,
  spec: FieldSpec & { readonly resolve: FieldResolver<never, never> },
): void {
  const { name, type, description, args = [], resolve } = spec;
  const descriptor = { value: () => undefined };
  Object.defineProperty(target.prototype, name, descriptor);
  ROOTS[root](type, { nullable: nullability(spec), description })(target.prototype, name, descriptor);
  declareArgs(target, name, args);
  bindings.set(`${root}.${name}`, resolve);
}

/** What makes the events of a subscription. It is called once; each event is then resolved like a root value. */
export type EventSource<E, A> = (
  args: A,
  context: GraphContext,
) => AsyncIterable<E> | Promise<AsyncIterable<E>>;

/** Adds a subscription. Its events are the values of the field; each is resolved on the graph as it is then. */
export function declareSubscription<E, A>(
  target: ClassType<object>,
  spec: Omit<FieldSpec, 'resolve'> & { readonly subscribe: EventSource<E, A> },
): void {
  const { name, type, description, args = [], subscribe } = spec;
  const descriptor = { value: () => undefined };
  Object.defineProperty(target.prototype, name, descriptor);
  const options = { nullable: nullability(spec), description, subscribe: () => neverAsked() };
  Subscription(type, options)(target.prototype, name, descriptor);
  declareArgs(target, name, args);
  bindings.set(`Subscription.${name}`, ((event: unknown) => event) as FieldResolver<never, never>);
  sources.set(name, subscribe as unknown as EventSource<never, never>);
}

function neverAsked(): never {
  throw new Error('a declared subscription is bound to its own source');
}

const subscriber =
  (source: EventSource<never, never>): GraphQLFieldResolver<unknown, GraphContext> =>
  async (_root, args, context) => {
    const events = await source(args as never, context);
    return freshened(events[Symbol.asyncIterator](), context);
  };

/** Brings the context up to date before each event: one subscription outlives many states of the graph. */
const freshened = <E>(events: AsyncIterator<E>, context: GraphContext): AsyncIterableIterator<E> => ({
  next: async () => {
    const result = await events.next();
    if (!result.done) await refresh(context);
    return result;
  },
  return: async () => {
    await events.return?.();
    return { done: true, value: undefined };
  },
  [Symbol.asyncIterator]() {
    return this;
  },
});

/** Gives every declared field of a schema its resolver, those of interfaces on each type that implements them. */
export function bindResolvers(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type instanceof GraphQLInputObjectType && oneOfs.has(type.name)) type.isOneOf = true;
    if (!(type instanceof GraphQLObjectType)) continue;
    const owners = [type.name, ...type.getInterfaces().map((each) => each.name)];
    for (const field of Object.values(type.getFields())) {
      const owner = owners.find((each) => bindings.has(`${each}.${field.name}`));
      const source = type.name === 'Subscription' ? sources.get(field.name) : undefined;
      if (source) field.subscribe = subscriber(source);
      if (owner) field.resolve = bindings.get(`${owner}.${field.name}`) as typeof field.resolve;
    }
  }
  return schema;
}

/** Every declared type, whether a query leads to it or not. */
export const declaredTypes = (): ClassType<object>[] => [...classes.values()];
