/** Who is who: proposals for a person to judge, the judgements, and the groups that they make. */
import { compareIds, type Projection, vertexOf } from '../../analysis';
import { AppError } from '../../errors';
import { findLatestSeq } from '../../store/change.store';
import type { GraphView } from '../graph-view';
import type { ViewContent } from '../view-content';
import type { VisibleWriteService } from '../visible-write.service';
import type { ItemReport, WriteReport } from '../write.service';
import { type IdentityProposal, proposalsOf } from './identity-proposal';
import { ACTOR_TYPES, IDENTITY_CLASSES, identityViews, type LoadContent } from './identity-view';
import { representativeOf } from './joined-projection';
import { type JudgedPair, judgementGraph } from './judgement-graph';
import {
  type GivenJudgement,
  keyOfJudged,
  type PlannedJudgement,
  planJudgements,
  withdrawnValue,
} from './judgement-plan';

/** Judgements that one call may make. */
export const MAX_JUDGEMENTS = 500;
/** How often a plan is made again because somebody wrote meanwhile. */
const MAX_TRIES = 8;

export interface JudgeOptions {
  readonly actor: string;
  readonly isDryRun: boolean;
}

/** What became of one judgement. */
export interface JudgementReport {
  readonly id: string | null;
  readonly nodeIds: readonly string[];
  readonly status: ItemReport['status'];
  readonly error?: AppError;
}

export interface JudgementsReport {
  readonly items: readonly JudgementReport[];
  readonly seq?: number;
}

/** Nodes that are judged to be one. */
export interface IdentityGroup {
  /** Node that stands for all: a threat actor before views, then the one with the most relations, ties by id. */
  readonly representativeId: string;
  readonly memberIds: readonly string[];
  /** Judgements in force with a member at either end. */
  readonly judgements: readonly JudgedPair[];
  /** Judgements that contradict the group: while there are any, its members are not read as one. */
  readonly contradictions: readonly { readonly id: string; readonly chain: readonly string[] }[];
}

/** Gives the graph as the caller sees it now. */
export type See = () => Promise<GraphView>;

class Outdated extends Error {}

export class IdentityService {
  private readonly proposed = new WeakMap<Projection, Map<string, Promise<readonly IdentityProposal[]>>>();

  constructor(
    private readonly writes: VisibleWriteService,
    private readonly content: ViewContent,
    private readonly now: () => Date,
  ) {}

  /** Every pair of nodes of some types that somebody should judge, best first; of actors if no types are given. */
  async proposals(
    projection: Projection,
    load: LoadContent,
    types: readonly string[] = ACTOR_TYPES,
  ): Promise<readonly IdentityProposal[]> {
    const classes = IDENTITY_CLASSES.filter((each) => each.some((type) => types.includes(type)));
    const lists = await Promise.all(classes.map((each) => this.proposalsOf(projection, load, each)));
    const wanted = lists.flat().filter((each) => each.types.some((type) => types.includes(type)));
    return classes.length > 1 ? wanted.sort((a, b) => b.score - a.score || compareIds(a.id, b.id)) : wanted;
  }

  private proposalsOf(
    projection: Projection,
    load: LoadContent,
    types: readonly string[],
  ): Promise<readonly IdentityProposal[]> {
    let byClass = this.proposed.get(projection);
    if (byClass === undefined) {
      byClass = new Map();
      this.proposed.set(projection, byClass);
    }
    const key = types.join();
    let known = byClass.get(key);
    if (known === undefined) {
      known = identityViews(projection, types, load).then((views) => proposalsOf(projection, views));
      known.catch(() => byClass.delete(key));
      byClass.set(key, known);
    }
    return known;
  }

  /** The group of a node, which may be the node alone; undefined where there is no such node. */
  group(projection: Projection, id: string): IdentityGroup | undefined {
    const vertex = vertexOf(projection, id);
    if (vertex < 0) return undefined;
    const graph = judgementGraph(projection);
    const members = graph.groups.membersOf(vertex);
    const inGroup = new Set(members);
    const { ids } = projection.vertices;
    return {
      representativeId: ids[representativeOf(projection, members)],
      memberIds: members.map((member) => ids[member]),
      judgements: [...graph.inForce.values()]
        .flat()
        .filter(({ from, to }) => inGroup.has(from) || inGroup.has(to)),
      contradictions: graph.contradictions
        .filter(({ judged }) => inGroup.has(judged.from))
        .map(({ judged, chain }) => ({ id: judged.id, chain: chain.map((each) => ids[each]) })),
    };
  }

  /**
   * Judges pairs, one after the other in one change. A pair that is judged already is judged anew; what was said of it before
   * is kept as withdrawn.
   *
   * @throws AppError BAD_INPUT for too many; what is wrong with one pair is said of that pair
   */
  async judge(given: readonly GivenJudgement[], options: JudgeOptions, see: See): Promise<JudgementsReport> {
    refuseTooMany(given.length);
    return this.withCurrent(see, async (view) => {
      const { projection } = view;
      const author = { by: options.actor, at: this.now().toISOString() };
      const { outcomes, yielding } = planJudgements(projection, given, author);
      const planned = outcomes.filter((each): each is PlannedJudgement => 'value' in each);
      const values = new Map<string, PlannedJudgement['value']>();
      const replaced = planned.flatMap((each) => each.replaced);
      const withdrawal = { by: options.actor, reason: 'judged anew', isByRule: false };
      for (const value of await this.valuesOf(view, replaced))
        values.set(value.id, withdrawnValue(value, withdrawal));
      const yielded = { by: options.actor, reason: 'gives way to a judgement of a person', isByRule: true };
      for (const value of await this.valuesOf(view, yielding))
        values.set(value.id, withdrawnValue(value, yielded));
      const kept = await this.unchangedAmong(view, planned);
      for (const { value } of planned) values.set(value.id, kept.get(value.id) ?? value);
      const written = await this.write([...values.values()], options, view);
      const status = new Map(written.items.map((item) => [item.id, item.status]));
      const items = outcomes.map((each): JudgementReport => {
        const nodeIds = [each.given.a, each.given.b];
        if ('error' in each) return { id: null, nodeIds, status: 'rejected', error: each.error };
        return { id: each.value.id, nodeIds, status: status.get(each.value.id) ?? 'unchanged' };
      });
      return { items, seq: written.seq };
    });
  }

  /** Takes judgements back: they are kept with what they said, and are in force no longer. */
  async withdraw(
    ids: readonly string[],
    reason: string,
    options: JudgeOptions,
    see: See,
  ): Promise<JudgementsReport> {
    refuseTooMany(ids.length);
    if (reason.trim() === '')
      throw new AppError('BAD_INPUT', { what: 'reason', expected: 'words', got: '""' });
    return this.withCurrent(see, async (view) => {
      const { projection } = view;
      const inForce = new Map(
        [...judgementGraph(projection).inForce.values()].flat().map((judged) => [judged.id, judged]),
      );
      const found = [...new Set(ids)].flatMap((id) => inForce.get(id) ?? []);
      const withdrawal = { by: options.actor, reason: reason.trim(), isByRule: false };
      const values = (await this.valuesOf(view, found)).map((value) => withdrawnValue(value, withdrawal));
      const written = await this.write(values, options, view);
      const status = new Map(written.items.map((item) => [item.id, item.status]));
      const items = ids.map((id): JudgementReport => {
        const judged = inForce.get(id);
        const nodeIds = judged ? [judged.from, judged.to].map((each) => projection.vertices.ids[each]) : [];
        if (judged) return { id, nodeIds, status: status.get(id) ?? 'unchanged' };
        return { id, nodeIds, status: 'rejected', error: new AppError('JUDGEMENT_NOT_FOUND', { id }) };
      });
      return { items, seq: written.seq };
    });
  }

  /** Runs work on the graph as it is, again when somebody writes between reading and writing. */
  private async withCurrent<T>(see: See, work: (view: GraphView) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await work(await see());
      } catch (error) {
        if (!(error instanceof Outdated)) throw error;
        if (tries >= MAX_TRIES) throw new AppError('STORE_CONFLICT', { tries });
      }
    }
  }

  private write(
    relationships: PlannedJudgement['value'][],
    { actor, isDryRun }: JudgeOptions,
    view: GraphView,
  ): Promise<WriteReport> {
    return this.writes.for(view).write(
      { nodes: [], relationships, claims: [] },
      {
        kind: 'JUDGE',
        actor,
        isDryRun,
        check: async (reader) => {
          if (!isDryRun && (await findLatestSeq(reader)) > view.base.seq) throw new Outdated();
        },
      },
    );
  }

  /** Judgements as they are stored. */
  private async valuesOf(view: GraphView, judged: readonly JudgedPair[]) {
    const keys = judged.map((each) => keyOfJudged(view.projection, each));
    const found = await this.content.relationships(view, keys);
    return [...found.values()];
  }

  /** Judgements that say what is in force already, by the same person for the same reason: they keep their time. */
  private async unchangedAmong(view: GraphView, planned: readonly PlannedJudgement[]) {
    const { projection } = view;
    const ids = new Set(planned.map(({ value }) => value.id));
    const inForce = [...judgementGraph(projection).inForce.values()].flat().filter(({ id }) => ids.has(id));
    const stored = new Map((await this.valuesOf(view, inForce)).map((value) => [value.id, value]));
    const same = planned.flatMap(({ value }) => {
      const known = stored.get(value.id);
      const isSame = ['judgement', 'judgedBy', 'reason', 'inferred'].every(
        (name) => known?.properties[name] === value.properties[name],
      );
      return known && isSame ? [known] : [];
    });
    return new Map(same.map((value) => [value.id, value]));
  }
}

function refuseTooMany(count: number): void {
  if (count >= 1 && count <= MAX_JUDGEMENTS) return;
  const expected = `1 to ${MAX_JUDGEMENTS} judgements`;
  throw new AppError('BAD_INPUT', { what: 'judgements', expected, got: `${count}` });
}
