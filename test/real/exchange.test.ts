/** ATT&CK in and out again: what is handed on is what came, and others can read it. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { bytesSource } from '../../src/ingest/byte-source';
import type { StixObject } from '../../src/model/stix-extension';
import { fileSources } from '../../src/service/import.service';
import { type EmbeddedServices, openEmbeddedServices } from '../support/embedded-services';
import { exported, graphState } from '../support/graph-state';
import { describeReal, realData } from '../support/real-data';
import { peersPython, readByPeers } from '../support/stix-peers';

// The folder is the one that ATLAS_DATA names.
const FILE = realData('attack-enterprise', 'enterprise-attack-18.1.stix21.json.gz');

const sorted = (object: StixObject): StixObject =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));

const originalOf = (path: string): readonly StixObject[] =>
  (JSON.parse(gunzipSync(readFileSync(path)).toString('utf8')) as { objects: StixObject[] }).objects;

describeReal('ATT&CK', () => {
  let store: EmbeddedServices;
  beforeAll(async () => {
    store = await openEmbeddedServices();
    await store.services.importing.import(fileSources([FILE]), { actor: 'test' });
  }, 120_000);
  afterAll(() => store.close());

  it('goes out as it came in, object for object', async () => {
    const text = await exported(store.services, { format: 'stix', hasNoClaims: true });
    const written = new Map(
      (JSON.parse(text) as { objects: StixObject[] }).objects.map((object) => [object.id, object]),
    );
    const original = originalOf(FILE);
    expect(original).toHaveLength(24_771);
    for (const object of original) expect(sorted(written.get(object.id) ?? {})).toEqual(sorted(object));
    if (!peersPython) return;
    const reading = readByPeers(text, 2000);
    expect(reading).toMatchObject({ faults: [], parsed: reading.objects });
  }, 400_000);

  it('comes back from an export as the same graph, claims included', async () => {
    const text = await exported(store.services, { format: 'stix' });
    const { vertices, edges } = await store.services.projections.current();
    const read = vertices.ids.length + edges.ids.length;
    const copy = await openEmbeddedServices();
    try {
      const into = await copy.services.importing.import([bytesSource(text, 'export')], { actor: 'test' });
      const [first] = into.files;
      expect(first).toMatchObject({ read, created: read, rejected: 0, stubbed: 0 });
      const again = await store.services.importing.import([bytesSource(text, 'export')], { actor: 'test' });
      expect(again.totals).toMatchObject({ read, unchanged: read });
      const ignored = new Set([first.report!]);
      expect(await graphState(copy.services, ignored)).toEqual(await graphState(store.services, ignored));
    } finally {
      await copy.close();
    }
  }, 400_000);
});
