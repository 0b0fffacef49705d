/** The command line as a person would use it, and the example of docs/analysis/fault-trees.md. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const page = readFileSync('docs/analysis/fault-trees.md', 'utf8');
const block = (language: string): string =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

describe('atlas analyse fault-tree', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-tree-'));
  const file = join(folder, 'tree.xml.gz');
  writeFileSync(file, gzipSync(block('xml')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['dist/cli/main.js', 'analyse', 'fault-tree', ...args], { encoding: 'utf8' });

  test('prints the JSON of the documentation', () => {
    const { status, stdout } = run(file, '--importance', '--json');
    const round = (_key: string, value: unknown): unknown =>
      typeof value === 'number' ? Number(value.toPrecision(12)) : value;
    expect(status).toBe(0);
    const printed = JSON.parse(stdout, round);
    expect({ ...printed, seconds: 0 }).toEqual(JSON.parse(block('json')));
    expect(Object.keys(printed)).toEqual(Object.keys(JSON.parse(block('json'))));
  });

  test('prints tables for people, cut sets on request', () => {
    const { stdout } = run(file, '--importance', '--cut-sets', '5');
    expect(stdout).toMatch(/top: 3 basic events, 1 gates/);
    expect(stdout).toMatch(/probability 0.400000/);
    expect(stdout).toMatch(/\{c\}\n\{a, b\}/);
    expect(stdout).toMatch(/event +Birnbaum +criticality +Fussell-Vesely/);
  });

  test.each([
    [['--top', 'nowhere'], /FAULT_TREE_TOP_UNKNOWN/],
    [['--max-order', '0'], /above 0/],
    [['--max-order', '1.5'], /whole number/],
    [['--seconds', 'soon'], /a number/],
  ])('%j fails with a clear message', (args, message) => {
    const { status, stderr, stdout } = run(file, ...args);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test('a file that is not there', () => {
    expect(run(join(folder, 'nowhere.xml')).stderr).toMatch(/^FILE_NOT_FOUND: /);
  });
});
