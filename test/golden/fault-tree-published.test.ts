/**
 * Published fault trees with published answers. The small ones are written out here; the industrial ones are read from
 * the folder that ATLAS_DATA names, and compared with SCRAM run beside us where ATLAS_SCRAM names its binary.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cheapestCutSets } from '../../src/analysis/fault-tree/cheapest-first';
import { solveDiagrams } from '../../src/analysis/fault-tree/diagrams';
import { FaultTreeBuilder, GateKind } from '../../src/analysis/fault-tree/fault-tree';
import { minimalCutSets } from '../../src/analysis/fault-tree/mocus';
import { topProbability } from '../../src/analysis/fault-tree/top-probability';
import { fileSource } from '../../src/ingest/byte-source';
import { FaultTreeService } from '../../src/service/fault-tree.service';
import { scram } from '../support/scram';

const { AND, OR } = GateKind;

describe('textbook trees', () => {
  test('the pressure tank of the Fault Tree Handbook (NUREG-0492, 1981, chapter VIII)', () => {
    const [tank, k2, s, s1, k1, r] = [0, 1, 2, 3, 4, 5];
    const builder = new FaultTreeBuilder(6);
    const held = builder.gate(OR, [s1, builder.gate(OR, [k1, r])]);
    const tree = builder.build({
      tops: [builder.gate(OR, [tank, builder.gate(OR, [k2, builder.gate(AND, [s, held])])])],
    });
    expect(minimalCutSets(tree, tree.tops[0]).sets.map((set) => Array.from(set))).toEqual([
      [tank],
      [k2],
      [s, s1],
      [s, k1],
      [s, r],
    ]);
    const p = [5e-6, 3e-5, 1e-4, 3e-5, 3e-5, 1e-4];
    const diagrams = solveDiagrams(tree, tree.tops[0]);
    if (diagrams.status !== 'solved') throw new Error('not solved');
    const held1 = 1 - (1 - p[3]) * (1 - p[4]) * (1 - p[5]);
    expect(topProbability(diagrams, p)).toBeCloseTo(1 - (1 - p[0]) * (1 - p[1]) * (1 - p[2] * held1), 15);
  });

  test('the bridge network (Rausand and Hoyland, System Reliability Theory, 2004): 2p^2 + 2p^3 - 5p^4 + 2p^5', () => {
    const builder = new FaultTreeBuilder(5);
    const cut = (...events: number[]): number => builder.gate(AND, events);
    const tree = builder.build({
      tops: [builder.gate(OR, [cut(0, 1), cut(3, 4), cut(0, 2, 4), cut(1, 2, 3)])],
    });
    const diagrams = solveDiagrams(tree, tree.tops[0]);
    if (diagrams.status !== 'solved') throw new Error('not solved');
    expect(Array.from(cheapestCutSets(diagrams))).toHaveLength(4);
    expect(topProbability(diagrams, [0.1, 0.1, 0.1, 0.1, 0.1])).toBeCloseTo(0.02152, 12);
  });
});

const folder = process.env.ATLAS_DATA;
const binary = process.env.ATLAS_SCRAM;
const published = join(folder ?? '', 'fault-trees');

describe('industrial trees', () => {
  if (!folder || !existsSync(published)) {
    test('are read when ATLAS_DATA names the folder of real data', () => {
      console.warn('ATLAS_DATA names no folder with fault-trees: industrial trees were not read.');
      expect(binary === undefined || folder === undefined).toBe(true);
    });
    return;
  }
  const read = (...files: readonly string[]) =>
    new FaultTreeService().analyse(
      files.map((file) => fileSource(join(published, file))),
      { hasImportance: true },
    );

  test.each([
    ['chinese', 392, 1.17058e-3],
    ['isp9606', 1776, 0.0543174],
    ['das9601', 4259, 4.2344e-3],
    ['ftr10', 305, 0.448677],
    ['das9201', 14217, 0.0134237],
  ])('%s has its published count and probability', async (name, count, probability) => {
    const report = await read(`aralia/${name}.xml`);
    expect(report.minimalCutSets.count).toBe(count);
    expect((report.probability.exact as number) / probability).toBeCloseTo(1, 5);
  });

  const trees = [
    ...['chinese', 'isp9606', 'das9601', 'ftr10', 'das9201'].map((name) => [`aralia/${name}.xml`]),
    ...[
      'HIPPS/HIPPS',
      'Lift/lift',
      'SmallTree/SmallTree',
      'Theatre/theatre',
      'ThreeMotor/three_motor',
      'BSCU/BSCU',
    ].map((name) => [`scram/${name}.xml`]),
    ['scram/TwoTrain/two_train.xml'],
    ['scram/Chinese/chinese.xml', 'scram/Chinese/mcs_prob.xml'],
  ];
  if (!binary) {
    test('are compared with SCRAM when ATLAS_SCRAM names its binary', () => {
      console.warn('ATLAS_SCRAM is not set: results were not compared with SCRAM.');
      expect(binary).toBeUndefined();
    });
    return;
  }
  test.each(trees.map((files) => ({ files })))('$files equal SCRAM', async ({ files }) => {
    const theirs = scram(
      binary,
      files.map((file) => join(published, file)),
    );
    const ours = await read(...files);
    expect(ours.minimalCutSets.count).toBe(theirs.count);
    expect(ours.minimalCutSets.byOrder).toEqual(theirs.byOrder);
    expectClose(ours.probability.exact, theirs.probability);
    expect(theirs.importance.size).toBeGreaterThan(0);
    for (const row of ours.importance) {
      const other = theirs.importance.get(row.event);
      if (!other) continue;
      expect(row.occurrence).toBe(other.occurrence);
      if (!ours.isCoherent) {
        // SCRAM 0.16.2 loses the sign where its diagram of a tree with negations starts with a complement arc: its
        // RAW is then negative, which no ratio of probabilities is. The magnitude is the same.
        expectClose(Math.abs(row.birnbaum), Math.abs(other.MIF));
        expect(row.riskAchievementWorth).toBeGreaterThanOrEqual(0);
        continue;
      }
      expectClose(row.birnbaum, other.MIF);
      expectClose(row.criticality, other.CIF);
      expectClose(row.diagnostic, other.DIF);
      expectClose(row.riskAchievementWorth, other.RAW);
      // SCRAM writes 0 where the worth is infinite.
      expectClose(row.riskReductionWorth ?? 0, row.riskReductionWorth === null ? 0 : other.RRW);
    }
  });
});

/** Six digits, which is what SCRAM prints. */
function expectClose(ours: number | null, theirs: number | undefined): void {
  const difference = Math.abs((ours as number) - (theirs as number));
  expect(difference).toBeLessThanOrEqual(5.1e-6 * Math.abs(theirs as number) + 1e-15);
}
