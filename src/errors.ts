/**
 * The catalogue of everything that can go wrong and be somebody's to mend: one stable code, one message that says
 * what was expected, what came, and how to fix it. Transport shapes live in http/error-format.ts.
 */
type Data = Record<string, unknown>;

const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const place = (d: Data): string => `${text(d.file)}, line ${text(d.line)}`;

export const ERROR_CATALOGUE = {
  ALREADY_EXISTS: (d: Data) =>
    `An object with the id ${text(d.id)} is there already and says something else. Update it, or give another id.`,
  ANALYSIS_CRASHED: (d: Data) =>
    `The analysis ended by a fault of the service. The log has the details under the id ${text(d.id)}.`,
  ANALYSIS_DEADLINE: (d: Data) =>
    `The analysis had nothing to show after ${text(d.seconds)} seconds. Give it more time, or ask for less.`,
  ANALYSIS_OUT_OF_MEMORY: (d: Data) =>
    `The analysis needed more than the ${text(d.limitMb)} MB of memory it may have. Ask for less, or raise ATLAS_WORKER_MB.`,
  ANALYSIS_QUEUE_FULL: (d: Data) =>
    `${text(d.limit)} analyses wait already. Try again when some have ended, or raise ATLAS_WORKERS.`,
  ANALYSIS_RESULT_TOO_LARGE: (d: Data) =>
    `The result has ${text(d.bytes)} bytes, more than may be kept. Ask for less, or raise ATLAS_RESULTS_MB.`,
  ANALYSIS_RUN_NOT_FOUND: (d: Data) =>
    `No analysis of yours has the id ${text(d.id)}. Those that ended long ago, or before the service started, are forgotten.`,
  ANALYSIS_WITHOUT_RESULT: (d: Data) =>
    `The analysis ${text(d.id)}, which this waits for, has no result: ${text(d.reason)} Ask again, or ask for less.`,
  BACKUP_INVALID: (d: Data) =>
    `${text(d.path)} cannot be restored: ${text(d.reason)}. Nothing was written. Take another backup.`,
  BACKUP_NEWER: (d: Data) =>
    `${text(d.path)} was written by a newer version: it has ${text(d.got)}, this one knows ${text(d.known)}. Use that version, or a newer one.`,
  BAD_CONFIG: (d: Data) => `The environment cannot be used. ${(d.faults as string[]).join('. ')}.`,
  BAD_CURSOR: (d: Data) =>
    `${text(d.what ?? 'after')} expected a cursor of an earlier page of the same list and order, got ${text(d.got)}. Start again without it.`,
  BAD_ENCODING: (d: Data) =>
    `${text(d.file)} is not valid UTF-8 in the value at byte ${text(d.offset)}. Save it as UTF-8.`,
  BAD_FILTER: (d: Data) => `The filter on ${text(d.field)} expected ${text(d.expected)}, got ${text(d.got)}.`,
  BAD_GZIP: (d: Data) =>
    `${text(d.file)} starts as gzip but cannot be inflated: ${text(d.reason)}. Fetch it again.`,
  BAD_INPUT: (d: Data) => `${text(d.what)} expected ${text(d.expected)}, got ${text(d.got)}.`,
  BATCHING_NOT_SUPPORTED: (d: Data) =>
    `One request carries one operation, got a list of ${text(d.got)}. Send them one by one.`,
  BODY_TOO_LARGE: (d: Data) =>
    `A request body may have ${text(d.maxBytes)} bytes at the most. Send less, or raise ATLAS_MAX_BODY_MB.`,
  CALIBRATION_TOO_FEW: (d: Data) =>
    `Calibration of ${text(d.quantity)} needs at least ${text(d.fewest)} outcomes that give it, of three actions, got ${text(d.got)}. Record outcomes of past interventions.`,
  CENTRALITY_MEASURE: (d: Data) => `measure expected one of ${text(d.known)}, got ${text(d.got)}.`,
  COLLECTION_NOT_FOUND: (d: Data) =>
    `There is no collection ${text(d.id)}.${d.known ? ` There are: ${(d.known as string[]).join(', ')}.` : ' Take ids from the list of collections.'}`,
  COMPONENT_NOT_FOUND: (d: Data) =>
    `No component has the id ${text(d.ids)}. Take ids from the query components.`,
  DECONFLICTION_LIMIT: (d: Data) =>
    `A person may make ${text(d.limit)} deconfliction queries a day. Ask again after ${text(d.again)}.`,
  DECONFLICTION_NOT_FOUND: (d: Data) => `No deconfliction query of the id ${text(d.id)} concerns you.`,
  DISMANTLING_METHOD: (d: Data) => `method expected one of ${text(d.known)}, got ${text(d.got)}.`,
  DISMANTLING_TARGET: (d: Data) =>
    `target expected the largest component to end with, as a fraction above 0 and up to 1 of the vertices, got ${text(d.got)}.`,
  EDGE_LIST_LINE: (d: Data) =>
    `${text(d.file)} expected ${text(d.expected)} on line ${text(d.line)}, got ${text(d.got)}. Mend or remove that line.`,
  FAULT_TREE_BAD_PROBABILITY: (d: Data) =>
    `${place(d)}: the probability of ${text(d.name)} is ${text(d.got)}; a probability lies within [0, 1].`,
  FAULT_TREE_BAD_VALUE: (d: Data) =>
    `${place(d)}: <${text(d.element)}> expects ${text(d.expected)} as its ${text(d.what)}, got ${text(d.got)}.`,
  FAULT_TREE_CYCLE: (d: Data) =>
    `${place(d)}: the definitions go round in a circle: ${(d.path as string[]).join(' -> ')}. Break it.`,
  FAULT_TREE_DUPLICATE: (d: Data) =>
    `${place(d)}: ${text(d.name)} is defined a second time, first in line ${text(d.first)}. Rename one, or make it private.`,
  FAULT_TREE_NO_GATES: (d: Data) => `${text(d.file)} defines no gate, so there is nothing to analyse.`,
  FAULT_TREE_NO_PROBABILITY: (d: Data) =>
    `${text(d.file)} gives no probability for ${text(d.count)} basic events under ${text(d.top)}: ${text(d.events)}.`,
  FAULT_TREE_TOP_AMBIGUOUS: (d: Data) =>
    `${text(d.file)} has ${text(d.count)} top gates: ${text(d.tops)}. Name one with --top.`,
  FAULT_TREE_TOP_UNKNOWN: (d: Data) =>
    `${text(d.file)} has no gate ${text(d.name)}. Check the name given with --top.`,
  FAULT_TREE_UNDEFINED: (d: Data) =>
    `${place(d)}: <${text(d.element)}> refers to ${text(d.name)}, which is not defined. Define it, or read the file that does as well.`,
  FAULT_TREE_UNSUPPORTED: (d: Data) =>
    `${place(d)}: <${text(d.element)}> is not supported inside ${text(d.inside)}. Remove it or rewrite it with what is.`,
  FILE_NOT_FOUND: (d: Data) => `No file at ${text(d.path)}. Check the path and that it can be read.`,
  FILE_NOT_WRITABLE: (d: Data) =>
    `${text(d.path)} cannot be written: ${text(d.reason)}. Name a file in a folder that is there and may be written to.`,
  FORBIDDEN: (d: Data) =>
    `${text(d.field)} needs the role ${text(d.role)}, you have ${text(d.got)}. Ask whoever gives out roles.`,
  FOREIGN_HOST: (d: Data) =>
    `The service does not answer to the name ${text(d.host)}. Call it by a loopback name, or add the name to ATLAS_ALLOWED_HOSTS.`,
  FOREIGN_ORIGIN: (d: Data) =>
    `Pages of ${text(d.origin)} may not call the service. Add the origin to ATLAS_ALLOWED_ORIGINS if they should.`,
  GRAPH_EMPTY: (d: Data) => `${text(d.file)} names no vertex, so there is nothing to analyse.`,
  HOLD_NOT_FOUND: (d: Data) =>
    `No legal hold that lasts has the id ${text(d.id)}. Find them by the query holds.`,
  HOST_NOT_ALLOWED: (d: Data) =>
    `${text(d.host)} may not be called: ${text(d.reason)}. Whoever runs the service allows hosts with ATLAS_TAXII_ALLOWED_HOSTS, and networks that are not public with ATLAS_TAXII_ALLOWED_NETWORKS.`,
  IDENTITY_CONTRADICTION: (d: Data) =>
    `That would make one of ${(d.names as string[]).join(' = ')}, whose first and last are judged ${text(d.judgement)}. Withdraw one of these judgements first.`,
  IDENTITY_TYPES: (d: Data) =>
    `Expected two nodes that can be the same, got a ${text(d.a)} and a ${text(d.b)}. Judge nodes of one kind.`,
  IMPORT_NOT_FOUND: (d: Data) =>
    `No import has the report ${text(d.id)}. Take the report of a file from what its import said of it.`,
  IMPORT_RUN_NOT_FOUND: (d: Data) =>
    `You have no import under way or ended with the id ${text(d.id)}. The last ones are in importRuns.`,
  INBOX_FULL: (d: Data) =>
    `${text(d.limit)} requests wait to be imported already. Ask for their status and try again.`,
  INTERNAL: () => 'Something failed inside the service. The log has the details under this request id.',
  INVALID_JSON: (d: Data) =>
    `${text(d.file)} is not valid JSON at byte ${text(d.offset)}: ${text(d.reason)}.`,
  INVALID_OBJECT: (d: Data) => `${text(d.id)} cannot be kept: ${text(d.reason)}.`,
  INVALID_YAML: (d: Data) =>
    `${text(d.file)} is not valid YAML at character ${text(d.offset)}: ${text(d.reason)}.`,
  JUDGEMENT_NOT_FOUND: (d: Data) =>
    `No judgement in force has the id ${text(d.id)}. Take ids from identityGroup or identityJudgements.`,
  JURISDICTION_NOT_FOUND: (d: Data) =>
    `No jurisdiction has the code, name or id ${text(d.got)}. Take codes from the query jurisdictions.`,
  KEYS_UNREACHABLE: (d: Data) =>
    `The keys that tokens are checked by cannot be fetched: ${text(d.reason)}. Check ATLAS_JWT_JWKS_URL and that it can be reached.`,
  LEGAL_HOLD: (d: Data) =>
    `${text(d.id)}, or a relationship of it, is on legal hold by ${text(d.by)}: ${text(d.reason)}. It cannot be erased until that is lifted.`,
  MALFORMED_JSON: (d: Data) => `The request body is no JSON object: ${text(d.reason)}.`,
  MAPPING_COLUMN: (d: Data) =>
    `${text(d.file)} has no column ${text(d.missing)}, which the mapping names. It has: ${text(d.known)}.`,
  MAPPING_INVALID: (d: Data) =>
    `${text(d.file)} is not a valid mapping at ${text(d.place) || 'its root'}: ${text(d.reason)}. See docs/import.md.`,
  MEASURE_NOT_FOUND: (d: Data) =>
    `No measure of this problem has the id ${text(d.got)}. Take ids from the query reach, or from a plan.`,
  MEASURE_NOT_LAWFUL: (d: Data) =>
    `A partner of kind ${text(d.kind)} may not take ${text(d.measureType)}, asked of ${text(d.partner)}. It is for ${text(d.allowed)}.`,
  NODE_NOT_FOUND: (d: Data) => `No node has the id ${text(d.id)}. Find ids by search or resolveName.`,
  NOT_ACCEPTABLE: (d: Data) =>
    `The Accept header expected application/taxii+json;version=2.1, got ${text(d.got)}.`,
  NOT_HITTABLE: (d: Data) =>
    `${text(d.id)} is nothing that can be hit in this scope: no operation depends on it, or it is out of reach. Ask disruption(removing) for the reason.`,
  NOT_OVER_SERVER: (d: Data) =>
    `${text(d.command)} works on the store itself, not over --server. End the service, or use its API.`,
  NOT_READY: (d: Data) => `The service cannot answer now: ${text(d.reason)}.`,
  NOT_STIX: (d: Data) => `${text(d.file)} is JSON but not STIX 2.0 or 2.1: ${text(d.reason)}.`,
  NO_SUCH_ROUTE: (d: Data) => `There is nothing at ${text(d.path)}. The API is at /graphql.`,
  NULL_KEY: (d: Data) => `${text(d.statement)} was given a row without a value for ${text(d.key)}.`,
  OBJECT_NOT_FOUND: (d: Data) => `No node or relationship has the id ${text(d.id)}.`,
  OPERATION_NOT_FOUND: (d: Data) =>
    `No operation with needs has the id ${text(d.ids)}. Take ids from the query operations.`,
  OUTCOME_SERIES: (d: Data) => `The series cannot be judged: ${text(d.reason)}, got ${text(d.got)}.`,
  PAGE_TOO_LARGE: (d: Data) =>
    `first expected at most ${text(d.cap)}, got ${text(d.got)}. Ask for less and follow pageInfo.endCursor.`,
  PARTNER_NOT_FOUND: (d: Data) =>
    `No partner has the id or name ${text(d.got)}. Take ids or names from the query partners.`,
  PLAN_CHANGED: (d: Data) =>
    `The plan ${text(d.id)} was reviewed with the digest ${text(d.reviewed)}, and is another by now. Read planState, review the plan as it is, and have that approved.`,
  PLAN_EMPTY: (d: Data) => `The plan ${text(d.id)} has no measures to review. Add some first.`,
  PLAN_FILE_INVALID: (d: Data) =>
    `${text(d.file)} is not a valid planning problem${d.place ? ` at ${text(d.place)}` : ''}: ${text(d.reason)}.`,
  PLAN_ID_REPEATED: (d: Data) =>
    `${text(d.file)} uses the id ${text(d.id)} again at ${text(d.place)}. Ids are unique within a list.`,
  PLAN_INFEASIBLE: (d: Data) =>
    `No plan keeps all limits${d.cause ? `: ${text(d.cause)}` : ''}. Relaxing any one of these would allow one: ${(d.relax as string[]).join(', ') || 'none alone'}.`,
  PLAN_LIMITS_CONTRADICT: (d: Data) =>
    `The limits contradict each other: ${text(d.reason)}. Drop one of them.`,
  PLAN_MEASURE_EXCLUDED: (d: Data) =>
    `The limits leave out ${text(d.id)}: ${text(d.reason)}. Relax that limit, or take another measure.`,
  PLAN_NOT_DRAFT: (d: Data) =>
    `The plan ${text(d.id)} is in status ${text(d.got)}; only a DRAFT can be changed. Move it back first.`,
  PLAN_NOT_FOUND: (d: Data) => `No plan has the id ${text(d.id)}. Take ids from the query plans.`,
  PLAN_NO_MEASURE: (d: Data) =>
    `No measure can be taken within the limits: ${text(d.reasons)}. Relaxing any one of these would allow one: ${(d.relax as string[]).join(', ') || 'none alone'}.`,
  PLAN_NO_OPERATION: () =>
    'No operation with needs is in scope, so there is nothing to plan against. Widen the scope, or import operations.',
  PLAN_REFERENCE_UNKNOWN: (d: Data) =>
    `${text(d.file)} names ${text(d.id)} at ${text(d.place)}, but nothing in ${text(d.list)} has that id.`,
  PLAN_TRANSITION: (d: Data) =>
    `The plan ${text(d.id)} cannot go from ${text(d.from)} to ${text(d.to)}; from there it goes to ${text(d.next)}.`,
  PLAN_TWO_PEOPLE: (d: Data) =>
    `The plan ${text(d.id)} was written by ${text(d.writers)}, and is to be approved by somebody else, not ${text(d.got)}.`,
  PORT_TAKEN: (d: Data) =>
    `Something listens on ${text(d.host)} port ${text(d.port)} already. End it or set ATLAS_PORT.`,
  QUERY_TOO_COMPLEX: (d: Data) =>
    `The query costs ${text(d.cost)}, the limit is ${text(d.limit)}. Ask for smaller pages or fewer nested lists.`,
  QUERY_TOO_DEEP: (d: Data) =>
    `The query nests ${text(d.got)} fields, the limit is ${text(d.limit)}. Split it.`,
  QUERY_TOO_LARGE: (d: Data) =>
    `The query may have ${text(d.limit)} tokens, got ${text(d.got)}. Pass long values as variables, or split it.`,
  READ_ONLY_COLLECTION: (d: Data) =>
    `Nothing may be added to or taken out of the collection ${text(d.id)} by you.`,
  RELATIONSHIP_NOT_FOUND: (d: Data) => `No relationship has the id ${text(d.id)}.`,
  REMOTE_FAILED: (d: Data) => `${text(d.url)} cannot be read: ${text(d.reason)}.`,
  REMOVAL_COUNT: (d: Data) =>
    `k expected a whole number of removals from 0 to the ${text(d.vertices)} vertices of the graph, got ${text(d.got)}.`,
  RESTORE_UNFINISHED: (d: Data) =>
    `A restore of this store that began at ${text(d.at)} was cut off, so it holds a part only. Run atlas restore again; it starts over.`,
  SCENARIO_INVALID: (d: Data) => `The scenario cannot hold with ${text(d.id)}: ${text(d.reason)}.`,
  SEED_INVALID: (d: Data) =>
    `${text(d.file)} is not a valid ecosystem file${d.place ? ` at ${text(d.place)}` : ''}: ${text(d.reason)}.`,
  SERVER_UNREACHABLE: (d: Data) => `Nothing answers at ${text(d.url)}: ${text(d.reason)}.`,
  STALE_REVISION: (d: Data) =>
    `${text(d.id)} is at revision ${text(d.got)}, the change was made against ${text(d.expected)}. Read it again and decide.`,
  STATUS_NOT_FOUND: (d: Data) =>
    `There is no status ${text(d.id)} of a request of yours; old ones are forgotten.`,
  STORE_CONFLICT: (d: Data) =>
    `The store refused the write ${text(d.tries)} times because others write the same objects. Try again.`,
  STORE_LOCKED: (d: Data) =>
    `The database at ${text(d.path)} is open in ${d.pid === undefined ? 'another process' : `process ${text(d.pid)}`}. ` +
    (d.servedAt === undefined
      ? 'End that process first.'
      : `It serves ${text(d.servedAt)}: run the command with --server ${text(d.servedAt)}.`),
  STORE_NOT_EMPTY: (d: Data) =>
    `The store holds ${text(d.records)} records, and a backup is restored into an empty one. Name another store, or pass --replace to delete what this one holds.`,
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
  SUBSCRIPTIONS_ONLY: (d: Data) =>
    `A WebSocket carries subscriptions, got a ${text(d.got)}. Send it over HTTP.`,
  TOO_DEEP: (d: Data) =>
    `${text(d.file)} nests deeper than ${text(d.limit)} levels at byte ${text(d.offset)}.`,
  TOO_LARGE: (d: Data) =>
    `${text(d.file)}: ${text(d.what)} is larger than the ${text(d.limit)} bytes that are allowed. Split it.`,
  TOO_MANY_ALIASES: (d: Data) =>
    `The query uses ${text(d.got)} aliases, the limit is ${text(d.limit)}. Split it.`,
  TOO_MANY_CONNECTIONS: (d: Data) =>
    `The service holds ${text(d.limit)} connections for subscriptions and takes no more. Try again later, or raise ATLAS_MAX_CONNECTIONS.`,
  TOO_MANY_SUBSCRIPTIONS: (d: Data) =>
    `One connection carries ${text(d.limit)} subscriptions at the most. End one first.`,
  TRUNCATED: (d: Data) =>
    `${text(d.file)} ends after ${text(d.offset)} bytes, in the middle of the document. Fetch it again.`,
  UNAUTHENTICATED: (d: Data) =>
    `The service asks who you are: ${text(d.reason)}. Send the header Authorization: Bearer TOKEN with a valid token.`,
  UNEXPECTED_CONTENT: (d: Data) =>
    `${text(d.file)} is not what its format ${text(d.format)} prescribes: ${text(d.reason)}.`,
  UNKNOWN_FORMAT: (d: Data) =>
    `${text(d.file)} is in no known format: ${text(d.reason)}. Name its format, one of ${text(d.known)}.`,
  UNSUPPORTED_MEDIA_TYPE: (d: Data) =>
    `The body must be sent as ${text(d.expected ?? 'application/json in UTF-8')}, got ${text(d.got)}. Set the Content-Type header.`,
  XML_DOCTYPE: (d: Data) =>
    `${place(d)}: a document type is not accepted, as it can define entities. Remove it.`,
  XML_MALFORMED: (d: Data) =>
    `${place(d)}, column ${text(d.column)}: not well-formed XML: ${text(d.reason)}.`,
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
