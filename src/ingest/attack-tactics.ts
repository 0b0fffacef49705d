/**
 * ATT&CK says which tactics a technique serves by the short names of kill chain phases. Where a file describes the tactics too,
 * these become relationships, so that a tactic leads to its techniques.
 */
import type { Json } from '../model/values';
import { textOf, textsOf } from './json-document';
import type { ReadItem } from './reader';
import type { StixObject } from './stix-mapping';
import { linkOf } from './stix-references';

/** Kill chains whose phases are tactics. */
const CHAIN = /^mitre-/;

interface Named {
  readonly id: string;
  readonly domains: readonly string[];
}

/** Tactics that may share a short name, over all domains: of more, none is meant. */
const MOST_NAMESAKES = 32;

/** Gathers techniques and tactics while a file is read. */
export class TacticCollector {
  private readonly tactics = new Map<string, Named[]>();
  private readonly techniques: (Named & { readonly phases: readonly string[] })[] = [];

  /** @param id of the node that the object becomes */
  add(object: StixObject, id: string): void {
    const named = { id, domains: textsOf(object.x_mitre_domains) };
    if (object.type === 'x-mitre-tactic') {
      const shortname = textOf(object.x_mitre_shortname);
      if (shortname !== undefined)
        this.tactics.set(shortname, [...(this.tactics.get(shortname) ?? []), named]);
    } else if (object.type === 'attack-pattern') {
      const phases = phasesOf(object.kill_chain_phases);
      if (phases.length > 0) this.techniques.push({ ...named, phases });
    }
  }

  items(): ReadItem[] {
    if (this.tactics.size === 0) return [];
    return this.techniques.flatMap((technique) => {
      const served = technique.phases.flatMap((phase) => this.namesakes(phase));
      const ids = new Set(served.filter((tactic) => mayMeet(technique, tactic)).map(({ id }) => id));
      return [...ids].map((id) => linkOf('IN_TACTIC', technique.id, id, 'kill-chain-phase'));
    });
  }

  private namesakes(phase: string): readonly Named[] {
    const found = this.tactics.get(phase) ?? [];
    return found.length > MOST_NAMESAKES ? [] : found;
  }
}

/** Tactics of two domains may share a short name. */
const mayMeet = (a: Named, b: Named): boolean =>
  a.domains.length === 0 || b.domains.length === 0 || a.domains.some((domain) => b.domains.includes(domain));

function phasesOf(value: Json | undefined): readonly string[] {
  const phases: readonly Json[] = Array.isArray(value) ? value : [];
  return phases.flatMap((phase) => {
    const { kill_chain_name: chain, phase_name: name } = (phase ?? {}) as StixObject;
    return CHAIN.test(textOf(chain) ?? '') ? (textOf(name) ?? []) : [];
  });
}
