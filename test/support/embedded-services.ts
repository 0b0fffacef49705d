/** The whole service over an embedded store in memory: the real thing, thrown away after the test. */
import { createServices } from '../../src/compose';
import type { Services } from '../../src/service/services';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import { migrate } from '../../src/store/migrate';

export interface EmbeddedServices {
  readonly services: Services;
  readonly close: () => Promise<void>;
}

export async function openEmbeddedServices(): Promise<EmbeddedServices> {
  const engine = EmbeddedEngine.open(undefined);
  await migrate(engine, () => new Date());
  return { services: createServices(engine), close: () => engine.close() };
}
