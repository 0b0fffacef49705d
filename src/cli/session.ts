/** Opens the services for one command, and closes the store whatever happens. */
import { type Composed, compose } from '../compose';
import { readConfig } from '../config';

export type Opener = <T>(work: (composed: Composed) => Promise<T>) => Promise<T>;

export const withServices: Opener = async (work) => {
  const composed = await compose(readConfig(process.env));
  try {
    return await work(composed);
  } finally {
    await composed.engine.close();
  }
};
