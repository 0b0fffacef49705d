import {
  claimId,
  isStixId,
  nodeId,
  nodeTypeOfId,
  relationshipId,
  stixTypeOfId,
  uuidV5,
} from '../../../src/model/identity';

describe('identity', () => {
  it('is fixed for ever: these ids lie in stores and files', () => {
    expect(uuidV5('')).toBe('15992116-5fb8-53a8-9220-92cc80dea304');
    expect(nodeId('ThreatActor', 'Conti')).toBe('threat-actor--126ab006-523d-514d-b5bb-bd8e5be57689');
    expect(relationshipId('USES', 'a', 'b')).toBe('relationship--55eb5ee9-fb99-547e-b6cc-a59c5c2903ea');
    expect(claimId('fact', 'report')).toBe('claim--5cc51ba4-46ef-5e7c-bade-407b9fe98950');
  });

  it('is a UUID of version 5 and variant 1', () => {
    expect(uuidV5('anything')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it('does not run parts of a key together', () => {
    expect(nodeId('Tool', 'ab', 'c')).not.toBe(nodeId('Tool', 'a', 'bc'));
    expect(relationshipId('USES', 'a', 'b')).not.toBe(relationshipId('USES', 'b', 'a'));
    expect(claimId('fact', 'report', '2')).not.toBe(claimId('fact', 'report'));
  });

  it('knows a STIX id when it sees one', () => {
    expect(isStixId('malware--31b940d4-6f77-4b6c-9d1c-3a1f2b4c5d6e')).toBe(true);
    for (const other of [
      'malware',
      'malware--31b940d4',
      '--31b940d4-6f77-4b6c-9d1c-3a1f2b4c5d6e',
      '',
      7,
      null,
    ]) {
      expect(isStixId(other)).toBe(false);
    }
  });

  it('reads the type off an id', () => {
    expect(stixTypeOfId('intrusion-set--1')).toBe('intrusion-set');
    expect(stixTypeOfId('no prefix')).toBeUndefined();
    expect(nodeTypeOfId('campaign--1')).toBe('Operation');
    expect(nodeTypeOfId('attack-pattern--1')).toBe('Technique');
    for (const id of ['x-unheard-of--1', 'no prefix', '', '__proto__--1', 'constructor--1', '--']) {
      expect(nodeTypeOfId(id)).toBe('Thing');
    }
  });
});
