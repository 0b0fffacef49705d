/** How far a figure can be trusted: the exact one cannot be below a LOWER_BOUND, nor above an UPPER_BOUND. */
export const EXACTNESS = ['EXACT', 'LOWER_BOUND', 'UPPER_BOUND', 'ESTIMATE'] as const;

export type Exactness = (typeof EXACTNESS)[number];
