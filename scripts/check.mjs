// `npm run check`: every static check of the house, each named, all run, non-zero when one fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const node = process.execPath;
const bin = (name) => `node_modules/.bin/${name}`;
const checks = [
  ['lock file names every platform', node, ['scripts/mend-lock.mjs', '--check']],
  ['biome', bin('biome'), ['check', '--error-on-warnings', '.']],
  ['types', bin('tsc'), ['-p', 'tsconfig.test.json']],
  ['arrows between layers', node, ['scripts/check-arrows.mjs']],
  ['unused code', bin('knip'), ['--no-progress']],
  ['Cypher and its types', node, ['scripts/gen-cypher.mjs', '--check']],
  ['GraphQL schema', node, ['scripts/gen-schema.mjs', '--check']],
].filter(([, , args]) => !args[0].startsWith('scripts/') || existsSync(args[0]));

let failed = 0;
for (const [name, command, args] of checks) {
  const started = Date.now();
  const run = spawnSync(command, args, { encoding: 'utf8' });
  const ok = run.status === 0;
  if (!ok) failed += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!ok) console.log(`${run.stdout ?? ''}${run.stderr ?? ''}${run.error?.message ?? ''}`);
}
process.exitCode = failed > 0 ? 1 : 0;
