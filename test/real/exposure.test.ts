/** Exposure over published SBOMs, VEX statements, advisories and the CISA catalogue. The folder is the one that ATLAS_DATA names. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { fileSources } from '../../src/service/import.service';
import { type EmbeddedServices, openEmbeddedServices } from '../support/embedded-services';
import { describeReal, realData } from '../support/real-data';

const jsonBelow = (folder: string): string[] =>
  readdirSync(realData(folder), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(realData(folder), name));

describeReal('exposure of what is published', () => {
  let store: EmbeddedServices;
  beforeAll(async () => {
    store = await openEmbeddedServices();
    const files = ['cyclonedx-examples', 'csaf-examples', 'openvex-example'].flatMap(jsonBelow);
    const catalogue = realData('cisa-kev', 'known_exploited_vulnerabilities.json.gz');
    await store.services.importing.import(fileSources([...files, catalogue]), { actor: 'test' });
  }, 300_000);
  afterAll(() => store.close());

  it('finds each stated pair, closes what is stated to be fixed, and knows what CISA lists', async () => {
    const { exposures, views } = store.services;
    const view = await views.whole();
    const { ids } = view.projection.vertices;
    const software = ids.filter((id) => id.startsWith('software--'));
    const report = await exposures.exposure(view, { ids: software });
    expect(report.softwareCount).toBe(software.length);
    expect(report.exposures).toHaveLength(report.openCount + report.closedCount);
    expect(report.closedCount).toBeGreaterThan(0);
    for (const { isOpen, status } of report.exposures) {
      expect(isOpen).toBe(status !== 'FIXED' && status !== 'NOT_AFFECTED');
    }
    const listed = new Set(
      (
        JSON.parse(
          gunzipSync(
            readFileSync(realData('cisa-kev', 'known_exploited_vulnerabilities.json.gz')),
          ).toString(),
        ) as { vulnerabilities: { cveID: string }[] }
      ).vulnerabilities.map(({ cveID }) => cveID),
    );
    for (const { cve, isKnownExploited } of report.exposures) {
      expect(isKnownExploited).toBe(cve !== null && listed.has(cve));
    }
    const fixed = await exposures.exposure(view, { names: ['pkg:apk/wolfi/git@2.39.0-r1?arch=armv7'] });
    expect(fixed).toMatchObject({
      openCount: 0,
      closedCount: 1,
      exposures: [{ cve: 'CVE-2023-12345', status: 'FIXED' }],
    });
  }, 120_000);
});
