import { normalizeName } from '../../../src/model/text';

describe('a name as it is compared', () => {
  it.each([
    ['APT28', 'APT 28'],
    ['APT-28', 'apt_28'],
    ['Wizard Spider', 'WIZARD-SPIDER'],
    ['Équation', 'Equation'],
    ['Ｌａｚａｒｕｓ', 'Lazarus'],
    ['Straße', 'STRASSE'],
    ['İstanbul', 'istanbul'],
    ['ΑΓΩΝΑΣ', 'αγωνας'],
  ])('%s is %s', (a, b) => expect(normalizeName(a)).toBe(normalizeName(b)));

  it.each([
    ['APT28', 'APT29'],
    ['APT1', 'APT10'],
    ['TA505', 'TA551'],
    ['Turla', 'Turia'],
    ['が', 'か'],
    ['कि', 'की'],
    ['Lazarus', 'Lazarus Group'],
  ])('%s is not %s', (a, b) => expect(normalizeName(a)).not.toBe(normalizeName(b)));

  it('has nothing left of a name without letters and digits', () => expect(normalizeName(' - _ !')).toBe(''));
});
