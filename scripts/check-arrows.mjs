// Runs dependency-cruiser over src/ and fails as well when it saw no modules: a checker that sees nothing passes.
import { spawnSync } from 'node:child_process';

const run = spawnSync(
  'node_modules/.bin/depcruise',
  ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'src'],
  {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  },
);
if (!run.stdout) {
  console.error(run.stderr);
  process.exit(1);
}
const { summary } = JSON.parse(run.stdout);
for (const violation of summary.violations) {
  console.error(`${violation.rule.severity} ${violation.rule.name}: ${violation.from} -> ${violation.to}`);
}
const errors = summary.violations.filter((each) => each.rule.severity === 'error').length;
const saw = summary.totalCruised;
console.log(`${saw} modules, ${summary.totalDependenciesCruised} arrows, ${errors} forbidden`);
if (saw < 10) console.error(`expected at least 10 modules, dependency-cruiser saw ${saw}`);
process.exitCode = errors > 0 || saw < 10 ? 1 : 0;
