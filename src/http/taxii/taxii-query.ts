/** What a TAXII request says beside its path: media types (section 1.6.8), filters and pages (sections 3.4 and 3.5). */
import type { Request } from 'express';
import { AppError } from '../../errors';
import { brief } from '../../model/validate';
import type { TaxiiQuery } from '../../service/taxii/taxii.service';

export const TAXII = 'application/taxii+json;version=2.1';
export const STIX = 'application/stix+json;version=2.1';

interface MediaRange {
  readonly type: string;
  readonly version?: string;
  readonly quality: number;
}

/** `application/taxii+json; version=2.1;q=0.8` and others, separated by commas (RFC 9110, section 12.5.1). */
function mediaRanges(header: string): readonly MediaRange[] {
  return header.split(',').map((part) => {
    const [type, ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
    const parameterOf = (name: string): string | undefined =>
      parameters
        .find((each) => each.startsWith(`${name}=`))
        ?.slice(name.length + 1)
        .replace(/^"|"$/g, '');
    return { type, version: parameterOf('version'), quality: Number(parameterOf('q') ?? 1) };
  });
}

const isTaxii = ({ type, version }: MediaRange): boolean =>
  type === 'application/taxii+json' && (version === undefined || version === '2.1');

/** Whether who asks takes TAXII 2.1; who does not say takes anything. */
export function takesTaxii(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true;
  return mediaRanges(accept).some(
    (range) => range.quality > 0 && (['*/*', 'application/*'].includes(range.type) || isTaxii(range)),
  );
}

export const isTaxiiContent = (contentType: string | undefined): boolean =>
  contentType !== undefined && mediaRanges(contentType).some(isTaxii);

/** @throws AppError BAD_INPUT for what stands twice, or a limit that is no whole number */
export function readTaxiiQuery(request: Request): TaxiiQuery {
  const given = new URL(request.originalUrl, 'http://localhost').searchParams;
  const only = (name: string): string | undefined => {
    const values = given.getAll(name);
    if (values.length > 1)
      throw new AppError('BAD_INPUT', { what: name, expected: 'one value', got: brief(values) });
    return values[0];
  };
  // Values of a match are separated by commas and mean any of them.
  const list = (field: string): readonly string[] | undefined => only(`match[${field}]`)?.split(',');
  const limit = only('limit');
  if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit)) {
    throw new AppError('BAD_INPUT', { what: 'limit', expected: 'a whole number from 1', got: brief(limit) });
  }
  return {
    addedAfter: only('added_after'),
    limit: limit === undefined ? undefined : Number(limit),
    next: only('next'),
    ids: list('id'),
    types: list('type'),
    versions: list('version'),
    specVersions: list('spec_version'),
  };
}
