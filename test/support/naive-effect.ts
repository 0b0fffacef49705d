import type { EffectRecords, RequirementRecord } from '../../src/analysis/effect/effect-system';

/**
 * The definition of the effect, day by day and by brute repetition: no breakpoints, no clocks, no areas, only histories.
 * Days must be whole numbers. Shares no code with the kernel.
 */
export interface NaiveEffect {
  readonly objective: number;
  readonly severityLost: number[];
}

interface History {
  readonly down: boolean[][];
  readonly want: boolean[][];
  readonly empty: boolean[][];
  readonly short: boolean[][];
  readonly lost: boolean[][];
}

const isTrueThrough = (history: boolean[][], i: number, from: number, to: number): boolean => {
  if (from < 0) return false;
  for (let d = from; d < to; d += 1) if (!history[d][i]) return false;
  return true;
};

export function naiveEffect(records: EffectRecords, actions: readonly number[]): NaiveEffect {
  const history: History = { down: [], want: [], empty: [], short: [], lost: [] };
  const severityLost = records.operations.map(() => 0);
  const work = new Map<string, number>();
  for (let day = 0; day < records.horizonDays; day += 1) {
    const hit = records.components.map(() => false);
    for (const a of actions) {
      records.actions[a].effects.forEach((e, i) => {
        if (e.kind !== 'OUTAGE' || day < e.startDay || day >= e.startDay + e.holdDays) return;
        if ((work.get(`${a}/${i}`) ?? 0) < records.components[e.target].rebuildDays) hit[e.target] = true;
      });
    }
    const down = [...hit];
    while (spread(records, history, down, day));
    history.down.push(down);
    const losses = records.requirements.map((_, r) =>
      requirementToday(records, history, actions, down, r, day),
    );
    history.lost.push(records.operations.map(() => false));
    history.want.push(losses.map((each) => each.want));
    history.empty.push(losses.map((each) => each.empty));
    history.short.push(losses.map((each) => each.shortage > 0));
    records.operations.forEach((operation, o) => {
      let left = 1;
      let worst = 0;
      for (const r of operation.needs) {
        const { graceDays, criticality } = records.requirements[r];
        const lasted = isTrueThrough(history.short, r, day - graceDays, day);
        const shortage = lasted ? losses[r].shortage : 0;
        worst = Math.max(worst, criticality * Math.min(1, shortage + losses[r].ours));
      }
      left *= 1 - worst;
      for (const a of actions) {
        for (const e of records.actions[a].effects) {
          const isHere = (e.kind === 'DEMAND' || e.kind === 'HARM') && e.target === o;
          if (isHere && day >= e.startDay && day < e.startDay + e.holdDays) left *= 1 - e.strength;
        }
      }
      const loss = 1 - left;
      if (loss < 1e-9) return;
      history.lost[day][o] = true;
      const isDisplaced = isTrueThrough(history.lost, o, day - operation.displacedAfterDays, day);
      const r = records.discountPerDay;
      const weight = r === 0 ? 1 : (Math.exp(-r * day) - Math.exp(-r * (day + 1))) / r;
      severityLost[o] +=
        operation.severity * loss * (isDisplaced ? 1 - operation.displacedShare : 1) * weight;
    });
    for (const a of actions) {
      records.actions[a].effects.forEach((e, i) => {
        if (e.kind !== 'OUTAGE' || day < e.startDay) return;
        const isStalled = records.components[e.target].rebuiltWith.some((c) => down[c]);
        if (!isStalled) work.set(`${a}/${i}`, (work.get(`${a}/${i}`) ?? 0) + 1);
      });
    }
  }
  return { objective: severityLost.reduce((sum, each) => sum + each, 0), severityLost };
}

function spread(records: EffectRecords, history: History, down: boolean[], day: number): boolean {
  let hasChanged = false;
  records.components.forEach((component, c) => {
    if (down[c]) return;
    const unmet = component.needs.some((r) => {
      const grace = records.requirements[r].graceDays;
      return isEmptyNow(records, history, down, r, day) && isTrueThrough(history.empty, r, day - grace, day);
    });
    if (!unmet && !component.dependsOn.some((q) => down[q])) return;
    down[c] = true;
    hasChanged = true;
  });
  return hasChanged;
}

const needed = (q: RequirementRecord): number =>
  q.mode === 'AT_LEAST' ? q.k : q.mode === 'ALL' ? q.suppliers.filter((s) => !s.latent).length : 1;

const unseen = (q: RequirementRecord): number => {
  const named = q.suppliers.filter((s) => !s.latent).reduce((sum, s) => sum + s.share, 0);
  return q.mode === 'ANY' && named < 1 - 1e-9 ? 1 - named : 0;
};

function isEmptyNow(
  records: EffectRecords,
  history: History,
  down: boolean[],
  r: number,
  day: number,
): boolean {
  const q = records.requirements[r];
  const serving = q.suppliers.filter(
    (s) => !down[s.component] && (!s.latent || isTrueThrough(history.want, r, day - s.switchDays, day)),
  ).length;
  return q.mode === 'ANY' ? serving === 0 && unseen(q) === 0 : serving < needed(q);
}

function requirementToday(
  records: EffectRecords,
  history: History,
  actions: readonly number[],
  down: boolean[],
  r: number,
  day: number,
): { want: boolean; empty: boolean; shortage: number; ours: number } {
  const q = records.requirements[r];
  const up = q.suppliers.filter((s) => !down[s.component]);
  const primary = up.filter((s) => !s.latent);
  const sum = (list: typeof up) => list.reduce((total, s) => total + s.share, 0);
  const want = q.mode === 'ANY' ? sum(primary) + unseen(q) < 1 - 1e-9 : primary.length < needed(q);
  const latent = up.filter(
    (s) => s.latent && want && isTrueThrough(history.want, r, day - s.switchDays, day),
  );
  const serving = [...primary, ...latent];
  const total = sum(serving) + unseen(q);
  const supply = q.mode === 'ANY' ? Math.min(1, total) : serving.length >= needed(q) ? 1 : 0;
  const watch = (c: number): number => {
    let best = 0;
    for (const a of actions) {
      for (const e of records.actions[a].effects) {
        if (e.kind !== 'INTERCEPT' || e.target !== c) continue;
        if (day >= e.startDay && day < e.startDay + e.holdDays) best = Math.max(best, e.strength);
      }
    }
    return best;
  };
  const seen = serving.reduce((all, s) => all + s.share * watch(s.component), 0);
  const strongest = serving.reduce((best, s) => Math.max(best, watch(s.component)), 0);
  return {
    want,
    empty: isEmptyNow(records, history, down, r, day),
    shortage: supply < 1 - 1e-9 ? 1 - supply : 0,
    ours: q.mode === 'ANY' ? seen / Math.max(1, total) : supply * strongest,
  };
}
