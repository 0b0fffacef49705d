/** The services over a store, in memory if none is given: what a test imports into and looks at. */
import { createServices } from '../../src/compose';
import { bytesSource } from '../../src/ingest/byte-source';
import type { ImportHooks, ImportOptions } from '../../src/service/import.service';
import type { FileReport, ImportReport } from '../../src/service/import-report';
import type { Services } from '../../src/service/services';
import { listChanges } from '../../src/store/change.store';
import { EmbeddedEngine } from '../../src/store/embedded/engine';
import type { StoreEngine } from '../../src/store/engine';
import { migrate } from '../../src/store/migrate';
import { findNodes } from '../../src/store/node.store';

export interface MemoryAtlas {
  readonly engine: StoreEngine;
  readonly services: Services;
  /** Imports JSON values, texts or bytes as files named `0`, `1` .. */
  importing(
    contents: readonly (string | Buffer | object)[],
    options?: Partial<ImportOptions>,
    hooks?: ImportHooks,
  ): Promise<ImportReport>;
  /** Imports one, and returns what is said of it. */
  importOne(content: string | Buffer | object, options?: Partial<ImportOptions>): Promise<FileReport>;
  /** Everything in the graph but who changed it when: two stores with equal states hold the same. */
  state(): Promise<unknown>;
  changeCount(): Promise<number>;
}

export async function openMemoryAtlas(): Promise<MemoryAtlas> {
  const engine = EmbeddedEngine.open(undefined);
  await migrate(engine, () => new Date());
  return atlasOver(engine);
}

/** The same over a store that is migrated. */
export function atlasOver(engine: StoreEngine): MemoryAtlas {
  const services = createServices(engine);
  const importing: MemoryAtlas['importing'] = (contents, options, hooks) =>
    services.importing.import(
      contents.map((content, i) =>
        bytesSource(
          typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
          `${i}`,
        ),
      ),
      { actor: 'test', ...options },
      hooks,
    );
  return {
    engine,
    services,
    importing,
    importOne: async (content, options) => (await importing([content], options)).files[0],
    state: async () => {
      const projection = await services.projections.current();
      const nodes = await findNodes(engine, projection.vertices.ids);
      const edges = projection.edges.ids.map((id, edge) => [
        id,
        projection.vertices.ids[projection.from[edge]],
        projection.vertices.ids[projection.to[edge]],
      ]);
      const described = [...nodes.values()].map(({ id, type, properties, digest }) => ({
        id,
        type,
        properties,
        isDescribed: digest !== null,
      }));
      return { nodes: described.sort((a, b) => (a.id < b.id ? -1 : 1)), edges };
    },
    changeCount: async () => (await listChanges(engine, 0, 10_000)).length,
  };
}

/** A STIX 2.1 id of a type, the same for the same number. */
export const stixId = (type: string, number: number): string =>
  `${type}--00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** A STIX 2.1 object with what every object has. */
export const stixObject = (type: string, number: number, more: object = {}): Record<string, unknown> => ({
  type,
  spec_version: '2.1',
  id: stixId(type, number),
  created: '2024-01-01T00:00:00.000Z',
  modified: '2024-01-01T00:00:00.000Z',
  name: `${type} ${number}`,
  ...more,
});

export const stixRelationship = (
  number: number,
  type: string,
  from: string,
  to: string,
  more: object = {},
): Record<string, unknown> => ({
  type: 'relationship',
  spec_version: '2.1',
  id: stixId('relationship', number),
  created: '2024-01-01T00:00:00.000Z',
  modified: '2024-01-01T00:00:00.000Z',
  relationship_type: type,
  source_ref: from,
  target_ref: to,
  ...more,
});

export const bundleOf = (...objects: readonly unknown[]) => ({
  type: 'bundle',
  id: stixId('bundle', 1),
  objects,
});
