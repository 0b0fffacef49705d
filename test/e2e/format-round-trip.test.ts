/** Every format on every engine: imported, exported and imported elsewhere, it is the same graph, and nothing that stayed is changed. */
import { createServices } from '../../src/compose';
import { bytesSource } from '../../src/ingest/byte-source';
import type { Services } from '../../src/service/services';
import { describeContract } from '../support/contract';
import { FORMAT_FILES } from '../support/format-files';
import { exported, graphState } from '../support/graph-state';
import { openMemoryAtlas } from '../support/memory-atlas';

describeContract('round trip of every format', (contract) => {
  let atlas: Services;
  beforeAll(() => {
    atlas = createServices(contract().store.engine);
  });

  it('gives the same graph in an empty store, and changes nothing where it came from', async () => {
    const sources = FORMAT_FILES.map(([name, , , content]) =>
      bytesSource(
        typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content),
        name,
      ),
    );
    const { files } = await atlas.importing.import(sources, { actor: 'test' });
    expect(files.map(({ format, read, rejected }) => [format, read, rejected])).toEqual(
      FORMAT_FILES.map(([, format, read]) => [format, read, 0]),
    );
    const text = await exported(atlas, { format: 'stix' });
    const copy = await openMemoryAtlas();
    try {
      const [into] = (await copy.importing([text])).files;
      expect(into).toMatchObject({ updated: 0, unchanged: 0, rejected: 0 });
      const ignored = new Set([into.report!]);
      const here = await graphState(atlas, ignored);
      expect(await graphState(copy.services, ignored)).toEqual(here);
      contract().show(here.nodes, here.relationships, here.claims);
      const again = await atlas.importing.import([bytesSource(text, 'export')], { actor: 'test' });
      expect(again.totals).toMatchObject({ unchanged: into.read, created: 0, updated: 0, rejected: 0 });
    } finally {
      await copy.engine.close();
    }
  }, 60_000);
});
