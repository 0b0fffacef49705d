/** How far the writing of a file has come. */
export interface ImportProgress {
  readonly file: string;
  /** Entries dealt with, of `total` in the file. */
  readonly done: number;
  readonly total: number;
  readonly perSecond: number;
  readonly secondsLeft: number;
}

/** Counts entries as they are written, and tells the rate and the time left. */
export function progressOf(
  file: string,
  total: number,
  now: () => Date,
  tell: ((progress: ImportProgress) => void) | undefined,
): (count: number) => void {
  const startedAt = now().getTime();
  let done = 0;
  return (count) => {
    done = Math.min(total, done + count);
    const seconds = Math.max(0.001, (now().getTime() - startedAt) / 1000);
    const perSecond = done / seconds;
    tell?.({ file, done, total, perSecond, secondsLeft: (total - done) / perSecond });
  };
}
