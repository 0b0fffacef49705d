/**
 * Requirement losses: the share of a requirement that is missing over time, as a profile of expressions.
 *
 * What: lack of supply from the covers of the suppliers, sustained for the days of grace, plus what is intercepted.
 * Formula: ANY: max(0, sum of share * down - slack), slack = unseen + shares of what may serve - 1; counted: at least
 *   n - needed + 1 of the n that may serve are down. A latent supplier may serve once its clock has certainly run.
 * Preconditions: covers of the same system.
 * Params: days; shares in 0..1.
 * Returns: profile of nodes (not yet times criticality), onsets of a loss, exactness. Never below the true loss.
 * Complexity: O(pieces * suppliers).
 * Exact unless a supplier's cover is not, a latent clock may start on more than one day, anything is intercepted, or a
 *   fractional lack with slack has grace.
 * Reference: docs/analysis/effect.md.
 * Example: two suppliers with share 1 under ANY: the AND of their covers.
 */
import type { EffectSystem } from '../effect/effect-system';
import { type CoverExpressions, FALSE } from './cover-expression';
import {
  type Cover,
  delayed,
  hasKnownClocks,
  isSwitchedIn,
  NO_COVER,
  onsetUnion,
  wantOnsets,
} from './down-cover';
import { breakpoints, nodeAt, profileOf, sustained, type TimeProfile } from './time-profile';

/** An INTERCEPT effect of an action that is in play. */
export interface Interception {
  readonly node: number;
  readonly strength: number;
  readonly start: number;
  readonly end: number;
}

const ROUNDING = 1e-9;

export function requirementLoss(
  system: EffectSystem,
  expressions: CoverExpressions,
  r: number,
  covers: readonly Cover[],
  interceptions: ReadonlyMap<number, readonly Interception[]>,
): Cover {
  const { suppliers, graceDays } = system.requirements[r];
  const served = suppliers.map((each) => covers[each.component]);
  const wants = wantOnsets(system, r, covers);
  const watched = suppliers.flatMap((each) => interceptions.get(each.component) ?? []);
  if (wants?.length === 0 && watched.length === 0) return NO_COVER;
  const lacks = lackProfile(system, expressions, r, served, wants);
  const lasting = sustained(expressions, lacks, graceDays, system.horizonDays);
  const shortOnsets = delayed(onsetUnion([wants, ...served.map((each) => each.onsets)]), graceDays);
  const isLoose = graceDays > 0 && lacks.node.some((each) => expressions.isLoose(each));
  return {
    profile:
      watched.length === 0 ? lasting : withInterception(system, expressions, r, lasting, interceptions),
    onsets: onsetUnion([shortOnsets, watched.map((each) => each.start)]),
    isExact:
      watched.length === 0 &&
      !isLoose &&
      hasKnownClocks(system, r, wants) &&
      served.every((each) => each.isExact),
  };
}

function lackProfile(
  system: EffectSystem,
  expressions: CoverExpressions,
  r: number,
  served: readonly Cover[],
  wants: readonly number[] | null,
): TimeProfile {
  const { suppliers } = system.requirements[r];
  const latent = suppliers.filter((each) => each.latent);
  const switches = latent.flatMap((s) => delayed(wants, s.switchDays) ?? []);
  const days = [...breakpoints(served.map((each) => each.profile)), ...switches];
  return profileOf(days, system.horizonDays, (day) => {
    const serving = suppliers.map((s, i) => ({ supplier: s, node: nodeAt(served[i].profile, day) }));
    const able = serving.filter(({ supplier: s }) => !s.latent || isSwitchedIn(wants, s.switchDays, day));
    const nodes = able.map((each) => each.node);
    if (system.isShared[r] === 0) {
      const spare = able.length - system.needed[r];
      return spare < 0 ? FALSE : expressions.atLeast(spare + 1, nodes);
    }
    const shares = able.map((each) => each.supplier.share);
    const total = shares.reduce((sum, each) => sum + each, system.unseenShare[r]);
    return expressions.lack(shares, nodes, Math.max(0, total - 1));
  });
}

/** Adds what interception may yield at most; the exact share depends on who else serves. */
function withInterception(
  system: EffectSystem,
  expressions: CoverExpressions,
  r: number,
  lacks: TimeProfile,
  interceptions: ReadonlyMap<number, readonly Interception[]>,
): TimeProfile {
  const { suppliers } = system.requirements[r];
  const watched = suppliers.flatMap((s) =>
    (interceptions.get(s.component) ?? []).map((each) => ({
      each,
      share: system.isShared[r] === 1 ? s.share : 1,
    })),
  );
  const days = [...lacks.at, ...watched.flatMap(({ each }) => [each.start, each.end])];
  return profileOf(days, system.horizonDays, (day) => {
    const now = watched.filter(({ each }) => each.start <= day + ROUNDING && each.end > day + ROUNDING);
    const lack = nodeAt(lacks, day);
    if (now.length === 0) return lack;
    const parts = [lack, ...now.map(({ each }) => each.node)];
    return expressions.lack(
      [1, ...now.map(({ each, share }) => Math.min(1, share) * each.strength)],
      parts,
      0,
    );
  });
}
