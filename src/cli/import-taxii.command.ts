import type { Command } from 'commander';
import { readConfig } from '../config';
import type { Opener } from './answers';
import { addProvenanceOptions, type ProvenanceOptions, provenanceOf } from './import.options';
import { describeImport, showProgress, withCancellation } from './import-output';
import { printJson } from './output';

interface Options extends ProvenanceOptions {
  readonly collection: string;
  readonly fromStart?: boolean;
}

/** `atlas import taxii`; a file of that name is `./taxii`. */
export function registerImportTaxii(parent: Command, open: Opener): void {
  const command = parent
    .command('taxii')
    .description('import what a collection of a TAXII 2.1 server has got since the last time')
    .argument('<url>', 'address of an API root, or of a discovery endpoint')
    .requiredOption('--collection <id>', 'id, alias or title of the collection')
    .option('--from-start', 'read everything again');
  addProvenanceOptions(command).action(async (url: string) => {
    // Options that imports of files have too are taken by the command around this one.
    const options = command.optsWithGlobals<Options>();
    const { collection, fromStart: isFromStart } = options;
    const { authorization } = readConfig(process.env).taxii;
    const request = { url, collection, isFromStart, authorization: authorization || undefined };
    const report = await open((answers) =>
      withCancellation((signal) =>
        answers.feeds.import(request, provenanceOf(options), {
          signal,
          onProgress: process.stderr.isTTY ? showProgress : undefined,
        }),
      ),
    );
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    if (options.json) printJson(report);
    else {
      const end = report.isComplete ? 'to its end' : 'not to its end: run it again to go on';
      process.stdout.write(`${describeImport(report)}${report.collection}: ${report.pages} pages, ${end}\n`);
    }
    for (const { error } of report.files)
      if (error) process.stderr.write(`${error.code}: ${error.message}\n`);
    if (!report.isComplete) process.exitCode = 1;
  });
}
