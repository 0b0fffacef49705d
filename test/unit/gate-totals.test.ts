/** The gate's last line: true totals, whatever went wrong. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Status = 'passed' | 'failed' | 'pending';

/** What jest writes for a run of some suites; a suite without tests could not run. */
function runOf(...suites: Status[][]) {
  const all = suites.flat();
  const count = (status: Status) => all.filter((each) => each === status).length;
  return {
    numPassedTests: count('passed'),
    numFailedTests: count('failed'),
    numPendingTests: count('pending'),
    numTodoTests: 0,
    testResults: suites.map((tests, index) => ({
      name: `suite-${index}`,
      status: tests.length === 0 || tests.includes('failed') ? 'failed' : 'passed',
      message: 'could not run',
      assertionResults: tests.map((status) => ({ status, fullName: `a ${status} test` })),
    })),
  };
}

function totals(runs: object[], ...failedSteps: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-totals-'));
  runs.forEach((run, index) => {
    writeFileSync(join(folder, `run-${index}.json`), JSON.stringify(run));
  });
  const { stdout, status } = spawnSync(
    process.execPath,
    [join('scripts', 'gate-totals.mjs'), folder, ...failedSteps],
    { encoding: 'utf8', cwd: join(__dirname, '..', '..') },
  );
  rmSync(folder, { recursive: true, force: true });
  return { last: stdout.trim().split('\n').pop(), status };
}

describe('the totals of the gate', () => {
  it('add up all runs', () => {
    const answer = totals([runOf(['passed', 'passed', 'pending']), runOf(['passed'])]);
    expect(answer).toEqual({ last: '3 passed, 0 failed', status: 0 });
  });

  it('count a failed test once, although its step failed too', () => {
    const answer = totals([runOf(['passed', 'failed']), runOf(['passed'])], 'npm test');
    expect(answer).toEqual({ last: '2 passed, 1 failed', status: 1 });
  });

  it('count a suite that could not run, and a step that failed outside of the tests', () => {
    expect(totals([runOf(['passed'], [])], 'suites')).toEqual({ last: '1 passed, 1 failed', status: 1 });
    expect(totals([runOf(['passed'])], 'Neo4j')).toEqual({ last: '1 passed, 1 failed', status: 1 });
    expect(totals([runOf(['passed', 'failed'])], 'npm test', 'Neo4j')).toEqual({
      last: '1 passed, 2 failed',
      status: 1,
    });
  });

  it('fail when nothing was run', () => {
    expect(totals([])).toEqual({ last: '0 passed, 1 failed', status: 1 });
    expect(totals([runOf()])).toEqual({ last: '0 passed, 1 failed', status: 1 });
    expect(totals([runOf(['pending'])])).toEqual({ last: '0 passed, 1 failed', status: 1 });
  });
});
