/** Opens what answers a command: the services over the configured store, or the service at `--server`. */
import { compose } from '../compose';
import { readConfig, readToken } from '../config';
import { AppError } from '../errors';
import { LOCAL_VIEWER } from '../model/viewer';
import { scopeOf } from '../service/export-request';
import type { Services } from '../service/services';
import type { Answers, Opener } from './answers';
import { LocalChokepoints } from './local-chokepoints';
import { LocalIdentity } from './local-identity';
import { LocalPlanning } from './local-planning';
import { GraphqlClient } from './remote/graphql-client';
import { RemoteBackup } from './remote/remote-backup';
import { RemoteChokepoints } from './remote/remote-chokepoints';
import { RemoteExport } from './remote/remote-export';
import { RemoteExposure } from './remote/remote-exposure';
import { RemoteFeed } from './remote/remote-feed';
import { RemoteIdentity } from './remote/remote-identity';
import { RemoteImport } from './remote/remote-import';
import { RemotePlanning } from './remote/remote-planning';
import { RemoteUndo } from './remote/remote-undo';

/** @param server tells the address of the running service to ask, or undefined to open the store here */
export const openerOf =
  (server: () => string | undefined): Opener =>
  async (work, options) => {
    const url = server();
    if (url !== undefined) return work(answersOf(url));
    const { engine, services } = await compose(readConfig(process.env), options);
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
    planning: new LocalPlanning(services),
    exposures: { exposure: async (query, scope) => exposures.exposure(await views.whole(), query, scope) },
    exporting: {
      export: async (query) =>
        exporting.export(await views.view({ viewer: LOCAL_VIEWER, ...scopeOf(query) }), query),
    },
    identity: new LocalIdentity(services),
  };
}

function answersOf(url: string): Answers {
  const client = new GraphqlClient(url, readToken(process.env));
  const refuse = (command: string) => async () => {
    throw new AppError('NOT_OVER_SERVER', { command });
  };
  return {
    chokepoints: new RemoteChokepoints(client),
    exporting: new RemoteExport(url),
    exposures: new RemoteExposure(client),
    feeds: new RemoteFeed(client),
    identity: new RemoteIdentity(client),
    importing: new RemoteImport(client),
    planning: new RemotePlanning(client),
    seeds: { load: refuse('seed') },
    backups: new RemoteBackup(url),
    restores: { restore: refuse('restore') },
    undoing: new RemoteUndo(client),
  };
}
