/**
 * The planning problem as a file: JSON, every object closed (an unknown key is an error), ids unique within their list.
 * docs/analysis/optimisation.md describes every field and what it means.
 */
import { z } from 'zod';

const id = z.string().min(1);
const days = z.number().min(0);
const amount = z.number().min(0);
const share = z.number().gt(0).max(1);
const probability = z.number().min(0).max(1);
const ids = z.array(id).default([]);

const distribution = z.discriminatedUnion('distribution', [
  z
    .strictObject({ distribution: z.literal('uniform'), low: days, high: days })
    .refine((d) => d.low <= d.high, 'low must not be above high'),
  z
    .strictObject({ distribution: z.literal('triangular'), low: days, mode: days, high: days })
    .refine((d) => d.low <= d.mode && d.mode <= d.high, 'low, mode and high must ascend'),
  z.strictObject({ distribution: z.literal('exponential'), mean: z.number().gt(0) }),
  z.strictObject({ distribution: z.literal('lognormal'), median: z.number().gt(0), sigma: amount }),
]);

/** A number of days or a distribution of it. */
const duration = z.union([days, distribution]);
/** The same, where null is "for ever". */
const lasting = duration.nullable().default(null);
const doubt = { confidence: probability.default(1), origin: id.optional() };

const supplier = z.strictObject({
  component: id,
  role: z.enum(['PRIMARY', 'BACKUP', 'POSSIBLE']).default('PRIMARY'),
  share: share.default(1),
  switchDays: duration.default(0),
  ...doubt,
});

const requirement = z.strictObject({
  id,
  name: z.string().optional(),
  mode: z.enum(['ANY', 'ALL', 'AT_LEAST']).default('ANY'),
  k: z.int().min(1).optional(),
  criticality: probability.default(1),
  graceDays: days.default(0),
  suppliers: z.array(supplier).default([]),
});

const component = z.strictObject({
  id,
  name: z.string().optional(),
  reach: z.enum(['DISRUPTABLE', 'UNREACHABLE']).default('DISRUPTABLE'),
  detectDays: lasting,
  setupDays: lasting,
  rebuiltWith: ids,
  needs: ids,
});

const operation = z.strictObject({
  id,
  name: z.string().optional(),
  severity: amount,
  needs: z.array(id).default([]),
  displacement: z.strictObject({ share: probability, afterDays: days.default(0) }).optional(),
});

const dependency = z.strictObject({ from: id, to: id, autonomousDays: days.default(0), ...doubt });

const effect = z.strictObject({
  effect: z.enum(['OUTAGE', 'INTERCEPT', 'DEMAND', 'HARM']).default('OUTAGE'),
  target: id,
  holdDays: lasting,
  strength: probability.default(1),
});

const measure = z.strictObject({
  id,
  name: z.string().optional(),
  type: z.string().optional(),
  target: z.string().optional(),
  cost: amount,
  leadDays: days.default(0),
  starts: z.array(days).min(1).default([0]),
  successProbability: probability.default(1),
  jurisdiction: id.optional(),
  capability: id.optional(),
  partnerKinds: ids,
  partners: ids,
  legalBasis: z.string().optional(),
  offences: ids,
  expiresDay: z.number().optional(),
  exposure: amount.default(0),
  collateral: amount.default(0),
  effects: z.array(effect).min(1),
  conflicts: ids,
  requires: ids,
});

const partner = z.strictObject({
  id,
  name: z.string().optional(),
  kind: id.optional(),
  jurisdictions: ids,
  capabilities: ids,
  capacity: z.int().min(0).nullable().default(null),
});

const limits = z.strictObject({
  budget: amount.nullable().default(null),
  maxMeasures: z.int().min(0).nullable().default(null),
  deadlineDays: days.nullable().default(null),
  jurisdictions: z.array(id).nullable().default(null),
  partners: z.array(id).nullable().default(null),
  maxExposure: amount.nullable().default(null),
  maxCollateral: amount.nullable().default(null),
  maxCollateralPerMeasure: amount.nullable().default(null),
  offences: ids,
  mustTake: ids,
  exclude: ids,
});

export const planProblemFormat = z.strictObject({
  name: z.string().optional(),
  horizonDays: z.number().gt(0).default(180),
  discountPerDay: amount.default(0),
  operations: z.array(operation).min(1),
  requirements: z.array(requirement).default([]),
  components: z.array(component).default([]),
  dependencies: z.array(dependency).default([]),
  commonCauses: z.array(z.strictObject({ id, members: z.array(id).min(2) })).default([]),
  origins: z.array(z.strictObject({ id, reliability: probability })).default([]),
  measures: z.array(measure).default([]),
  partners: z.array(partner).default([]),
  cooperation: z
    .array(
      z.strictObject({
        from: id,
        to: id,
        medianDays: days,
        pGranted: probability.default(1),
        capabilities: ids,
        instrument: z.string().optional(),
        offence: id.optional(),
        expiresDay: z.number().optional(),
      }),
    )
    .default([]),
  limits: limits.prefault({}),
});

export type PlanProblemFile = z.infer<typeof planProblemFormat>;
export type PlanFileDuration = z.infer<typeof duration> | null;
