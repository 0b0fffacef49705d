/** Shapes in which STIX is published. */
import { exported, graphState } from '../support/graph-state';
import { bundleOf, openMemoryAtlas, stixId, stixObject, stixRelationship } from '../support/memory-atlas';
import { describeShapes } from '../support/published-shapes';

describeShapes('STIX', (shapes) => {
  const objects = [
    stixObject('intrusion-set', 1),
    stixObject('malware', 2),
    stixRelationship(3, 'uses', stixId('intrusion-set', 1), stixId('malware', 2)),
  ];
  const lines = (values: readonly object[], end = '\n') =>
    values.map((each) => JSON.stringify(each)).join(end);

  it.each<[string, string | Buffer | object]>([
    ['objects, one a line', lines(objects)],
    ['objects, one a line as Windows ends them', lines(objects, '\r\n')],
    [
      'objects one after the other over many lines',
      objects.map((each) => JSON.stringify(each, null, 2)).join(''),
    ],
    ['bundles, one a line', lines([bundleOf(...objects.slice(0, 2)), bundleOf(objects[2])])],
    ['a list of bundles', [bundleOf(objects[0]), bundleOf(...objects.slice(1))]],
    ['bundles in bundles', bundleOf(objects[0], bundleOf(objects[1], bundleOf(objects[2])))],
    ['UTF-16 that bears no mark', Buffer.from(JSON.stringify(bundleOf(...objects)), 'utf16le')],
    ['UTF-16 of the other order', Buffer.from(JSON.stringify(bundleOf(...objects)), 'utf16le').swap16()],
  ])('as %s', async (_name, content) => {
    await shapes.expectRead(content, 3, 'stix');
    expect(await shapes.links()).toEqual(['intrusion-set 1 uses malware 2']);
  });

  it('refuses a line that is no JSON, and says where', async () => {
    const file = await shapes.atlas.importOne(`${lines(objects)}\n{"type":`);
    expect(file).toMatchObject({ read: 0, error: { code: 'TRUNCATED' } });
    expect(await shapes.atlas.importOne(`${lines(objects)}\n[1]`)).toMatchObject({
      error: { code: 'INVALID_JSON' },
    });
    expect(await shapes.atlas.changeCount()).toBe(0);
  });

  it('ties no technique to tactics that are told apart by nothing', async () => {
    const tactic = (number: number) => stixObject('x-mitre-tactic', number, { x_mitre_shortname: 'impact' });
    const technique = stixObject('attack-pattern', 1, {
      kill_chain_phases: [{ kill_chain_name: 'mitre-attack', phase_name: 'impact' }],
    });
    const file = (count: number) => [technique, ...Array.from({ length: count }, (_, i) => tactic(i))];
    await shapes.atlas.importOne(file(33));
    expect(await shapes.links()).toEqual([]);
    await shapes.atlas.importOne(file(2));
    expect(await shapes.links()).toHaveLength(2);
  });

  it('stops writing out flows where a file has more than anybody reads', async () => {
    const steps = Array.from({ length: 300 }, (_, i) => ({
      type: 'attack-action',
      id: `attack-action--${i}`,
      name: `step ${i}`,
      effect_refs: [`attack-action--${i + 1}`],
    }));
    const flows = Array.from({ length: 30 }, (_, i) => ({
      type: 'attack-flow',
      id: `attack-flow--${i}`,
      name: `flow ${i}`,
      start_refs: ['attack-action--0'],
    }));
    const { reasons } = await shapes.atlas.importOne([...flows, ...steps], { isDryRun: true });
    expect(reasons).toEqual([expect.objectContaining({ code: 'FLOW_TOO_BRANCHED', count: 2 })]);
  }, 30_000);

  it('rejects the line that is no object of STIX, and takes the others', async () => {
    const file = await shapes.atlas.importOne(lines([...objects, { type: 'malware' }]));
    expect(file).toMatchObject({ read: 4, created: 3, rejected: 1, reasons: [{ code: 'MISSING_ID' }] });
  });

  it('keeps in an export a relationship that another one refers to as if it were an object', async () => {
    const copy = await openMemoryAtlas();
    try {
      const uses = stixRelationship(1, 'uses', stixId('intrusion-set', 1), stixId('malware', 1));
      const about = stixRelationship(2, 'related-to', uses.id as string, stixId('malware', 1));
      await shapes.atlas.importOne(
        bundleOf(stixObject('intrusion-set', 1), stixObject('malware', 1), uses, about),
      );
      const { services } = shapes.atlas;
      const { report } = await copy.importOne(await exported(services, { format: 'stix' }));
      const ignored = new Set([report as string]);
      expect(await graphState(copy.services, ignored)).toEqual(await graphState(services, ignored));
    } finally {
      await copy.engine.close();
    }
  });
});
