/** The sections of curated files that say who may act, by which measure, on what basis, and how fast targets recover. */

import { nodeId } from '../model/identity';
import { mayTake } from '../model/measure-law';
import type { SeedClaim, SeedFile } from './seeds.format';

type Fields = Readonly<Record<string, unknown>>;

/** What the reader of a file offers its sections. */
export interface SeedTarget {
  know(key: string, type: string, id?: string): void;
  node(key: string, type: string, fields: Fields, claims: readonly SeedClaim[]): string;
  link(type: string, from: string, to: string, fields: Fields, claims: readonly SeedClaim[]): void;
  keyless(id: string, type: string, fields: Fields, claims: readonly SeedClaim[], place: string): void;
  fail(place: string, reason: string): never;
}

/** A partner is known by its name, which interventions give as well. */
export const partnerId = (name: string): string => nodeId('Partner', name);

export function declareActions(target: SeedTarget, content: SeedFile): void {
  for (const each of content.measures ?? []) target.know(each.key, 'MeasureProfile');
  for (const each of content.instruments ?? []) target.know(each.key, 'LegalInstrument');
  for (const each of content.cooperation ?? []) target.know(each.key, 'CooperationPath');
  for (const each of content.partners ?? []) target.know(each.key, 'Partner', partnerId(each.name));
}

export function readActions(target: SeedTarget, content: SeedFile): void {
  for (const each of content.measures ?? []) {
    for (const kind of (each.partnerKinds as readonly string[] | undefined) ?? []) {
      if (!mayTake(kind, each.measureType)) target.fail(each.key, `${kind} may not take ${each.measureType}`);
    }
    target.node(each.key, 'MeasureProfile', each, each.claims);
  }
  for (const { claims, ...each } of content.recovery ?? []) {
    const id = nodeId('RecoveryAssumption', each.category);
    target.keyless(id, 'RecoveryAssumption', { name: each.category, ...each }, claims, each.category);
  }
  for (const { jurisdictions, ...each } of content.partners ?? []) {
    target.node(each.key, 'Partner', each, each.claims);
    for (const place of jurisdictions) target.link('UNDER_JURISDICTION', each.key, place, {}, each.claims);
  }
  for (const { inForceIn, ...each } of content.instruments ?? []) {
    target.node(each.key, 'LegalInstrument', each, each.claims);
    for (const place of inForceIn) target.link('IN_FORCE_IN', each.key, place, {}, each.claims);
  }
  for (const { instrument, from, to, ...each } of content.cooperation ?? []) {
    target.node(each.key, 'CooperationPath', each, each.claims);
    target.link('UNDER_INSTRUMENT', each.key, instrument, {}, each.claims);
    for (const side of from) target.link('COOPERATES_FROM', each.key, side, {}, each.claims);
    for (const side of to) target.link('COOPERATES_TO', each.key, side, {}, each.claims);
  }
}
