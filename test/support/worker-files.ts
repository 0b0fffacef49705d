/** Files that worker threads start from when the sources are run as they are. */
import { join } from 'node:path';
import type { WorkerFile } from '../../src/service/analysis-run/worker-pool';

const execArgv = ['--require', join(__dirname, 'ts-hook.cjs')];

/** The worker of the service. */
export const SOURCE_WORKER: WorkerFile = {
  path: join(__dirname, '../../src/service/analysis-run/analysis-worker.ts'),
  execArgv,
};

/** The same, which also runs the analyses of `probe-analyses.ts`. */
export const PROBE_WORKER: WorkerFile = { path: join(__dirname, 'children/probe-worker.ts'), execArgv };
