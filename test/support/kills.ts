/** Killing what writes, and looking at what it left. */
import { setTimeout as sleep } from 'node:timers/promises';
import { findLatestSeq, listChanges } from '../../src/store/change.store';
import type { StoreEngine } from '../../src/store/engine';
import { Child } from './child';
import { countOfBatch } from './numbered-batch';

export const ROWS = 60;
export const BATCHES = 400;

export const acknowledgedBy = (child: Child): number =>
  child.lines.filter((line) => line.startsWith('acknowledged')).length;

/** Numbers of the batches that a store has whole; fails when it has one in part, or changes with a gap. */
export async function wholeBatches(engine: StoreEngine, upTo: number): Promise<number[]> {
  const whole: number[] = [];
  for (let index = 0; index < upTo; index++) {
    const counts = await countOfBatch(engine, index, ROWS);
    if (counts.every((count) => count === 0)) continue;
    expect({ index, counts }).toEqual({ index, counts: [ROWS, ROWS, ROWS] });
    whole.push(index);
  }
  const changes = await listChanges(engine, 0, 10_000);
  expect(changes.map((change) => change.seq)).toEqual(changes.map((_, index) => index + 1));
  expect(await findLatestSeq(engine)).toBe(changes.length);
  return whole;
}

/** Imports some batches in a process of its own, to the end. */
export async function importWhole(address: string, batches: number): Promise<void> {
  await Child.start('import.ts', address, String(batches), String(ROWS)).finish();
}

/** Starts an import of more batches than it will live for. */
export const startImport = (address: string): Child =>
  Child.start('import.ts', address, String(BATCHES), String(ROWS));

/**
 * Imports in a process of its own and kills that at a random moment after a batch that was new to the store; gives how many
 * batches were acknowledged.
 */
export async function importAndKill(address: string, batchesThere: number): Promise<number> {
  const child = startImport(address);
  await child.line(`acknowledged ${batchesThere}`);
  await sleep(Math.random() * 100);
  await child.kill('SIGKILL');
  return acknowledgedBy(child);
}
