/**
 * Sealed cursors: a number that the client may hold and give back, and learn nothing from. The number of a change would tell
 * how many changes lie between two that the client may see.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NUMBER_BYTES = 8;

/** Length of the key of a seal, in bytes. */
export const SEAL_KEY_BYTES = 32;

export class Seal {
  constructor(private readonly key: Buffer) {}

  /** Seals a whole number from 0; each time into another text. `use` tells cursors of one list from those of another. */
  close(use: string, number: number): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, nonce).setAAD(Buffer.from(use));
    const plain = Buffer.alloc(NUMBER_BYTES);
    plain.writeBigUInt64BE(BigInt(number));
    const sealed = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([nonce, sealed, cipher.getAuthTag()]).toString('base64url');
  }

  /** The number, or undefined when the text is none of this seal and use. */
  open(use: string, text: string): number | undefined {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length !== NONCE_BYTES + NUMBER_BYTES + TAG_BYTES) return undefined;
    try {
      const decipher = createDecipheriv(CIPHER, this.key, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(use));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES + NUMBER_BYTES));
      const sealed = bytes.subarray(NONCE_BYTES, NONCE_BYTES + NUMBER_BYTES);
      const plain = Buffer.concat([decipher.update(sealed), decipher.final()]);
      return Number(plain.readBigUInt64BE());
    } catch {
      return undefined;
    }
  }
}
