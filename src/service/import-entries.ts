/** Entries of a surveyed file in the order in which they are written. */
import type { WritableItem } from '../ingest/reader';
import type { Survey } from '../ingest/survey';
import type { Tally } from './import-report';

/** Entries to write, nodes before relationships; what is rejected or repeated in the file is counted on the way. */
export async function* entriesInOrder(survey: Survey, tally: Tally): AsyncGenerator<WritableItem> {
  const passes = survey.isOrdered ? [['node', 'relationship']] : [['node'], ['relationship']];
  for (const kinds of passes) {
    let entry = -1;
    for await (const items of survey.entries()) {
      for (const item of items) {
        entry++;
        if (item.kind === 'rejected' || item.kind === 'skipped') {
          if (kinds[0] !== 'node') continue;
          if (item.kind === 'rejected') tally.addRejected(item);
          else tally.note(item.code, item.message);
          continue;
        }
        if (!kinds.includes(item.kind)) continue;
        const table = item.kind === 'node' ? survey.nodes : survey.relationships;
        if (table.isLatest(item.value.id, entry)) {
          yield item.kind === 'node' || item.isSettled ? item : { ...item, value: survey.settle(item.value) };
        } else if (!item.implied) {
          tally.addRepeated(item.value.id, item.kind === 'node');
        }
      }
    }
  }
}
