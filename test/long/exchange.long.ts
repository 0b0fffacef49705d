/**
 * Whole exports of the seeds and of ATT&CK, every object read by stix2 and by the OASIS validator: minutes, where the gate looks at a sample.
 * `npx jest --testMatch '**\/exchange.long.ts'`; ATLAS_PEERS_PYTHON and ATLAS_DATA must name what CONTRIBUTING.md says.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fileSources } from '../../src/service/import.service';
import { openEmbeddedServices } from '../support/embedded-services';
import { exported } from '../support/graph-state';
import { describeReal, realData } from '../support/real-data';
import { describePeers, OWN_WAYS, readByPeers } from '../support/stix-peers';

const MINUTES = 60_000;

/** An address that is none was published as it is, and goes out as it came. */
function isOfSource(fault: string, originals: readonly string[]): boolean {
  const [, url] = /'([^']*)' is not a 'uri'/.exec(fault) ?? [];
  return url !== undefined && originals.some((text) => text.includes(JSON.stringify(url)));
}

describePeers('the whole export of the seeds', () => {
  it(
    'is valid, and strictly so but for ways of our own',
    async () => {
      const { services, close } = await openEmbeddedServices();
      try {
        await services.seeds.load();
        const reading = readByPeers(await exported(services, { format: 'stix' }), Number.MAX_SAFE_INTEGER);
        expect(reading).toMatchObject({ faults: [], parsed: reading.objects });
        expect(Object.keys(reading.warnings).filter((code) => !OWN_WAYS.includes(code))).toEqual([]);
      } finally {
        await close();
      }
    },
    10 * MINUTES,
  );
});

// The folder is the one that ATLAS_DATA names.
describeReal('whole exports', () => {
  describePeers('of ATT&CK', () => {
    it.each(['attack-pre', 'attack-mobile', 'attack-enterprise'])(
      '%s: no object is at fault',
      async (folder) => {
        const { services, close } = await openEmbeddedServices();
        try {
          const files = readdirSync(realData(folder)).filter((name) => /\.json\.gz$/.test(name));
          await services.importing.import(fileSources(files.map((name) => realData(folder, name))), {
            actor: 'test',
          });
          const originals = files.map((name) =>
            gunzipSync(readFileSync(realData(folder, name))).toString('utf8'),
          );
          const text = await exported(services, { format: 'stix', hasNoClaims: true });
          const reading = readByPeers(text, Number.MAX_SAFE_INTEGER);
          process.stdout.write(
            `${folder}: ${reading.objects} objects, strict: ${JSON.stringify(reading.warnings)}\n`,
          );
          expect(reading.parsed).toBe(reading.objects);
          expect(reading.faults.filter((fault) => !isOfSource(fault, originals))).toEqual([]);
        } finally {
          await close();
        }
      },
      30 * MINUTES,
    );
  });
});
