import fc from 'fast-check';
import {
  judgedGroups,
  matchProbability,
  pairsSharingTokens,
  type RecordPair,
  rarityWeight,
  uniqueLinks,
} from '../../src/analysis';

const COUNT = 8;
const record = fc.integer({ min: 0, max: COUNT - 1 });
const pairs = fc.array(
  fc.tuple(record, record).filter(([a, b]) => a !== b),
  { maxLength: 12 },
);
const side = fc.option(fc.constantFrom('A', 'B', 'C'), { nil: undefined });

/** Closure by repeated relaxation: the second implementation. */
function classesOf(count: number, same: readonly RecordPair[]): number[] {
  const least = Array.from({ length: count }, (_, i) => i);
  for (let round = 0; round < count; round++) {
    for (const [a, b] of same) least[a] = least[b] = Math.min(least[a], least[b]);
  }
  return least;
}

describe('pairs that share tokens', () => {
  it('are those that a comparison of all with all finds', () => {
    const token = fc.constantFrom<string>('p', 'q', 'r', 's');
    fc.assert(
      fc.property(
        fc.array(fc.array(token, { maxLength: 4 }), { maxLength: 9 }),
        fc.integer({ min: 1, max: 9 }),
        (records, most) => {
          const bearing = (each: string) => records.filter((tokens) => tokens.includes(each)).length;
          const expected = [];
          for (let a = 0; a < records.length; a++) {
            for (let b = a + 1; b < records.length; b++) {
              const shared = ['p', 'q', 'r', 's'].filter(
                (each) => records[a].includes(each) && records[b].includes(each) && bearing(each) <= most,
              );
              if (shared.length > 0) expected.push({ a, b, tokens: shared });
            }
          }
          const found = pairsSharingTokens(records, most);
          expect(found.pairs).toEqual(expected);
          expect(found.crowded).toEqual(['p', 'q', 'r', 's'].filter((each) => bearing(each) > most));
        },
      ),
    );
  });
});

describe('judged groups', () => {
  it('are the closure of what is judged the same, and chains lead from end to end of what is judged apart', () => {
    fc.assert(
      fc.property(pairs, pairs, (same, apart) => {
        const groups = judgedGroups(COUNT, same, apart);
        const least = classesOf(COUNT, same);
        for (let x = 0; x < COUNT; x++) {
          expect(groups.groupOf(x)).toBe(least[x]);
          expect(groups.membersOf(x)).toEqual(least.flatMap((each, y) => (each === least[x] ? [y] : [])));
        }
        expect(groups.contradictions.map(({ pair }) => pair)).toEqual(
          apart.flatMap(([a, b], index) => (least[a] === least[b] ? [index] : [])),
        );
        for (const { pair, chain } of groups.contradictions) {
          expect([chain[0], chain[chain.length - 1]]).toEqual([...apart[pair]]);
          chain.slice(1).forEach((to, index) => {
            const step = [chain[index], to];
            expect(same.some((each) => each.includes(step[0]) && each.includes(step[1]))).toBe(true);
          });
        }
      }),
    );
  });
});

describe('unique links', () => {
  const given = fc.tuple(fc.array(side, { minLength: COUNT, maxLength: COUNT }), pairs, pairs, pairs);

  it('join nobody who could mean another, no two of one side, and no pair that is judged apart', () => {
    fc.assert(
      fc.property(given, ([sides, matches, joined, apart]) => {
        const verdicts = uniqueLinks(sides, matches, joined, apart);
        const accepted = matches.filter((_, index) => verdicts[index] === 'unique');
        const before = classesOf(COUNT, joined);
        const after = classesOf(COUNT, [...joined, ...accepted]);
        for (const [a, b] of accepted) {
          expect(sides[a]).not.toBe(sides[b]);
          const others = matches.flatMap(([x, y]) => (x === a ? [y] : y === a ? [x] : []));
          const rivals = others.filter((each) => sides[each] === sides[b] && before[each] !== before[b]);
          expect(rivals).toEqual([]);
        }
        const grown = new Set(accepted.map(([a]) => after[a]));
        for (const [a, b] of apart) if (after[a] === after[b]) expect(grown.has(after[a])).toBe(false);
        for (let a = 0; a < COUNT; a++) {
          for (let b = 0; b < COUNT; b++) {
            if (after[a] === after[b] && before[a] !== before[b] && grown.has(after[a]))
              expect(sides[a] ?? '').not.toBe(sides[b] ?? '');
          }
        }
      }),
    );
  });

  it('do not depend on the order of matches and of their ends', () => {
    fc.assert(
      fc.property(given, ([sides, matches, joined, apart]) => {
        const verdicts = uniqueLinks(sides, matches, joined, apart);
        const turned = [...matches].reverse().map(([a, b]) => [b, a] as const);
        expect(uniqueLinks(sides, turned, [...joined].reverse(), apart).reverse()).toEqual(verdicts);
      }),
    );
  });

  it('grow by a judgement that takes a rival away', () => {
    const sides = ['A', 'B', 'B'];
    const both: RecordPair[] = [
      [0, 1],
      [0, 2],
    ];
    expect(uniqueLinks(sides, both, [], [])).toEqual(['ambiguous', 'ambiguous']);
    expect(uniqueLinks(sides, both, [[1, 2]], [])).toEqual(['unique', 'unique']);
    expect(uniqueLinks(sides, [[0, 1]], [], [[0, 2]])).toEqual(['unique']);
    expect(uniqueLinks(['A', 'A'], [[0, 1]], [], [])).toEqual(['same-side']);
  });

  it('drop a chain that would make one of two views of a reporter', () => {
    const chain: RecordPair[] = [
      [0, 1],
      [1, 2],
      [2, 3],
    ];
    expect(uniqueLinks(['A', 'B', 'C', 'A'], chain, [], [])).toEqual(Array(3).fill('conflicting'));
    expect(uniqueLinks(['A', 'B', 'C', 'D'], chain, [], [[0, 3]])).toEqual(Array(3).fill('conflicting'));
    expect(uniqueLinks(['A', 'B', 'C', 'D'], chain, [], [])).toEqual(Array(3).fill('unique'));
  });
});

describe('match probability', () => {
  it('rises with every bit and halves the odds by one', () => {
    expect(matchProbability([5, -1], -4)).toBe(0.5);
    expect(matchProbability([], 0)).toBe(0.5);
    fc.assert(
      fc.property(fc.double({ min: -20, max: 20, noNaN: true }), (bits) => {
        const p = matchProbability([bits], 0);
        const q = matchProbability([bits + 1], 0);
        expect(q / (1 - q) / (p / (1 - p))).toBeCloseTo(2, 6);
      }),
    );
  });

  it('counts the rare, and the common not at all', () => {
    expect(rarityWeight(2, 128, 3, 3)).toBe(3);
    expect(rarityWeight(8, 128, 3, 3)).toBe(1);
    expect(rarityWeight(64, 128, 3, 3)).toBe(0);
  });
});
