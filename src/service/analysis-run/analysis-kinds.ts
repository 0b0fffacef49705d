/** Every analysis that can run as a job. A new one is added here and declared in the API with `declareAnalysis`. */
import { frontierAnalysis, planAnalysis, simulationAnalysis } from '../planning/plan.analysis';
import { criticalNodesAnalysis } from '../structure/critical-nodes.analysis';
import { dismantlingAnalysis } from '../structure/dismantling.analysis';

export const ANALYSIS_KINDS = [
  criticalNodesAnalysis,
  dismantlingAnalysis,
  planAnalysis,
  frontierAnalysis,
  simulationAnalysis,
] as const;
