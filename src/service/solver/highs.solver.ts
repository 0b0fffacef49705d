/** The MILP port over HiGHS compiled to WebAssembly. Loading is asynchronous, solving is synchronous and single-threaded. */
import loadHighs, {
  type CallbackData,
  type Highs,
  type HighsCallbackMap,
  type Model,
  type ModelData,
} from 'highs';
import type { MilpControls, MilpModel, MilpOutcome, MilpProgress, MilpSolver } from '../../analysis';

const NO_VALUES = new Float64Array(0);

export async function highsSolver(): Promise<MilpSolver> {
  const highs = await loadHighs();
  return {
    name: `HiGHS ${highs.version.string}`,
    solve: (model, controls) =>
      model.columns === 0
        ? solveEmpty(model)
        : highs.withModel(toHighs(highs, model, controls), (native) => run(highs, native, model, controls)),
  };
}

/** HiGHS has no answer for a model without columns: it is feasible when 0 is within every row. */
function solveEmpty(model: MilpModel): MilpOutcome {
  const isFeasible = model.rowLower.every((lower, i) => lower <= 0 && model.rowUpper[i] >= 0);
  const { offset } = model;
  const outcome = { objective: offset, bound: offset, values: NO_VALUES, nodes: 0, wasInterrupted: false };
  return { ...outcome, status: isFeasible ? 'optimal' : 'infeasible' };
}

function toHighs(highs: Highs, model: MilpModel, controls: MilpControls): ModelData {
  const { integer, continuous } = highs.constants.variableType;
  const isRelaxed = controls.relax === true || !model.isInteger.includes(1);
  return {
    numCols: model.columns,
    numRows: model.rows,
    sense: highs.constants.objectiveSense.maximize,
    offset: model.offset,
    colCost: model.cost,
    colLower: model.colLower,
    colUpper: model.colUpper,
    rowLower: model.rowLower,
    rowUpper: model.rowUpper,
    matrix: {
      format: 'csr',
      numRows: model.rows,
      numCols: model.columns,
      starts: model.start,
      indices: model.index,
      values: model.value,
    },
    ...(isRelaxed
      ? {}
      : { integrality: Int32Array.from(model.isInteger, (each) => (each === 1 ? integer : continuous)) }),
  };
}

function run(highs: Highs, native: Model, model: MilpModel, controls: MilpControls): MilpOutcome {
  native.options.set({
    output_flag: false,
    time_limit: Math.max(0.01, controls.seconds),
    mip_rel_gap: controls.relativeGap,
    mip_abs_gap: 1e-9,
    mip_feasibility_tolerance: 1e-7,
    random_seed: Math.abs(controls.seed | 0),
  });
  if (controls.start !== undefined) {
    native.setSolution({ indices: controls.start.columns, values: controls.start.values });
  }
  let wasInterrupted = false;
  const stop = (bound: number): boolean => {
    wasInterrupted = wasInterrupted || controls.interrupt?.(bound) === true;
    return wasInterrupted;
  };
  const { modelStatus } = native.run(callbacks(highs, controls, stop));
  const codes = highs.constants.modelStatus;
  const nodes = Number(native.info.get('mip_node_count'));
  const nothing = { objective: Number.NaN, values: NO_VALUES, nodes: Math.max(0, nodes), wasInterrupted };
  if (modelStatus === codes.infeasible)
    return { ...nothing, status: 'infeasible', bound: Number.NEGATIVE_INFINITY };
  const isMip = controls.relax !== true && model.isInteger.includes(1);
  const dual = isMip ? Number(native.info.get('mip_dual_bound')) : Number.POSITIVE_INFINITY;
  const hasValues = native.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
  if (!hasValues) return { ...nothing, status: 'stopped', bound: dual };
  const objective = native.getObjectiveValue();
  const isOptimal = modelStatus === codes.optimal;
  return {
    status: isOptimal ? 'optimal' : 'feasible',
    objective,
    bound: isMip ? Math.max(dual, objective) : isOptimal ? objective : Number.POSITIVE_INFINITY,
    values: native.getSolution().colValue,
    nodes: nothing.nodes,
    wasInterrupted,
  };
}

/** Only what is asked for: each callback costs a crossing from WebAssembly. */
function callbacks(highs: Highs, controls: MilpControls, stop: (bound: number) => boolean): HighsCallbackMap {
  const { mipInterrupt, mipLogging, simplexInterrupt, ipmInterrupt } = highs.constants.callbackType;
  const onInterrupt = (event: { readonly data: CallbackData; interrupt(): void }): undefined => {
    if (stop(event.data.mip_dual_bound ?? Number.POSITIVE_INFINITY)) event.interrupt();
    return undefined;
  };
  const onLogging = ({ data }: { readonly data: CallbackData }): undefined => {
    const progress: MilpProgress = {
      seconds: data.running_time ?? 0,
      incumbent: data.mip_primal_bound ?? Number.NaN,
      bound: data.mip_dual_bound ?? Number.POSITIVE_INFINITY,
      nodes: Number(data.mip_node_count ?? 0),
    };
    controls.onProgress?.(progress);
    return undefined;
  };
  return {
    ...(controls.interrupt
      ? { [simplexInterrupt]: onInterrupt, [ipmInterrupt]: onInterrupt, [mipInterrupt]: onInterrupt }
      : {}),
    ...(controls.onProgress ? { [mipLogging]: onLogging } : {}),
  };
}
