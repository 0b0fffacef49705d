/** Every analysis that can run as a job. A new one is added here and declared in the API with `declareAnalysis`. */
import { criticalNodesAnalysis } from '../structure/critical-nodes.analysis';
import { dismantlingAnalysis } from '../structure/dismantling.analysis';

export const ANALYSIS_KINDS = [criticalNodesAnalysis, dismantlingAnalysis] as const;
