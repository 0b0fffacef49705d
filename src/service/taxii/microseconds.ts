/** Times of TAXII, to the microsecond. */

/** `2024-01-01T00:00:00.000001Z`: six digits, so that the order of texts is the order of times. */
export function microsecondText(time: number): string {
  const milliseconds = Math.floor(time / 1000);
  const rest = String(time - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}

/** Microseconds of an RFC 3339 time: what its fraction says beyond milliseconds is not lost. */
export function microsecondsOf(text: string): number {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? '';
  const beyond = Number(fraction.slice(3, 6).padEnd(3, '0'));
  return Date.parse(text) * 1000 + beyond;
}
