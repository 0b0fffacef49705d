/** Every analysis that can run as a job. A new one is added here and declared in the API with `declareAnalysis`. */
import { chokepointsAnalysis } from '../disruption/chokepoints.analysis';
import { confidenceAnalysis } from '../disruption/confidence.analysis';
import { frontierAnalysis, planAnalysis, simulationAnalysis } from '../planning/plan.analysis';
import { criticalNodesAnalysis } from '../structure/critical-nodes.analysis';
import { cutAnalysis } from '../structure/cut.analysis';
import { dismantlingAnalysis } from '../structure/dismantling.analysis';
import { dominatorsAnalysis } from '../structure/dominators.analysis';
import { groupsAnalysis } from '../structure/groups.analysis';
import { measureAnalysis } from '../structure/measure.analysis';

export const ANALYSIS_KINDS = [
  chokepointsAnalysis,
  confidenceAnalysis,
  criticalNodesAnalysis,
  cutAnalysis,
  dismantlingAnalysis,
  dominatorsAnalysis,
  frontierAnalysis,
  groupsAnalysis,
  measureAnalysis,
  planAnalysis,
  simulationAnalysis,
] as const;
