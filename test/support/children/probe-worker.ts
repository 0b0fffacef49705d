/** A worker thread that also runs probes. */
import { ANALYSIS_KINDS } from '../../../src/service/analysis-run/analysis-kinds';
import { serveAnalyses } from '../../../src/service/analysis-run/worker-thread';
import { PROBES } from '../probe-analyses';

serveAnalyses([...ANALYSIS_KINDS, ...PROBES]);
