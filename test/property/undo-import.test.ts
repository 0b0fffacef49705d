/** Taking an import back gives the graph as it was before it, whatever the import said of what others say too. */
import fc from 'fast-check';
import { createServices } from '../../src/compose';
import { bytesSource } from '../../src/ingest/byte-source';
import type { Services } from '../../src/service/services';
import { findVersions } from '../../src/store/version.store';
import { at, fileArbitrary } from '../support/file-arbitrary';
import { graphState } from '../support/graph-state';
import { bundleOf, stixId } from '../support/memory-atlas';
import { describeStores } from '../support/stores';

describeStores('undoing an import', (store, name) => {
  const services = (): Services =>
    createServices(store().engine, { now: () => new Date('2026-01-01T00:00:00.000Z') });
  const importing = async (atlas: Services, content: object, options: object = {}): Promise<string> => {
    const source = bytesSource(JSON.stringify(content), 'file');
    const { files } = await atlas.importing.import([source], { actor: 'test', ...options });
    expect(files[0].error).toBeUndefined();
    return files[0].report as string;
  };
  const undoAll = async (atlas: Services, reports: readonly string[]) => {
    for (const report of reports) await atlas.undoing.undo(report, { actor: 'test' });
  };

  it('gives the graph that the other imports made', async () => {
    const atlas = services();
    await fc.assert(
      fc.asyncProperty(fileArbitrary, fileArbitrary, fc.boolean(), async (a, b, hasSource) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        const first = await importing(atlas, a);
        const before = await graphState(atlas);
        const second = await importing(atlas, b, hasSource ? { source: 'A source', reliability: 'B' } : {});
        const after = await graphState(atlas);
        const dry = await atlas.undoing.undo(second, { actor: 'test', isDryRun: true });
        expect(await graphState(atlas)).toEqual(after);
        const undone = await atlas.undoing.undo(second, { actor: 'test' });
        expect({ ...undone, isDryRun: true, seq: null }).toEqual(dry);
        expect(await graphState(atlas)).toEqual(before);
        // The store is as the change log says, not only as this process sees it.
        expect(await graphState(services())).toEqual(before);
        await undoAll(atlas, [first]);
        expect(await graphState(atlas)).toEqual({ nodes: [], relationships: [], claims: [] });
      }),
      { numRuns: name === 'embedded' ? 60 : 12, endOnFailure: true },
    );
  }, 240_000);

  it('keeps what others say or edited, and what it was stays on record', async () => {
    const atlas = services();
    const malware = {
      type: 'malware',
      spec_version: '2.1',
      id: stixId('malware', 1),
      created: at(1),
      modified: at(1),
      name: 'One',
    };
    const tool = { ...malware, type: 'tool', id: stixId('tool', 1), name: 'Edited' };
    const only = { ...malware, type: 'identity', id: stixId('identity', 1), name: 'Only here' };
    const report = await importing(atlas, bundleOf(malware, tool, only));
    const other = await importing(
      atlas,
      bundleOf(malware, { ...malware, id: stixId('malware', 2), name: 'Two' }),
    );
    await atlas.writes.write(
      {
        nodes: [{ id: tool.id, type: 'Tool', properties: { name: 'Edited by hand' } }],
        relationships: [],
        claims: [],
      },
      { kind: 'EDIT', actor: 'analyst' },
    );
    const undone = await atlas.undoing.undo(report, { actor: 'test' });
    expect(undone).toMatchObject({ deleted: 2, kept: 2, restored: 0, claims: 3 });
    const left = await atlas.nodes.find([malware.id, tool.id, only.id, report]);
    expect([...left.values()].map(({ properties }) => properties.name).sort()).toEqual([
      'Edited by hand',
      'One',
    ]);
    const [custody] = await findVersions(store().engine, [report]);
    expect(custody).toMatchObject({ type: 'Report', properties: { name: 'file', hash: expect.any(String) } });
    await expect(atlas.undoing.undo(report, { actor: 'test' })).rejects.toMatchObject({
      code: 'IMPORT_NOT_FOUND',
    });
    await undoAll(atlas, [other]);
  }, 60_000);
});
