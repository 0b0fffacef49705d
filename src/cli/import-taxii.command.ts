import type { Command } from 'commander';
import { readConfig } from '../config';
import type { Opener } from './answers';
import { describeImport, showProgress, withCancellation } from './import-output';
import { printJson } from './output';
import { parseNumber } from './scope.options';

interface Options {
  readonly collection: string;
  readonly fromStart?: boolean;
  readonly dryRun?: boolean;
  readonly identity: boolean;
  readonly source?: string;
  readonly reliability?: string;
  readonly confidence?: number;
  readonly json?: boolean;
}

/** `atlas import taxii`; a file of that name is `./taxii`. */
export function registerImportTaxii(parent: Command, open: Opener): void {
  parent
    .command('taxii')
    .description('import what a collection of a TAXII 2.1 server has got since the last time')
    .argument('<url>', 'address of an API root, or of a discovery endpoint')
    .requiredOption('--collection <id>', 'id, alias or title of the collection')
    .option('--from-start', 'read everything again')
    .option('--dry-run', 'report what would happen, write nothing')
    .option('--no-identity', 'link no actors, also where two can only be one and the same')
    .option('--source <name>', 'who published the objects')
    .option('--reliability <grade>', 'reliability of the source, A to F (Admiralty code)')
    .option(
      '--confidence <n>',
      'confidence of what the source says, 0-100, where it does not say',
      parseNumber,
    )
    .option('--json', 'print JSON')
    .action(async (url: string, options: Options) => {
      const {
        collection,
        fromStart: isFromStart,
        dryRun: isDryRun,
        identity,
        source,
        reliability,
        confidence,
      } = options;
      const { authorization } = readConfig(process.env).taxii;
      const request = { url, collection, isFromStart, authorization: authorization || undefined };
      const described = { source, reliability, confidence };
      const report = await open((answers) =>
        withCancellation((signal) =>
          answers.feeds.import(
            request,
            { ...described, isDryRun, isUnlinked: !identity, actor: 'cli' },
            { signal, onProgress: process.stderr.isTTY ? showProgress : undefined },
          ),
        ),
      );
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      if (options.json) printJson(report);
      else {
        const end = report.isComplete ? 'to its end' : 'not to its end: run it again to go on';
        process.stdout.write(
          `${describeImport(report)}${report.collection}: ${report.pages} pages, ${end}\n`,
        );
      }
      for (const { error } of report.files)
        if (error) process.stderr.write(`${error.code}: ${error.message}\n`);
      if (!report.isComplete) process.exitCode = 1;
    });
}
