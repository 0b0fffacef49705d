// Compiles src/ to dist/ and writes the explorer page beside it, unless dist/ is newer than everything it is made from.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES, writeExplorerPage } from './explorer-page.mjs';

const STAMP = 'dist/.built';

/** Newest modification time below a path, in milliseconds. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const inputs = [
  'src',
  'package-lock.json',
  'tsconfig.json',
  'scripts/build.mjs',
  'scripts/explorer-page.mjs',
  EXAMPLES,
];
const upToDate = existsSync(STAMP) && statSync(STAMP).mtimeMs > Math.max(...inputs.map(newest));
if (!upToDate || process.argv.includes('--force')) {
  rmSync('dist', { recursive: true, force: true });
  const compiled = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'], {
    stdio: 'inherit',
  });
  if (compiled.status !== 0) process.exit(compiled.status ?? 1);
  mkdirSync('dist', { recursive: true });
  writeExplorerPage('dist/graphiql.html');
  writeFileSync(STAMP, new Date().toISOString());
}
