/** What only the engine in this process has: a file, a lock on it, and who holds it. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedEngine } from '../../../src/store/embedded/engine';
import type { StoreEngine } from '../../../src/store/engine';
import { migrate } from '../../../src/store/migrate';
import { Child } from '../../support/child';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const now = () => new Date('2026-01-01T00:00:00Z');
const path = () => join(folder, 'below', 'atlas.db');

const mergeOne = (engine: StoreEngine, id: string) =>
  engine.write((transaction) =>
    transaction.run('node/merge-malware', { rows: [{ id, props: { id, type: 'Malware' } }] }),
  );

const idsIn = async (engine: StoreEngine): Promise<string[]> =>
  (await engine.read('node/load-malware', {})).map((row) => row.id).sort();

describe('a second process', () => {
  it('is told by whom the file is held and where that serves', async () => {
    const child = Child.start('hold.ts', path(), 'http://127.0.0.1:4000');
    await child.line('open');
    expect(() => EmbeddedEngine.open(path())).toThrow(
      expect.objectContaining({
        code: 'STORE_LOCKED',
        data: { path: path(), pid: child.pid, servedAt: 'http://127.0.0.1:4000' },
        message: expect.stringContaining('--server http://127.0.0.1:4000'),
      }),
    );
    await child.kill();
  });

  it('is told the process when that serves nothing', async () => {
    const child = Child.start('hold.ts', path());
    await child.line('open');
    expect(() => EmbeddedEngine.open(path())).toThrow(
      expect.objectContaining({
        code: 'STORE_LOCKED',
        message: expect.stringContaining(`process ${child.pid}. End that process first`),
      }),
    );
    await child.kill();
  });

  it('opens the file once the first was killed, and is the holder then', async () => {
    const child = Child.start('hold.ts', path());
    await child.line('open');
    await child.kill('SIGKILL');
    const engine = EmbeddedEngine.open(path());
    await migrate(engine, now);
    await mergeOne(engine, 'malware--1');
    const third = Child.start('hold.ts', path());
    await expect(third.line('open')).rejects.toThrow(
      new RegExp(`STORE_LOCKED[^]*${process.pid}|${process.pid}[^]*STORE_LOCKED`),
    );
    await engine.close();
  });
});

describe('one process', () => {
  it('is told so when it opens the file twice', async () => {
    const engine = EmbeddedEngine.open(path());
    expect(() => EmbeddedEngine.open(path())).toThrow(
      expect.objectContaining({ code: 'STORE_LOCKED', data: { path: path(), pid: process.pid } }),
    );
    await engine.close();
  });

  it('leaves no holder behind when it closes', async () => {
    const engine = EmbeddedEngine.open(path());
    expect(existsSync(`${path()}.holder`)).toBe(true);
    await engine.close();
    expect(existsSync(`${path()}.holder`)).toBe(false);
  });

  it('reads a holder that says nonsense as nobody known', async () => {
    const child = Child.start('hold.ts', path());
    await child.line('open');
    for (const nonsense of ['', 'null', '[', '"text"']) {
      writeFileSync(`${path()}.holder`, nonsense);
      expect(() => EmbeddedEngine.open(path())).toThrow(
        expect.objectContaining({
          code: 'STORE_LOCKED',
          message: expect.stringContaining('in another process'),
        }),
      );
    }
    await child.kill();
  });
});

describe('a path that is no database', () => {
  it('is refused with the reason: a file of other content', () => {
    mkdirSync(join(folder, 'below'));
    writeFileSync(path(), 'this is not a database'.repeat(1000));
    expect(() => EmbeddedEngine.open(path())).toThrow(
      expect.objectContaining({ code: 'STORE_UNREADABLE', data: expect.objectContaining({ path: path() }) }),
    );
  });

  it('is refused with the reason: in a file system that takes no folders', () => {
    expect(() => EmbeddedEngine.open('/proc/atlas/store.db')).toThrow(
      expect.objectContaining({ code: 'STORE_UNREADABLE' }),
    );
  });

  it('is refused with the reason: below a file', () => {
    writeFileSync(join(folder, 'below'), '');
    expect(() => EmbeddedEngine.open(path())).toThrow(expect.objectContaining({ code: 'STORE_UNREADABLE' }));
  });
});

describe('a checkpoint', () => {
  it('takes its turn among the writes, and keeps exactly what was committed', async () => {
    const engine = EmbeddedEngine.open(path(), { checkpointEveryMs: 1 });
    await migrate(engine, now);
    const tasks: Promise<unknown>[] = [];
    for (let index = 0; index < 60; index++) {
      const id = `malware--${String(index).padStart(2, '0')}`;
      const write = engine.write(async (transaction) => {
        await transaction.run('node/merge-malware', { rows: [{ id, props: { id, type: 'Malware' } }] });
        await new Promise((resolve) => setTimeout(resolve, 1));
        if (index % 3 === 0) throw new Error('on purpose');
      });
      tasks.push(write.catch(() => undefined));
      if (index % 5 === 0) tasks.push(engine.checkpoint());
    }
    await Promise.all(tasks);
    const before = await idsIn(engine);
    await engine.close();
    const reopened = EmbeddedEngine.open(path());
    expect(before).toHaveLength(40);
    expect(await idsIn(reopened)).toEqual(before);
    await reopened.close();
  });

  it('of a store in memory does nothing', async () => {
    const engine = EmbeddedEngine.open(undefined);
    await engine.checkpoint();
    await engine.ping();
    await engine.close();
  });
});
