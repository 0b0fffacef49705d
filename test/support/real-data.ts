/** Larger real data sets beside the project, in the folder that ATLAS_DATA names. */
import { join } from 'node:path';

const folder = process.env.ATLAS_DATA;

/** Path below the folder of the data. */
export const realData = (...path: readonly string[]): string => join(folder ?? '', ...path);

/** Describes tests over real data; where the environment names none, one test says that they were not run. */
export function describeReal(title: string, suite: () => void): void {
  if (folder) describe(title, suite);
  else
    describe(`${title}: NOT RUN, ATLAS_DATA names no folder`, () => {
      it('runs when ATLAS_DATA names the folder of the data', () => expect(folder ?? '').toBe(''));
    });
}
