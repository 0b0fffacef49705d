/** Canonical JSON and its digest: two values are the same exactly when their digests are. */
import { createHash } from 'node:crypto';
import type { Json } from './values';

/** JSON with the keys of every object sorted, and without keys whose value is undefined. */
export function canonicalJson(value: Json | undefined): string {
  if (value === undefined) return 'null';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each as Json)).join(',')}]`;
  const object = value as { readonly [key: string]: Json };
  const parts: string[] = [];
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(object[key])}`);
  }
  return `{${parts.join(',')}}`;
}

/** 128-bit digest of a value, in 22 characters of base64url. */
export function digestOf(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest().subarray(0, 16).toString('base64url');
}
