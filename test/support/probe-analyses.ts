/** Analyses that do what jobs have to withstand: take long, crash, eat memory, disobey. */
import { AppError } from '../../src/errors';
import type { AnalysisKind, AnalysisResult } from '../../src/service/analysis-run/analysis-kind';

const described = { method: 'probe', exactness: 'EXACT', isStopped: false, seconds: 0 } as const;

export interface ProbeResult extends AnalysisResult {
  readonly value: unknown;
}

/** Works for some milliseconds, tells how far it is, and stops when asked. */
export const busy: AnalysisKind<{ readonly ms: number; readonly tag?: number }, ProbeResult> = {
  name: 'BUSY',
  run({ parameters: { ms, tag } }, { interrupt, progress }) {
    const start = performance.now();
    for (let passed = 0; passed < ms && !interrupt(); passed = performance.now() - start) {
      progress(passed / ms, 'being busy');
    }
    return { ...described, isStopped: interrupt(), value: tag ?? null };
  },
};

/** Never ends, and never asks whether it should. */
export const deaf: AnalysisKind<object, ProbeResult> = {
  name: 'DEAF',
  run() {
    for (;;);
  },
};

/** Keeps a result, and then never asks whether it should end. */
export const keeping: AnalysisKind<{ readonly values: readonly number[] }, ProbeResult> = {
  name: 'KEEPING',
  run({ parameters: { values } }, { keep }) {
    for (const value of values) keep({ ...described, isStopped: true, value } as AnalysisResult);
    for (;;);
  },
};

/** Ends badly, in one of several ways. */
export const bad: AnalysisKind<
  { readonly way: 'throw' | 'refuse' | 'exit' | 'memory' | 'large' },
  ProbeResult
> = {
  name: 'BAD',
  run({ parameters: { way } }) {
    if (way === 'throw') throw new Error('a bug');
    if (way === 'refuse') throw new AppError('BAD_INPUT', { what: 'way', expected: 'a good one', got: way });
    if (way === 'exit') process.exit(3);
    if (way === 'large') return { ...described, value: new Uint8Array(3_000_000) };
    const hoard: object[] = [];
    for (;;) hoard.push({ at: hoard.length, more: [hoard.length] });
  },
};

/** What the thread sees of the graph. */
export const look: AnalysisKind<{ readonly column: string }, ProbeResult> = {
  name: 'LOOK',
  run({ projection: { vertices, edges, from, to, out }, parameters: { column } }) {
    const values = vertices.columns.get(column);
    const codes = values?.kind === 'string' ? values.dictionary : undefined;
    const isShared = [from, to, out.offsets].every((each) => each.buffer instanceof SharedArrayBuffer);
    const value = {
      ids: vertices.ids,
      edges: edges.ids,
      from,
      words: codes?.values,
      codes: codes?.codes,
      isShared,
    };
    return { ...described, value };
  },
};

export const PROBES = [busy, deaf, keeping, bad, look] as const;
