/** `atlas serve` as a process of its own, on the store of a command line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';

export interface ServedStore {
  readonly url: string;
  readonly pid: number;
  /** Ends the process and resolves with its exit status. */
  readonly stop: () => Promise<number | null>;
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Resolves when the service has said that it answers. */
export async function serveStore(
  env: Readonly<Record<string, string>>,
  script: readonly string[] = ['dist/cli/main.js', 'serve'],
): Promise<ServedStore & { readonly output: () => string }> {
  const port = String(await freePort());
  const child = spawn(process.execPath, [...script], {
    env: { ...process.env, ATLAS_PORT: port, LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('answers at')) resolve();
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(`the service ended: ${text}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    pid: pidOf(child),
    output: () => text,
    stop: () => end(child, exited),
  };
}

function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error('the service has no process');
  return child.pid;
}

function end(child: ChildProcess, exited: Promise<number | null>): Promise<number | null> {
  child.kill('SIGTERM');
  return exited;
}
