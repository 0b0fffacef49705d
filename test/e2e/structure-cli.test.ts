import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type CliStore, cliOnEmptyStore } from '../support/cli';

describe('atlas analyse on edge lists', () => {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-graphs-'));
  const file = join(folder, 'path.txt');
  const zipped = join(folder, 'path.txt.gz');
  let atlas: CliStore;

  beforeAll(() => {
    atlas = cliOnEmptyStore();
    writeFileSync(file, '# a path\n1 2\n2 3\n3 4\n4 5\n');
    writeFileSync(zipped, gzipSync('5\n1: 2\n2: 1 3\n3: 2 4\n4: 3 5\n5: 4\n'));
  });

  afterAll(() => {
    atlas.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('prints the stable shapes, of plain and gzip files', () => {
    const seconds = expect.any(Number);
    expect(atlas.json('analyse', 'dismantle', file, '--method', 'corehd', '--target', '0.4')).toEqual({
      method: 'core-hd',
      vertices: 5,
      edges: 4,
      target: 0.4,
      removed: [3],
      removals: 1,
      curve: [5, 2],
      area: 0.08,
      seconds,
    });
    expect(
      atlas.json('analyse', 'critical-nodes', zipped, '--k', '1', '--seconds', '5', '--seed', '7'),
    ).toEqual({
      k: 1,
      removed: [3],
      pairwiseConnectivity: 2,
      status: 'optimal',
      bound: 2,
      seconds,
    });
    expect(atlas.json('analyse', 'centrality', zipped, '--measure', 'betweenness')).toEqual({
      measure: 'betweenness',
      exact: true,
      values: [
        [3, 4],
        [2, 3],
        [4, 3],
        [1, 0],
        [5, 0],
      ],
      seconds,
    });
  });

  it('prints tables for people', () => {
    const { stdout } = atlas.run('analyse', 'dismantle', file, '--method', 'degree', '--target', '0.4');
    expect(stdout).toMatch(/removal\s+id\s+largest component/);
    expect(atlas.run('analyse', 'critical-nodes', file, '--k', '1').stdout).toContain('proved optimal');
    expect(atlas.run('analyse', 'centrality', file, '--measure', 'degree').stdout).toContain(
      '5 vertices (exact)',
    );
  });

  it('fails with a code and no stack trace', () => {
    const failed = atlas.run('analyse', 'critical-nodes', file, '--k', '-1');
    expect(failed.status).not.toBe(0);
    expect(failed.stdout).toBe('');
    expect(failed.stderr).toMatch(/^REMOVAL_COUNT: /);
    expect(failed.stderr).not.toContain('    at ');
  });
});
