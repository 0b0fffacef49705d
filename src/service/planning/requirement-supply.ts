/**
 * The suppliers of a requirement, with shares of what it takes today.
 *
 * The record gives shares of the whole capacity, over those in use and those in reserve alike. What is in use today is what the
 * operation takes, so shares are divided by it: those of the PRIMARY suppliers, and what nobody is named for where the
 * suppliers are not all known. Suppliers without a share on record can each carry everything. Where those in use have
 * ended, those in reserve have taken over.
 */
import { edgeCell } from '../../analysis';
import type { PlanProblemFile } from '../../ingest/plan-problem.format';
import type { EcosystemBuilder } from '../disruption/ecosystem';
import type { FactWays, FailureNode } from '../disruption/failure-graph';
import type { EdgeDoubts } from './edge-doubt';
import type { Recovery } from './recovery';

type RequirementOfFile = PlanProblemFile['requirements'][number];
type SupplierOfFile = RequirementOfFile['suppliers'][number];

export interface RequirementContext {
  readonly builder: EcosystemBuilder;
  readonly doubts: EdgeDoubts;
  readonly idOf: (node: number) => string;
  readonly hasLatentMarket: boolean;
  readonly recovery: Recovery;
  /** Id of the component that stands for the unknown suppliers of a category. */
  readonly addMarket: (category: string) => string;
}

/** The requirement that a node of the failure graph stands for. */
export function requirementOf(
  context: RequirementContext,
  node: FailureNode,
  index: number,
  id = context.idOf(index),
): RequirementOfFile {
  if (node.kind === 'requirement') return recorded(context, node, id);
  const suppliers = [...node.arcs].map(
    ([child, ways]): SupplierOfFile => ({
      component: context.idOf(child),
      role: 'PRIMARY',
      share: 1,
      switchDays: 0,
      ...context.doubts.of(ways),
    }),
  );
  const graceDays = node.kind === 'providers' ? autonomousDays(context, node) : 0;
  const category = node.kind === 'tactic' ? tacticOf(node) : undefined;
  const name = node.kind === 'providers' ? `Providers of ${nameOf(context, node.id)}` : undefined;
  return {
    id,
    name,
    mode: 'ANY',
    criticality: 1,
    graceDays,
    suppliers: withMarket(context, suppliers, category),
  };
}

const nameOf = ({ builder }: RequirementContext, id: string): string => builder.nameOf(builder.vertexOf(id));

function recorded(context: RequirementContext, node: FailureNode, id: string): RequirementOfFile {
  const { builder } = context;
  const vertex = builder.vertexOf(node.id);
  const mode = (builder.text('mode', vertex) ?? 'ANY') as RequirementOfFile['mode'];
  const isComplete = builder.isComplete(vertex);
  const known = inUse([...node.arcs].map(([child, ways]) => supplierOf(context, context.idOf(child), ways)));
  const suppliers = mode === 'ANY' ? ofTodaysUse(known, isComplete) : known;
  const primaries = suppliers.filter((each) => each.role === 'PRIMARY').length;
  const category = isComplete || mode === 'ALL' ? undefined : (builder.text('need', vertex) ?? '');
  const k = Math.min(builder.number('atLeast', vertex) ?? 1, Math.max(1, primaries));
  return {
    id,
    name: builder.nameOf(vertex),
    mode: mode === 'AT_LEAST' && primaries === 0 ? 'ANY' : mode,
    ...(mode === 'AT_LEAST' && primaries > 0 ? { k } : {}),
    criticality: builder.number('criticality', vertex) ?? 1,
    graceDays: builder.number('graceDays', vertex) ?? 0,
    suppliers: withMarket(context, suppliers, category),
  };
}

type Supplier = Omit<SupplierOfFile, 'share'> & { readonly share: number };

function supplierOf(context: RequirementContext, component: string, ways: FactWays): Supplier {
  const { projection } = context.builder;
  const facts = ways.flat();
  const cells = (column: string) =>
    facts.map((edge) => edgeCell(projection, column, edge)).filter((cell) => cell !== null);
  const roles = cells('supplierRole');
  const role = roles.includes('PRIMARY') ? 'PRIMARY' : roles.includes('BACKUP') ? 'BACKUP' : 'POSSIBLE';
  const shares = cells('share').map(Number);
  const switchDays = Math.min(...cells('switchDays').map(Number), Number.POSITIVE_INFINITY);
  return {
    component,
    role,
    share: shares.length === 0 ? 1 : Math.max(...shares),
    switchDays: role === 'PRIMARY' || !Number.isFinite(switchDays) ? 0 : switchDays,
    ...context.doubts.of(ways),
  };
}

/** Suppliers of which some are in use: where no PRIMARY one is left, those of the next role have taken over. */
function inUse(suppliers: readonly Supplier[]): Supplier[] {
  const role = (['PRIMARY', 'BACKUP', 'POSSIBLE'] as const).find((each) =>
    suppliers.some((s) => s.role === each),
  );
  return suppliers.map((each) => (each.role === role ? { ...each, role: 'PRIMARY', switchDays: 0 } : each));
}

/** Below this a supplier carries nothing. */
const NOTHING = 1e-9;

function ofTodaysUse(suppliers: readonly Supplier[], isComplete: boolean): Supplier[] {
  const carrying = suppliers.filter((each) => each.share > NOTHING);
  const sum = (list: readonly Supplier[]) => list.reduce((total, each) => total + each.share, 0);
  const used = sum(carrying.filter((each) => each.role === 'PRIMARY'));
  const unseen = isComplete ? 0 : Math.max(0, 1 - sum(carrying));
  const today = used + unseen;
  if (used <= NOTHING || today >= 1) return carrying;
  return carrying.map((each) => ({ ...each, share: Math.min(1, each.share / today) }));
}

function withMarket(
  context: RequirementContext,
  suppliers: readonly SupplierOfFile[],
  category: string | undefined,
): SupplierOfFile[] {
  if (category === undefined || !context.hasLatentMarket || suppliers.length === 0) return [...suppliers];
  const { capacityShare } = context.builder.marketOf(category);
  if (capacityShare <= NOTHING) return [...suppliers];
  const component = context.addMarket(category);
  const switchDays = context.recovery.switchOf(category);
  return [...suppliers, { component, role: 'POSSIBLE', share: capacityShare, switchDays, confidence: 1 }];
}

/** How long a component runs once all its providers are gone. */
function autonomousDays(context: RequirementContext, node: FailureNode): number {
  const facts = [...node.arcs.values()].flat(2);
  const { projection } = context.builder;
  return Math.max(0, ...facts.map((edge) => Number(edgeCell(projection, 'autonomousDays', edge) ?? 0)));
}

/** A step of a standing operation carries the operation's id and the tactic. */
const tacticOf = (node: FailureNode): string => node.id.slice(node.id.indexOf(' ') + 1);
