/** Runs the service in this process until it is told to end. */
import { compose } from '../compose';
import type { Config } from '../config';
import { serve } from '../http/server';
import { createLog } from '../log';
import type { Services } from '../service/services';

/** Address that others reach the service at; port 0 is known only once it listens. */
const addressOf = ({ host, port }: Config): string | undefined =>
  port === 0 ? undefined : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/**
 * Serves the store that the configuration names; `prepare` runs before the first request. Resolves when the service has
 * ended after SIGINT or SIGTERM.
 */
export async function runService(
  config: Config,
  prepare: (services: Services) => Promise<void>,
): Promise<void> {
  const log = createLog(config.logLevel);
  const { engine, services } = await compose(config, addressOf(config));
  try {
    await prepare(services);
    const server = await serve(services, config, { log });
    process.stderr.write(`Chokepoint Atlas answers at ${server.url}/graphql\n`);
    const signal = await new Promise<string>((resolve) => {
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => resolve(name));
    });
    log.info({ signal }, 'ending');
    await server.close();
    await services.importRuns.close();
  } finally {
    await engine.close();
  }
}
