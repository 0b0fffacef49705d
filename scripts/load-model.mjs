// Loads src/model as it stands, without a build: generators read the ontology from its one home.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

const CACHE = 'node_modules/.cache/chokepoint-atlas/model';

/** Compiles src/model (and errors.ts beside it) into a cache and returns a function that requires a module of it. */
export function loadModel() {
  rmSync(CACHE, { recursive: true, force: true });
  const files = readdirSync('src/model', { recursive: true }).filter((name) => name.endsWith('.ts'));
  for (const name of files) {
    const { code } = transformSync(readFileSync(join('src/model', name), 'utf8'), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const out = join(CACHE, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, code);
  }
  writeFileSync(join(CACHE, 'package.json'), '{"type":"commonjs"}');
  const require = createRequire(join(process.cwd(), CACHE, 'x.js'));
  return (name) => require(`./${name}.js`);
}
