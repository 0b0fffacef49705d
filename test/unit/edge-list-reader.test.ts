import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AppError } from '../../src/errors';
import { bytesSource } from '../../src/ingest/byte-source';
import { type EdgeList, readEdgeList } from '../../src/ingest/edge-list.reader';

const read = (content: string | Buffer): Promise<EdgeList> => readEdgeList(bytesSource(content, 'graph.txt'));

const pairsOf = ({ ids, sources, targets }: EdgeList): string[] =>
  Array.from(sources, (s, i) => `${ids[s]}-${ids[targets[i]]}`);

async function faultOf(content: string | Buffer): Promise<AppError> {
  try {
    await read(content);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('expected a fault');
}

describe('edge list reader', () => {
  it.each([
    ['spaces and tabs', '1 2\n2\t3\n'],
    ['commas', '1,2\n2 , 3'],
    ['Windows line ends and a byte order mark', '\ufeff1 2\r\n2 3\r\n'],
    ['comments and blank lines', '# nodes 3\n% x\n\n1 2 # first\n2 3 % second\n'],
    ['adjacency', '1: 2\n2: 3\n3:\n'],
    ['adjacency with commas', '1 : 2\n2: 3'],
    ['a count of the vertices', '3\n1 2\n2 3\n'],
  ])('reads %s', async (_, content) => {
    const list = await read(content);
    expect(list.ids).toEqual([1, 2, 3]);
    expect(pairsOf(list)).toEqual(['1-2', '2-3']);
  });

  it('inflates gzip', async () => {
    expect(pairsOf(await read(gzipSync('a b\n')))).toEqual(['a-b']);
  });

  it('numbers vertices by ascending id, whole numbers as numbers and anything else as text', async () => {
    expect((await read('10 9\n2 10')).ids).toEqual([2, 9, 10]);
    expect((await read('10 x\n2 10')).ids).toEqual(['10', '2', 'x']);
    expect((await read('007 1')).ids).toEqual(['007', '1']);
    expect((await read('#only\nhttp://a:80 b')).ids).toEqual(['b', 'http://a:80']);
  });

  it('adds the vertices that a count promises, from 0 or from 1', async () => {
    expect((await read('4\n0 2')).ids).toEqual([0, 1, 2, 3]);
    expect((await read('4\n1 4')).ids).toEqual([1, 2, 3, 4]);
    expect((await read('3\n')).ids).toEqual([0, 1, 2]);
    expect((await read('4\n10 20')).ids).toEqual([10, 20]);
  });

  it('keeps loops and repeated lines for the graph to define', async () => {
    expect(pairsOf(await read('1 1\n1 2\n2 1'))).toEqual(['1-1', '1-2', '2-1']);
  });

  it('is empty for a file of comments', async () => {
    expect((await read('# nothing\n')).ids).toEqual([]);
    expect((await read('')).ids).toEqual([]);
  });

  it.each([
    ['three ids', '1 2\n1 2 3\n', 2],
    ['one id', '1 2\n\n3\n', 3],
    ['an empty id', 'a,,b', 1],
    ['a trailing comma', 'a,', 1],
    ['a pair among adjacency lines', '0: 1\n1 2', 2],
    ['a NUL', '1 \u00002', 1],
    ['more vertices than the count', '2\n1 2\n2 3', 1],
    ['a count beyond reason', '99999999999\n1 2', 1],
  ])('names the line of %s', async (_, content, line) => {
    const fault = await faultOf(content);
    expect(fault.code).toBe('EDGE_LIST_LINE');
    expect(fault.data.line).toBe(line);
    expect(fault.message).toContain(`line ${line}`);
  });

  it('cuts long lines in messages', async () => {
    expect((await faultOf('x '.repeat(10_000))).message.length).toBeLessThan(300);
  });

  it('refuses what is not UTF-8 and what is not gzip', async () => {
    expect((await faultOf(Buffer.from([0x31, 0x20, 0xff, 0xfe, 0x0a]))).code).toBe('BAD_ENCODING');
    const broken = gzipSync('a b\n'.repeat(1000)).subarray(0, 30);
    expect((await faultOf(broken)).code).toBe('BAD_GZIP');
    await expect(
      readEdgeList(bytesSource('1 2\n', 'graph.txt'), { maxBytes: 3, maxRatio: 250 }),
    ).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });

  it('reads any bytes or refuses them with a code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
        try {
          const { ids, sources } = await read(Buffer.from(bytes));
          expect(sources.every((s) => s < ids.length)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });

  it('gives the same graph for the same pairs in every form', async () => {
    const pairs = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(pairs, async (list) => {
        const plain = await read(list.map(([s, t]) => `${s} ${t}`).join('\n'));
        expect(await read(list.map(([s, t]) => `${s},${t}`).join('\r\n'))).toEqual(plain);
        expect(await read(list.map(([s, t]) => `${s}: ${t}`).join('\n'))).toEqual(plain);
      }),
    );
  });
});
