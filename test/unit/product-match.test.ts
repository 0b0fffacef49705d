/** Which statements of products hold for which others, and what cannot be said. */
import fc from 'fast-check';
import semver from 'semver';
import { matchProducts, type ProductWords, productsOf } from '../../src/service/exposure/product-match';
import { compareVersions, rangeVerdict } from '../../src/service/exposure/version-range';

const match = (run: ProductWords, stated: ProductWords, ...ranges: string[]) =>
  matchProducts(productsOf(run)[0], productsOf(stated)[0], ranges);
const purl = (text: string): ProductWords => ({ purl: text });

describe('products', () => {
  it.each([
    ['pkg:npm/a@1.2.3', 'pkg:npm/a@1.2.3', 'SAME_VERSION'],
    ['pkg:npm/a@1.2.3', 'pkg:npm/a', 'ANY_VERSION'],
    ['pkg:npm/a@1.2.3', 'pkg:npm/a@1.2.4', 'OTHER_VERSION'],
    ['pkg:npm/a', 'pkg:npm/a@1.2.4', 'NOT_COMPARABLE'],
    ['pkg:npm/a@1.2.3', 'pkg:npm/b@1.2.3', 'OTHER_PRODUCT'],
    ['pkg:npm/a@1.2.3', 'pkg:pypi/a@1.2.3', 'OTHER_PRODUCT'],
    ['pkg:npm/%40x/a@1.2.3', 'pkg:npm/a@1.2.3', 'OTHER_PRODUCT'],
    ['pkg:golang/x.org/y@v1.2.0', 'pkg:golang/x.org/y@1.2.0', 'SAME_VERSION'],
    ['pkg:apk/wolfi/git@2.39.0-r1?arch=x86', 'pkg:apk/wolfi/git@2.39.0-r1', 'SAME_VERSION'],
    ['pkg:apk/wolfi/git@2.39.0-r1?arch=x86', 'pkg:apk/wolfi/git@2.39.0-r1?arch=armv7', 'OTHER_PRODUCT'],
    ['pkg:apk/wolfi/git@2.39.0-r2', 'pkg:apk/wolfi/git@2.39.0-r1', 'NOT_COMPARABLE'],
    ['pkg:deb/debian/x@1.0', 'pkg:deb/debian/x@1.0.0', 'NOT_COMPARABLE'],
  ])('%s and a statement on %s: %s', (run, stated, expected) => {
    expect(match(purl(run), purl(stated))).toBe(expected);
  });

  it('are told by CPE and by name too, and not at all where nothing tells them', () => {
    const cpe = (text: string): ProductWords => ({ cpe: text });
    const formatted = 'cpe:2.3:a:Apache:http_server:2.4.1:*:*:*:*:*:*:*';
    expect(match(cpe(formatted), cpe('cpe:/a:apache:http_server:2.4.1'))).toBe('SAME_VERSION');
    expect(match(cpe(formatted), cpe('cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*'))).toBe('ANY_VERSION');
    expect(match(cpe('cpe:2.3:a:v:a\\:b:1:*:*:*:*:*:*:*'), cpe('cpe:/a:v:a%3ab:1'))).toBe('SAME_VERSION');
    expect(match({ name: 'Product A', vendor: 'V' }, { name: 'product-a', vendor: 'v' })).toBe('ANY_VERSION');
    expect(productsOf({})).toEqual([]);
    expect(productsOf({ purl: 'pkg:npm/a@%' })).toEqual([]);
    expect(productsOf({ cpe: 'cpe:2.3:*:*:*' })).toEqual([]);
  });

  it.each([
    ['1.5.0', 'vers:npm/>=1.0.0|<2.0.0', 'IN_RANGE'],
    ['2.0.0', 'vers:npm/>=1.0.0|<2.0.0', 'OTHER_VERSION'],
    ['0.9.0', 'vers:npm/<1.0.0|>=2.0.0', 'IN_RANGE'],
    ['1.5.0', 'vers:npm/<1.0.0|>=2.0.0', 'OTHER_VERSION'],
    ['3.0.0', 'vers:npm/<1.0.0|>=2.0.0', 'IN_RANGE'],
    ['1.5.0', 'vers:npm/>=1.0.0|!=1.5.0|<2.0.0', 'OTHER_VERSION'],
    ['1.5.0', 'vers:npm/1.4.0|1.5.0', 'IN_RANGE'],
    ['1.5.0', 'vers:npm/*', 'IN_RANGE'],
    ['1.5.0', '^1.2.0', 'IN_RANGE'],
    ['1.5.0', '<1.2.0', 'OTHER_VERSION'],
    ['1.5.0', 'some words', 'NOT_COMPARABLE'],
    ['1.5.0-beta', 'vers:maven/<2.0', 'NOT_COMPARABLE'],
  ])('version %s in %s: %s', (version, range, expected) => {
    const run = { purl: `pkg:npm/a@${version}` };
    expect(match(run, purl('pkg:npm/a'), range)).toBe(expected);
  });
});

const number = fc.nat(3);
const version = fc.tuple(number, number, number).map((parts) => parts.join('.'));

describe('versions', () => {
  it('of numbers come in the order of Semantic Versioning, in whatever scheme', () => {
    fc.assert(
      fc.property(version, version, fc.constantFrom('npm', 'maven', 'pypi', 'cpe', 'deb'), (a, b, type) => {
        expect(Math.sign(compareVersions(type, a, b)!)).toBe(semver.compare(a, b));
      }),
    );
  });

  it('lie in a vers range exactly when they lie in one of its intervals', () => {
    // Versions 0.0.0 to 3.0.0 on a line; intervals between sorted bounds, as the specification writes them.
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(8), { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        fc.nat(8),
        (bounds, opensFirst, at) => {
          const sorted = [...bounds].sort((a, b) => a - b);
          const isLower = (index: number) => (index % 2 === 0) === opensFirst;
          const text = sorted.map((bound, index) => `${isLower(index) ? '>=' : '<'}${bound}.0.0`).join('|');
          let isInside = !opensFirst;
          for (const [index, bound] of sorted.entries()) if (at >= bound) isInside = isLower(index);
          expect(rangeVerdict('npm', `${at}.0.0`, `vers:npm/${text}`)).toBe(isInside ? 'INSIDE' : 'OUTSIDE');
        },
      ),
    );
  });
});
