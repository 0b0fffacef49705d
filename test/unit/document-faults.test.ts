import { type MemoryAtlas, openMemoryAtlas } from '../support/memory-atlas';

/** Anchors that double ten at a time: a thousand million values in a few lines. */
const LAUGHS = [
  'l0: &l0 ha',
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `l${i}: &l${i} [${`*l${i - 1}, `.repeat(10)}]`),
];

describe('documents that are not what their format prescribes', () => {
  let atlas: MemoryAtlas;
  beforeAll(async () => {
    atlas = await openMemoryAtlas();
  });
  afterAll(() => atlas.engine.close());

  it.each([
    ['INVALID_YAML', 'YAML that does not close what it opens', 'auto', 'creator: x\ntags: [a, b\n'],
    ['INVALID_YAML', 'YAML that expands without end', 'graphsense', `${LAUGHS.join('\n')}\n`],
    ['UNEXPECTED_CONTENT', 'a bill of materials that is a list', 'cyclonedx', '[{"bomFormat": "CycloneDX"}]'],
    ['UNEXPECTED_CONTENT', 'an advisory that is a list', 'csaf', '[]'],
  ])('%s: %s', async (code, _case, format, content) => {
    const before = await atlas.state();
    const report = await atlas.importOne(content, { format });
    expect(report.error?.code).toBe(code);
    expect(report.error?.message).not.toMatch(/\n\s+at /);
    expect(await atlas.state()).toEqual(before);
  });
});
