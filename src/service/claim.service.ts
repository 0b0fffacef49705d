/** What people say of facts: claims added, judged anew, and taken back; many at once, with a status for each. */
import { edgeOf, vertexOf } from '../analysis';
import { AppError } from '../errors';
import { claimId, nodeId, relationshipId } from '../model/identity';
import type { Problem } from '../model/validate';
import type { Batch, ClaimValue, Json, NodeValue, RelationshipValue } from '../model/values';
import type { ChangedClaims, StoredClaim } from '../store/claim.store';
import { claimProblem } from './claim-problem';
import type { ClaimSettlement } from './claim-settlement';
import type { EditOptions } from './edit.service';
import type { EvidenceService } from './evidence.service';
import type { GraphView } from './graph-view';
import { withValues } from './projection-rows';
import type { WriteService } from './write.service';

/** A report that is there, or one to create with its source. */
export type GivenReport =
  | { readonly id: string }
  | {
      readonly create: {
        readonly name: string;
        readonly publisher?: string | null;
        readonly url?: string | null;
        readonly published?: string | null;
        readonly reliability?: string | null;
        readonly source?: { readonly name: string; readonly reliability?: string | null } | null;
      };
    };

/** What a claim may say. */
export interface ClaimContent {
  readonly about?: readonly string[] | null;
  readonly values?: { readonly [name: string]: Json } | null;
  readonly says?: string | null;
  readonly confidence?: number | null;
  readonly credibility?: number | null;
  readonly derivation?: string | null;
  readonly originKey?: string | null;
  readonly repeats?: readonly string[] | null;
  readonly validFrom?: string | null;
  readonly validTo?: string | null;
  readonly markings?: readonly string[] | null;
  readonly sharedWith?: readonly string[] | null;
}

export interface GivenClaim extends ClaimContent {
  readonly factId: string;
  readonly report: GivenReport;
}

export interface ClaimChange extends ClaimContent {
  readonly id: string;
}

export interface ClaimItem {
  readonly id: string;
  readonly factId: string | null;
  readonly status: 'created' | 'updated' | 'unchanged' | 'rejected';
  readonly problem?: { readonly code: string; readonly message: string };
}

export interface ClaimReport {
  readonly items: readonly ClaimItem[];
  readonly seq?: number;
}

/** Claims that one call may write. */
export const MAX_CLAIMS = 5_000;
const MAX_TRIES = 3;
const NONE = { created: [], replaced: [] } as const;

type Draft = { readonly id: string; readonly factId: string | null } & (
  | { readonly claim: ClaimValue; readonly problem?: undefined }
  | { readonly problem: { readonly code: string; readonly message: string } }
);

interface Frame {
  readonly nodes: NodeValue[];
  readonly relationships: RelationshipValue[];
}

export class ClaimService {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly settlement: ClaimSettlement,
    private readonly writes: WriteService,
    private readonly now: () => Date,
  ) {}

  /** Adds claims, with the reports and sources that are given with them. */
  async add(given: readonly GivenClaim[], options: EditOptions): Promise<ClaimReport> {
    refuseTooMany(given.length);
    const { view } = options;
    const frame: Frame = { nodes: [], relationships: [] };
    const drafts = given.map((each): Draft => {
      const { factId, report, ...content } = each;
      const reportId = this.reportOf(report, frame, view);
      const id = claimId(factId, reportId);
      const claim = withContent({ id, factId, reportId, derivation: 'REPORTED' }, content);
      const problem = missingProblem(view, factId, reportId, frame) ?? claimProblem(claim, view.projection);
      return problem ? { id, factId, problem } : { id, factId, claim };
    });
    return this.write(await this.refuseOthers(drafts, view), frame, options);
  }

  /** Says something else in claims: what is given is set, a null takes it away. */
  async change(changes: readonly ClaimChange[], options: EditOptions): Promise<ClaimReport> {
    refuseTooMany(changes.length);
    const known = await this.visible(
      changes.map((each) => each.id),
      options.view,
    );
    const drafts = changes.map(({ id, ...content }): Draft => {
      const before = known.get(id);
      if (!before) return unknownClaim(id);
      const { factId } = before;
      if (before.retractedAt !== undefined) {
        return {
          id,
          factId,
          problem: problemOf('CLAIM_RETRACTED', `${id} was taken back; add a claim of another report`),
        };
      }
      const { changeId, ...said } = before;
      const statedIn = before.statedIn ?? changeId;
      const claim = { ...withContent(said, content), edited: true, statedIn };
      const problem = claimProblem(claim, options.view.projection);
      return problem ? { id, factId, problem } : { id, factId, claim };
    });
    return this.write(drafts, { nodes: [], relationships: [] }, options);
  }

  /** Takes claims back: they are kept and count no more. */
  async retract(ids: readonly string[], reason: string, options: EditOptions): Promise<ClaimReport> {
    refuseTooMany(ids.length);
    if (reason.trim() === '')
      throw new AppError('BAD_INPUT', { what: 'reason', expected: 'words', got: '""' });
    const known = await this.visible(ids, options.view);
    const retractedAt = this.now().toISOString();
    const drafts = ids.map((id): Draft => {
      const before = known.get(id);
      if (!before) return unknownClaim(id);
      const { factId } = before;
      const { changeId: _, ...said } = before;
      if (before.retractedAt !== undefined) return { id, factId, claim: said };
      return {
        id,
        factId,
        claim: { ...said, retractedAt, retractedBy: options.view.viewer.id, retractionReason: reason },
      };
    });
    return this.write(drafts, { nodes: [], relationships: [] }, options);
  }

  /** Claims of facts that the view has. */
  private async visible(ids: readonly string[], view: GraphView): Promise<Map<string, StoredClaim>> {
    const found = await this.evidence.findById(ids);
    return new Map([...found].filter(([, claim]) => isIn(view, claim.factId)));
  }

  /**
   * A report makes one claim on a fact: another one is a change of it. Where there is one that the author may not see, theirs is
   * another claim, so that nothing tells of it.
   */
  private async refuseOthers(drafts: readonly Draft[], view: GraphView): Promise<Draft[]> {
    const known = await this.evidence.findById(drafts.map((draft) => draft.id));
    return drafts.map((draft) => {
      const before = known.get(draft.id);
      if (!before || draft.problem) return draft;
      if (!view.showsClaim(before)) {
        const { factId, reportId } = draft.claim;
        const id = claimId(factId, reportId, view.viewer.id);
        return { id, factId, claim: { ...draft.claim, id } };
      }
      const { changeId: _, edited: __, ...said } = before;
      if (isSame(said, draft.claim)) return { ...draft, claim: { ...draft.claim, edited: before.edited } };
      const message = `${draft.id} is there already and says something else; use changeClaims`;
      return { id: draft.id, factId: draft.factId, problem: problemOf('CLAIM_EXISTS', message) };
    });
  }

  /** Id of the report; what is to be created goes to the frame. */
  private reportOf(given: GivenReport, frame: Frame, { projection: view }: GraphView): string {
    if ('id' in given) return given.id;
    const { source, name, ...rest } = given.create;
    const id = nodeId(
      'Report',
      given.create.url ?? [source?.name ?? rest.publisher ?? '', name].join('\u0000'),
    );
    const properties = present({ ...rest, name, publisher: rest.publisher ?? source?.name });
    if (vertexOf(view, id) < 0) frame.nodes.push({ id, type: 'Report', properties });
    if (source) {
      const sourceId = nodeId('Source', source.name);
      if (vertexOf(view, sourceId) < 0) {
        frame.nodes.push({ id: sourceId, type: 'Source', properties: present({ ...source }) });
      }
      const linkId = relationshipId('PUBLISHED_BY', id, sourceId);
      if (edgeOf(view, linkId) < 0) {
        frame.relationships.push({
          id: linkId,
          type: 'PUBLISHED_BY',
          from: id,
          to: sourceId,
          properties: {},
        });
      }
    }
    return id;
  }

  private async write(
    drafts: readonly Draft[],
    { nodes, relationships }: Frame,
    { view, isDryRun }: EditOptions,
  ): Promise<ClaimReport> {
    const claims = drafts.flatMap((draft) => (draft.problem ? [] : [draft.claim]));
    for (let tries = 1; ; tries++) {
      const settled = await this.settlement.settle(claims, withValues(view.projection, nodes, relationships));
      const batch: Batch = {
        nodes: [...nodes, ...settled.nodes],
        relationships: [...relationships, ...settled.relationships],
        claims,
      };
      try {
        const { seq, claims: changed = NONE } = await this.writes.write(batch, {
          kind: 'CLAIM',
          actor: view.viewer.id,
          isDryRun,
          isClaimEdit: true,
          check: (reader) => settled.mustStand(reader),
        });
        return { items: drafts.map((draft) => itemOf(draft, changed)), seq };
      } catch (error) {
        const isRaced = error instanceof AppError && error.code === 'STORE_CONFLICT';
        if (!isRaced || tries >= MAX_TRIES) throw error;
      }
    }
  }
}

function refuseTooMany(count: number): void {
  if (count <= MAX_CLAIMS) return;
  throw new AppError('BAD_INPUT', {
    what: 'claims',
    expected: `at most ${MAX_CLAIMS} claims`,
    got: `${count} claims`,
  });
}

const isIn = (view: GraphView, id: string): boolean => view.hasNode(id) || view.hasRelationship(id);

const problemOf = (code: string, message: string) => ({ code, message });

const unknownClaim = (id: string): Draft => ({
  id,
  factId: null,
  problem: problemOf('CLAIM_NOT_FOUND', `no claim has the id ${id}`),
});

function missingProblem(
  view: GraphView,
  factId: string,
  reportId: string,
  frame: Frame,
): (Pick<Problem, 'message'> & { code: string }) | undefined {
  if (!isIn(view, factId)) return problemOf('FACT_NOT_FOUND', `no node or relationship has the id ${factId}`);
  if (frame.nodes.some((node) => node.id === reportId) || view.hasNode(reportId)) return undefined;
  return problemOf(
    'REPORT_NOT_FOUND',
    `no report has the id ${reportId}; give it, or create it with the claim`,
  );
}

/** Properties without those that are null or absent. */
const present = (properties: {
  readonly [name: string]: Json | undefined;
}): { readonly [name: string]: Json } =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, value]) =>
      value === null || value === undefined ? [] : [[name, value]],
    ),
  );

/** A claim with what is given set, and what is null taken away. */
function withContent(claim: ClaimValue, content: ClaimContent): ClaimValue {
  const said: Record<string, unknown> = { ...claim };
  for (const [name, value] of Object.entries(content)) {
    if (value === undefined) continue;
    if (value === null) delete said[name];
    else said[name] = value;
  }
  const { values } = content;
  if (values) said.about = [...new Set([...(claim.about ?? content.about ?? []), ...Object.keys(values)])];
  return said as unknown as ClaimValue;
}

const isSame = (a: object, b: object): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

function itemOf(draft: Draft, { created, replaced }: Pick<ChangedClaims, 'created' | 'replaced'>): ClaimItem {
  const { id, factId } = draft;
  if (draft.problem) return { id, factId, status: 'rejected', problem: draft.problem };
  const has = (list: readonly ClaimValue[]) => list.some((claim) => claim.id === id);
  return { id, factId, status: has(created) ? 'created' : has(replaced) ? 'updated' : 'unchanged' };
}
