// Adds up the JSON results of several jest runs and ends with the line "N passed, N failed". A suite that could not run
// and a step that failed outside of jest count as one failure each; a gate in which nothing passed has failed.
// Usage: node scripts/gate-totals.mjs FOLDER [FAILED STEP ...]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, ...failedSteps] = process.argv.slice(2);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort();

let passed = 0;
let failed = 0;
let explained = 0;
for (const file of files) {
  const run = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const broken = run.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.every((each) => each.status !== 'failed'),
  );
  passed += run.numPassedTests;
  failed += run.numFailedTests + broken.length;
  if (run.numFailedTests + broken.length > 0) explained += 1;
  const notRun = run.numPendingTests + run.numTodoTests;
  console.log(
    `${file.replace('.json', '')}: ${run.numPassedTests} passed, ${run.numFailedTests} failed, ` +
      `${broken.length} suites broken, ${notRun} not run`,
  );
  for (const suite of run.testResults) {
    for (const each of suite.assertionResults) {
      if (each.status === 'failed') console.log(`  FAILED ${each.fullName}`);
    }
  }
  for (const suite of broken) console.log(`  BROKEN ${suite.name}: ${suite.message.split('\n')[0]}`);
}
for (const step of failedSteps) console.log(`  FAILED STEP ${step}`);

// A jest step that failed has already been counted by its tests; any other failed step counts itself.
failed += Math.max(0, failedSteps.length - explained);
if (passed === 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
