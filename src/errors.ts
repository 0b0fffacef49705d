/**
 * The catalogue of everything that can go wrong and be somebody's to mend: one stable code, one message that says
 * what was expected, what came, and how to fix it. Transport shapes live in http/error-format.ts.
 */
type Data = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

export const ERROR_CATALOGUE = {
  BAD_ENCODING: (d: Data) =>
    `${text(d.file)} is not valid UTF-8 in the value at byte ${text(d.offset)}. Save it as UTF-8.`,
  BAD_GZIP: (d: Data) =>
    `${text(d.file)} starts as gzip but cannot be inflated: ${text(d.reason)}. Fetch it again.`,
  BAD_INPUT: (d: Data) => `${text(d.what)} expected ${text(d.expected)}, got ${text(d.got)}.`,
  FILE_NOT_FOUND: (d: Data) => `No file at ${text(d.path)}. Check the path and that it can be read.`,
  CONFIG_INVALID: (d: Data) => `The environment is not usable. ${(d.faults as string[]).join('; ')}.`,
  COMPONENT_NOT_FOUND: (d: Data) =>
    `No component has the id ${text(d.ids)}. Take ids from the query components.`,
  OPERATION_NOT_FOUND: (d: Data) =>
    `No operation with needs has the id ${text(d.ids)}. Take ids from the query operations.`,
  PLAN_FILE_INVALID: (d: Data) =>
    `${text(d.file)} is not a valid planning problem${d.place ? ` at ${text(d.place)}` : ''}: ${text(d.reason)}.`,
  PLAN_ID_REPEATED: (d: Data) =>
    `${text(d.file)} uses the id ${text(d.id)} again at ${text(d.place)}. Ids are unique within a list.`,
  PLAN_INFEASIBLE: (d: Data) =>
    `No plan keeps all limits${d.cause ? `: ${text(d.cause)}` : ''}. Relaxing any one of these would allow one: ${(d.relax as string[]).join(', ') || 'none alone'}.`,
  PLAN_REFERENCE_UNKNOWN: (d: Data) =>
    `${text(d.file)} names ${text(d.id)} at ${text(d.place)}, but nothing in ${text(d.list)} has that id.`,
  SEED_INVALID: (d: Data) =>
    `${text(d.file)} is not a valid ecosystem file${d.place ? ` at ${text(d.place)}` : ''}: ${text(d.reason)}.`,
  INVALID_JSON: (d: Data) =>
    `${text(d.file)} is not valid JSON at byte ${text(d.offset)}: ${text(d.reason)}.`,
  NOT_STIX: (d: Data) => `${text(d.file)} is JSON but not STIX 2.0 or 2.1: ${text(d.reason)}.`,
  STORE_CONFLICT: (d: Data) =>
    `The store refused the write ${text(d.tries)} times because others write the same objects. Try again.`,
  STORE_LOCKED: (d: Data) =>
    `The database at ${text(d.path)} is open in ${d.pid === undefined ? 'another process' : `process ${text(d.pid)}`}. ` +
    (d.servedAt === undefined
      ? 'End that process first.'
      : `It serves ${text(d.servedAt)}: run the command with --server ${text(d.servedAt)}.`),
  STORE_REFUSED: (d: Data) =>
    `The store at ${text(d.store)} refused the credentials: ${text(d.reason)}. Check NEO4J_USER and NEO4J_PASSWORD.`,
  STORE_SCHEMA_NEWER: (d: Data) =>
    `The store has schema migrations that this version does not know: ${text(d.unknown)}. Use a newer chokepoint-atlas.`,
  STORE_UNREACHABLE: (d: Data) => `The store at ${text(d.store)} does not answer: ${text(d.reason)}.`,
  STORE_UNREADABLE: (d: Data) =>
    `The file at ${text(d.path)} cannot be opened as a database: ${text(d.reason)}. Check ATLAS_STORE.`,
  TOO_DEEP: (d: Data) =>
    `${text(d.file)} nests deeper than ${text(d.limit)} levels at byte ${text(d.offset)}.`,
  TOO_LARGE: (d: Data) =>
    `${text(d.file)}: ${text(d.what)} is larger than the ${text(d.limit)} bytes that are allowed. Split it.`,
  TRUNCATED: (d: Data) =>
    `${text(d.file)} ends after ${text(d.offset)} bytes, in the middle of the document. Fetch it again.`,
  UNKNOWN_FORMAT: (d: Data) =>
    `${text(d.file)} is in no known format: ${text(d.reason)}. Name the format with --format, one of ${text(d.known)}.`,
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
