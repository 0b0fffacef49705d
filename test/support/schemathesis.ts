/**
 * Cases that schemathesis makes up for every query and mutation, sent to `atlas serve` on a copy of the seeds. ATLAS_SCHEMATHESIS
 * names the program (`pip install schemathesis`). A part of the ids and texts it sends are real ones, so that calls get past the look-up.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GraphQLObjectType } from 'graphql';
import { apiSchema } from '../../src/graphql/schema';
import { cliOnEmptyStore } from './cli';
import { serveStore } from './served-store';

const program = process.env.ATLAS_SCHEMATHESIS;

/** Codes of errors that are the service's, not the caller's, wherever in an answer they are. */
const OF_THE_SERVICE = /^(INTERNAL|STORE_|NULL_KEY|NOT_READY|ANALYSIS_CRASHED|ANALYSIS_OUT_OF_MEMORY)/;

export interface Fuzzed {
  readonly operations: number;
  readonly cases: number;
  readonly passed: number;
  /** What schemathesis printed. */
  readonly output: string;
  /** Errors that were the service's, by code, whatever status they came with. */
  readonly serviceErrors: readonly string[];
  /** What the service logged that nobody foresaw. */
  readonly log: string;
}

export const describeSchemathesis = (title: string, tests: () => void): void => {
  if (program) describe(title, tests);
  else {
    describe(title, () => {
      it('is not run: name the program schemathesis in ATLAS_SCHEMATHESIS', () => {
        expect(program).toBeFalsy();
      });
    });
  }
};

async function asked(url: string, query: string): Promise<{ readonly nodes: readonly Named[] }[]> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data: Record<string, { nodes: Named[] }> };
  return Object.values(data);
}
interface Named {
  readonly id: string;
  readonly name?: string;
}

/** Real ids and names for the arguments that look something up. */
async function configuration(url: string): Promise<string> {
  const lists = await asked(
    url,
    `{ a: operations(first: 5) { nodes { id name } } b: services(first: 5) { nodes { id name } } c: threatActors(first: 5) { nodes { id name } }
       d: reports(first: 5) { nodes { id name } } e: partners(first: 5) { nodes { id name } } f: relationships(first: 5) { nodes { id } } }`,
  );
  const all = lists.flatMap(({ nodes }) => nodes);
  const ids = JSON.stringify(all.map(({ id }) => id));
  const texts = JSON.stringify(all.flatMap(({ name }) => name ?? []));
  const bound = (paths: readonly string[], dictionary: string): string =>
    paths.map((path) => `"*.*.${path}" = { dictionary = "${dictionary}", probability = 0.6 }\n`).join('');
  return `[dictionaries.ids]
values = ${ids}

[dictionaries.texts]
values = ${texts}

[parameters]
${bound(['id', 'ids[*]', 'from', 'to', 'factId', 'operation', 'component', 'of', 'removing[*]', 'report', 'plan'], 'ids')}${bound(['name', 'text'], 'texts')}`;
}

/** Runs at least so many cases over all queries and mutations. */
export async function fuzz(cases: number, seed: number): Promise<Fuzzed> {
  const store = cliOnEmptyStore();
  const folder = mkdtempSync(join(tmpdir(), 'atlas-schemathesis-'));
  try {
    store.json('seed');
    const served = await serveStore({ ATLAS_STORE: `embedded:${store.path}`, LOG_LEVEL: 'error' });
    try {
      const config = join(folder, 'schemathesis.toml');
      writeFileSync(config, await configuration(served.url));
      const operations = ['Query', 'Mutation'].flatMap((root) =>
        Object.keys((apiSchema().getType(root) as GraphQLObjectType).getFields()),
      ).length;
      const args = [
        ...['--config-file', config, '--no-color', 'run', `${served.url}/graphql`],
        ...['--phases', 'fuzzing', '--checks', 'not_a_server_error', '--continue-on-failure'],
        ...['--max-examples', String(Math.ceil(cases / operations)), '--seed', String(seed)],
        ...['--suppress-health-check', 'all', '--warnings', 'off', '--generation-database', 'none'],
      ];
      const { stdout: output } = await promisify(execFile)(String(program), args, {
        cwd: folder,
        maxBuffer: 1 << 28,
      }).catch((failure: { stdout?: string; stderr?: string; message: string }) => ({
        stdout: `${failure.stdout ?? failure.message}${failure.stderr ?? ''}`,
      }));
      const [, generated = '0', passed = '0'] = output.match(/(\d+) generated, (\d+) passed/) ?? [];
      const metrics = await (await fetch(`${served.url}/metrics`)).text();
      const codes = [...metrics.matchAll(/atlas_graphql_errors_total\{code="([^"]+)"\}/g)].map(
        ([, code]) => code,
      );
      return {
        operations,
        cases: Number(generated),
        passed: Number(passed),
        output,
        serviceErrors: codes.filter((code) => OF_THE_SERVICE.test(code)),
        log: served.output().replace(/.*answers at.*\n/, ''),
      };
    } finally {
      await served.stop();
    }
  } finally {
    store.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
