/** Whether what is stated of one product holds for another: by package URL, by CPE, or by vendor and name. */
import { PackageURL } from 'packageurl-js';
import { normalizeName } from '../../model/text';
import { rangeVerdict } from './version-range';

/** What tells a product, as far as it is known. */
export interface ProductWords {
  readonly purl?: string;
  readonly cpe?: string;
  readonly name?: string;
  readonly vendor?: string;
  readonly version?: string;
}

export interface Product {
  /** Equal for products that differ in version at the most. */
  readonly identity: string;
  /** Scheme of its versions: the type of a package URL, `cpe` or `name`. */
  readonly scheme: string;
  readonly version?: string;
  readonly qualifiers: Readonly<Record<string, string>>;
}

/**
 * SAME_VERSION, IN_RANGE and ANY_VERSION hold; NOT_COMPARABLE may hold, as nobody can order the versions; the others do not.
 */
export type ProductMatch =
  | 'SAME_VERSION'
  | 'IN_RANGE'
  | 'ANY_VERSION'
  | 'NOT_COMPARABLE'
  | 'OTHER_VERSION'
  | 'OTHER_PRODUCT';

/** A product in each of the ways in which it can be told; none when nothing tells it. */
export function productsOf({ purl, cpe, name, vendor, version }: ProductWords): readonly Product[] {
  const told = [purl, name].find((text) => text?.startsWith('pkg:'));
  const platform = [cpe, name].find((text) => text?.startsWith('cpe:'));
  const products = [told && byPurl(told), platform && byCpe(platform)].filter(
    (each) => each !== undefined && each !== '',
  );
  if (products.length > 0) return products as readonly Product[];
  if (name === undefined || normalizeName(name) === '') return [];
  const identity = `name:${normalizeName(vendor ?? '')}/${normalizeName(name)}`;
  return [{ identity, scheme: 'name', version, qualifiers: {} }];
}

function byPurl(text: string): Product | undefined {
  try {
    const { type, namespace, name, version, qualifiers } = PackageURL.fromString(text);
    if (!type || !name) return undefined;
    return {
      identity: `purl:${type}/${namespace ?? ''}/${name}`,
      scheme: type,
      ...(version ? { version } : {}),
      qualifiers: { ...(qualifiers as Record<string, string> | undefined) },
    };
  } catch {
    return undefined;
  }
}

/** CPE 2.3 formatted strings and CPE 2.2 URIs (NIST IR 7695): part, vendor, product and version. */
function byCpe(text: string): Product | undefined {
  const isUri = text.startsWith('cpe:/');
  const fields = isUri
    ? text.slice(5).split(':').map(decoded)
    : (text.slice(8).match(/(?:\\.|[^:\\])+/g) ?? []).map((field) => field.replace(/\\(.)/g, '$1'));
  const [part, vendor, product, version] = fields;
  if (!part || !vendor || !product || vendor === '*' || product === '*') return undefined;
  const hasVersion = version !== undefined && version !== '' && version !== '*' && version !== '-';
  return {
    identity: `cpe:${part}:${vendor}:${product}`.toLowerCase(),
    scheme: 'cpe',
    ...(hasVersion ? { version } : {}),
    qualifiers: {},
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * @param run what somebody runs
 * @param stated the product of a statement
 * @param ranges versions that the statement is about, where it says more than the product does
 */
export function matchProducts(run: Product, stated: Product, ranges: readonly string[]): ProductMatch {
  if (run.identity !== stated.identity) return 'OTHER_PRODUCT';
  const differs = Object.entries(stated.qualifiers).some(
    ([name, value]) => run.qualifiers[name] !== undefined && run.qualifiers[name] !== value,
  );
  if (differs) return 'OTHER_PRODUCT';
  const wanted = ranges.length > 0 ? ranges : stated.version === undefined ? [] : [stated.version];
  if (wanted.length === 0) return 'ANY_VERSION';
  if (run.version === undefined) return 'NOT_COMPARABLE';
  const { version } = run;
  if (wanted.includes(version)) return 'SAME_VERSION';
  const verdicts = wanted.map((range) => rangeVerdict(run.scheme, version, range));
  if (verdicts.includes('INSIDE')) return ranges.length > 0 ? 'IN_RANGE' : 'SAME_VERSION';
  return verdicts.includes('NOT_COMPARABLE') ? 'NOT_COMPARABLE' : 'OTHER_VERSION';
}
