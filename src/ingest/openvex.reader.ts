/** Reads OpenVEX documents, in the shape of version 0.0.1 and that of 0.2.0. */
import { digestOf } from '../model/digest';
import type { Json } from '../model/values';
import {
  compact,
  isObject,
  type JsonObject,
  listOf,
  objectsOf,
  readObject,
  textOf,
  timeTextOf,
  unexpected,
  without,
} from './json-document';
import { type Content, type FormatReader, isWritable, type ReadItem } from './reader';
import { implied, type NodeItem, softwareItem, vulnerabilityItem } from './shared-nodes';
import { vexItems } from './vex-statement';

const STRUCTURE = ['vulnerability', 'status', 'justification', 'products', 'timestamp'];

const nameOf = (vulnerability: Json | undefined): string | undefined =>
  isObject(vulnerability)
    ? (textOf(vulnerability.name) ?? textOf(vulnerability['@id']))
    : textOf(vulnerability);

function productItem(product: Json): NodeItem | undefined {
  const identifiers = isObject(product) && isObject(product.identifiers) ? product.identifiers : {};
  const name = isObject(product) ? textOf(product['@id']) : textOf(product);
  const purl = textOf(identifiers.purl) ?? (name?.startsWith('pkg:') ? name : undefined);
  const cpe = textOf(identifiers.cpe23) ?? textOf(identifiers.cpe22);
  const label = name ?? purl ?? cpe;
  return label === undefined ? undefined : softwareItem({ name: label, purl, cpe });
}

function statementItems(given: Json, document: JsonObject, key: string): ReadItem[] {
  const statement: JsonObject = isObject(given) ? given : {};
  const name = nameOf(statement.vulnerability);
  const status = textOf(statement.status);
  if (name === undefined || status === undefined) {
    const message = 'a statement needs a vulnerability and a status';
    return [{ kind: 'rejected', id: '', code: 'MISSING_ID', message }];
  }
  const said = isObject(statement.vulnerability)
    ? without(statement.vulnerability, ['name', '@id'])
    : undefined;
  const at = timeTextOf(document.last_updated) ?? timeTextOf(document.timestamp);
  const vulnerability = vulnerabilityItem(name, said && { slot: `openvex:${key}`, says: said, at });
  const statedAt = timeTextOf(statement.timestamp) ?? at;
  const author = textOf(document.author);
  const details = objectsOf(statement.products).filter((product) => product.subcomponents ?? product.hashes);
  const products = listOf(statement.products).flatMap((product) => productItem(product) ?? []);
  const items = [
    implied(vulnerability),
    ...products.map(implied),
    ...vexItems(
      {
        // Versions of a document have one id, and statements move within them: what one says tells it from the others.
        key: [key, digestOf(statement), statedAt ?? ''],
        status,
        justification: textOf(statement.justification),
        author,
        statedAt,
        description: textOf(statement.impact_statement) ?? textOf(statement.action_statement),
        more: compact({ ...without(statement, STRUCTURE), products: details }),
      },
      vulnerability,
      products,
    ),
  ];
  if (author === undefined) return items;
  return items.map((item) => (isWritable(item) ? { ...item, evidence: { originKey: author } } : item));
}

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const document = await readObject(content, 'openvex');
  if (!Array.isArray(document.statements))
    throw unexpected(content, 'openvex', 'it has no list of statements');
  const key = textOf(document['@id']) ?? content.name;
  yield listOf(document.statements).flatMap((each) => statementItems(each, document, key));
}

export const openvexReader: FormatReader = { format: 'openvex', read };
