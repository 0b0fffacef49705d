/**
 * Which kind of partner may take which type of measure at all. Nothing in the service offers a measure to anybody else,
 * whatever a profile, a store or a request says: no private party is ever offered an act on somebody else's systems.
 * A profile may narrow this, never widen it. Under what further condition (a court's order, a contract) is its legalBasis.
 */
import type { Term } from './vocabulary';

type Kinds = readonly Term<'PartnerKind'>[];

export const LAWFUL_TAKERS: Readonly<Record<Term<'MeasureType'>, Kinds>> = {
  'seize-domain': ['LAW_ENFORCEMENT', 'COURT', 'REGISTRAR'],
  sinkhole: ['LAW_ENFORCEMENT', 'COURT', 'REGISTRAR', 'CERT', 'VENDOR'],
  'null-route': ['OPERATOR', 'HOSTER'],
  'host-takedown': ['LAW_ENFORCEMENT', 'COURT', 'HOSTER'],
  'uninstaller-push': ['LAW_ENFORCEMENT'],
  'terms-of-service-suspension': ['HOSTER', 'REGISTRAR', 'VENDOR', 'OPERATOR', 'BANK', 'EXCHANGE'],
  'civil-injunction': ['COURT', 'VENDOR', 'OPERATOR', 'BANK'],
  'de-peer': ['OPERATOR'],
  'app-removal': ['VENDOR', 'HOSTER'],
  arrest: ['LAW_ENFORCEMENT'],
  sanction: ['REGULATOR'],
  'freeze-account': ['BANK', 'EXCHANGE', 'COURT', 'LAW_ENFORCEMENT', 'REGULATOR'],
  'block-wallet': ['EXCHANGE', 'REGULATOR'],
  infiltrate: ['LAW_ENFORCEMENT'],
  'expose-operators': ['LAW_ENFORCEMENT', 'REGULATOR', 'VENDOR'],
  'warn-customers': ['LAW_ENFORCEMENT', 'CERT', 'VENDOR', 'OPERATOR', 'BANK'],
  'release-keys': ['LAW_ENFORCEMENT', 'CERT', 'VENDOR'],
  'patch-or-vex-push': ['VENDOR', 'OPERATOR', 'CERT', 'REGULATOR'],
  'block-number-range': ['OPERATOR', 'REGULATOR'],
  'withhold-settlement': ['OPERATOR', 'REGULATOR'],
  'revoke-global-title': ['OPERATOR', 'REGULATOR'],
  'suspend-sim-or-imei': ['OPERATOR'],
  'suspend-interconnect': ['OPERATOR', 'REGULATOR'],
  'sender-id-registry': ['OPERATOR', 'REGULATOR'],
};

/** Whether a kind of partner may take a type of measure. */
export const mayTake = (kind: string, measureType: string): boolean =>
  Object.hasOwn(LAWFUL_TAKERS, measureType) &&
  (LAWFUL_TAKERS as Record<string, readonly string[]>)[measureType].includes(kind);
