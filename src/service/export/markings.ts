/** Markings as STIX refers to them: the fixed identifiers of the Traffic Light Protocol for its names. */

/** STIX 2.1, section 7.2.1.4 (TLP 1.0), and the OASIS extension for TLP 2.0. */
const TLP: ReadonlyMap<string, string> = new Map([
  ['WHITE', 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9'],
  ['CLEAR', 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487'],
  ['GREEN', 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
  ['AMBER', 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'],
  ['AMBER+STRICT', 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'],
  ['RED', 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'],
]);

const MARKING_ID = /^marking-definition--[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Marking definitions that apply; a name that is none of the protocol has no identifier and is left out. */
export function markingRefs(markings: readonly string[]): readonly string[] {
  const refs = markings.flatMap((marking) => {
    if (MARKING_ID.test(marking)) return [marking];
    const name = /^tlp:(.+)$/i.exec(marking)?.[1].toUpperCase();
    return (name === undefined ? undefined : TLP.get(name)) ?? [];
  });
  return [...new Set(refs)];
}
