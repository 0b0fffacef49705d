/** How reads are told of which state of knowledge they are. */
export interface KnownAt {
  /** Number of the change up to which things are known; the present if not given. */
  readonly knownAtSeq?: number;
}
