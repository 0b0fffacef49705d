/** A store engine that does its work and remembers which statements were read. */
import type { Params, ReadName, Row, StoreEngine, Transaction } from '../../src/store/engine';

export class Recorder implements StoreEngine {
  /** Names of the statements read, in order. */
  readonly reads: string[] = [];

  constructor(private readonly engine: StoreEngine) {}

  get name(): string {
    return this.engine.name;
  }

  get schemaFolder(): string {
    return this.engine.schemaFolder;
  }

  read<N extends ReadName>(name: N, params: Params<N>): Promise<Row<N>[]> {
    this.reads.push(name);
    return this.engine.read(name, params);
  }

  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return this.engine.write(work);
  }

  defineSchema(statement: string): Promise<void> {
    return this.engine.defineSchema(statement);
  }

  ping(): Promise<void> {
    return this.engine.ping();
  }

  checkpoint(): Promise<void> {
    return this.engine.checkpoint();
  }

  close(): Promise<void> {
    return this.engine.close();
  }

  /** How often everything was read since the last time this was asked, and forgets the reads. */
  takeLoads(): number {
    const loads = this.reads.filter((name) => name === 'node/load-stubs').length;
    this.reads.length = 0;
    return loads;
  }
}
