/** Opens what answers a command: the services over the configured store, or the service at `--server`. */
import { compose } from '../compose';
import { readConfig } from '../config';
import { AppError } from '../errors';
import { LOCAL_VIEWER } from '../model/viewer';
import { scopeOf } from '../service/export-request';
import type { Services } from '../service/services';
import type { Answers, Opener } from './answers';
import { LocalChokepoints } from './local-chokepoints';
import { LocalIdentity } from './local-identity';
import { GraphqlClient } from './remote/graphql-client';
import { RemoteChokepoints } from './remote/remote-chokepoints';
import { RemoteExport } from './remote/remote-export';
import { RemoteExposure } from './remote/remote-exposure';
import { RemoteFeed } from './remote/remote-feed';
import { RemoteIdentity } from './remote/remote-identity';
import { RemoteImport } from './remote/remote-import';
import { RemoteUndo } from './remote/remote-undo';

/** @param server tells the address of the running service to ask, or undefined to open the store here */
export const openerOf =
  (server: () => string | undefined): Opener =>
  async (work) => {
    const url = server();
    if (url !== undefined) return work(answersOf(url));
    const { engine, services } = await compose(readConfig(process.env));
    try {
      return await work(localAnswers(services));
    } finally {
      await engine.close();
    }
  };

function localAnswers(services: Services): Answers {
  const { exporting, exposures, views } = services;
  return {
    ...services,
    chokepoints: new LocalChokepoints(services),
    identity: new LocalIdentity(services),
    exposures: { exposure: async (query, scope) => exposures.exposure(await views.whole(), query, scope) },
    exporting: {
      export: async (query) =>
        exporting.export(await views.view({ viewer: LOCAL_VIEWER, ...scopeOf(query) }), query),
    },
  };
}

function answersOf(url: string): Answers {
  const client = new GraphqlClient(url);
  const refuse = async () => {
    throw new AppError('NOT_OVER_SERVER', { command: 'seed' });
  };
  return {
    chokepoints: new RemoteChokepoints(client),
    exporting: new RemoteExport(url),
    identity: new RemoteIdentity(client),
    exposures: new RemoteExposure(client),
    feeds: new RemoteFeed(client),
    importing: new RemoteImport(client),
    undoing: new RemoteUndo(client),
    seeds: { load: refuse },
  };
}
