/**
 * The embedded engine: Grafeo, in this process, on one file. Writes queue one behind the other; a conflict is tried
 * again; any error rolls back, because a commit after a failed statement would keep the rest.
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  GrafeoDB,
  type GrafeoError,
  type Transaction as GrafeoTransaction,
  type GrafeoValue,
  type QueryResult,
} from '@grafeo-db/js';
import { AppError } from '../../errors';
import type {
  CheckpointOptions,
  Params,
  ReadName,
  Row,
  StatementName,
  StoreEngine,
  Transaction,
} from '../engine';
import { refuseNullKeys } from '../null-keys';
import { retryConflicts } from '../retry';
import { statementText } from '../statement-text';
import { FileHolder } from './file-holder';
import { isLogLong, syncLog } from './write-ahead-log';

const SERIALIZATION_CONFLICT = '40000';

export interface EmbeddedOptions {
  /** Address of the service that holds the file, for whom it locks out. */
  readonly servedAt?: string;
  /** Milliseconds between syncs to disk of what was committed; 0 turns them off. */
  readonly checkpointEveryMs?: number;
}

/** Integers past 2^53 come as BigInt, times as Date: both leave as the values the model knows. */
function convert(value: GrafeoValue): unknown {
  if (typeof value !== 'object') return typeof value === 'bigint' ? Number(value) : value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(convert);
  if (value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, convert(each as GrafeoValue)]),
    );
  }
  return value;
}

/** Rows come as lists: the engine takes twice as long to make objects of them. */
function rowsOf<N extends StatementName>(result: QueryResult): Row<N>[] {
  const { columns } = result;
  return result.rows().map((values) => {
    const row: Record<string, unknown> = {};
    for (let place = 0; place < columns.length; place++) row[columns[place]] = convert(values[place]);
    return row as Row<N>;
  });
}

const isConflict = (error: unknown): boolean => (error as GrafeoError)?.gqlStatus === SERIALIZATION_CONFLICT;

class EmbeddedTransaction implements Transaction {
  /** The first failure: this engine would commit what else was done, so it has to be remembered. */
  failure: { readonly error: unknown } | undefined;

  constructor(private readonly transaction: GrafeoTransaction) {}

  read<N extends ReadName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    return this.run(name, params);
  }

  async run<N extends StatementName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    try {
      refuseNullKeys(name, params);
      return rowsOf<N>(await this.transaction.executeCypher(statementText(name), params));
    } catch (error) {
      this.failure ??= { error };
      throw error;
    }
  }
}

export class EmbeddedEngine implements StoreEngine {
  readonly name = 'embedded';
  readonly schemaFolder = 'embedded';
  private queue: Promise<unknown> = Promise.resolve();
  private isClosed = false;
  private hasWrittenSinceTick = false;
  /** Whether the last tick only synced the log, since writers wrote, or failed. */
  private isLogLeft = false;

  private constructor(
    private db: GrafeoDB,
    private readonly path: string | undefined,
    private readonly holder: FileHolder | undefined,
    private readonly timer: NodeJS.Timeout | undefined,
  ) {}

  /**
   * Opens the database at a path, creating it where there is none; without a path it lives in memory.
   *
   * @throws AppError STORE_LOCKED when another process holds the file, STORE_UNREADABLE when it is no database.
   */
  static open(path: string | undefined, options: EmbeddedOptions = {}): EmbeddedEngine {
    if (path === undefined) return new EmbeddedEngine(GrafeoDB.create(), undefined, undefined, undefined);
    const holder = new FileHolder(path);
    const db = openFile(path, holder);
    holder.claim(options.servedAt);
    let engine: EmbeddedEngine | undefined;
    const everyMs = options.checkpointEveryMs ?? 60_000;
    const timer =
      everyMs > 0 ? setInterval(() => void engine?.checkpointIfDue(), everyMs).unref() : undefined;
    engine = new EmbeddedEngine(db, path, holder, timer);
    return engine;
  }

  async read<N extends ReadName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    this.mustBeOpen();
    return rowsOf<N>(await this.db.executeCypher(statementText(name), params));
  }

  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.inTurn(() => retryConflicts(() => this.attempt(work), isConflict));
  }

  /** Runs a task when all that was asked for before it is done. */
  private inTurn<T>(task: () => T | Promise<T>): Promise<T> {
    const turn = this.queue.then(() => {
      this.mustBeOpen();
      return task();
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private mustBeOpen(): void {
    if (this.isClosed) throw new AppError('STORE_UNREACHABLE', { store: 'embedded', reason: 'it is closed' });
  }

  private async attempt<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const transaction = this.db.beginTransaction();
    try {
      const own = new EmbeddedTransaction(transaction);
      const result = await work(own);
      if (own.failure) throw own.failure.error;
      transaction.commit();
      this.hasWrittenSinceTick = true;
      return result;
    } catch (error) {
      if (transaction.isActive) transaction.rollback();
      throw error;
    }
  }

  async defineSchema(statement: string): Promise<void> {
    this.mustBeOpen();
    await this.db.executeCypher(statement);
  }

  async ping(): Promise<void> {
    await this.read('store/ping', {});
  }

  async checkpoint({ isCompacting = false }: CheckpointOptions = {}): Promise<void> {
    if (this.path !== undefined) await this.makeDurable(this.path, isCompacting);
  }

  private async makeDurable(path: string, isCompacting: boolean, isBusy = false): Promise<void> {
    await this.inTurn(async () => {
      if (isCompacting) this.rewrite();
      if (isCompacting || (await isLogLong(path, isBusy))) this.db.walCheckpoint();
      else await syncLog(path);
    });
  }

  /** Moves to a new file with what is there: in the one before, what was deleted lies on in free space. */
  private rewrite(): void {
    const { path, holder } = this;
    if (path === undefined || holder === undefined) return;
    const fresh = `${path}.rewritten`;
    rmSync(fresh, { force: true });
    this.db.save(fresh);
    this.db.close();
    // Closed, the file is whole without its log; a log of the file before must not be read into the new one.
    rmSync(`${path}.wal`, { recursive: true, force: true });
    renameSync(fresh, path);
    this.db = openFile(path, holder);
  }

  /**
   * Taking a long log into the file stops everybody for seconds, so that waits for a tick since the one before which nothing was
   * written. One that fails is tried again at the next tick; who asks for a checkpoint gets the error.
   */
  private async checkpointIfDue(): Promise<void> {
    const isBusy = this.hasWrittenSinceTick;
    this.hasWrittenSinceTick = false;
    if (this.path === undefined || !(isBusy || this.isLogLeft)) return;
    this.isLogLeft = isBusy;
    await this.makeDurable(this.path, false, isBusy).catch(() => {
      this.isLogLeft = true;
    });
  }

  async close(): Promise<void> {
    await this.queue;
    if (this.isClosed) return;
    this.isClosed = true;
    clearInterval(this.timer);
    this.db.close();
    this.holder?.release();
  }
}

/** Makes a folder and those above it, one by one: Node's recursive way never returns where a file system refuses them. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function openFile(path: string, holder: FileHolder): GrafeoDB {
  try {
    makeFolder(dirname(resolve(path)));
    return GrafeoDB.create(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/cannot be locked/.test(reason)) {
      throw new AppError('STORE_LOCKED', { path, ...holder.find() }, { cause: error });
    }
    throw new AppError('STORE_UNREADABLE', { path, reason }, { cause: error });
  }
}
