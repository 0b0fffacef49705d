/**
 * The catalogue of everything that can go wrong and be somebody's to mend: one stable code, one message that says
 * what was expected, what came, and how to fix it. Transport shapes live in http/error-format.ts.
 */
type Data = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const ERROR_CATALOGUE = {
  BAD_INPUT: (d: Data) => `${text(d.what)} expected ${text(d.expected)}, got ${text(d.got)}.`,
  FILE_NOT_FOUND: (d: Data) => `No file at ${text(d.path)}. Check the path and that it can be read.`,
  STORE_CONFLICT: (d: Data) =>
    `The store refused the write ${text(d.tries)} times because others write the same objects. Try again.`,
  STORE_LOCKED: (d: Data) =>
    `The database at ${text(d.path)} is open in ${d.pid === undefined ? 'another process' : `process ${text(d.pid)}`}. ` +
    (d.servedAt === undefined
      ? 'End that process first.'
      : `It serves ${text(d.servedAt)}: run the command with --server ${text(d.servedAt)}.`),
  STORE_OUT_OF_MEMORY: (d: Data) =>
    `The store at ${text(d.store)} has not the memory for so large a transaction: ${text(d.reason)}. ` +
    'Write smaller batches, or raise dbms.memory.transaction.total.max of the server.',
  STORE_REFUSED: (d: Data) =>
    `The store at ${text(d.store)} refused the credentials: ${text(d.reason)}. Check NEO4J_USER and NEO4J_PASSWORD.`,
  STORE_SCHEMA_NEWER: (d: Data) =>
    `The store has schema migrations that this version does not know: ${text(d.unknown)}. Use a newer chokepoint-atlas.`,
  STORE_UNREACHABLE: (d: Data) => `The store at ${text(d.store)} does not answer: ${text(d.reason)}.`,
  STORE_UNREADABLE: (d: Data) =>
    `The file at ${text(d.path)} cannot be opened as a database: ${text(d.reason)}. Check ATLAS_STORE.`,
  NULL_KEY: (d: Data) => `${text(d.statement)} was given a row without a value for ${text(d.key)}.`,
  INTERNAL: () => 'Something failed inside the service. The log has the details under this request id.',
} as const satisfies Record<string, (data: Data) => string>;

export type ErrorCode = keyof typeof ERROR_CATALOGUE;

/** A fault with a code of the catalogue. `data` fills the message and travels with it to the client. */
export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    readonly data: Data = {},
    options?: { cause?: unknown },
  ) {
    super(ERROR_CATALOGUE[code](data), options);
  }
}
