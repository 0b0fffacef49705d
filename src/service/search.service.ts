/**
 * Search over names, aliases, identifiers and descriptions. Texts are kept in memory and brought up to date from the
 * changes; a match is scored by the match alone, so that a score tells nothing of other objects.
 */
import { AppError } from '../errors';
import { normalizeName } from '../model/text';
import { findLatestSeq, listChanges } from '../store/change.store';
import type { StoreEngine } from '../store/engine';
import { findNodes, listNodeTexts } from '../store/node.store';
import type { GraphView } from './graph-view';
import { readStates, stateAt } from './object-states';
import {
  givenTexts,
  type Match,
  matchOf,
  type NodeTexts,
  nameMatchOf,
  type SearchText,
  searchText,
  textsOf,
} from './search-match';

export interface SearchHit extends Match {
  readonly id: string;
}

const MAX_QUERY_LENGTH = 500;
const CHANGES_A_PAGE = 500;

export class SearchService {
  private readonly texts = new Map<string, NodeTexts>();
  private seq = -1;
  private refreshing: Promise<void> = Promise.resolve();

  constructor(private readonly engine: StoreEngine) {}

  /**
   * Nodes whose texts match, best first, ties by id.
   *
   * @throws AppError BAD_INPUT for a text that is empty or too long
   */
  async search(view: GraphView, query: string, isWanted: (id: string) => boolean): Promise<SearchHit[]> {
    const text = this.read(query);
    const corpus = await this.textsAt(view.base.seq);
    return hitsOf(view, corpus, isWanted, (texts) => matchOf(texts, text));
  }

  /** Nodes that a name may mean: those that bear it, as a name, alias or identifier. */
  async resolve(view: GraphView, name: string, isWanted: (id: string) => boolean): Promise<SearchHit[]> {
    const text = this.read(name);
    const corpus = await this.textsAt(view.base.seq);
    return hitsOf(view, corpus, isWanted, (texts) => nameMatchOf(texts, text));
  }

  private read(query: string): SearchText {
    const isUsable = query.length <= MAX_QUERY_LENGTH && (normalizeName(query) !== '' || query.trim() !== '');
    if (!isUsable) {
      const expected = `text of 1 to ${MAX_QUERY_LENGTH} characters`;
      throw new AppError('BAD_INPUT', { what: 'text', expected, got: `${query.trim().length} characters` });
    }
    return searchText(query);
  }

  /** Texts as they were known after a change: those of now, but for nodes that later changes wrote. */
  private async textsAt(seq: number): Promise<ReadonlyMap<string, NodeTexts>> {
    await this.refresh(seq);
    if (seq >= this.seq) return this.texts;
    const texts = new Map(this.texts);
    const later = new Set<string>();
    for (let after = seq; after < this.seq; ) {
      const changes = await listChanges(this.engine, after, CHANGES_A_PAGE);
      if (changes.length === 0) break;
      for (const change of changes) for (const id of change.nodeIds) later.add(id);
      after = changes[changes.length - 1].seq;
    }
    for (const [id, states] of await readStates(this.engine, [...later], [])) {
      // What nobody had described is found by its id; what was not there, the caller does not want.
      texts.set(id, textsOf(givenTexts(id, stateAt(states, seq)?.properties ?? {})));
    }
    return texts;
  }

  /** Brings the texts up to a change; callers queue, so that each change is read once. */
  private refresh(seq: number): Promise<void> {
    const turn = this.refreshing.then(() => this.advance(seq));
    this.refreshing = turn.catch(() => undefined);
    return turn;
  }

  private async advance(seq: number): Promise<void> {
    if (this.seq < 0) {
      const latest = await findLatestSeq(this.engine);
      for (const row of await listNodeTexts(this.engine))
        this.texts.set(row.id, textsOf(givenTexts(row.id, row)));
      this.seq = latest;
      return;
    }
    while (this.seq < seq) {
      const changes = await listChanges(this.engine, this.seq, CHANGES_A_PAGE);
      if (changes.length === 0) return;
      const ids = new Set(changes.flatMap((change) => [...change.nodeIds, ...change.deletedIds]));
      const nodes = await findNodes(this.engine, [...ids]);
      for (const id of ids) {
        const node = nodes.get(id);
        if (node) this.texts.set(id, textsOf(givenTexts(id, node.properties)));
        else this.texts.delete(id);
      }
      this.seq = changes[changes.length - 1].seq;
    }
  }
}

/** Nodes of a view that match by what the view shows of them. */
function hitsOf(
  view: GraphView,
  corpus: ReadonlyMap<string, NodeTexts>,
  isWanted: (id: string) => boolean,
  match: (texts: NodeTexts) => Match | undefined,
): SearchHit[] {
  const hits: SearchHit[] = [];
  for (const [id, texts] of corpus) {
    if (!isWanted(id)) continue;
    const found = match(texts) && matchIn(view, texts, match);
    if (found) hits.push({ id, ...found });
  }
  return hits.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

/** The match by those texts that a view shows, if there is one. */
function matchIn(
  view: GraphView,
  texts: NodeTexts,
  match: (texts: NodeTexts) => Match | undefined,
): Match | undefined {
  const shown = view.shown(texts.given);
  if (shown === undefined) return undefined;
  return match(shown === texts.given ? texts : textsOf(shown));
}
