/** Imports from a TAXII server through a running service: that service calls the server. */
import type { FeedImport, FeedReport } from '../../service/feed.service';
import type { ImportOptions } from '../../service/import.service';
import type { FeedAnswers } from '../answers';
import type { GraphqlClient } from './graphql-client';
import { FILE_FIELDS, fileOf, IDENTITY_FIELDS, type ServedImport } from './remote-import';

const IMPORT = `mutation ($input: ImportTaxiiInput!) { importTaxii(input: $input) {
  collection pages addedAfter isComplete result { totals { read created updated unchanged stubbed rejected } isDryRun seq seconds
    files { ${FILE_FIELDS} } ${IDENTITY_FIELDS} } } }`;

type Served = Pick<FeedReport, 'collection' | 'pages' | 'addedAfter' | 'isComplete'> & {
  readonly result: ServedImport & Pick<FeedReport, 'totals' | 'isDryRun'>;
};

export class RemoteFeed implements FeedAnswers {
  constructor(private readonly client: GraphqlClient) {}

  async import(request: FeedImport, options: ImportOptions): Promise<FeedReport> {
    const { isFromStart: fromStart, ...asked } = request;
    const { isDryRun: dryRun, source, reliability, confidence } = options;
    const linkIdentities = !options.isUnlinked;
    const input = { ...asked, fromStart, dryRun, linkIdentities, source, reliability, confidence };
    const { importTaxii } = await this.client.ask<{ importTaxii: Served }>(IMPORT, { input });
    const { result, ...feed } = importTaxii;
    return { ...feed, ...result, files: result.files.map(fileOf), isCancelled: false };
  }
}
