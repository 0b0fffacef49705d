/** The format of curated ecosystem files (seeds/README.md explains it): strict, so that a slip of the pen is an error. */
import { z } from 'zod';

const claim = z.strictObject({
  report: z.string(),
  says: z.string().min(1),
  about: z.array(z.string()).optional(),
  confidence: z.number().min(0).max(100),
  credibility: z.int().min(1).max(6),
  derivation: z.string(),
  originKey: z.string().optional(),
});
const claims = z.array(claim).min(1);

const report = z.looseObject({
  key: z.string(),
  publisher: z.string(),
  title: z.string(),
  published: z.string(),
  url: z.string().optional(),
  reliability: z.string().optional(),
});

const node = z.looseObject({
  key: z.string(),
  type: z.string(),
  name: z.string(),
  aliases: z.array(z.strictObject({ name: z.string(), usedBy: z.string().optional() })).optional(),
  claims,
});

const relationship = z.looseObject({ type: z.string(), from: z.string(), to: z.string(), claims });

const supplier = z.strictObject({
  component: z.string(),
  role: z.string(),
  share: z.number().optional(),
  switchDays: z.number().optional(),
  observed: z.boolean().optional(),
  claims,
});

const need = z.looseObject({
  key: z.string(),
  stage: z.string(),
  need: z.string(),
  mode: z.string(),
  claims,
  suppliers: z.array(supplier),
});

const operation = z.looseObject({
  key: z.string(),
  name: z.string(),
  operationType: z.string(),
  severity: z.number(),
  actor: z.string().optional(),
  targets: z.array(z.string()).optional(),
  claims,
  needs: z.array(need).min(1),
});

const outcome = z.looseObject({
  metric: z.string(),
  displacedTo: z.array(z.string()).optional(),
  downtimeDays: z.strictObject({ low: z.number(), mid: z.number(), high: z.number() }).partial().optional(),
  claims,
});

const intervention = z.looseObject({
  key: z.string(),
  name: z.string(),
  measureTypes: z.array(z.string()),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  partners: z.array(
    z.looseObject({ name: z.string(), kind: z.string(), jurisdiction: z.string().optional() }),
  ),
  targets: z.array(z.string()),
  lesson: z.string(),
  verdict: z.string(),
  outcomes: z.array(outcome),
  claims,
});

const place = z.looseObject({ key: z.string(), name: z.string(), claims });

const market = z.looseObject({
  key: z.string().optional(),
  category: z.string(),
  switchDays: z.number(),
  capacityShare: z.number(),
  claims,
});

const measure = z.looseObject({ key: z.string(), name: z.string(), measureType: z.string(), claims });

const recovery = z.strictObject({
  category: z.string(),
  detectDays: z.number(),
  setupDays: z.number(),
  setupSigma: z.number(),
  claims,
});

const partner = z.strictObject({
  key: z.string(),
  name: z.string(),
  kind: z.string(),
  jurisdictions: z.array(z.string()),
  capabilities: z.array(z.string()).optional(),
  capacity: z.int().optional(),
  claims,
});

const instrument = z.looseObject({
  key: z.string(),
  name: z.string(),
  inForceIn: z.array(z.string()),
  claims,
});

const cooperation = z.looseObject({
  key: z.string(),
  name: z.string(),
  instrument: z.string(),
  from: z.array(z.string()).min(1),
  to: z.array(z.string()).min(1),
  claims,
});

/** One file: any of its sections, nothing else. */
export const seedFile = z.strictObject({
  $schema: z.string().optional(),
  reports: z.array(report).optional(),
  jurisdictions: z.array(place).optional(),
  sectors: z.array(place).optional(),
  tools: z.array(node).optional(),
  market: z.array(market).optional(),
  nodes: z.array(node).optional(),
  relationships: z.array(relationship).optional(),
  operations: z.array(operation).optional(),
  componentNeeds: z.array(z.strictObject({ component: z.string(), needs: z.array(need).min(1) })).optional(),
  interventions: z.array(intervention).optional(),
  measures: z.array(measure).optional(),
  recovery: z.array(recovery).optional(),
  partners: z.array(partner).optional(),
  instruments: z.array(instrument).optional(),
  cooperation: z.array(cooperation).optional(),
});

export type SeedFile = z.infer<typeof seedFile>;
export type SeedClaim = z.infer<typeof claim>;
export type SeedNeed = z.infer<typeof need>;
export type SeedOperation = z.infer<typeof operation>;
export type SeedIntervention = z.infer<typeof intervention>;
