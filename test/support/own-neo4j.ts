/** A Neo4j of a test's own, on a port of its own, to be killed and started again. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

const ROOT = join(__dirname, '..', '..');

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class OwnNeo4j {
  private constructor(private readonly port: number) {}

  static async create(): Promise<OwnNeo4j> {
    return new OwnNeo4j(await freePort());
  }

  get url(): string {
    return `neo4j://127.0.0.1:${this.port}`;
  }

  private run(script: string): void {
    const env = { ...process.env, NEO4J_PORT: String(this.port) };
    const run = spawnSync(process.execPath, [join('scripts', 'neo4j', script)], { cwd: ROOT, env });
    if (run.status !== 0) throw new Error(`${script}: ${run.stderr}`);
  }

  /** Starts it, or finds it running, and waits until it answers. */
  start(): void {
    this.run('start.mjs');
  }

  /** Kills the server process as a crash would. */
  async kill(): Promise<void> {
    const pid = Number(readFileSync(join(this.folder, 'pid'), 'utf8'));
    process.kill(pid, 'SIGKILL');
    for (const until = Date.now() + 10_000; Date.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      try {
        process.kill(pid, 0);
      } catch {
        return;
      }
    }
    throw new Error(`Neo4j ${pid} survived SIGKILL`);
  }

  private get folder(): string {
    return join(ROOT, '.cache', 'neo4j', `server-${this.port}`);
  }

  remove(): void {
    this.run('stop.mjs');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
