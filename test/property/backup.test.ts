/** Backups of random stores: restored into another store, on whichever engine, they are the same backup again. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { createServices } from '../../src/compose';
import { BackupService } from '../../src/service/backup/backup.service';
import { RestoreService, refuseUnfinishedRestore } from '../../src/service/backup/restore.service';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import type { StoreEngine } from '../../src/store/engine';
import { migrate } from '../../src/store/migrate';
import { mergeRestore } from '../../src/store/restore.store';
import { batches, inSpace } from '../support/ecosystem';
import { describeStores } from '../support/stores';

const NOW = () => new Date('2026-01-01T00:00:00.000Z');
const folder = mkdtempSync(join(tmpdir(), 'chokepoint-atlas-backup-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linesOf = (path: string): string[] =>
  gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
const inMemory = async (): Promise<EmbeddedEngine> => {
  const engine = EmbeddedEngine.open(undefined);
  await migrate(engine, NOW);
  return engine;
};
let files = 0;
const dump = async (engine: StoreEngine): Promise<string> => {
  files += 1;
  const path = join(folder, `${files}.gz`);
  await new BackupService(engine, NOW).write(path);
  return path;
};

/** A store in memory with what random batches leave, judged claims among it. */
async function written(given: Parameters<typeof inSpace>[0]): Promise<EmbeddedEngine> {
  const engine = await inMemory();
  const { writes, changes } = createServices(engine, { now: NOW });
  await changes.present();
  for (const batch of inSpace(given, 'backup')) await writes.write(batch, { kind: 'import', actor: 'test' });
  const claims = inSpace(given, 'backup').flatMap((batch) => batch.claims);
  await writes.write(
    {
      nodes: [],
      relationships: [],
      claims: claims.map((claim) => ({
        ...claim,
        values: { family: 'ü' },
        retractedAt: NOW().toISOString(),
      })),
    },
    { kind: 'CLAIM', actor: 'test', isClaimEdit: true },
  );
  return engine;
}

describeStores('a backup', (store, name) => {
  it('restored is the same backup again, whatever engine wrote it', async () => {
    const { engine } = store();
    await fc.assert(
      fc.asyncProperty(batches(4), async (given) => {
        const source = await written(given);
        const path = await dump(source);
        await source.close();
        await new RestoreService(engine, NOW).restore(path, { isReplacing: true });
        const again = await dump(engine);
        expect(linesOf(again)).toEqual(linesOf(path));
        const back = await inMemory();
        await new RestoreService(back, NOW).restore(again);
        expect(linesOf(await dump(back))).toEqual(linesOf(path));
        await back.close();
      }),
      { numRuns: name === 'embedded' ? 15 : 3, endOnFailure: true },
    );
  }, 180_000);

  it('is one state, whoever writes meanwhile', async () => {
    const { engine } = store();
    const { writes, projections } = createServices(engine);
    let isDone = false;
    const writing = (async () => {
      for (let i = 0; !isDone; i++) {
        const value = { id: `malware--w${i}`, type: 'Malware', properties: { name: `w${i}` } };
        const link = {
          id: `relationship--w${i}`,
          type: 'USES',
          from: value.id,
          to: `tool--w${i}`,
          properties: {},
        };
        await writes.write(
          { nodes: [value], relationships: [link], claims: [] },
          { kind: 'import', actor: 't' },
        );
      }
    })();
    await projections.current();
    const path = await dump(engine);
    isDone = true;
    await writing;
    const restored = await inMemory();
    const { seq } = await new RestoreService(restored, NOW).restore(path);
    const past = await projections.at(seq);
    const there = await createServices(restored).projections.current();
    expect(there.vertices.ids).toEqual(past.vertices.ids);
    expect(there.edges.ids).toEqual(past.edges.ids);
    expect(there.seq).toBe(seq);
    await restored.close();
  }, 60_000);
});

describe('restoring', () => {
  const given = fc.sample(batches(3), { numRuns: 1, seed: 3 })[0];
  let whole: string;
  beforeAll(async () => {
    const source = await written(given);
    whole = await dump(source);
    await source.close();
  });
  const restoring = async (path: string, options = {}) => {
    const engine = await inMemory();
    const before = linesOf(await dump(engine));
    const result = await new RestoreService(engine, NOW)
      .restore(path, options)
      .catch((error: unknown) => error);
    const after = linesOf(await dump(engine));
    await engine.close();
    return { result, isUntouched: JSON.stringify(before) === JSON.stringify(after) };
  };
  const altered = (name: string, change: (lines: string[]) => string[] | Buffer): string => {
    const path = join(folder, name);
    const lines = change(linesOf(whole));
    writeFileSync(path, Buffer.isBuffer(lines) ? lines : gzipSync(`${lines.join('\n')}\n`));
    return path;
  };

  it.each<[string, string, (lines: string[]) => string[] | Buffer]>([
    ['a file cut off inside the gzip', 'BACKUP_INVALID', () => readFileSync(whole).subarray(0, 400)],
    ['a file without its last line', 'BACKUP_INVALID', (lines) => lines.slice(0, -1)],
    ['a file that lacks a record', 'BACKUP_INVALID', (lines) => [...lines.slice(0, 3), ...lines.slice(4)]],
    [
      'a record that was altered',
      'BACKUP_INVALID',
      (lines) => lines.map((line, i) => (i === 2 ? line.replace(/.$/, ' }') : line)),
    ],
    ['a line too many', 'BACKUP_INVALID', (lines) => [...lines, '{}']],
    ['what is no record', 'BACKUP_INVALID', (lines) => [lines[0], '[1]', ...lines.slice(1)]],
    ['an empty file', 'BACKUP_INVALID', () => gzipSync('')],
    ['a file that is no gzip', 'BACKUP_INVALID', () => Buffer.from('plain text')],
    ['another kind of file', 'BACKUP_INVALID', () => gzipSync('{"type":"bundle"}\n')],
    [
      'a newer format',
      'BACKUP_NEWER',
      (lines) => [lines[0].replace('"version":1', '"version":2'), ...lines.slice(1)],
    ],
    [
      'a kind of record of the future',
      'BACKUP_NEWER',
      (lines) => [lines[0], '{"node":"Future","properties":{}}', ...lines.slice(1)],
    ],
  ])('%s is refused before anything is written', async (title, code, change) => {
    const { result, isUntouched } = await restoring(altered(`${title}.gz`, change));
    expect(result).toMatchObject({ code });
    expect(isUntouched).toBe(true);
  });

  it('a schema of the future is refused, and a file that is not there', async () => {
    const path = altered('schema.gz', (lines) => {
      const header = lines[0].replace('"schema":[', '"schema":["9999-future",');
      const body = [header, ...lines.slice(1, -1)].map((line) => `${line}\n`).join('');
      const footer = JSON.parse(lines.at(-1) as string);
      const { createHash } = require('node:crypto') as typeof import('node:crypto');
      const sha256 = createHash('sha256').update(body).digest('hex');
      return [header, ...lines.slice(1, -1), JSON.stringify({ ...footer, sha256 })];
    });
    expect((await restoring(path)).result).toMatchObject({ code: 'BACKUP_NEWER' });
    expect((await restoring(join(folder, 'none.gz'))).result).toMatchObject({ code: 'FILE_NOT_FOUND' });
  });

  it('goes into an empty store, or in place of what one holds when told', async () => {
    const engine = await written(given.slice(0, 1));
    const service = new RestoreService(engine, NOW);
    await expect(service.restore(whole)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' });
    await service.restore(whole, { isReplacing: true });
    expect(linesOf(await dump(engine))).toEqual(linesOf(whole));
    await engine.close();
  });

  it('that was cut off is told by the mark it left, and started over', async () => {
    const engine = await written(given.slice(0, 1));
    await engine.write((transaction) => mergeRestore(transaction, { backup: 'x', at: NOW().toISOString() }));
    await expect(refuseUnfinishedRestore(engine)).rejects.toMatchObject({ code: 'RESTORE_UNFINISHED' });
    await new RestoreService(engine, NOW).restore(whole);
    await refuseUnfinishedRestore(engine);
    expect(linesOf(await dump(engine))).toEqual(linesOf(whole));
    await engine.close();
  });
});
