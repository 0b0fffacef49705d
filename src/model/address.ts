/** What kind of address a text is: the kinds of infrastructure that can be told from the text alone. */
import { isIP } from 'node:net';

export type AddressKind =
  | 'ip-address'
  | 'ip-range'
  | 'domain-name'
  | 'url'
  | 'email-address'
  | 'asn'
  | 'path';

const LABEL = /^[\p{L}\p{N}_](?:[\p{L}\p{N}_-]{0,61}[\p{L}\p{N}_])?$/u;

/** Kind of an address; undefined where the text is none. */
export function addressKindOf(text: string): AddressKind | undefined {
  if (text === '' || text.length > 8192 || /\s/.test(text)) return undefined;
  if (isIP(text) > 0) return 'ip-address';
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return 'url';
  if (text.startsWith('/')) return 'path';
  if (/^AS\d{1,10}$/i.test(text)) return 'asn';
  const [head, tail, ...more] = text.split('/');
  if (tail !== undefined) {
    if (more.length === 0 && /^\d{1,3}$/.test(tail) && isIP(head) > 0) return 'ip-range';
    return hostKindOf(head) === undefined ? undefined : 'url';
  }
  const at = text.indexOf('@');
  if (at > 0) return isDomain(text.slice(at + 1)) ? 'email-address' : undefined;
  return hostKindOf(text);
}

/** Kind of a host, with a port or without. */
function hostKindOf(text: string): AddressKind | undefined {
  const host = text.replace(/:\d{1,5}$/, '');
  if (isIP(host) > 0) return 'ip-address';
  return isDomain(host) ? 'domain-name' : undefined;
}

function isDomain(text: string): boolean {
  const labels = text.replace(/\.$/, '').split('.');
  return text.length <= 254 && labels.length > 1 && labels.every((label) => LABEL.test(label));
}
