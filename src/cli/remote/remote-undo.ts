/** Takes back an import through a running service. */
import type { UndoOptions, UndoReport } from '../../service/undo-import.service';
import type { UndoAnswers } from '../answers';
import type { GraphqlClient } from './graphql-client';

const UNDO = `mutation ($report: ID!, $dryRun: Boolean) { undoImport(report: $report, dryRun: $dryRun) {
  report deleted restored stubbed kept claims seq isDryRun } }`;

export class RemoteUndo implements UndoAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async undo(report: string, { isDryRun: dryRun }: UndoOptions): Promise<UndoReport> {
    const { undoImport } = await this.client.ask<{ undoImport: UndoReport }>(UNDO, { report, dryRun });
    return undoImport;
  }
}
