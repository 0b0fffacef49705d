/**
 * Links views by the rule after an import. What the rule makes follows from the views alone, whatever the order in which they
 * came: a link that it would not make any more, since another view could be meant now, is taken back.
 */
import type { Projection } from '../../analysis';
import type { NodeValue, RelationshipValue } from '../../model/values';
import type { GraphView } from '../graph-view';
import type { NodeService } from '../node.service';
import { withValues } from '../projection-rows';
import type { ViewContent } from '../view-content';
import type { VisibleWriteService } from '../visible-write.service';
import { matchViews } from './identity-match';
import { type RuledMatch, type RuleName, reasonOf, ruleMatches } from './identity-rule';
import { ACTOR_TYPES, type IdentityView, identityViews, type LoadContent } from './identity-view';
import { type JudgedPair, type Judgement, judgementGraph, pairKey } from './judgement-graph';
import { judgementValue, keyOfJudged, withdrawnValue } from './judgement-plan';

/** Who judges where a rule does. */
export const RULE_AUTHOR = 'rule';

/** Pairs that a report shows of each kind. */
const EXAMPLES_SHOWN = 10;

/** One end of a pair, as a report shows it. */
export interface LinkedView {
  readonly id: string;
  readonly name: string;
  readonly reporter: string | null;
}

export interface LinkExample {
  readonly a: LinkedView;
  readonly b: LinkedView;
  readonly judgement: Judgement | null;
  readonly rule: RuleName | null;
  readonly reason: string;
}

/** What an import did to identity. */
export interface IdentityReport {
  /** Pairs that the rule joined now (SAME). */
  readonly linked: number;
  /** Pairs that the rule linked now without joining them (OVERLAP). */
  readonly overlapping: number;
  /** Links of the rule that stand as they were. */
  readonly unchanged: number;
  /** Links of the rule that it would not make any more and took back. */
  readonly withdrawn: number;
  /** Pairs with a view of the import that match by a name but are ambiguous, so that a person must judge them. */
  readonly ambiguous: number;
  /** Further pairs that a source links although no name says so: proposals too. */
  readonly proposed: number;
  readonly examples: readonly LinkExample[];
}

/** The actors of an import, and what is said of them being one. */
export interface TouchedActors {
  readonly nodes: ReadonlyMap<string, NodeValue>;
  readonly relationships: readonly RelationshipValue[];
}

export interface LinkOptions {
  readonly actor: string;
  readonly isDryRun: boolean;
}

interface LinkPlan {
  readonly created: readonly RuledMatch[];
  readonly unchanged: number;
  readonly outdated: readonly JudgedPair[];
  readonly open: readonly RuledMatch[];
}

export class IdentityLinking {
  constructor(
    private readonly writes: VisibleWriteService,
    private readonly nodes: NodeService,
    private readonly content: ViewContent,
    private readonly now: () => Date,
  ) {}

  /**
   * Links what an import has brought, or says what it would link. The rule looks at what the importer sees and at nothing
   * else, so that its answer tells nothing of the rest.
   */
  async linkAfterImport(
    view: GraphView,
    touched: TouchedActors,
    options: LinkOptions,
  ): Promise<{ readonly report: IdentityReport; readonly seq?: number }> {
    const { isDryRun } = options;
    const projection = isDryRun
      ? withValues(view.projection, [...touched.nodes.values()], touched.relationships)
      : view.projection;
    const stored = this.shownIn(view);
    const load = isDryRun ? withTouched(touched, stored) : stored;
    const views = await identityViews(projection, ACTOR_TYPES, load);
    const plan = planLinks(projection, views);
    const seq = isDryRun ? undefined : await this.write(view, views, plan, options);
    return { report: reportOf(views, plan, touched), seq };
  }

  /** Properties of nodes as a view shows them: to compare, so nobody reads them. */
  private shownIn(view: GraphView): LoadContent {
    return async (ids) => {
      const found = await this.nodes.find(ids.map((id) => view.storeId(id)));
      const shown = [...found.values()].flatMap((node) => view.shown(node) ?? []);
      return new Map(shown.map(({ id, properties }) => [id, properties]));
    };
  }

  private async write(
    view: GraphView,
    views: readonly IdentityView[],
    { created, outdated }: LinkPlan,
    { actor }: LinkOptions,
  ): Promise<number | undefined> {
    if (created.length + outdated.length === 0) return undefined;
    const judgedAt = this.now().toISOString();
    const made = created.map((ruled) =>
      judgementValue(
        {
          a: views[ruled.match.a].id,
          b: views[ruled.match.b].id,
          judgement: ruled.judgement as Judgement,
        },
        { judgedBy: RULE_AUTHOR, judgedAt, reason: reasonOf(ruled, views), inferred: true },
      ),
    );
    const ids = new Set(made.map((value) => value.id));
    const gone = outdated.filter(({ id }) => !ids.has(id));
    const keys = gone.map((judged) => keyOfJudged(view.projection, judged));
    const stored = await this.content.relationships(view, keys);
    const reason = 'the rule would not link them any more';
    const withdrawn = [...stored.values()].map((value) =>
      withdrawnValue(value, { by: RULE_AUTHOR, reason, isByRule: true }),
    );
    const batch = { nodes: [], relationships: [...made, ...withdrawn], claims: [] };
    return (await this.writes.for(view).write(batch, { kind: 'LINK', actor })).seq;
  }
}

/** Properties of what is about to be written, else those that are stored. */
function withTouched({ nodes }: TouchedActors, load: LoadContent): LoadContent {
  return async (ids) => {
    const stored = await load(ids.filter((id) => !nodes.has(id)));
    return new Map(ids.map((id) => [id, nodes.get(id)?.properties ?? stored.get(id) ?? {}]));
  };
}

/** What the rule makes of the views, against what it made before. */
function planLinks(projection: Projection, views: readonly IdentityView[]): LinkPlan {
  const graph = judgementGraph(projection);
  const ruled = ruleMatches(views, matchViews(projection, views).matches, graph);
  const automatic = new Map(
    [...graph.inForce]
      .map(([key, list]) => [key, list.find((judged) => judged.isAutomatic)] as const)
      .filter((entry): entry is readonly [string, JudgedPair] => entry[1] !== undefined),
  );
  const created: RuledMatch[] = [];
  let unchanged = 0;
  const standing = new Set<string>();
  for (const each of ruled) {
    if (each.judgement === undefined) continue;
    const key = pairKey(views[each.match.a].vertex, views[each.match.b].vertex);
    standing.add(key);
    if (automatic.get(key)?.judgement === each.judgement) unchanged++;
    else created.push(each);
  }
  const outdated = [...automatic].filter(([key]) => !standing.has(key)).map(([, judged]) => judged);
  const judged = new Set(
    [...graph.inForce].filter(([, list]) => list.some((each) => !each.isAutomatic)).map(([key]) => key),
  );
  const open = ruled.filter(({ match, judgement }) => {
    if (judgement === 'SAME' || judged.has(pairKey(views[match.a].vertex, views[match.b].vertex)))
      return false;
    return views[match.a].reporter !== views[match.b].reporter;
  });
  return { created, unchanged, outdated, open };
}

function reportOf(views: readonly IdentityView[], plan: LinkPlan, { nodes }: TouchedActors): IdentityReport {
  const isTouched = ({ match }: RuledMatch) => nodes.has(views[match.a].id) || nodes.has(views[match.b].id);
  const { created } = plan;
  const open = plan.open.filter(isTouched);
  const ambiguous = open.filter((each) => each.isAmbiguous);
  const proposed = open.filter((each) => !each.isAmbiguous);
  const joined = created.filter((each) => each.judgement === 'SAME');
  const overlapping = created.filter((each) => each.judgement === 'OVERLAP');
  return {
    linked: joined.length,
    overlapping: overlapping.length,
    unchanged: plan.unchanged,
    withdrawn: plan.outdated.length,
    ambiguous: ambiguous.length,
    proposed: proposed.length,
    examples: [joined, overlapping, ambiguous, proposed].flatMap((list) =>
      list.slice(0, EXAMPLES_SHOWN).map((each) => exampleOf(each, views)),
    ),
  };
}

function exampleOf(ruled: RuledMatch, views: readonly IdentityView[]): LinkExample {
  const { match, judgement, rule } = ruled;
  const shown = ({ id, names, reporterName }: IdentityView): LinkedView => ({
    id,
    name: names[0]?.text ?? id,
    reporter: reporterName ?? null,
  });
  return {
    a: shown(views[match.a]),
    b: shown(views[match.b]),
    judgement: judgement ?? null,
    rule: rule ?? null,
    reason: reasonOf(ruled, views),
  };
}
