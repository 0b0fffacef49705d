/** What can be done about an ecosystem: the vocabulary of levers and defences. */

/** DISRUPT hits services, infrastructure, private supply, money and people; DEFEND protects those who are attacked. */
export type Lever = 'DISRUPT' | 'DEFEND' | 'BOTH';

export type DefenceKind = 'TECHNIQUE' | 'MITIGATION' | 'DETECTION' | 'PATCH';
export const DEFENCE_KINDS: readonly DefenceKind[] = ['TECHNIQUE', 'MITIGATION', 'DETECTION', 'PATCH'];

/** Whether a kind of defence is among what can be done. */
export const covers = (
  { lever, defences }: { readonly lever: Lever; readonly defences: readonly DefenceKind[] },
  kind: DefenceKind,
): boolean => lever !== 'DISRUPT' && defences.includes(kind);
