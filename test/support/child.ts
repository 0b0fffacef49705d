/** Processes of their own, to be locked out, watched and killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const HOOK = join(__dirname, 'ts-hook.cjs');

export class Child {
  /** Lines of its standard output so far. */
  readonly lines: string[] = [];
  private errors = '';
  private readonly ended: Promise<unknown>;

  private constructor(private readonly process: ChildProcess) {
    createInterface({ input: process.stdout! }).on('line', (line) => this.lines.push(line));
    process.stderr!.on('data', (chunk) => {
      this.errors += chunk;
    });
    this.ended = once(process, 'close');
  }

  /** Starts a script of test/support/children with some arguments. */
  static start(script: string, ...args: string[]): Child {
    const path = join(__dirname, 'children', script);
    return new Child(
      spawn(process.execPath, ['--require', HOOK, path, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  get pid(): number {
    return this.process.pid!;
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Resolves with the first line that has a word; rejects when the process ends without one. */
  async line(word: string): Promise<string> {
    for (;;) {
      const found = this.lines.find((line) => line.includes(word));
      if (found !== undefined) return found;
      if (!this.isRunning) {
        await this.ended;
        const late = this.lines.find((line) => line.includes(word));
        if (late !== undefined) return late;
        throw new Error(`the child ended without a line with ${word}: ${this.errors}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Ends it with a signal and waits until it is gone and all it wrote is read. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.process.kill(signal);
    await this.ended;
  }

  /** Waits until it ends by itself; rejects when it did not end well. */
  async finish(): Promise<void> {
    await this.ended;
    if (this.process.exitCode !== 0) throw new Error(`the child failed: ${this.errors}`);
  }
}
