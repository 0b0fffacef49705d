/** What clients add over TAXII: each request is imported after it was answered, and its status can be asked for (section 4.3). */
import { randomUUID } from 'node:crypto';
import { AppError } from '../../errors';
import { bytesSource } from '../../ingest/byte-source';
import { brief } from '../../model/validate';
import type { Viewer } from '../../model/viewer';
import type { ImportService } from '../import.service';

export interface StatusDetail {
  readonly id: string;
  readonly version: string;
  readonly message?: string;
}

export interface TaxiiStatus {
  readonly id: string;
  readonly status: 'pending' | 'complete';
  readonly request_timestamp: string;
  readonly total_count: number;
  readonly success_count: number;
  readonly successes: readonly StatusDetail[];
  readonly failure_count: number;
  readonly failures: readonly StatusDetail[];
  readonly pending_count: number;
  readonly pendings: readonly StatusDetail[];
}

interface Kept {
  readonly owner: string;
  status: TaxiiStatus;
}

type Added = { readonly id?: unknown; readonly modified?: unknown; readonly created?: unknown };

/** Statuses that can be asked for; older ones are forgotten. */
const STATUSES_KEPT = 1000;
/** Requests that are worked on or wait, at the most. */
const MAX_PENDING = 20;

export class TaxiiInbox {
  private readonly kept = new Map<string, Kept>();
  private queue: Promise<void> = Promise.resolve();
  private pending = 0;

  constructor(
    private readonly importing: ImportService,
    private readonly now: () => Date,
  ) {}

  /** The status of a request of a viewer. */
  find(viewer: Viewer, id: string): TaxiiStatus | undefined {
    const kept = this.kept.get(id);
    return kept?.owner === viewer.id ? kept.status : undefined;
  }

  /** Forgets the statuses of what has been imported: for when something was erased that they may name. */
  forgetEnded(): void {
    for (const [id, { status }] of this.kept) if (status.status === 'complete') this.kept.delete(id);
  }

  /** Resolves when everything that was added has been imported. */
  settled(): Promise<void> {
    return this.queue;
  }

  /**
   * Takes an envelope in.
   *
   * @throws AppError BAD_INPUT when it is none, INBOX_FULL while too many wait
   */
  add(viewer: Viewer, body: Buffer): TaxiiStatus {
    const objects = objectsOf(body);
    if (this.pending >= MAX_PENDING) throw new AppError('INBOX_FULL', { limit: MAX_PENDING });
    const at = this.now().toISOString();
    const pendings = objects.map((object) => detailOf(object, at));
    const status: TaxiiStatus = {
      id: randomUUID(),
      status: 'pending',
      request_timestamp: at,
      total_count: objects.length,
      success_count: 0,
      successes: [],
      failure_count: 0,
      failures: [],
      pending_count: objects.length,
      pendings,
    };
    const kept: Kept = { owner: viewer.id, status };
    this.kept.set(status.id, kept);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= STATUSES_KEPT) break;
      this.kept.delete(oldest);
    }
    this.pending++;
    this.queue = this.queue.then(async () => {
      kept.status = await this.imported(viewer, body, status);
      this.pending--;
    });
    return status;
  }

  private async imported(viewer: Viewer, body: Buffer, status: TaxiiStatus): Promise<TaxiiStatus> {
    const problems = new Map<string, string>();
    let fault: string | undefined;
    try {
      const report = await this.importing.import(
        [bytesSource(body, `taxii-${status.id}.json`)],
        { format: 'stix', actor: viewer.id, viewer },
        {
          onObject: ({ id, status: became, message }) => {
            if (became === 'rejected') problems.set(id, message ?? became);
          },
        },
      );
      fault = report.files[0]?.error?.message;
    } catch (error) {
      fault = error instanceof AppError ? error.message : new AppError('INTERNAL').message;
    }
    const successes: StatusDetail[] = [];
    const failures: StatusDetail[] = [];
    for (const detail of status.pendings) {
      const message = fault ?? problems.get(detail.id) ?? problems.get(brief(detail.id));
      if (message === undefined) successes.push(detail);
      else failures.push({ ...detail, message });
    }
    return {
      ...status,
      status: 'complete',
      success_count: successes.length,
      successes,
      failure_count: failures.length,
      failures,
      pending_count: 0,
      pendings: [],
    };
  }
}

/** Section 3.7: an envelope of objects. */
function objectsOf(body: Buffer): readonly Added[] {
  let envelope: unknown;
  try {
    envelope = JSON.parse(body.toString('utf8'));
  } catch (error) {
    throw new AppError('MALFORMED_JSON', { reason: String(error) }, { cause: error });
  }
  const { objects } = (envelope ?? {}) as { readonly objects?: unknown };
  const isList =
    Array.isArray(objects) &&
    objects.length > 0 &&
    objects.every((each) => each !== null && typeof each === 'object');
  if (isList) return objects as readonly Added[];
  throw new AppError('BAD_INPUT', {
    what: 'The envelope',
    expected: 'a list "objects" of STIX objects',
    got: typeof objects,
  });
}

const detailOf = ({ id, modified, created }: Added, at: string): StatusDetail => ({
  id: typeof id === 'string' ? id : '',
  version: [modified, created].find((time) => typeof time === 'string') ?? at,
});
