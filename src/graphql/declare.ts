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
import { AppError } from '../errors';
import { hasRole, type Role } from '../model/viewer';
import { namesEvidence } from '../service/evidence-column.service';
import { contextAt, contextOf, type GraphContext, refresh, type ViewArgs } from './context';
import { DateTime } from './scalars';

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
  /** Least role that may ask for it; anybody who may ask for the object if not given. */
  readonly role?: Role;
}

/** A field of the root: it says who may ask for it, and reads the graph at the time asked for. */
export interface RootSpec extends FieldSpec {
  readonly resolve: FieldResolver<never, never>;
  readonly role: Role;
  /** Whether it is the same at all times: then it takes no time. */
  readonly isTimeless?: boolean;
}

/** A field that is never null. */
export const required = (name: string, type: () => TypeRef, description: string): FieldSpec => ({
  name,
  type,
  description,
  isRequired: true,
});

/** A field, or a field of an input, that may be left without a value. */
export const optional = (name: string, type: () => TypeRef, description: string): FieldSpec => ({
  name,
  type,
  description,
});

/** The argument by which a mutation of one thing only says what it would do. */
export const DRY_RUN: ArgSpec = {
  name: 'dryRun',
  type: () => Boolean,
  description: 'Only say what would become of it',
  defaultValue: false,
};

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
  if (resolve)
    bindings.set(`${target.name}.${name}`, guarded(inItsContext(onItsColumns(resolve)), spec.role));
}

type AnyResolver = FieldResolver<unknown>;

/** Arguments that choose, order or count by columns. */
const COLUMN_ARGS = ['where', 'relationship', 'orderBy', 'by', 'paths'] as const;

/** Resolves a field on a graph that has the columns of evidence, where its arguments name them. */
const onItsColumns =
  (resolve: FieldResolver<never, never>): AnyResolver =>
  (source, args, context, info) => {
    const asked = COLUMN_ARGS.flatMap((name) => args[name] ?? []);
    if (!asked.some(namesEvidence)) return (resolve as AnyResolver)(source, args, context, info);
    return context.services.evidenceColumns
      .forAsked(context.view, asked)
      .then((view) =>
        (resolve as AnyResolver)(source, args, { ...context, view, projection: view.projection }, info),
      );
  };

/** Resolves a field in the context of the root field above it. */
const inItsContext =
  (resolve: AnyResolver): AnyResolver =>
  (source, args, context, info) =>
    resolve(source, args, contextOf(context, info), info);

/** Resolves a field only for those who have a role. */
function guarded(resolve: AnyResolver, role: Role | undefined): AnyResolver {
  if (role === undefined) return resolve;
  return (source, args, context, info) => {
    requireRole(context, `${info.parentType.name}.${info.fieldName}`, role);
    return resolve(source, args, context, info);
  };
}

function requireRole({ viewer }: GraphContext, field: string, role: Role | undefined): void {
  if (role === undefined || hasRole(viewer, role)) return;
  throw new AppError('FORBIDDEN', { field, role, got: viewer.role });
}

export const TIME_ARGS: readonly ArgSpec[] = [
  {
    name: 'asOf',
    type: () => DateTime,
    description: 'Instant in the world: only what holds then is there, also in the fields below',
  },
  {
    name: 'knownAt',
    type: () => DateTime,
    description: 'Moment of recording: the graph as it was known then, also in the fields below',
  },
];

/** Which view of the graph a root field reads. */
const VIEW_ARGS: readonly ArgSpec[] = [
  ...TIME_ARGS,
  {
    name: 'joined',
    type: () => Boolean,
    description:
      'Read nodes that are judged to be the same as one, also in the fields below: one stands for all, with the relations of each',
  },
];

/** Resolves a root field in the view that is asked for. */
const inItsView =
  (resolve: AnyResolver): AnyResolver =>
  (source, { asOf, knownAt, joined, ...args }, context, info) => {
    if ((asOf ?? knownAt ?? undefined) === undefined && joined !== true)
      return resolve(source, args, context, info);
    return contextAt(context, { asOf, knownAt, joined } as ViewArgs, info).then((at) =>
      resolve(source, args, at, info),
    );
  };

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

/** Least role that may ask for each field of the root. */
export const rootRoles = new Map<string, Role>();

/** Adds a field to the root type of queries or mutations. */
export function declareRoot(target: ClassType<object>, root: keyof typeof ROOTS, spec: RootSpec): void {
  const { name, type, description, args = [], resolve, role } = spec;
  const hasTime = root === 'Query' && !spec.isTimeless;
  const descriptor = { value: () => undefined };
  Object.defineProperty(target.prototype, name, descriptor);
  ROOTS[root](type, { nullable: nullability(spec), description })(target.prototype, name, descriptor);
  declareArgs(target, name, hasTime ? [...args, ...VIEW_ARGS] : args);
  bindings.set(
    `${root}.${name}`,
    guarded(hasTime ? inItsView(onItsColumns(resolve)) : (resolve as AnyResolver), role),
  );
  rootRoles.set(`${root}.${name}`, role);
}

/** What makes the events of a subscription. It is called once; each event is then resolved like a root value. */
export type EventSource<E, A> = (
  args: A,
  context: GraphContext,
) => AsyncIterable<E> | Promise<AsyncIterable<E>>;

/** Adds a subscription. Its events are the values of the field; each is resolved on the graph as it is then. */
export function declareSubscription<E, A>(
  target: ClassType<object>,
  spec: Omit<FieldSpec, 'resolve' | 'role'> & { readonly subscribe: EventSource<E, A>; readonly role: Role },
): void {
  const { name, type, description, args = [], subscribe, role } = spec;
  const descriptor = { value: () => undefined };
  Object.defineProperty(target.prototype, name, descriptor);
  const options = { nullable: nullability(spec), description, subscribe: () => neverAsked() };
  Subscription(type, options)(target.prototype, name, descriptor);
  declareArgs(target, name, args);
  bindings.set(`Subscription.${name}`, ((event: unknown) => event) as FieldResolver<never, never>);
  sources.set(name, subscribe as unknown as EventSource<never, never>);
  rootRoles.set(`Subscription.${name}`, role);
}

function neverAsked(): never {
  throw new Error('a declared subscription is bound to its own source');
}

const subscriber =
  (source: EventSource<never, never>): GraphQLFieldResolver<unknown, GraphContext> =>
  async (_root, args, context, { fieldName }) => {
    requireRole(context, `Subscription.${fieldName}`, rootRoles.get(`Subscription.${fieldName}`));
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
