/** Loads the curated ecosystem of seeds/ through the one write path. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { AppError } from '../errors';
import { readSeeds } from '../ingest/seeds.reader';
import type { WriteService, WriteStatus } from './write.service';

/** Folder of the curated ecosystem, beside the program. */
export const SEEDS_FOLDER = join(__dirname, '..', '..', 'seeds');

export interface SeedReport {
  readonly files: number;
  readonly counts: Readonly<Record<WriteStatus, number>>;
  /** Number of the change; absent when everything was there. */
  readonly seq?: number;
}

export class SeedService {
  constructor(private readonly writes: WriteService) {}

  /**
   * Loads every .json file of a folder in one transaction; again, it changes only what was mended.
   *
   * @throws AppError SEED_INVALID when a file does not follow the format or a value breaks the ontology; nothing is
   *   written then
   */
  async load(folder: string = SEEDS_FOLDER): Promise<SeedReport> {
    const files = readFiles(folder);
    const batch = readSeeds(files);
    const intent = { kind: 'SEED', actor: 'local', refusesContradictions: true };
    const rehearsal = await this.writes.write(batch, { ...intent, isDryRun: true });
    const bad = rehearsal.items.find((item) => item.status === 'rejected' || item.status === 'stubbed');
    if (bad) {
      throw new AppError('SEED_INVALID', {
        file: folder,
        place: bad.id,
        reason: bad.problem?.message ?? 'an end is missing',
      });
    }
    const { items, seq } = await this.writes.write(batch, intent);
    const counts = { created: 0, updated: 0, unchanged: 0, stubbed: 0, rejected: 0 };
    for (const item of items) counts[item.status]++;
    return { files: files.length, counts, seq };
  }
}

function readFiles(folder: string): { name: string; text: string }[] {
  let names: string[];
  try {
    names = readdirSync(folder, { recursive: true }).map(String);
  } catch (error) {
    throw new AppError('FILE_NOT_FOUND', { path: folder }, { cause: error });
  }
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => ({
      name: relative('.', join(folder, name)),
      text: readFileSync(join(folder, name), 'utf8'),
    }));
}
