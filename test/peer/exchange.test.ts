/**
 * What others make of the exports: the OASIS validator and the stix2 library. ATLAS_PEERS_PYTHON names a Python that has the
 * packages stix2 and stix2-validator.
 */
import { bytesSource } from '../../src/ingest/byte-source';
import type { Services } from '../../src/service/services';
import { type EmbeddedServices, openEmbeddedServices } from '../support/embedded-services';
import { exported } from '../support/graph-state';
import { describePeers, OWN_WAYS, readByPeers } from '../support/stix-peers';

const MIXED = {
  type: 'bundle',
  id: 'bundle--0f5a3c2e-1111-4111-8111-111111111111',
  objects: [
    { type: 'malware', id: 'malware--0f5a3c2e-2222-4222-8222-222222222222', name: 'M', labels: ['trojan'] },
    { type: 'indicator', id: 'indicator--0f5a3c2e-3333-4333-8333-333333333333' },
    { type: 'report', id: 'report--0f5a3c2e-4444-4444-8444-444444444444', aliases: [] },
    { type: 'x-foreign', id: 'x-foreign--0f5a3c2e-5555-4555-8555-555555555555', x_own: { a: [1] } },
  ],
};

describePeers('STIX exports, read by stix2 and stix2-validator', () => {
  let store: EmbeddedServices;
  let services: Services;
  beforeEach(async () => {
    store = await openEmbeddedServices();
    ({ services } = store);
  });
  afterEach(() => store.close());

  it('of the seeds are valid, and strictly so but for ways of our own', async () => {
    await services.seeds.load();
    const reading = readByPeers(await exported(services, { format: 'stix' }), 1500);
    expect(reading).toMatchObject({ faults: [], parsed: reading.objects });
    expect(reading.objects).toBeGreaterThan(2500);
    expect(Object.keys(reading.warnings).filter((code) => !OWN_WAYS.includes(code))).toEqual([]);
  }, 120_000);

  it('of objects that came without what STIX 2.1 demands are valid', async () => {
    await services.importing.import([bytesSource(JSON.stringify(MIXED), 'mixed')], { actor: 'test' });
    const reading = readByPeers(await exported(services, { format: 'stix' }), 1000);
    expect(reading).toMatchObject({ faults: [], parsed: reading.objects });
  }, 60_000);
});
