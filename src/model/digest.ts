/** Canonical JSON and its digest: two values are the same exactly when their digests are. */
import { hashOf } from './hash';
import type { Json } from './values';

/** JSON with the keys of every object sorted, and without keys whose value is undefined. */
export function canonicalJson(value: Json | undefined): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === undefined || value === null) return 'null';
  if (typeof value !== 'object') return JSON.stringify(value);
  let text = '';
  if (Array.isArray(value)) {
    for (const each of value) text += (text === '' ? '' : ',') + canonicalJson(each as Json);
    return `[${text}]`;
  }
  const object = value as { readonly [key: string]: Json };
  for (const key of Object.keys(object).sort()) {
    const each = object[key];
    if (each !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(each)}`;
  }
  return `{${text}}`;
}

/** 132-bit digest of a value, in 22 characters of base64url. */
export function digestOf(value: Json): string {
  return hashOf('sha256', canonicalJson(value), 'base64url').slice(0, 22);
}
