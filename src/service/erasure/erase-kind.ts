/** Kind of the change of an erasure: whoever keeps something of the graph begins anew. */
export const ERASE = 'ERASE';
