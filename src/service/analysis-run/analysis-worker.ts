/** Entry of a worker thread of the service. */
import { ANALYSIS_KINDS } from './analysis-kinds';
import { serveAnalyses } from './worker-thread';

serveAnalyses(ANALYSIS_KINDS);
