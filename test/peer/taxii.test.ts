/** The TAXII server as taxii2-client sees it. ATLAS_PEERS_PYTHON names a Python that has that package. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { useApi } from '../support/api-server';
import { bundleOf, stixId, stixObject } from '../support/memory-atlas';
import { describePeers, peersPython } from '../support/stix-peers';

interface Walk {
  readonly ids: readonly string[];
  readonly manifest: readonly string[];
  readonly pages: number;
  readonly [name: string]: unknown;
}

describePeers('The TAXII server, walked by taxii2-client', () => {
  const api = useApi();
  const importing = (...objects: object[]) =>
    api().data('mutation ($text: String!) { importBundle(input: { content: { text: $text } }) { seq } }', {
      text: JSON.stringify(bundleOf(...objects)),
    });

  it('is found, paged, listed and asked for what is new', async () => {
    const malware = Array.from({ length: 20 }, (_, number) =>
      stixObject('malware', number, { is_family: true }),
    );
    await importing(...malware);
    const headers = { accept: 'application/taxii+json;version=2.1' };
    const all = await fetch(`${api().url}/taxii2/atlas/collections/everything/objects/?limit=1000`, {
      headers,
    });
    const last = all.headers.get('x-taxii-date-added-last')!;
    await importing(stixObject('tool', 30), {
      ...malware[0],
      modified: '2024-05-05T00:00:00.000Z',
      name: 'new name',
    });
    const script = join(__dirname, '..', 'support', 'taxii-peer.py');
    const args = [script, `${api().url}/taxii2/`, stixId('malware', 0), last];
    const { stdout } = await promisify(execFile)(peersPython!, args);
    const walk = JSON.parse(stdout) as Walk;
    expect(walk).toMatchObject({
      title: 'Chokepoint Atlas',
      default: 'Chokepoint Atlas',
      can_read: true,
      largest: 7,
      one: 'new name',
      versions: ['2024-01-01T00:00:00.000Z', '2024-05-05T00:00:00.000Z'],
      typed: ['malware', 'tool'],
    });
    expect(walk.manifest).toEqual(walk.ids);
    expect(new Set(walk.ids).size).toBe(walk.ids.length);
    expect(walk.ids).toEqual(expect.arrayContaining([...malware.map(({ id }) => id), stixId('tool', 30)]));
    expect(walk.pages).toBe(Math.ceil(walk.ids.length / 7));
    expect(walk.later).toEqual(expect.arrayContaining([stixId('tool', 30), stixId('malware', 0)]));
    expect(walk.later).not.toContain(stixId('malware', 1));
  }, 60_000);
});
