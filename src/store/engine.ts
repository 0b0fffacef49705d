/** The port between stores and an engine. Both engines run the same statements and give equal rows. */
import type { Statements } from './statements.generated';

export type StatementName = keyof Statements;
export type ReadName = {
  [N in StatementName]: Statements[N]['mode'] extends 'read' ? N : never;
}[StatementName];
export type Params<N extends StatementName> = Statements[N]['params'];
export type Row<N extends StatementName> = Statements[N]['row'];

/** Reads committed state, or inside a transaction also what the transaction wrote. */
export interface Reader {
  read<N extends ReadName>(name: N, params: Params<N>): Promise<Row<N>[]>;
}

/** One transaction: all of it is committed, or none. */
export interface Transaction extends Reader {
  run<N extends StatementName>(name: N, params: Params<N>): Promise<Row<N>[]>;
}

export interface CheckpointOptions {
  /** Also leave nothing of what was deleted in the files of the engine, where it keeps them itself. */
  readonly isCompacting?: boolean;
}

export interface StoreEngine extends Reader {
  /** Name of the engine, for logs and health answers. */
  readonly name: string;
  /**
   * Runs work in one transaction. Any error rolls back all of it. On a conflict the work is run again, so it must not
   * leave traces outside the transaction.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Runs one statement of the schema, outside transactions. */
  defineSchema(statement: string): Promise<void>;
  /** Folder of its schema migrations below cypher/schema. */
  readonly schemaFolder: string;
  /** Resolves when the store answers; rejects with STORE_UNREACHABLE. */
  ping(): Promise<void>;
  /** Makes what was committed durable against power loss where the engine does that in groups. */
  checkpoint(options?: CheckpointOptions): Promise<void>;
  close(): Promise<void>;
}
