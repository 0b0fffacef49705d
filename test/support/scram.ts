/** Runs the fault-tree engine SCRAM beside ours, where the environment names its binary (ATLAS_SCRAM). */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ScramResult {
  readonly count: number;
  readonly byOrder: readonly number[];
  readonly probability: number | undefined;
  readonly importance: ReadonlyMap<string, Readonly<Record<string, number>>>;
}

export function scram(binary: string, files: readonly string[]): ScramResult {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-scram-'));
  try {
    const output = join(folder, 'out.xml');
    const run = (extra: readonly string[]): string => {
      execFileSync(binary, ['--bdd', '-l', '60', ...extra, '-o', output, ...files], { stdio: 'pipe' });
      return readFileSync(output, 'utf8');
    };
    return parse(run(['--probability', '1', '--importance', '1']));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function parse(report: string): ScramResult {
  const header = attributes(/<sum-of-products([^>]*)>/.exec(report)?.[1] ?? '');
  const importance = new Map<string, Record<string, number>>();
  for (const [, text] of report.matchAll(/<basic-event ([^>]*MIF=[^>]*)\/>/g)) {
    const { name, ...values } = attributes(text);
    importance.set(
      name,
      Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Number(value)])),
    );
  }
  return {
    count: Number(header.products),
    byOrder: (header.distribution ?? '').split(' ').filter(Boolean).map(Number),
    probability: header.probability === undefined ? undefined : Number(header.probability),
    importance,
  };
}

function attributes(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), ([, key, value]) => [key, value]),
  );
}
