/** What the OASIS validator and the stix2 library make of a bundle. ATLAS_PEERS_PYTHON names a Python that has them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const peersPython = process.env.ATLAS_PEERS_PYTHON;

/** Codes of recommendations that this project goes beyond: ids made from what they stand for (103), own relationships (202). */
export const OWN_WAYS: readonly string[] = ['103', '202'];

/** Describes tests with the peers; where the environment names none, one test says that they were not run. */
export function describePeers(title: string, suite: () => void): void {
  if (peersPython) describe(title, suite);
  else
    describe(`${title}: NOT RUN, ATLAS_PEERS_PYTHON names no Python`, () => {
      it('runs when it names one with stix2, stix2-validator and taxii2-client', () =>
        expect(peersPython ?? '').toBe(''));
    });
}

export interface Reading {
  readonly objects: number;
  readonly parsed: number;
  readonly faults: readonly string[];
  readonly warnings: Readonly<Record<string, string>>;
}

/** What the peers say of a bundle. The validator looks at about so many objects, some of every kind. */
export function readByPeers(text: string, limit: number): Reading {
  const folder = mkdtempSync(join(tmpdir(), 'atlas-peers-'));
  try {
    const path = join(folder, 'bundle.json');
    writeFileSync(path, text);
    const { stdout, stderr, status } = spawnSync(
      peersPython!,
      [join(__dirname, 'stix-peers.py'), path, String(limit)],
      {
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as Reading;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
