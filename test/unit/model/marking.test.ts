import {
  meaningOf,
  meaningOfDefinition,
  sharingOf,
  TLP_LEVELS,
  type TlpLevel,
} from '../../../src/model/marking';
import { hasRole, LOCAL_VIEWER, maySee, ROLES, type Viewer } from '../../../src/model/viewer';

const viewer = (clearance: TlpLevel, ...groups: string[]): Viewer => ({
  id: 'ann',
  role: 'READER',
  clearance,
  groups,
  seesAll: false,
});
const sees = (who: Viewer, markings: string[], sharedWith: string[] = []): boolean =>
  maySee(who, { markings, sharedWith });

describe('meaningOf', () => {
  it.each([
    ['TLP:CLEAR', 'CLEAR'],
    ['tlp:white', 'CLEAR'],
    [' tlp:Green ', 'GREEN'],
    ['AMBER', 'AMBER'],
    ['TLP:AMBER+STRICT', 'AMBER_STRICT'],
    ['amber_strict', 'AMBER_STRICT'],
    ['tlp:red', 'RED'],
    ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'CLEAR'],
    ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'GREEN'],
    ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'AMBER'],
    ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'RED'],
    ['marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487', 'CLEAR'],
    ['marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb', 'GREEN'],
    ['marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421', 'AMBER'],
    ['MARKING-DEFINITION--939A9414-2DDD-4D32-A0CD-375EA402B003', 'AMBER_STRICT'],
    ['marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1', 'RED'],
    ['PAP:RED', 'NOTHING'],
    ['tlp:ex:chr', 'UNKNOWN'],
    ['secret', 'UNKNOWN'],
    ['', 'UNKNOWN'],
    ['marking-definition--00000000-0000-4000-8000-000000000000', 'UNKNOWN'],
  ])('of %s is %s', (marking, meaning) => expect(meaningOf(marking)).toBe(meaning));

  it('of a definition in the graph is what that says, but no definition changes what a standard fixes', () => {
    const own = 'marking-definition--00000000-0000-4000-8000-000000000001';
    const red = 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed';
    const definitions = new Map([
      [own, 'NOTHING'],
      [red, 'NOTHING'],
    ] as const);
    expect(meaningOf(own, definitions)).toBe('NOTHING');
    expect(meaningOf(red, definitions)).toBe('RED');
  });
});

describe('meaningOfDefinition', () => {
  const extension = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';
  it.each([
    [{ definition_type: 'statement', definition: { statement: 'Copyright' } }, 'NOTHING'],
    [{ definition_type: 'tlp', definition: { tlp: 'amber' } }, 'AMBER'],
    [{ extensions: { [extension]: { tlp_2_0: 'amber+strict' } } }, 'AMBER_STRICT'],
    [{ definition_type: 'tlp' }, 'UNKNOWN'],
    [{ definition_type: 'tlp', definition: { tlp: 'mauve' } }, 'UNKNOWN'],
    [{ definition_type: 'iep', definition: {} }, 'UNKNOWN'],
    [{}, 'UNKNOWN'],
  ])('of %j is %s', (content, meaning) => expect(meaningOfDefinition(content)).toBe(meaning));
});

describe('maySee', () => {
  it('goes by level up to AMBER', () => {
    const table = TLP_LEVELS.map((clearance) =>
      ['TLP:CLEAR', 'TLP:GREEN', 'TLP:AMBER'].map((marking) => sees(viewer(clearance), [marking])),
    );
    expect(table).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
      [true, true, true],
      [true, true, true],
    ]);
  });

  it('asks for a named recipient or group from AMBER+STRICT on, whatever the clearance', () => {
    for (const marking of ['TLP:AMBER+STRICT', 'TLP:RED']) {
      expect(sees(viewer('RED'), [marking])).toBe(false);
      expect(sees(viewer('RED'), [marking], ['ann'])).toBe(true);
      expect(sees(viewer('RED', 'desk'), [marking], ['desk', 'bob'])).toBe(true);
      expect(sees(viewer('RED', 'desk'), [marking], ['bob'])).toBe(false);
      expect(sees(viewer('AMBER', 'desk'), [marking], ['ann', 'desk'])).toBe(false);
    }
    expect(sees(viewer('AMBER_STRICT'), ['TLP:RED'], ['ann'])).toBe(false);
  });

  it('keeps what has recipients from everybody else at any level', () => {
    expect(sees(viewer('RED'), [], ['bob'])).toBe(false);
    expect(sees(viewer('CLEAR'), [], ['ann'])).toBe(true);
  });

  it('takes every marking, and asks for a group of the name of one it does not know', () => {
    expect(sees(viewer('GREEN'), ['TLP:CLEAR', 'TLP:AMBER'])).toBe(false);
    expect(sees(viewer('RED'), ['secret'])).toBe(false);
    expect(sees(viewer('RED', 'secret'), ['secret', 'PAP:RED'])).toBe(true);
    expect(sees(viewer('CLEAR'), [])).toBe(true);
  });

  it('hides nothing from the one user of a machine', () => {
    expect(sees(LOCAL_VIEWER, ['TLP:RED', 'secret'], ['bob'])).toBe(true);
  });
});

test('sharingOf takes lists of texts and nothing else', () => {
  expect(sharingOf({ markings: ['a', 1, null], sharedWith: 'x' })).toEqual({
    markings: ['a'],
    sharedWith: [],
  });
  expect(sharingOf({})).toEqual({ markings: [], sharedWith: [] });
});

test('each role may do what those before it may', () => {
  for (const [i, role] of ROLES.entries()) {
    expect(ROLES.map((needed) => hasRole({ role }, needed))).toEqual(ROLES.map((_, j) => j <= i));
  }
});
