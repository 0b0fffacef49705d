/** Independent origins against a second reading of the rules, and the laws they keep. */
import fc from 'fast-check';
import type { ClaimValue } from '../../src/model/values';
import { confidenceOf } from '../../src/service/evidence/confidence';
import { originsOf } from '../../src/service/evidence/origins';
import type { ReportRecord } from '../../src/service/evidence/report-record';

const REPORTS = ['a', 'b', 'c', 'd', 'e'];

interface Given {
  readonly claims: readonly ClaimValue[];
  readonly sources: Readonly<Record<string, readonly string[]>>;
}

const given: fc.Arbitrary<Given> = fc.record({
  claims: fc
    .uniqueArray(
      fc.record({
        reportId: fc.constantFrom(...REPORTS),
        originKey: fc.option(fc.constantFrom('k', 'l'), { nil: undefined, freq: 2 }),
        repeats: fc.option(fc.subarray(REPORTS, { maxLength: 2 }), { nil: undefined }),
        isRetracted: fc.boolean(),
        confidence: fc.integer({ min: 0, max: 100 }),
      }),
      { selector: (each) => each.reportId, maxLength: 5 },
    )
    .map((list) =>
      list.map(({ isRetracted, ...each }) => ({
        ...each,
        id: `claim--${each.reportId}`,
        factId: 'fact',
        ...(isRetracted ? { retractedAt: '2026-01-01T00:00:00.000Z' } : {}),
      })),
    ),
  sources: fc.record(
    Object.fromEntries(REPORTS.map((each) => [each, fc.subarray(['s', 't'])])) as Record<
      string,
      fc.Arbitrary<string[]>
    >,
  ),
});

const recordOf =
  (sources: Given['sources']) =>
  (reportId: string): ReportRecord => ({
    sources: sources[reportId] ?? [],
    sourceNames: (sources[reportId] ?? []).map((each) => `name of ${each}`),
    reliability: null,
    publishedAt: null,
  });

/** Number of origins: claims and repeated reports as vertices, sinks of the repetitions counted by shared keys. */
function plainCount({ claims, sources }: Given): number {
  const standing = claims.filter((claim) => claim.retractedAt === undefined);
  const byReport = new Map(standing.map((claim) => [claim.reportId, claim]));
  const next = (report: string): string[] =>
    (byReport.get(report)?.repeats ?? []).filter((each) => each !== report);
  const reach = (report: string): Set<string> => {
    const seen = new Set([report]);
    for (const each of seen) for (const other of next(each)) seen.add(other);
    return seen;
  };
  const starts = standing.map((claim) => claim.reportId);
  const reached = new Set(starts.flatMap((start) => [...reach(start)]));
  const isSink = (report: string) => [...reach(report)].every((other) => reach(other).has(report));
  const sinks = [...reached].filter(isSink);
  const keys = (report: string): string[] => {
    const key = byReport.get(report)?.originKey;
    if (key !== undefined) return [key];
    return sources[report]?.length ? [...sources[report]] : [`report ${report}`];
  };
  const groups = sinks.map((sink) => new Set([...reach(sink)].flatMap(keys)));
  for (let changed = true; changed; ) {
    changed = false;
    for (const a of groups) {
      for (const b of groups) {
        if (a === b || ![...b].some((key) => a.has(key))) continue;
        for (const key of b) a.add(key);
        groups.splice(groups.indexOf(b), 1);
        changed = true;
      }
    }
  }
  return groups.length;
}

describe('originsOf', () => {
  it('counts what a second reading of the rules counts', () => {
    fc.assert(
      fc.property(given, (each) => {
        expect(originsOf(each.claims, recordOf(each.sources))).toHaveLength(plainCount(each));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not depend on the order of the claims', () => {
    fc.assert(
      fc.property(given, fc.nat(), (each, seed) => {
        const turned = [...each.claims.slice(seed % 5), ...each.claims.slice(0, seed % 5)];
        const record = recordOf(each.sources);
        expect(originsOf(turned, record)).toEqual(originsOf(each.claims, record));
      }),
    );
  });

  it('gains nothing from a report that only repeats another', () => {
    fc.assert(
      fc.property(given, fc.constantFrom(...REPORTS), (each, repeated) => {
        const origin = each.claims.find((claim) => claim.reportId === repeated);
        fc.pre(origin !== undefined && !origin.retractedAt && !origin.repeats);
        const echo = { id: 'claim--echo', factId: 'fact', reportId: 'echo', repeats: [repeated] };
        const record = recordOf(each.sources);
        const before = confidenceOf(each.claims, record);
        const after = confidenceOf([...each.claims, echo], record);
        expect(after.origins).toHaveLength(before.origins.length);
        expect(after.probability).toBe(before.probability);
      }),
    );
  });

  it('counts a circle of reports that repeat each other once', () => {
    const circle = ['a', 'b', 'c'].map((reportId, i, all) => ({
      id: `claim--${reportId}`,
      factId: 'fact',
      reportId,
      repeats: [all[(i + 1) % 3]],
    }));
    const [origin, ...others] = originsOf(circle, recordOf({}));
    expect(others).toEqual([]);
    expect(origin.claims.map((claim) => claim.reportId)).toEqual(['a', 'b', 'c']);
  });
});

describe('confidenceOf', () => {
  const record = (reliability: string | null) => (): ReportRecord => ({
    sources: [],
    sourceNames: [],
    reliability,
    publishedAt: null,
  });
  const claim = (reportId: string, more: Partial<ClaimValue> = {}): ClaimValue => ({
    id: `claim--${reportId}`,
    factId: 'fact',
    reportId,
    ...more,
  });

  it('is the formula that it states', () => {
    const one = claim('a', { credibility: 2, confidence: 50 });
    expect(confidenceOf([one], record('B')).probability).toBeCloseTo(((0.8 + 0.8) / 2) * 0.5, 12);
    const two = [claim('a', { credibility: 3 }), claim('b', { credibility: 5 })];
    expect(confidenceOf(two, record('C')).probability).toBeCloseTo(1 - (1 - 0.6) * (1 - 0.4), 12);
    expect(confidenceOf([claim('a')], record(null)).probability).toBe(0.5);
    expect(confidenceOf([claim('a', { credibility: 1 })], record('A')).probability).toBe(0.95);
    expect(confidenceOf([], record('A')).probability).toBeNull();
  });

  it('takes the greatest claim of an origin', () => {
    const same = [
      claim('a', { originKey: 'wire', confidence: 10 }),
      claim('b', { originKey: 'wire', confidence: 80 }),
    ];
    const { probability, origins } = confidenceOf(same, record(null));
    expect([probability, origins.length]).toEqual([0.4, 1]);
  });

  it('never falls with another standing claim', () => {
    fc.assert(
      fc.property(given, (each) => {
        const plain = each.claims.filter((one) => !one.repeats);
        const known = recordOf(each.sources);
        const before = confidenceOf(plain, known).probability ?? 0;
        expect(confidenceOf([...plain, claim('new')], known).probability).toBeGreaterThanOrEqual(before);
      }),
    );
  });
});
