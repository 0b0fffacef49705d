/**
 * The catalogue of everything that can go wrong and be somebody's to mend: one stable code, one message that says
 * what was expected, what came, and how to fix it. Transport shapes live in http/error-format.ts.
 */
type Data = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const ERROR_CATALOGUE = {
  BAD_INPUT: (d: Data) => `${text(d.what)} expected ${text(d.expected)}, got ${text(d.got)}.`,
  FILE_NOT_FOUND: (d: Data) => `No file at ${text(d.path)}. Check the path and that it can be read.`,
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
