/** Runs the built command line as a person would: a process of its own, on a store of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliStore {
  readonly run: (...args: string[]) => CliRun;
  readonly json: (...args: string[]) => unknown;
  /** Runs it with a reader of its output that leaves at once. */
  readonly runUnread: (...args: string[]) => CliRun;
  readonly remove: () => void;
  readonly path: string;
}

/** What was printed, with the time that it took set to 0. */
export const withoutSeconds = (printed: unknown): unknown =>
  JSON.parse(JSON.stringify(printed), (key, value) => (key === 'seconds' ? 0 : value));

/** A command line over an empty embedded store in a folder that `remove` deletes. */
export function cliOnEmptyStore(env: Readonly<Record<string, string>> = {}): CliStore {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-test-'));
  const path = join(folder, 'atlas.db');
  const run = (...args: string[]): CliRun => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli/main.js', ...args], {
      encoding: 'utf8',
      env: { ...process.env, ATLAS_STORE: `embedded:${path}`, ...env },
      maxBuffer: 1 << 28,
    });
    return { status, stdout, stderr };
  };
  const runUnread = (...args: string[]): CliRun => {
    const command = 'set -o pipefail; "$0" dist/cli/main.js "$@" | true';
    const { status, stdout, stderr } = spawnSync('bash', ['-c', command, process.execPath, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ATLAS_STORE: `embedded:${path}`, ...env },
    });
    return { status, stdout, stderr };
  };
  const json = (...args: string[]): unknown => {
    const { status, stdout, stderr } = run(...args, '--json');
    if (status !== 0) throw new Error(`atlas ${args.join(' ')} failed: ${stderr}`);
    return JSON.parse(stdout);
  };
  return { run, runUnread, json, path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
