/** Taking an import back, as somebody sees it who does not see all of it. */
import { bytesSource } from '../../src/ingest/byte-source';
import { LOCAL_VIEWER } from '../../src/model/viewer';
import { type AskedAtlas, openAskedAtlas, viewerOf } from '../support/asking';
import { bundleOf, stixId, stixObject } from '../support/memory-atlas';
import { claim, node } from '../support/values';

const UNDO = `mutation ($report: ID!, $dryRun: Boolean) { undoImport(report: $report, dryRun: $dryRun) {
  deleted restored stubbed kept claims seq } }`;
const RED = 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1';

describe('an import that is taken back', () => {
  let atlas: AskedAtlas;
  beforeEach(async () => {
    atlas = await openAskedAtlas();
  });
  afterEach(() => atlas.close());

  it('is counted as far as its reader sees it, and tells nothing of the rest', async () => {
    const bundle = bundleOf(
      stixObject('malware', 1, { is_family: true }),
      stixObject('malware', 2, { is_family: true, object_marking_refs: [RED] }),
      stixObject('malware', 3, { is_family: true }),
    );
    const { files } = await atlas.services.importing.import(
      [bytesSource(Buffer.from(JSON.stringify(bundle)), 'three.json')],
      { actor: 'local', viewer: LOCAL_VIEWER },
    );
    const report = files[0].report as string;
    // Somebody else says of the third what is for few.
    const other = node('Report', 'other');
    await atlas.services.writes.write(
      {
        nodes: [other],
        relationships: [],
        claims: [claim({ id: stixId('malware', 3) }, other.id, { markings: ['TLP:RED'] })],
      },
      { kind: 'TEST', actor: 'test' },
    );
    const asked = async (viewer: typeof LOCAL_VIEWER, dryRun: boolean) =>
      (await atlas.data<{ undoImport: Record<string, number | null> }>(viewer, UNDO, { report, dryRun }))
        .undoImport;
    const low = viewerOf('ann', { clearance: 'GREEN' });
    const all = await asked(LOCAL_VIEWER, true);
    expect(all).toMatchObject({ kept: 1, claims: 3, restored: 0 });
    const seen = await asked(low, true);
    expect(seen).toEqual({ ...all, kept: 0, claims: 2, seq: null });
    expect(await asked(low, false)).toEqual(seen);
    const left = await atlas.data<{ malware: { nodes: { id: string }[] } }>(
      low,
      '{ malware { nodes { id } } }',
    );
    expect(left.malware.nodes).toEqual([]);
    const rest = await atlas.data<{ malware: { nodes: { id: string }[] } }>(
      LOCAL_VIEWER,
      '{ malware { nodes { id } } }',
    );
    expect(rest.malware.nodes).toEqual([{ id: stixId('malware', 3) }]);
  });
});
