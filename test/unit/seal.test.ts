import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { SEAL_KEY_BYTES, Seal } from '../../src/service/seal';

describe('Seal', () => {
  const seal = new Seal(randomBytes(SEAL_KEY_BYTES));

  it('opens what it closed, for the same use alone', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (number) => {
        const text = seal.close('changes', number);
        expect(seal.open('changes', text)).toBe(number);
        expect(seal.open('diff', text)).toBeUndefined();
        expect(new Seal(randomBytes(SEAL_KEY_BYTES)).open('changes', text)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('opens nothing that was altered or made up', () => {
    fc.assert(
      fc.property(fc.nat(35), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = Buffer.from(seal.close('changes', 12), 'base64url');
        bytes[at] ^= flip;
        expect(seal.open('changes', bytes.toString('base64url'))).toBeUndefined();
      }),
      { numRuns: 50 },
    );
    fc.assert(fc.property(fc.string(), (text) => expect(seal.open('changes', text)).toBeUndefined()));
  });

  it('has texts of one length that tell nothing of the number', () => {
    const lengths = new Set([0, 1, 10 ** 12].map((number) => seal.close('changes', number).length));
    expect(lengths.size).toBe(1);
    expect(seal.close('changes', 1)).not.toBe(seal.close('changes', 1));
  });
});
