/** The version that the package states of itself. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const packageVersion = (): string =>
  (JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8')) as { version: string })
    .version;
