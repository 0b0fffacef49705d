/** Files that were changed: by their characters, by their members, by their encoding. Each ends in a report or a stable error. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ERROR_CATALOGUE } from '../../src/errors';
import type { ImportOptions } from '../../src/service/import.service';
import { VALID } from './fuzz-documents';
import { type MemoryAtlas, openMemoryAtlas } from './memory-atlas';

/** What a text may be spoilt with. */
const SPOIL = fc.oneof(
  fc.constantFrom(
    ...[
      '"',
      '{',
      '}',
      '[',
      ']',
      ':',
      ',',
      'null',
      'true',
      '1e999',
      '"--"',
      '- ',
      '\n',
      '\r',
      '<',
      '>',
      '*a',
      '&a',
    ],
    ...[
      '"__proto__":',
      '"constructor":',
      '\\u0000',
      '\u0000',
      '\ufeff',
      '\\ud800',
      '<<: ',
      '!!binary ',
      '|',
      '#',
      '%',
    ],
  ),
  fc.string({ maxLength: 8 }),
);

const textEdits = fc.array(fc.record({ at: fc.nat(), length: fc.nat(12), put: SPOIL }), {
  minLength: 1,
  maxLength: 6,
});
type TextEdit = { readonly at: number; readonly length: number; readonly put: string };

const spoilt = (text: string, edits: readonly TextEdit[]): string =>
  edits.reduce((result, { at, length, put }) => {
    const from = at % (result.length + 1);
    return result.slice(0, from) + put + result.slice(from + length);
  }, text);

/** What a member may be given instead of its value. */
const VALUES = fc.oneof(
  fc.constantFrom<unknown>(
    ...[
      null,
      true,
      0,
      -1,
      1e308,
      2 ** 53,
      '',
      ' ',
      '0',
      'a'.repeat(5000),
      '\u0000',
      '\ud800',
      [],
      {},
      [[]],
      [null],
    ],
    ...[
      '2024-02-30T00:00:00Z',
      '9999999999999',
      'CVE-2024-1',
      'pkg:npm/%E0%A4@1',
      'cpe:2.3:a:*',
      'tlp:',
      '10.0.0.0/99',
    ],
    ...[{ type: 'bundle', objects: [] }, { Event: {} }, { id: 'x--1', type: 'relationship' }],
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const KEYS = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'id',
  'type',
  'uuid',
  'objects',
  '',
);

const memberEdits = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom('replace', 'remove', 'repeat', 'rename', 'nest'),
    value: VALUES,
    key: KEYS,
  }),
  { minLength: 1, maxLength: 4 },
);
type MemberEdit = {
  readonly at: number;
  readonly how: string;
  readonly value: unknown;
  readonly key: string;
};
type Holder = Record<string, unknown> | unknown[];

/** Every place in a value where another could stand. */
function placesIn(root: unknown): { readonly holder: Holder; readonly key: string }[] {
  const places: { holder: Holder; key: string }[] = [];
  const open = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (value === null || typeof value !== 'object') continue;
    for (const key of Object.keys(value)) {
      places.push({ holder: value as Holder, key });
      open.push((value as Record<string, unknown>)[key]);
    }
  }
  return places;
}

/** A member of its own, whatever it is called. */
const define = (holder: Holder, key: string, value: unknown): void => {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
};

function edited(text: string, edits: readonly MemberEdit[]): string {
  const root = { document: JSON.parse(text) as unknown };
  for (const { at, how, value, key } of edits) {
    const places = placesIn(root);
    const place = places[at % places.length];
    if (place.key === 'document' && place.holder === root && how !== 'replace') continue;
    const before = (place.holder as Record<string, unknown>)[place.key];
    if (how === 'replace') define(place.holder, place.key, structuredClone(value));
    else if (how === 'remove') delete (place.holder as Record<string, unknown>)[place.key];
    else if (how === 'rename') define(place.holder, Array.isArray(place.holder) ? place.key : key, before);
    else if (how === 'nest') define(place.holder, place.key, [[[before]]]);
    else if (Array.isArray(place.holder)) place.holder.push(...Array(3).fill(before));
  }
  return JSON.stringify(root.document) ?? '';
}

const isJson = (text: string): boolean => {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
};

/** How a text becomes bytes. */
const ENCODINGS: Readonly<Record<string, (text: string) => Buffer>> = {
  plain: (text) => Buffer.from(text, 'utf8'),
  marked: (text) => Buffer.from(`\ufeff${text}`, 'utf8'),
  wide: (text) => Buffer.from(text, 'utf16le'),
  wideMarked: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  wideOther: (text) => Buffer.from(`\ufeff${text} `, 'utf16le').swap16(),
  latin: (text) => Buffer.from(`${text.slice(0, -9)}\u00e9\u00ff${text.slice(-9)}`, 'latin1'),
  windows: (text) => Buffer.from(text.replaceAll('\n', '\r\n').replaceAll(',', ',\r\n'), 'utf8'),
  twice: (text) => gzipSync(gzipSync(text)),
};
const encodings = fc.oneof(
  { weight: 8, arbitrary: fc.constant('plain') },
  { weight: 3, arbitrary: fc.constantFrom(...Object.keys(ENCODINGS)) },
);

/** A file of some texts that was changed. */
export const mutated = (texts: readonly string[]): fc.Arbitrary<Buffer> => {
  const documents = texts.filter(isJson);
  const text = fc.oneof(
    fc.tuple(fc.constantFrom(...texts), textEdits).map(([each, edits]) => spoilt(each, edits)),
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(...documents), memberEdits)
        .map(([each, edits]) => edited(each, edits)),
    },
  );
  return fc
    .record({ text, cut: fc.option(fc.nat(), { freq: 12 }), isPacked: fc.boolean(), encoding: encodings })
    .map(({ text: whole, cut, isPacked, encoding }) => {
      const bytes = ENCODINGS[encoding](whole);
      const kept = cut === null ? bytes : bytes.subarray(0, cut % (bytes.length + 1));
      return isPacked ? gzipSync(kept) : kept;
    });
};

const anyJson = fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text, 'utf8'));
const members = fc.constantFrom(
  ...[
    'type',
    'id',
    'objects',
    'values',
    'list',
    'name',
    'Event',
    'tags',
    'document',
    'vulnerabilities',
    'statements',
  ],
  ...[
    '@context',
    'bomFormat',
    'namespace',
    'predicates',
    'catalogVersion',
    'uuid',
    'info',
    'response',
    'GalaxyCluster',
  ],
  ...['Attribute', 'Object', 'Warninglist', 'title', 'creator', 'actors', 'product_tree', 'components'],
);
/** Objects with the members that formats are known by, holding anything. */
const almost = fc
  .dictionary(members, fc.jsonValue({ maxDepth: 4 }), { minKeys: 1 })
  .map((value) => Buffer.from(JSON.stringify(value), 'utf8'));
const bytes = fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value));

export const anyFile: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 8, arbitrary: mutated(VALID) },
  { weight: 2, arbitrary: almost },
  { weight: 1, arbitrary: anyJson },
  { weight: 1, arbitrary: bytes },
);

/** Longest that one file may take, in milliseconds, on a busy machine. */
const CASE_MS = 15_000;

/** A store that takes files one after the other, and says what is wrong with how it took one. */
export class FuzzedAtlas {
  /** Longest that a file took, in milliseconds. */
  slowest = 0;

  private constructor(private readonly atlas: MemoryAtlas) {}

  static async open(): Promise<FuzzedAtlas> {
    return new FuzzedAtlas(await openMemoryAtlas());
  }

  /** @returns faults of the import, none for one that ends as it must */
  async faultsOf(content: string | Buffer, options?: Partial<ImportOptions>): Promise<readonly string[]> {
    const before = await this.atlas.changeCount();
    const startedAt = Date.now();
    const file = await this.atlas.importOne(content, options);
    const took = Date.now() - startedAt;
    this.slowest = Math.max(this.slowest, took);
    const faults: string[] = [];
    if (took > CASE_MS) faults.push(`took ${took} ms`);
    const { read, created, updated, unchanged, stubbed, rejected, error } = file;
    if (read !== created + updated + unchanged + stubbed + rejected) faults.push('the counts do not add up');
    if (error) {
      if (!(error.code in ERROR_CATALOGUE)) faults.push(`the code ${error.code} is not in the catalogue`);
      if (/\n\s+at /.test(error.message)) faults.push('the message has a stack');
      if (error.message.length > 5000) faults.push('the message has no end');
      if ((await this.atlas.changeCount()) !== before)
        faults.push('a file that was refused changed the store');
    }
    if (({} as { polluted?: unknown }).polluted !== undefined) faults.push('a prototype is polluted');
    return faults;
  }

  /** What a file leaves is there when it comes again: nothing is changed by it. */
  async faultsAgain(content: string | Buffer, options?: Partial<ImportOptions>): Promise<readonly string[]> {
    const { error, created, updated, stubbed } = await this.atlas.importOne(content, options);
    return error || created + updated + stubbed === 0 ? [] : [`again: ${created} ${updated} ${stubbed}`];
  }

  close(): Promise<void> {
    return this.atlas.engine.close();
  }
}
