import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { AppError } from '../../src/errors';
import {
  type ByteSource,
  bytesSource,
  contentOf,
  DEFAULT_LIMITS,
  fileSource,
} from '../../src/ingest/byte-source';

async function textOf(source: ByteSource, limits = DEFAULT_LIMITS): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of contentOf(source, limits)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => {
      if (error instanceof AppError) return error.code;
      throw error;
    },
  );

describe('the bytes of a source', () => {
  const text = '{"name":"naïve – 火"}';

  it('are the same plain, packed, packed twice over, and in UTF-16', async () => {
    const utf16 = Buffer.from(`\ufeff${text}`, 'utf16le');
    const packed = gzipSync(text);
    const contents = [
      Buffer.from(text),
      packed,
      Buffer.concat([packed, gzipSync(' ')]),
      Buffer.from(`\ufeff${text}`),
      utf16,
      Buffer.from(utf16).swap16(),
      gzipSync(utf16),
    ];
    for (const content of contents) expect((await textOf(bytesSource(content, 'x'))).trim()).toBe(text);
  });

  it('are read anew each time, from a file too', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'atlas-bytes-'));
    try {
      const path = join(folder, 'x.json.gz');
      writeFileSync(path, gzipSync(text));
      const source = fileSource(path);
      expect(await textOf(source)).toBe(text);
      expect(await textOf(source)).toBe(text);
      expect(() => fileSource(folder)).toThrow(AppError);
      expect(() => fileSource(join(folder, 'none'))).toThrow('No file at');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('may be none or few', async () => {
    expect(await textOf(bytesSource('', 'x'))).toBe('');
    expect(await textOf(bytesSource('{}', 'x'))).toBe('{}');
  });

  it('refuse gzip that is damaged or cut off', async () => {
    const packed = gzipSync('x'.repeat(10_000));
    const damaged = Buffer.from(packed);
    damaged[Math.floor(damaged.length / 2)] ^= 0xff;
    expect(await codeOf(textOf(bytesSource(damaged, 'x')))).toBe('BAD_GZIP');
    expect(await codeOf(textOf(bytesSource(packed.subarray(0, packed.length - 9), 'x')))).toBe('BAD_GZIP');
    expect(await codeOf(textOf(bytesSource(Buffer.from([0x1f, 0x8b, 1, 2, 3]), 'x')))).toBe('BAD_GZIP');
  });

  it('stop at the limit, and where gzip inflates beyond all measure', async () => {
    const limits = { ...DEFAULT_LIMITS, maxBytes: 100 };
    expect(await codeOf(textOf(bytesSource('x'.repeat(101), 'x'), limits))).toBe('TOO_LARGE');
    expect(await codeOf(textOf(bytesSource(gzipSync('x'.repeat(101)), 'x'), limits))).toBe('TOO_LARGE');
    expect(await codeOf(textOf(bytesSource('x'.repeat(100), 'x'), limits))).toBe('none');
    const bomb = gzipSync(Buffer.alloc(70 * 2 ** 20));
    expect(await codeOf(textOf(bytesSource(bomb, 'x')))).toBe('TOO_LARGE');
  });
});
