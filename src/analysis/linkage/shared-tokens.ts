/**
 * What: the pairs of records that share a token ("blocking" on exact keys).
 *
 * Formula: {a, b} is a pair exactly when tokens(a) ∩ tokens(b) holds a token that at most `maxBearers` records bear.
 *
 * Preconditions: none; a token may be repeated in a record.
 * Params: records - tokens of each record; maxBearers - a token that more records bear tells nobody apart and makes no pair.
 * Returns: pairs with a < b in order of (a, b), each with the tokens it shares in order; and the tokens left out as crowded.
 * Complexity: O(T + sum over tokens of k²) time for T tokens borne by k <= maxBearers records each; no pair is ever compared
 * that shares nothing. Exact.
 * Reference: Fellegi, Sunter, "A Theory for Record Linkage", JASA 64(328), 1969, doi:10.1080/01621459.1969.10501049, section 3.4.
 * Example: `pairsSharingTokens([['x'], ['y'], ['x', 'z']], 10).pairs` is `[{ a: 0, b: 2, tokens: ['x'] }]`.
 */
export interface TokenPair {
  readonly a: number;
  readonly b: number;
  readonly tokens: readonly string[];
}

export interface TokenPairs {
  readonly pairs: readonly TokenPair[];
  /** Tokens that too many records bear. */
  readonly crowded: readonly string[];
  /** Records that bear a token. */
  readonly bearers: ReadonlyMap<string, readonly number[]>;
}

export function pairsSharingTokens(records: readonly (readonly string[])[], maxBearers: number): TokenPairs {
  const bearers = new Map<string, number[]>();
  records.forEach((tokens, record) => {
    for (const token of new Set(tokens)) {
      const list = bearers.get(token);
      if (list) list.push(record);
      else bearers.set(token, [record]);
    }
  });
  const crowded: string[] = [];
  const shared = new Map<number, string[]>();
  const span = records.length;
  for (const [token, list] of [...bearers].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (list.length > maxBearers) {
      crowded.push(token);
      continue;
    }
    for (let i = 0; i < list.length; i++) {
      for (let j = i + 1; j < list.length; j++) {
        const key = list[i] * span + list[j];
        const tokens = shared.get(key);
        if (tokens) tokens.push(token);
        else shared.set(key, [token]);
      }
    }
  }
  const pairs = [...shared]
    .sort(([a], [b]) => a - b)
    .map(([key, tokens]) => ({ a: Math.floor(key / span), b: key % span, tokens }));
  return { pairs, crowded, bearers };
}
