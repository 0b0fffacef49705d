/** The Neo4j engine: managed transactions with retries, bookmarks kept so that this process reads its own writes. */
import neo4j, { type Driver, type ManagedTransaction, type QueryResult, type Session } from 'neo4j-driver';
import { AppError } from '../../errors';
import type { Params, ReadName, Row, StatementName, StoreEngine, Transaction } from '../engine';
import { refuseNullKeys } from '../null-keys';
import { retryConflicts } from '../retry';
import { statementText } from '../statement-text';

export interface Neo4jOptions {
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly database?: string;
}

/** Numbers travel as floats unless they are marked: whole numbers are integers in the model. What holds none is not copied. */
function outward(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? neo4j.int(value) : value;
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    let marked: unknown[] | undefined;
    for (let place = 0; place < value.length; place++) {
      const each = outward(value[place]);
      if (each === value[place]) continue;
      marked ??= [...value];
      marked[place] = each;
    }
    return marked ?? value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, outward(each)]));
}

/** Times come as objects of the driver, and leave as the ISO text that the model knows. */
function inward(value: unknown): unknown {
  if (neo4j.isDateTime(value)) return value.toStandardDate().toISOString();
  if (Array.isArray(value)) return value.map(inward);
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, inward(each)]));
  }
  return value;
}

const rowsOf = <N extends StatementName>(result: QueryResult): Row<N>[] =>
  result.records.map((record) => inward(record.toObject())) as Row<N>[];

class Neo4jTransaction implements Transaction {
  /** The first failure, also of a check before the statement: what failed once must not be committed. */
  failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly transaction: ManagedTransaction,
    private readonly url: string,
  ) {}

  read<N extends ReadName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    return this.run(name, params);
  }

  async run<N extends StatementName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    try {
      refuseNullKeys(name, params);
      return rowsOf<N>(
        await this.transaction.run(statementText(name), outward(params) as Record<string, unknown>),
      );
    } catch (thrown) {
      const error = isOutOfMemory(thrown) ? translate(thrown, this.url) : thrown;
      this.failure ??= { error };
      throw error;
    }
  }
}

export class Neo4jEngine implements StoreEngine {
  readonly name = 'neo4j';
  readonly schemaFolder = 'neo4j';
  private readonly driver: Driver;
  private readonly bookmarks = neo4j.bookmarkManager();
  private isClosed = false;

  constructor(private readonly options: Neo4jOptions) {
    this.driver = neo4j.driver(options.url, neo4j.auth.basic(options.user, options.password), {
      disableLosslessIntegers: true,
      connectionAcquisitionTimeout: 30_000,
      maxTransactionRetryTime: 30_000,
    });
  }

  private async within<T>(mode: 'READ' | 'WRITE', work: (session: Session) => Promise<T>): Promise<T> {
    this.mustBeOpen();
    const session = this.driver.session({
      database: this.options.database,
      defaultAccessMode: mode,
      bookmarkManager: this.bookmarks,
    });
    try {
      return await work(session);
    } catch (error) {
      throw translate(error, this.options.url);
    } finally {
      await session.close();
    }
  }

  private mustBeOpen(): void {
    if (!this.isClosed) return;
    throw new AppError('STORE_UNREACHABLE', { store: this.options.url, reason: 'it is closed' });
  }

  read<N extends ReadName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    return this.within('READ', (session) =>
      session.executeRead((transaction) =>
        new Neo4jTransaction(transaction, this.options.url).read(name, params),
      ),
    );
  }

  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const attempt = () =>
      this.within('WRITE', (session) =>
        session.executeWrite(async (transaction) => {
          const own = new Neo4jTransaction(transaction, this.options.url);
          const result = await work(own);
          if (own.failure) throw own.failure.error;
          return result;
        }),
      );
    return retryConflicts(attempt, isConflict);
  }

  async defineSchema(statement: string): Promise<void> {
    await this.within('WRITE', (session) => session.run(statement));
  }

  /** Asks once: a statement would be tried again for half a minute before it said that nobody is there. */
  async ping(): Promise<void> {
    this.mustBeOpen();
    try {
      await this.driver.verifyConnectivity({ database: this.options.database });
    } catch (thrown) {
      const { url } = this.options;
      const error = translate(thrown, url);
      if (error instanceof AppError) throw error;
      throw new AppError('STORE_UNREACHABLE', { store: url, reason: String(error) }, { cause: thrown });
    }
  }

  /** Neo4j forces its log to disk at every commit: nothing to do. */
  async checkpoint(): Promise<void> {}

  async close(): Promise<void> {
    this.isClosed = true;
    await this.driver.close();
  }
}

/** Two writers created the same key at the same time: the second finds it there when it tries again. */
const isConflict = (error: unknown): boolean =>
  (error as { code?: string })?.code === 'Neo.ClientError.Schema.ConstraintValidationFailed';

/** The driver would try such a transaction again for half a minute, with the same end. */
const isOutOfMemory = (error: unknown): boolean =>
  /^Neo\.TransientError\.General\..*OutOfMemory/.test((error as { code?: string })?.code ?? '');

/** Turns what operators can mend into a code; everything else passes as it came. */
function translate(error: unknown, url: string): unknown {
  const code = (error as { code?: string })?.code ?? '';
  const reason = error instanceof Error ? error.message : String(error);
  if (code === 'ServiceUnavailable' || code === 'SessionExpired') {
    return new AppError('STORE_UNREACHABLE', { store: url, reason }, { cause: error });
  }
  if (isOutOfMemory(error))
    return new AppError('STORE_OUT_OF_MEMORY', { store: url, reason }, { cause: error });
  if (code.startsWith('Neo.ClientError.Security')) {
    return new AppError('STORE_REFUSED', { store: url, reason }, { cause: error });
  }
  return error;
}
