/**
 * Contract suites: the same tests on every store named, and what they show compared between the stores, row by row.
 */
import { type OpenStore, storeNames, useStore } from './stores';

export interface Contract {
  readonly store: OpenStore;
  /** Records what the store answered, to be compared with what the others answer in the same test. */
  show(...answers: unknown[]): void;
}

/** Runs a suite on every store named; with several of them, adds the tests that their answers are equal. */
export function describeContract(noun: string, suite: (contract: () => Contract) => void): void {
  const transcripts = new Map<string, Map<string, unknown[]>>();
  for (const name of storeNames) {
    const transcript = new Map<string, unknown[]>();
    transcripts.set(name, transcript);
    const title = `${noun} on ${name}`;
    describe(title, () => {
      const store = useStore(name);
      const show = (...answers: unknown[]) => {
        const name = expect.getState().currentTestName!;
        const test = name.slice(name.indexOf(title) + title.length + 1);
        transcript.set(test, [...(transcript.get(test) ?? []), ...answers]);
      };
      suite(() => ({ store: store(), show }));
    });
  }
  const [first, ...others] = storeNames;
  for (const other of others) {
    it(`${noun}: ${first} and ${other} answer alike`, () => {
      expect(transcripts.get(first)!.size).toBeGreaterThan(0);
      expect([...transcripts.get(other)!]).toEqual([...transcripts.get(first)!]);
    });
  }
}
