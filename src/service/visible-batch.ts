/** A batch of somebody who does not see everything, as it is to lie in the store. */
import { edgeOf, vertexCell, vertexOf } from '../analysis';
import { AppError } from '../errors';
import { stixTypeOfId, uuidV5 } from '../model/identity';
import { isMarkingDefinitionId, meaningOf, meaningOfDefinition } from '../model/marking';
import { brief, type Problem } from '../model/validate';
import type { Batch, ClaimValue, Json, NodeValue, Properties, RelationshipValue } from '../model/values';
import { hasRole } from '../model/viewer';
import type { GraphView } from './graph-view';
import type { ViewContent } from './view-content';

export interface Translation {
  readonly batch: Batch;
  /** Ids in the store by those that the writer gave. */
  readonly storeIds: ReadonlyMap<string, string>;
  /** Ids that the writer gave, by id in the store where that is another. */
  readonly standsFor: ReadonlyMap<string, string>;
  /** Why values may not be written by this writer, by id in the store. */
  readonly nodeProblems: ReadonlyMap<string, Problem>;
  readonly relationshipProblems: ReadonlyMap<string, Problem>;
}

/** An id of the writer's own, in place of one that something hidden bears; the n-th of them. */
const ownId = (id: string, n: number): string =>
  `${stixTypeOfId(id) ?? 'own'}--${uuidV5(`own\u0000${id}\u0000${n}`)}`;

const NOTHING = new Map<string, never>();
/** Who sees everything writes what they say. */
const AS_GIVEN = {
  storeIds: NOTHING,
  standsFor: NOTHING,
  nodeProblems: NOTHING,
  relationshipProblems: NOTHING,
};

/** @throws AppError BAD_INPUT for a claim that its writer could not see */
export async function translate(view: GraphView, batch: Batch, content: ViewContent): Promise<Translation> {
  if (view.seesAll) return { ...AS_GIVEN, batch };
  const ids = new StoreIds(view);
  const hidden = await hiddenValues(view, batch, content);
  const nodes = batch.nodes.map((node) => ({
    ...node,
    id: ids.ofNode(node.id),
    properties: kept(node, ids.ofNode(node.id), hidden.get(node.id)),
  }));
  const relationships = batch.relationships.map((link) => ({
    ...link,
    id: ids.ofRelationship(link.id),
    from: ids.ofNode(link.from),
    to: ids.ofNode(link.to),
    properties: kept(link, ids.ofRelationship(link.id), hidden.get(link.id)),
  }));
  const links = new Set(batch.relationships.map(({ id }) => id));
  const claims = batch.claims.map((claim) => {
    if (!view.maySee(claim)) throw notAllowed(claim);
    const isLink = links.has(claim.factId) || view.hasRelationship(claim.factId);
    const factId = isLink ? ids.ofRelationship(claim.factId) : ids.ofNode(claim.factId);
    return { ...claim, ...ids.ofClaim(claim, factId), factId, reportId: ids.ofNode(claim.reportId) };
  });
  return {
    batch: { nodes, relationships, claims },
    storeIds: ids.all,
    standsFor: new Map([...ids.all].flatMap(([id, storeId]) => (id === storeId ? [] : [[storeId, id]]))),
    nodeProblems: problemsOf(view, nodes),
    relationshipProblems: problemsOf(view, relationships),
  };
}

class StoreIds {
  readonly all = new Map<string, string>();

  constructor(private readonly view: GraphView) {}

  ofNode(id: string): string {
    const { view } = this;
    const { base } = view;
    return this.found(id, view.hasNode(id), (each) => {
      const vertex = vertexOf(base, each);
      // What is only referred to has no content to protect: who describes it, describes it.
      return vertex < 0 || (each === id && vertexCell(base, 'stub', vertex) === true);
    });
  }

  ofRelationship(id: string): string {
    return this.found(id, this.view.hasRelationship(id), (each) => edgeOf(this.view.base, each) < 0);
  }

  /** Id of a claim, and the one that it stands for where a hidden claim bears that. */
  ofClaim({ id, factId }: ClaimValue, storeFactId: string): Pick<ClaimValue, 'id' | 'standsFor'> {
    const facts = [...new Set([storeFactId, factId])];
    const sight = (each: string) =>
      facts.map((fact) => this.view.sightOfClaim(fact, each)).find((found) => found !== 'none');
    for (let n = 0, each = id; ; each = ownId(id, ++n)) {
      if (sight(each) !== 'hidden') return each === id ? { id } : { id: each, standsFor: id };
    }
  }

  private found(id: string, isSeen: boolean, isFree: (id: string) => boolean): string {
    const known = this.all.get(id);
    if (known !== undefined || typeof id !== 'string') return known ?? id;
    let storeId = this.view.storeId(id);
    if (!isSeen) {
      storeId = id;
      for (let n = 1; !isFree(storeId); n++) storeId = ownId(id, n);
    }
    this.all.set(id, storeId);
    return storeId;
  }
}

interface Stored {
  readonly properties: Properties;
  readonly masked: readonly string[];
}

const storedIn = (view: GraphView, id: string, properties: Properties): Stored => ({
  properties,
  masked: view.maskedIn(view.storeId(id), properties),
});

/** Values that the writer does not see of objects that the batch changes. */
async function hiddenValues(
  view: GraphView,
  batch: Batch,
  content: ViewContent,
): Promise<Map<string, Stored>> {
  const hidden = new Map<string, Stored>();
  const hasOwn = ({ id }: { readonly id: string }) => view.hidesOf(view.storeId(id));
  for (const { id } of batch.nodes.filter(hasOwn)) {
    const stored = await content.nodeBehind(view, id);
    if (stored) hidden.set(id, storedIn(view, id, stored.properties));
  }
  for (const { id } of batch.relationships.filter(hasOwn)) {
    const stored = await content.relationshipBehind(view, id);
    if (stored) hidden.set(id, storedIn(view, id, stored.properties));
  }
  return hidden;
}

/**
 * Properties to store: as they are given, with what the writer does not see of what is there. A masked property that is given
 * all the same is one that the hidden claims do not speak of any more.
 */
function kept(
  { id, properties }: NodeValue | RelationshipValue,
  storeId: string,
  stored: Stored | undefined,
): Properties {
  const own: Properties = id === storeId ? {} : { standsFor: id };
  if (!stored) return { ...properties, ...own };
  const isGiven = (name: string) => properties[name] !== undefined && properties[name] !== null;
  const hidden: Record<string, Json> = {};
  const restated = new Set((stored.properties.restated ?? []) as readonly string[]);
  for (const name of stored.masked) {
    if (isGiven(name)) {
      if (name !== 'modified') restated.add(name);
    } else if (stored.properties[name] !== undefined) hidden[name] = stored.properties[name];
  }
  const marks: Properties = restated.size > 0 ? { restated: [...restated].sort() } : {};
  return { ...properties, ...hidden, ...marks, ...own };
}

/** Nobody writes what they could not see, and what markings mean is for those who see everything, or administer, to say. */
function problemsOf(
  view: GraphView,
  values: readonly (NodeValue | RelationshipValue)[],
): Map<string, Problem> {
  const problems = new Map<string, Problem>();
  for (const { id, properties } of values) {
    if (!view.maySee(properties)) {
      const got = brief({ markings: properties.markings, sharedWith: properties.sharedWith });
      problems.set(id, {
        code: 'MARKING_NOT_ALLOWED',
        message: `its writer could not see it: ${got} asks for more clearance, or for other recipients`,
      });
    } else if (
      isMarkingDefinitionId(id) &&
      !hasRole(view.viewer, 'ADMIN') &&
      changesMeaning(view, id, properties)
    ) {
      const message = 'it says what a marking means, which is for an ADMIN to say';
      problems.set(id, { code: 'MARKING_NOT_ALLOWED', message });
    }
  }
  return problems;
}

function changesMeaning(view: GraphView, id: string, properties: Properties): boolean {
  const said = meaningOfDefinition((properties.customProperties ?? {}) as { readonly [name: string]: Json });
  const standard = meaningOf(id);
  return (standard === 'UNKNOWN' ? view.meaningOf(id) : standard) !== said;
}

const notAllowed = ({ markings, sharedWith }: ClaimValue): AppError =>
  new AppError('BAD_INPUT', {
    what: 'the markings of a claim',
    expected: 'markings and recipients that you may see yourself',
    got: brief({ markings, sharedWith }),
  });
