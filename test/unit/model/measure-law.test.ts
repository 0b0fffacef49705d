import { LAWFUL_TAKERS, mayTake } from '../../../src/model/measure-law';
import { VOCABULARIES } from '../../../src/model/vocabulary';

describe('who may take a measure', () => {
  it('is said of every type of measure', () => {
    expect(Object.keys(LAWFUL_TAKERS).sort()).toEqual([...VOCABULARIES.MeasureType].sort());
  });

  it('leaves acts on the systems of others to the state, and to those whose systems they are', () => {
    const intrusive = ['infiltrate', 'uninstaller-push', 'arrest'];
    for (const type of intrusive) {
      expect(VOCABULARIES.PartnerKind.filter((kind) => mayTake(kind, type))).toEqual(['LAW_ENFORCEMENT']);
    }
    for (const kind of ['VENDOR', 'BANK', 'OPERATOR', 'EXCHANGE', 'CERT', 'REGISTRAR'] as const) {
      expect(mayTake(kind, 'host-takedown')).toBe(false);
    }
  });

  it('offers nothing to the military, and nothing of an unknown type', () => {
    expect(VOCABULARIES.MeasureType.filter((type) => mayTake('MILITARY', type))).toEqual([]);
    expect(mayTake('LAW_ENFORCEMENT', '__proto__')).toBe(false);
    expect(mayTake('LAW_ENFORCEMENT', 'hack-back')).toBe(false);
  });
});
