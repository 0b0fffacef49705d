import * as fc from 'fast-check';
import { AppError } from '../../src/errors';
import { indexOfFault } from '../../src/ingest/json-fault';
import { JsonSplitter } from '../../src/ingest/json-splitter';
import type { Json } from '../../src/model/values';

function split(bytes: Buffer, chunkBytes: number) {
  const elements: Json[] = [];
  const splitter = new JsonSplitter('file', new Set(['objects']), (_array, value) => elements.push(value));
  for (let at = 0; at < bytes.length; at += chunkBytes) splitter.push(bytes.subarray(at, at + chunkBytes));
  const envelope = splitter.end();
  return { elements, envelope };
}

const document = fc.oneof(
  fc.array(fc.jsonValue()),
  fc.record({ type: fc.string(), objects: fc.array(fc.jsonValue()), x_more: fc.jsonValue() }),
);

describe('splitting JSON', () => {
  it('agrees with JSON.parse, whatever the chunks', () => {
    fc.assert(
      fc.property(
        document,
        fc.integer({ min: 1, max: 40 }),
        fc.nat({ max: 3 }),
        (value, chunkBytes, indent) => {
          const { elements, envelope } = split(Buffer.from(JSON.stringify(value, null, indent)), chunkBytes);
          const parsed = JSON.parse(JSON.stringify(value));
          expect(elements).toEqual(Array.isArray(parsed) ? parsed : parsed.objects);
          if (Array.isArray(parsed)) expect(envelope).toBeUndefined();
          else expect(envelope).toEqual({ type: parsed.type, x_more: parsed.x_more });
        },
      ),
    );
  });

  it('accepts exactly the damaged documents that JSON.parse accepts, and refuses the others by a code', () => {
    const damaged = fc
      .tuple(document, fc.nat(), fc.constantFrom(...'{}[]",:\\x0 '), fc.boolean())
      .map(([value, at, character, isCut]) => {
        const text = JSON.stringify(value);
        const where = at % (text.length + 1);
        return isCut ? text.slice(0, where) : text.slice(0, where) + character + text.slice(where + 1);
      });
    fc.assert(
      fc.property(damaged, fc.integer({ min: 1, max: 9 }), (text, chunkBytes) => {
        let isValid = true;
        try {
          const parsed: unknown = JSON.parse(text);
          isValid = typeof parsed === 'object' && parsed !== null;
        } catch {
          isValid = false;
        }
        try {
          split(Buffer.from(text), chunkBytes);
          expect(isValid).toBe(true);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          expect(['INVALID_JSON', 'TRUNCATED', 'BAD_ENCODING']).toContain(error.code);
          expect(isValid).toBe(false);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('never points past the first character that cannot stand where it stands', () => {
    const damaged = fc
      .tuple(fc.jsonValue(), fc.nat(), fc.constantFrom(...'{}[]",:\\x0- '))
      .map(([value, at, character]) => {
        const text = JSON.stringify(value, null, at % 3);
        const where = at % (text.length + 1);
        return text.slice(0, where) + character + text.slice(where + 1);
      });
    const isValid = (text: string): boolean => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(damaged, (text) => {
        fc.pre(!isValid(text));
        const fault = indexOfFault(text);
        const kept = text.slice(0, fault);
        expect(indexOfFault(kept)).toBe(fault);
        expect(isValid(kept) || completions.some((end) => isValid(closed(kept + end)))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

/** Endings that complete what a prefix of JSON may be in the middle of. */
const completions = [
  ...['', '0', '"', '":0', ':0', '"":0', 'rue', 'ue', 'e', 'alse', 'lse', 'se', 'ull', 'll', 'l'],
  ...['0', '00', '000', '0000', 'n'].flatMap((rest) => [`${rest}"`, `${rest}":0`]),
];

/** Text with every object and array closed that is open at its end. */
function closed(text: string): string {
  const open: string[] = [];
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isInString && character === '\\') at++;
    else if (character === '"') isInString = !isInString;
    else if (!isInString && (character === '{' || character === '['))
      open.push(character === '{' ? '}' : ']');
    else if (!isInString && (character === '}' || character === ']')) open.pop();
  }
  return text + open.reverse().join('');
}
