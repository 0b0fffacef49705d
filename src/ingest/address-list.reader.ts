/** Reads lists of sanctioned cryptocurrency addresses: a JSON list, or one address a line, the asset in the name of the file. */
import { nodeId } from '../model/identity';
import type { Json } from '../model/values';
import { readDocument, textOf, unexpected } from './json-document';
import type { Content, FormatReader, ReadItem } from './reader';
import { implied, linkItem, type NodeItem, walletItem } from './shared-nodes';
import { texts } from './table-records';

/** How files of such lists are named: addresses alone do not say that they are sanctioned. */
const NAMED = /sanctioned_addresses_([A-Z0-9]+)/i;

const SANCTIONS: NodeItem = {
  kind: 'node',
  value: {
    id: nodeId('Thing', 'sanctions-list', 'ofac-sdn'),
    type: 'Thing',
    properties: {
      name: 'OFAC list of specially designated nationals',
      stixType: 'x-sanctions-list',
    },
  },
  implied: true,
};

async function* read(content: Content): AsyncIterable<readonly ReadItem[]> {
  const document = await readDocument(content);
  if (!Array.isArray(document))
    throw unexpected(content, 'sanctioned-addresses', 'it is no list of addresses');
  const asset = assetOf(content.name);
  yield [SANCTIONS, ...(document as readonly Json[]).flatMap((each) => itemsOf(each, asset))];
}

function itemsOf(each: Json, asset: string): ReadItem[] {
  const address = typeof each === 'string' ? textOf(each) : undefined;
  if (address === undefined) {
    return [{ kind: 'rejected', id: '', code: 'MISSING_ID', message: 'an entry is no address' }];
  }
  const wallet = walletItem(address);
  const customProperties = asset === '' ? undefined : { asset };
  return [
    implied(wallet),
    linkItem(
      'RELATED_TO',
      wallet,
      SANCTIONS,
      { stixType: 'sanctioned-by', customProperties },
      { discriminators: [asset] },
    ),
  ];
}

export const addressListReader: FormatReader = { format: 'sanctioned-addresses', read };

const assetOf = (name: string): string => NAMED.exec(name)?.[1].toUpperCase() ?? '';

export const isNamedAddressList = (name: string): boolean => NAMED.test(name);

async function* readLines(content: Content): AsyncIterable<readonly ReadItem[]> {
  const asset = assetOf(content.name);
  yield [SANCTIONS];
  let rest = '';
  for await (const text of texts(content)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() as string;
    yield lines.filter((line) => line.trim() !== '').flatMap((line) => itemsOf(line, asset));
  }
  if (rest.trim() !== '') yield itemsOf(rest, asset);
}

export const addressLinesReader: FormatReader = { format: 'sanctioned-addresses-text', read: readLines };
