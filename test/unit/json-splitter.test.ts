import { AppError } from '../../src/errors';
import { DEFAULT_JSON_LIMITS, JsonSplitter } from '../../src/ingest/json-splitter';
import type { Json } from '../../src/model/values';

/** Splits text that arrives in chunks of some bytes. */
function split(text: string | Buffer, chunkBytes = 1e9, limits = DEFAULT_JSON_LIMITS) {
  const elements: [string, Json, number][] = [];
  const splitter = new JsonSplitter(
    'file',
    new Set(['objects']),
    (array, value, offset) => elements.push([array, value, offset]),
    limits,
  );
  const bytes = Buffer.from(text as string);
  for (let at = 0; at < bytes.length; at += chunkBytes) splitter.push(bytes.subarray(at, at + chunkBytes));
  return { elements, envelope: splitter.end() };
}

function codeOf(work: () => unknown): { code: string; offset: unknown } {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, offset: error.data.offset };
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('splitting JSON while it streams in', () => {
  const text = '{"type":"bundle", "objects" : [ {"a":"]}\\"é"} , 12, null,["x"],"s" ], "more":{"x":[1]}}';

  it.each([1, 2, 3, 7, 1e9])('hands out elements and keeps the rest, %d bytes at a time', (chunkBytes) => {
    const { elements, envelope } = split(text, chunkBytes);
    expect(elements.map(([, value]) => value)).toEqual([{ a: ']}"é' }, 12, null, ['x'], 's']);
    expect(elements[0][2]).toBe(32);
    expect(envelope).toEqual({ type: 'bundle', more: { x: [1] } });
  });

  it('takes a bare array and a bare object', () => {
    expect(split('[{"id":1},{"id":2}]').elements.map(([array]) => array)).toEqual(['', '']);
    expect(split('[]').envelope).toBeUndefined();
    expect(split('{"id":1}').envelope).toEqual({ id: 1 });
    expect(split(' {} ').envelope).toEqual({});
  });

  it('keeps the elements of an array that is given twice', () => {
    expect(split('{"objects":[1],"objects":[2]}').elements.map(([, value]) => value)).toEqual([1, 2]);
  });

  it('keeps keys that name a prototype as plain keys', () => {
    const { elements, envelope } = split('{"__proto__":{"polluted":1},"objects":[{"__proto__":{"x":1}}]}');
    expect(Object.keys(envelope ?? {})).toEqual(['__proto__']);
    expect(Object.keys(elements[0][1] as object)).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['', 'INVALID_JSON', 0],
    ['nonsense', 'INVALID_JSON', 0],
    ['{"objects":[{"a":1}', 'TRUNCATED', 19],
    ['{"objects":[{"a":', 'TRUNCATED', 17],
    ['{"objects":[{"a":1}{"b":2}]}', 'INVALID_JSON', 19],
    ['{"objects":[{"a":1},]}', 'INVALID_JSON', 20],
    ['{"objects":[,{"a":1}]}', 'INVALID_JSON', 12],
    ['{"objects":[{"a":tru}]}', 'INVALID_JSON', 20],
    ['{"é":[{"a":x}]}', 'INVALID_JSON', 12],
    ['{"objects":[{"a":1]]}', 'INVALID_JSON', 18],
    ['{"a" 1}', 'INVALID_JSON', 5],
    ['{a:1}', 'INVALID_JSON', 1],
    ['{"a":1,}', 'INVALID_JSON', 7],
    ['{"a":1} {"b":2}', 'INVALID_JSON', 8],
    ['[1 2]', 'INVALID_JSON', 3],
  ])('refuses %s by code and byte', (bad, code, offset) => {
    for (const chunkBytes of [1, 5, 1e9]) {
      expect(codeOf(() => split(bad, chunkBytes))).toEqual({ code, offset });
    }
  });

  it('refuses text that is not UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"objects":["ok","'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"]}'),
    ]);
    expect(codeOf(() => split(bytes))).toEqual({ code: 'BAD_ENCODING', offset: 17 });
  });

  it('refuses what nests too deep without parsing it, a million levels too', () => {
    const limits = { ...DEFAULT_JSON_LIMITS, maxDepth: 4 };
    expect(split('[[[[[1]]]]]', 1e9, limits).elements).toHaveLength(1);
    expect(codeOf(() => split('[[[[[[1]]]]]]', 1e9, limits))).toEqual({ code: 'TOO_DEEP', offset: 5 });
    expect(codeOf(() => split('['.repeat(1e6))).code).toBe('TOO_DEEP');
    expect(codeOf(() => split('{"a":'.repeat(1e6))).code).toBe('TOO_DEEP');
  });

  it('refuses an element that is too large before it is all there', () => {
    const limits = { ...DEFAULT_JSON_LIMITS, maxElementBytes: 10 };
    expect(split('["12345678"]', 3, limits).elements).toHaveLength(1);
    expect(codeOf(() => split('["123456789"]', 3, limits)).code).toBe('TOO_LARGE');
  });
});
