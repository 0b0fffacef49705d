// Loads src/model as it stands, without a build: generators read the ontology from its one home.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

/** Compiles src/model into a folder that lasts as long as this process; returns a function that requires a module of it. */
export function loadModel() {
  const folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-model-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const files = readdirSync('src/model', { recursive: true }).filter((name) => name.endsWith('.ts'));
  for (const name of files) {
    const { code } = transformSync(readFileSync(join('src/model', name), 'utf8'), {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'commonjs' },
    });
    const out = join(folder, name.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, code);
  }
  const require = createRequire(join(folder, 'x.js'));
  return (name) => require(`./${name}.js`);
}
