/**
 * Writes of those who do not see everything. To them the graph is what they see: an id that something hidden bears is free,
 * and what they write under it becomes an object of its own (docs/decisions/0012). What they do not see of what they
 * change stays as it is.
 */

import { AppError } from '../errors';
import type { Batch, NodeValue } from '../model/values';
import { findLatestSeq } from '../store/change.store';
import type { GraphView } from './graph-view';
import type { ViewService } from './view.service';
import type { ViewContent } from './view-content';
import { type Translation, translate } from './visible-batch';
import type { ItemReport, WriteIntent, WriteReport, WriteService } from './write.service';
import { type PreparedBatch, prepareBatch } from './write-plan';

/** What writes batches for one viewer. */
export interface BatchWriter {
  /** Does for a batch what needs no store, so that it can be done while another batch is being written. */
  prepare(batch: Batch): PreparedBatch;
  write(batch: Batch | PreparedBatch, intent: WriteIntent): Promise<WriteReport>;
  /** Nodes as the viewer sees them, by id; one that nobody has described has no entry. */
  current(ids: readonly string[]): Promise<Map<string, NodeValue>>;
  checkpoint(): Promise<void>;
}

/** How often a batch is translated again because somebody wrote meanwhile. */
const MAX_TRIES = 8;

/** The graph has moved on since the batch was translated. */
class Outdated extends Error {}

export class VisibleWriteService {
  constructor(
    private readonly writes: WriteService,
    private readonly views: ViewService,
    private readonly content: ViewContent,
  ) {}

  /** What writes for the viewer of a view. */
  for(view: GraphView): BatchWriter {
    if (view.seesAll) return this.writes;
    const { writes, content } = this;
    return {
      prepare: prepareBatch,
      write: (batch, intent) => this.write(view, 'given' in batch ? batch.given : batch, intent),
      current: async (ids) => {
        const found = await content.nodes(view, ids);
        return new Map([...found].filter(([, node]) => !node.isStub));
      },
      checkpoint: () => writes.checkpoint(),
    };
  }

  /** Makes what was written durable against power loss where the engine does that in groups. */
  checkpoint(): Promise<void> {
    return this.writes.checkpoint();
  }

  private async write({ viewer }: GraphView, batch: Batch, intent: WriteIntent): Promise<WriteReport> {
    for (let tries = 1; ; tries++) {
      const view = await this.views.view({ viewer });
      try {
        return await this.writeIn(view, batch, intent);
      } catch (error) {
        if (!(error instanceof Outdated)) throw error;
        if (tries >= MAX_TRIES) throw new AppError('STORE_CONFLICT', { tries });
      }
    }
  }

  private async writeIn(view: GraphView, batch: Batch, intent: WriteIntent): Promise<WriteReport> {
    const translation = await translate(view, batch, this.content);
    const prepared = prepareBatch(translation.batch, intent, batch);
    const { items } = await this.writes.write(
      {
        ...prepared,
        standsFor: translation.standsFor,
        nodeProblems: new Map([...prepared.nodeProblems, ...translation.nodeProblems]),
        relationshipProblems: new Map([
          ...prepared.relationshipProblems,
          ...translation.relationshipProblems,
        ]),
      },
      {
        ...intent,
        basis: undefined,
        reportId: intent.reportId && (translation.storeIds.get(intent.reportId) ?? intent.reportId),
        check: async (reader, found) => {
          if (!intent.isDryRun && (await findLatestSeq(reader)) > view.base.seq) throw new Outdated();
          await intent.check?.(reader, named(found, batch, translation));
        },
      },
    );
    // The number of the change would tell how much others wrote.
    return { items: named(items, batch, translation) };
  }
}

/** Reports under the ids that the writer gave. */
function named(items: readonly ItemReport[], batch: Batch, { storeIds }: Translation): ItemReport[] {
  const given = [...batch.nodes, ...batch.relationships];
  const changed = [...storeIds].filter(([id, storeId]) => id !== storeId);
  return items.map((item, position) => {
    const { id } = given[position];
    if (!item.problem) return { ...item, id };
    const message = changed.reduce(
      (text, [own, storeId]) => text.replaceAll(storeId, own),
      item.problem.message,
    );
    return { ...item, id, problem: { ...item.problem, message } };
  });
}
