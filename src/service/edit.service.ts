/** What people change: one object at a time against a revision they have seen, or many with a status for each. */
import { randomUUID } from 'node:crypto';
import { AppError } from '../errors';
import { canonicalJson } from '../model/digest';
import { claimId, nodeId, relationshipId } from '../model/identity';
import { brief } from '../model/validate';
import type { ClaimValue, Json, NodeValue, Properties, RelationshipValue } from '../model/values';
import type { Reader } from '../store/engine';
import { findVersions } from '../store/version.store';
import { contradictsAnew, refuseUnknownEnds, refuseUnusableId, refuseUnusableName } from './edit-rules';
import type { GraphView } from './graph-view';
import { contradictingJudgements, refuseContradiction } from './identity/written-judgements';
import type { ViewContent } from './view-content';
import type { VisibleWriteService } from './visible-write.service';
import type { ItemReport, WriteIntent, WriteReport } from './write.service';

export interface EditOptions {
  /** The graph as whoever makes the change sees it; what it does not hold is not there to be changed. */
  readonly view: GraphView;
  readonly isDryRun: boolean;
}

/** What is to be as it is given; a null takes a property away. */
export interface Change extends EditOptions {
  readonly id: string;
  /** Revision that the change was made against. */
  readonly expectedRevision: number;
}

export interface EditReport {
  readonly id: string;
  readonly status: ItemReport['status'];
  readonly seq?: number;
}

/** An object as it comes: an id is made where none is given. */
export interface GivenNode {
  readonly type: string;
  readonly id?: string | null;
  readonly properties: { readonly [name: string]: Json | undefined };
}

export interface GivenRelationship extends GivenNode {
  readonly from: string;
  readonly to: string;
}

export type GivenObject = GivenNode | GivenRelationship;

/** What stands behind objects that are written together. */
export interface GivenEvidence {
  readonly reportId: string;
  readonly says?: string | null;
  readonly confidence?: number | null;
  readonly credibility?: number | null;
  readonly derivation?: string | null;
}

/** Objects that one call may write. */
export const MAX_OBJECTS = 20_000;

const isRelationship = (given: GivenObject): given is GivenRelationship => 'from' in given;

/** Properties without those that are null or absent. */
const known = (properties: GivenNode['properties']): Properties =>
  Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== null && value !== undefined),
  ) as Properties;

export function nodeValue({ type, id, properties }: GivenNode): NodeValue {
  const { name } = properties;
  const own = typeof name === 'string' && name !== '' ? name : randomUUID();
  return { id: id ?? nodeId(type, own), type, properties: known(properties) };
}

export const relationshipValue = ({
  type,
  id,
  from,
  to,
  properties,
}: GivenRelationship): RelationshipValue => ({
  id: id ?? relationshipId(type, from, to),
  type,
  from,
  to,
  properties: known(properties),
});

export class EditService {
  constructor(
    private readonly content: ViewContent,
    private readonly writes: VisibleWriteService,
    /** Refuses a node that could be kept but not used. */
    private readonly check: (view: GraphView, node: NodeValue) => void = () => undefined,
  ) {}

  /**
   * Creates one object. The same object again is unchanged.
   *
   * @throws AppError ALREADY_EXISTS where another of the id is there, NODE_NOT_FOUND for an end, INVALID_OBJECT, BAD_INPUT,
   *   IDENTITY_CONTRADICTION
   */
  async create(given: GivenObject, options: EditOptions): Promise<EditReport> {
    const refuseOther = async (_reader: Reader, items: readonly ItemReport[]): Promise<void> => {
      if (items[0].status === 'updated') throw new AppError('ALREADY_EXISTS', { id: items[0].id });
    };
    refuseUnusableId(given.id);
    if (isRelationship(given)) {
      refuseUnknownEnds(given, options.view);
      refuseContradiction(options.view.projection, relationshipValue(given));
    } else this.checkNode(nodeValue(given), options.view);
    const intent = { ...intentOf('CREATE', options), refusesContradictions: true, check: refuseOther };
    return this.one(given, options.view, intent);
  }

  /**
   * Changes properties of one node.
   *
   * @throws AppError NODE_NOT_FOUND, STALE_REVISION, INVALID_OBJECT, BAD_INPUT for another type
   */
  async updateNode(type: string, properties: GivenNode['properties'], change: Change): Promise<EditReport> {
    const before = await this.nodeOf(change);
    if (!before) throw new AppError('NODE_NOT_FOUND', { id: change.id });
    refuseOtherType(type, before.type);
    const after = { ...before, properties: { ...before.properties, ...properties } };
    this.checkNode(nodeValue(after), change.view);
    return this.replace(after, 'UPDATE', change, before);
  }

  /** Changes properties of one relationship; its ends stay. @throws as `updateNode`, RELATIONSHIP_NOT_FOUND */
  async updateRelationship(
    type: string,
    properties: GivenNode['properties'],
    change: Change,
  ): Promise<EditReport> {
    const before = await this.relationshipOf(change);
    if (!before) throw new AppError('RELATIONSHIP_NOT_FOUND', { id: change.id });
    refuseOtherType(type, before.type);
    const after = { ...before, properties: { ...before.properties, ...properties } };
    refuseContradiction(change.view.projection, relationshipValue(after));
    return this.replace(after, 'UPDATE', change, before);
  }

  /** Takes an object back: kept with its history, no longer active. @throws AppError OBJECT_NOT_FOUND, STALE_REVISION */
  async retract(reason: string, change: Change): Promise<EditReport> {
    if (reason.trim() === '')
      throw new AppError('BAD_INPUT', { what: 'reason', expected: 'words', got: '""' });
    const before = (await this.nodeOf(change)) ?? (await this.relationshipOf(change));
    if (!before) throw new AppError('OBJECT_NOT_FOUND', { id: change.id });
    const custom = before.properties.customProperties;
    const kept = custom !== null && typeof custom === 'object' && !Array.isArray(custom) ? custom : {};
    const customProperties = { ...kept, x_atlas_retraction: { by: change.view.viewer.id, reason } };
    const properties = { ...before.properties, revoked: true, customProperties };
    return this.replace({ ...before, properties }, 'RETRACT', change, before);
  }

  /** Writes many objects in one transaction, new or changed, and reports on each in the order given. */
  async writeAll(
    given: readonly GivenObject[],
    evidence: GivenEvidence | undefined,
    options: EditOptions,
  ): Promise<WriteReport> {
    if (given.length > MAX_OBJECTS) {
      const expected = `at most ${MAX_OBJECTS} objects`;
      throw new AppError('BAD_INPUT', { what: 'objects', expected, got: `${given.length} objects` });
    }
    const values = given.map((each) => (isRelationship(each) ? relationshipValue(each) : nodeValue(each)));
    const isGiven = evidence && values.some(({ id }) => id === evidence.reportId);
    // A report that is hidden from the writer must not be told from one that is not there.
    const { view } = options;
    if (evidence && !view.seesAll && !isGiven && !view.hasNode(evidence.reportId)) {
      throw new AppError('NODE_NOT_FOUND', { id: evidence.reportId });
    }
    const isLink = (value: NodeValue | RelationshipValue): value is RelationshipValue => 'from' in value;
    const nodes = values.filter((value): value is NodeValue => !isLink(value));
    const contradicting = contradictingJudgements(view.projection, nodes, values.filter(isLink));
    const relationships = values.filter(isLink).filter(({ id }) => !contradicting.has(id));
    for (const node of nodes) this.checkNode(node, options.view);
    const stated = evidence ? values.filter(({ id }) => !contradicting.has(id)) : [];
    const claims = evidence ? stated.map(({ id }) => claimOf(id, evidence)) : [];
    const report = await this.writes
      .for(options.view)
      .write(
        { nodes, relationships, claims },
        { ...intentOf('IMPORT', options), refusesContradictions: true },
      );
    const [ofNodes, ofLinks] = [report.items.slice(0, nodes.length), report.items.slice(nodes.length)];
    const [node, link] = [ofNodes.values(), ofLinks.values()];
    const items = values.map((value): ItemReport => {
      const error = contradicting.get(value.id);
      if (!error) return (isLink(value) ? link : node).next().value as ItemReport;
      return {
        id: value.id,
        status: 'rejected',
        problem: { code: 'IDENTITY_CONTRADICTION', message: error.message },
      };
    });
    return { items, seq: report.seq };
  }

  private checkNode(node: NodeValue, view: GraphView): void {
    refuseUnusableName(node);
    this.check(view, node);
  }

  private async nodeOf({ view, id }: Change): Promise<NodeValue | undefined> {
    return (await this.content.nodes(view, [id])).get(id);
  }

  private async relationshipOf({ view, id }: Change): Promise<RelationshipValue | undefined> {
    const key = this.content.keyOf(view, id);
    return key && (await this.content.relationships(view, [key])).get(id);
  }

  /** Writes an object in place of the revision that the caller saw. What says nothing new is no revision. */
  private async replace(
    value: GivenObject & { id: string },
    kind: string,
    change: Change,
    before: NodeValue | RelationshipValue,
  ): Promise<EditReport> {
    const { id, expectedRevision } = change;
    const { view } = change;
    const seen = view.seesAll ? undefined : await this.content.revisionOf(view, id);
    const refuseStale = async (reader: Reader): Promise<void> => {
      const got = seen ?? (await findVersions(reader, [id])).length + 1;
      if (got !== expectedRevision)
        throw new AppError('STALE_REVISION', { id, expected: expectedRevision, got });
    };
    const isNew = canonicalJson(known(value.properties)) !== canonicalJson(before.properties);
    const modified = isNew ? new Date().toISOString() : before.properties.modified;
    const properties = { ...value.properties, stub: undefined, modified };
    const after = { ...value, properties };
    const written = isRelationship(after) ? relationshipValue(after) : nodeValue(after);
    const refusesContradictions = contradictsAnew(written, before);
    return this.one(after, view, { ...intentOf(kind, change), refusesContradictions, check: refuseStale });
  }

  private async one(given: GivenObject, view: GraphView, intent: WriteIntent): Promise<EditReport> {
    const [nodes, relationships] = isRelationship(given)
      ? [[], [relationshipValue(given)]]
      : [[nodeValue(given)], []];
    const { items, seq } = await this.writes.for(view).write({ nodes, relationships, claims: [] }, intent);
    const [{ id, status, problem }] = items;
    if (problem) throw new AppError('INVALID_OBJECT', { id, problem: problem.code, reason: problem.message });
    return { id, status, seq };
  }
}

const intentOf = (kind: string, { view, isDryRun }: EditOptions): WriteIntent => ({
  kind,
  actor: view.viewer.id,
  isDryRun,
});

function refuseOtherType(got: string, expected: string): void {
  if (got !== expected) throw new AppError('BAD_INPUT', { what: 'the type', expected, got: brief(got) });
}

function claimOf(factId: string, evidence: GivenEvidence): ClaimValue {
  const { reportId, says, confidence, credibility, derivation } = evidence;
  return {
    id: claimId(factId, reportId),
    factId,
    reportId,
    says: says ?? undefined,
    confidence: confidence ?? undefined,
    credibility: credibility ?? undefined,
    derivation: derivation ?? undefined,
  };
}
