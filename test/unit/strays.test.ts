/** What stands among the entries of a file and is none is counted and named; the entries beside it are read. */
import { type MemoryAtlas, openMemoryAtlas } from '../support/memory-atlas';

const uuid = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const event = (members: object) => ({ Event: { uuid: uuid(0), info: 'An event', ...members } });
const attribute = (n: number) => ({ uuid: uuid(n), type: 'domain', value: `host${n}.example` });
const csaf = (vulnerabilities: unknown) => ({
  document: {
    category: 'csaf_base',
    csaf_version: '2.0',
    title: 'T',
    publisher: { category: 'vendor', name: 'V', namespace: 'https://v.example' },
    tracking: { id: 'V-1', current_release_date: '2024-01-01T00:00:00Z', version: '1', status: 'final' },
  },
  vulnerabilities,
});
const bom = (members: object) => ({ bomFormat: 'CycloneDX', specVersion: '1.5', version: 1, ...members });

describe('what is no entry', () => {
  let atlas: MemoryAtlas;
  beforeEach(async () => {
    atlas = await openMemoryAtlas();
  });

  it.each<[string, object, number, number]>([
    [
      'an event of MISP',
      event({
        Attribute: [attribute(1), 'text', null],
        Object: [7, { uuid: uuid(2), name: 'o', Attribute: [attribute(3), []], ObjectReference: [false] }],
      }),
      4,
      5,
    ],
    [
      'an event whose empty lists are texts, where nothing is amiss',
      event({ Attribute: [attribute(1), 1], Object: '' }),
      2,
      1,
    ],
    ['a list that is no list', event({ Attribute: attribute(1) }), 1, 1],
    [
      'a galaxy of MISP',
      { name: 'G', type: 'g', uuid: uuid(4), values: [{ value: 'V', uuid: uuid(5), related: ['x'] }, 3] },
      1,
      2,
    ],
    [
      'a taxonomy of MISP',
      {
        namespace: 'n',
        version: 1,
        description: 'd',
        predicates: [{ value: 'p' }, 'q'],
        values: [{ predicate: 'p', entry: [{ value: 'e' }, null] }, 9],
      },
      2,
      3,
    ],
    [
      'a bill of materials',
      bom({
        components: [{ type: 'library', name: 'a', 'bom-ref': 'a', components: ['x'] }, null],
        services: [1],
        dependencies: ['a'],
        vulnerabilities: [{ id: 'CVE-2024-0001' }, 'CVE-2024-0002'],
      }),
      2,
      5,
    ],
    ['an advisory in CSAF', csaf([{ cve: 'CVE-2024-0001' }, 'CVE-2024-0002']), 1, 1],
  ])('is counted in %s', async (_, file, kept, rejected) => {
    const report = await atlas.importOne(file);
    expect(report).toMatchObject({ read: kept + rejected, created: kept, rejected });
    expect(report.reasons).toEqual([expect.objectContaining({ code: 'NOT_AN_OBJECT', count: rejected })]);
  });
});
